import type { INodeProperties } from 'n8n-workflow';

export const changing = ['changeSettings'];

/** Parts of the settings by the tabs of a sheet that hold them. */
export const tabOptions = [
	{ name: 'Calendars', value: 'calendars', description: 'Name and a column for the hours of each day' },
	{ name: 'Client', value: 'client', description: 'One row: name, time zone, country, language and other single settings' },
	{ name: 'Holidays', value: 'holidays', description: 'Date, and Calendar and Hours where they are needed' },
	{ name: 'Intents', value: 'intents', description: 'Name, Description, Next Step, Keywords, High Intent' },
	{ name: 'Rules', value: 'rules', description: 'Name, a column for each field that is compared, Queue, Team' },
	{ name: 'SLA', value: 'sla', description: 'Name, First Response Target (Minutes), what it applies to' },
	{ name: 'Team', value: 'team', description: 'One row for each person: Name, Email, Team, Weight' },
	{ name: 'Teams', value: 'teams', description: 'How a team shares its leads: Name, Assignment, Calendar' },
	{ name: 'Time Off', value: 'timeOff', description: 'Member, From, To' },
];

const below = { operation: changing, valuesFrom: ['fields'] };

/** One entry of one part: which, what happens to it, and its values. */
export const changeProperties: INodeProperties[] = [
	{
		displayName: 'Part',
		name: 'part',
		type: 'options',
		noDataExpression: true,
		options: tabOptions,
		default: 'timeOff',
		displayOptions: { show: { operation: changing } },
		description: 'Which part of the settings is changed',
	},
	{
		displayName: 'Change',
		name: 'change',
		type: 'options',
		options: [
			{ name: 'Add or Change', value: 'addOrChange', description: 'An entry that is there keeps what is not told' },
			{ name: 'Remove', value: 'remove', description: 'Take the entry away; time off without days means all of the member\'s' },
		],
		default: 'addOrChange',
		displayOptions: { show: { operation: changing } },
		description: 'What happens to the entry',
	},
	{
		displayName: 'Values From',
		name: 'valuesFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Fields Below', value: 'fields', description: 'What is entered in this node' },
			{ name: 'Incoming Item', value: 'item', description: 'Fields of the item by their label, as a form or a row of a sheet gives them' },
		],
		default: 'fields',
		displayOptions: { show: { operation: changing } },
		description: 'Where the values of the entry come from',
	},
	{
		displayName: 'Member',
		name: 'member',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: { ...below, part: ['timeOff'] } },
		description: 'Who is away: ID, email or name of a member',
	},
	{
		displayName: 'First Day',
		name: 'firstDay',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-24',
		displayOptions: { show: { ...below, part: ['timeOff'] } },
		description: 'First day away, itself included',
	},
	{
		displayName: 'Last Day',
		name: 'lastDay',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2027-01-02',
		displayOptions: { show: { ...below, part: ['timeOff'] } },
		description: 'Last day away, itself included; empty means one day',
	},
	{
		displayName: 'Date',
		name: 'date',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-25',
		displayOptions: { show: { ...below, part: ['holidays'] } },
		description: 'Day that is closed, or that has hours of its own',
	},
	{
		displayName: 'Hours',
		name: 'hours',
		type: 'string',
		default: '',
		placeholder: 'e.g. 09:00-12:00',
		displayOptions: { show: { ...below, part: ['holidays'] } },
		description: 'Hours of that day; empty means closed',
	},
	{
		displayName: 'Calendar',
		name: 'calendar',
		type: 'string',
		default: '',
		placeholder: 'e.g. Office',
		displayOptions: { show: { ...below, part: ['holidays'] } },
		description: 'Name of the calendar; empty means all that have hours',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'json',
		typeOptions: { rows: 4 },
		default: '{\n  "Name": ""\n}',
		displayOptions: { show: { ...below, part: tabOptions.map(({ value }) => value).filter((part) => part !== 'timeOff' && part !== 'holidays') } },
		description: 'Fields of the entry by their label, such as Name and Weight; the name says which entry is meant',
	},
];
