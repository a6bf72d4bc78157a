import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty, outputProperty, settingsFromProperty } from '../host/sharedProperties';
import { rulesProperty } from './ruleProperties';

const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Apply Hard Rules', value: 'applyHardRules', description: 'Before the AI Intent Classifier: fixes queue and team by rules that no AI can overrule', action: 'Apply hard rules to leads' },
		{ name: 'Finish Routing', value: 'finishRouting', description: 'After the AI Intent Classifier: applies soft rules to what is open and chooses the owner', action: 'Finish the routing of leads' },
		{ name: 'Route', value: 'route', description: 'Both in one, for flows without AI or with AI before this node', action: 'Route leads' },
	],
	default: 'route',
};

const memberParts: INodeProperties[] = [
	{ displayName: 'ID', name: 'id', type: 'string', default: '', placeholder: 'e.g. mia', description: 'Lasting name of the member, kept with each lead; empty takes the email address' },
	{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Mia Hart', description: 'Shown as the owner of the lead' },
	{ displayName: 'Email', name: 'email', type: 'string', default: '', placeholder: 'e.g. mia@example.com', description: 'Where the member gets messages' },
	{ displayName: 'Weight', name: 'weight', type: 'number', typeOptions: { minValue: 1, maxValue: 100 }, default: 1, description: 'Share of turns: 2 gets twice as many leads as 1' },
	{ displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether the member takes leads at all' },
];

const teamsProperty: INodeProperties = {
	displayName: 'Teams',
	name: 'teams',
	type: 'fixedCollection',
	placeholder: 'Add Team',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	displayOptions: { show: { settingsFrom: ['node'] } },
	description: 'Who can get a lead; without teams here, the teams of the client settings are used',
	options: [
		{
			displayName: 'Team',
			name: 'values',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. UK Enterprise',
					description: 'A rule whose queue has this name sends its leads here',
				},
				{
					displayName: 'Assignment',
					name: 'assignment',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'Existing Owner', value: 'existingOwner', description: 'Who already has the person, else the next in turn' },
						{ name: 'First Available', value: 'fixed', description: 'The first member in the list who is not away' },
						{ name: 'Least Loaded', value: 'leastLoaded', description: 'Who has the fewest open leads for the weight' },
						{ name: 'Rotation', value: 'rotation', description: 'In turn, by weight' },
						{ name: 'Same Company, Same Owner', value: 'sticky', description: 'By company without remembering anything' },
						{ name: 'Same Person, Same Owner', value: 'hash', description: 'By person without remembering anything' },
					],
					default: 'rotation',
					description: 'How the owner is chosen; without a ledger, turns and open leads are not known and Same Person, Same Owner stands in',
				},
				{
					displayName: 'When Nobody Is Available',
					name: 'whenNobodyAvailable',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'Absent Member', value: 'anyone', description: 'An active member gets the lead although away' },
						{ name: 'Fallback Owner', value: 'fallback', description: 'The fallback owner gets the lead, with an alarm' },
					],
					default: 'anyone',
					description: 'Who gets a lead when all members are away',
				},
				{
					displayName: 'Members',
					name: 'members',
					type: 'fixedCollection',
					placeholder: 'Add Member',
					typeOptions: { multipleValues: true, sortable: true },
					default: {},
					options: [
						{
							displayName: 'Member',
							name: 'values',
							values: memberParts,
						},
					],
				},
			],
		},
	],
};

const queuesProperty: INodeProperties = {
	displayName: 'Queues',
	name: 'queues',
	type: 'string',
	noDataExpression: true,
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Queue', sortable: true },
	default: [],
	placeholder: 'e.g. UK Enterprise',
	displayOptions: { show: { outputs: ['perQueue'] } },
	description: 'Queues that have an output each, at most 20. Leads of any other queue leave on Fallback. Wires are kept by place, so a new order moves them.',
};

export const properties: INodeProperties[] = [
	operationProperty,
	settingsFromProperty,
	rulesProperty,
	teamsProperty,
	{
		displayName: 'Fallback Queue',
		name: 'fallbackQueue',
		type: 'string',
		default: 'Unrouted',
		required: true,
		displayOptions: { show: { settingsFrom: ['node'] } },
		description: 'Where leads go that no rule takes',
	},
	{
		displayName: 'Fallback Owner',
		name: 'fallbackOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. ops@example.com',
		displayOptions: { show: { settingsFrom: ['node'] } },
		description: 'Who gets leads that nobody else can take: ID, name or email of a member, or any email address. Empty takes the fallback owner of the client settings.',
	},
	{
		displayName: 'Outputs',
		name: 'outputs',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'One', value: 'one', description: 'All leads leave on one output, the queue stands in the lead' },
			{ name: 'One per Queue', value: 'perQueue', description: 'Fallback and one output for each queue listed below' },
		],
		default: 'one',
		description: 'How many branches this node has',
	},
	queuesProperty,
	ledgerProperty,
	outputProperty,
];
