import type { INodeProperties } from 'n8n-workflow';

const escalation: INodeProperties = {
	displayName: 'Escalation Steps',
	name: 'escalation',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. At risk: owner; Breached: manager; Breached 15: fallback owner',
	description: 'Who is told when, with business minutes after that moment; empty means the owner at risk and the manager after a breach',
};

const warnMinutesBefore: INodeProperties = {
	displayName: 'Warn Before (Minutes)',
	name: 'warnMinutesBefore',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description: 'Minutes before the due time at which it is at risk',
};

const warnAtPercent: INodeProperties = {
	displayName: 'Warn at (% of Target)',
	name: 'warnAtPercent',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 99 },
	default: 0,
	description: 'Share of the target that has passed when it is at risk; the earlier of this and Warn Before counts, 0 means only Warn Before',
};

const roundTheClock: INodeProperties = {
	displayName: 'Round the Clock',
	name: 'roundTheClock',
	type: 'boolean',
	default: false,
	description: 'Whether every minute of every day counts, whatever the hours are',
};

/** What is rarely entered in the node itself, of policies, people and hours. */
export const policyOptions: INodeProperties[] = [
	{
		displayName: 'Breaks',
		name: 'breaks',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-31 15:00-24:00',
		description: 'Hours of single dates in which nobody works; several are separated by semicolons',
	},
	{
		displayName: 'Date Overrides',
		name: 'overrides',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-24 09:00-12:00; 2026-12-31 closed',
		description: 'Other hours on single dates, in place of holidays too; several are separated by semicolons',
	},
	escalation,
	{
		displayName: 'Further Clocks',
		name: 'clocks',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Clock' },
		placeholder: 'Add Clock',
		default: {},
		description: 'Clocks beside the first response, such as Acceptance; they need a ledger',
		options: [
			{
				displayName: 'Clock',
				name: 'values',
				values: [
					escalation,
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Acceptance', description: 'Name of the clock, as alerts say it' },
					roundTheClock,
					{
						displayName: 'Starts With',
						name: 'startsWith',
						type: 'options',
						options: [
							{ name: 'First Human Answer', value: 'firstResponse' },
							{ name: 'Handoff', value: 'handoff' },
						],
						default: 'handoff',
						description: 'What starts the clock',
					},
					{
						displayName: 'Stops With',
						name: 'stopsWith',
						type: 'options',
						options: [
							{ name: 'Accepted', value: 'accepted', description: 'Sales took the lead as worth working' },
							{ name: 'Contacted', value: 'contacted', description: 'A person reached out after the clock started' },
							{ name: 'Meeting Booked', value: 'meetingBooked' },
						],
						default: 'accepted',
						description: 'What stops the clock, as Record Response or Record Event tells it',
					},
					{ displayName: 'Target (Minutes)', name: 'minutes', type: 'number', typeOptions: { minValue: 0 }, default: 60, description: 'Business minutes until it is due' },
					warnAtPercent,
					warnMinutesBefore,
				],
			},
		],
	},
	{
		displayName: 'Further Policies',
		name: 'policies',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Policy' },
		placeholder: 'Add Policy',
		default: {},
		description: 'Targets for some leads; a lead takes the first of which all conditions hold, else the target above',
		options: [
			{
				displayName: 'Policy',
				name: 'values',
				values: [
					escalation,
					{ displayName: 'First Response Target (Minutes)', name: 'firstResponseMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 5, description: 'Business minutes such a lead may wait for its first human answer' },
					{
						displayName: 'High Intent',
						name: 'highIntent',
						type: 'options',
						options: [
							{ name: 'Any', value: 'any' },
							{ name: 'No', value: 'no' },
							{ name: 'Yes', value: 'yes' },
						],
						default: 'any',
						description: 'Which leads take this policy, by the flag of their intent',
					},
					{ displayName: 'Intents', name: 'intents', type: 'string', default: '', placeholder: 'e.g. Request Demo, Pricing', description: 'Which leads take this policy, by the names of intents; empty means any' },
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Hot Leads', description: 'Name of the policy, as the lead shows it and as routing rules may name it' },
					{
						displayName: 'Priority',
						name: 'priority',
						type: 'multiOptions',
						// from the highest to the lowest
						options: [{ name: 'High', value: 'high' }, { name: 'Normal', value: 'normal' }, { name: 'Low', value: 'low' }],
						default: [],
						description: 'Which leads take this policy, by the priority of routing; none chosen means any',
					},
					{ displayName: 'Queues', name: 'queues', type: 'string', default: '', placeholder: 'e.g. UK Sales, Enterprise', description: 'Which leads take this policy, by the names of queues; empty means any' },
					roundTheClock,
					{ displayName: 'Rules', name: 'rules', type: 'string', default: '', placeholder: 'e.g. Named Account', description: 'Which leads take this policy, by the names of routing rules that matched; empty means any' },
					{
						displayName: 'Urgency',
						name: 'urgency',
						type: 'multiOptions',
						// from the highest to the lowest
						options: [{ name: 'High', value: 'high' }, { name: 'Normal', value: 'normal' }, { name: 'Low', value: 'low' }],
						default: [],
						description: 'Which leads take this policy, by the urgency that was read; none chosen means any',
					},
					warnAtPercent,
					warnMinutesBefore,
				],
			},
		],
	},
	{
		displayName: 'Hours by Day',
		name: 'hoursByDay',
		type: 'string',
		default: '',
		placeholder: 'e.g. Friday 09:00-16:00; Saturday 10:00-12:00',
		description: 'Weekdays with other hours than the ones above; several are separated by semicolons',
	},
	{
		displayName: 'People to Tell',
		name: 'people',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Person' },
		placeholder: 'Add Person',
		default: {},
		description: 'Who stands behind the owner in escalation steps',
		options: [
			{
				displayName: 'Person',
				name: 'values',
				values: [
					{ displayName: 'Email', name: 'email', type: 'string', default: '', placeholder: 'e.g. noor@example.com', description: 'Where alerts for this person can be sent' },
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Noor Khan', description: 'How alerts name this person' },
					{
						displayName: 'Part',
						name: 'part',
						type: 'options',
						options: [
							{ name: 'Fallback Owner', value: 'fallbackOwner', description: 'Is told when nobody else is' },
							{ name: 'Manager', value: 'manager', description: 'Is told after a breach' },
							{ name: 'On Call', value: 'onCall', description: 'Is told in place of the owner after hours, where After Hours says so' },
							{ name: 'Ops', value: 'ops', description: 'Answers for leads that got stuck' },
						],
						default: 'manager',
						description: 'What this person is told',
					},
					{ displayName: 'Phone', name: 'phone', type: 'string', default: '', placeholder: 'e.g. +44 7700 900123', description: 'Mobile number with its country code, for urgent alerts by text message' },
					{ displayName: 'Slack ID', name: 'slackId', type: 'string', default: '', placeholder: 'e.g. U0NOOR', description: 'Member ID in Slack' },
				],
			},
		],
	},
	{
		displayName: 'Public Holidays',
		name: 'publicHolidays',
		type: 'string',
		default: '',
		placeholder: 'e.g. GB-ENG',
		description: 'Countries or regions whose public holidays are kept, separated by commas',
	},
	warnAtPercent,
];
