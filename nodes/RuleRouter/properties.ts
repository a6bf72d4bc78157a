import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty, outputProperty, settingsFromProperty } from '../host/sharedProperties';
import { rulesProperty } from './ruleProperties';
import { clientProperty, simulateProperties } from './simulateProperties';
import { tableProperties } from './tableProperties';
import { teamsProperty } from './teamProperties';

const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Apply Hard Rules', value: 'applyHardRules', description: 'Before the AI Intent Classifier: fixes queue and team by rules that no AI can overrule', action: 'Apply hard rules to leads' },
		{ name: 'Check Rules', value: 'checkRules', description: 'Tells what is wrong with the rules: rows that are never reached, overlaps, gaps with an example lead', action: 'Check rules' },
		{ name: 'Finish Routing', value: 'finishRouting', description: 'After the AI Intent Classifier: applies soft rules to what is open and chooses the owner', action: 'Finish the routing of leads' },
		{ name: 'Release', value: 'release', description: 'Sends leads on that were blocked, held or left waiting, as if nothing had kept them back', action: 'Release leads' },
		{ name: 'Route', value: 'route', description: 'Both in one, for flows without AI or with AI before this node', action: 'Route leads' },
		{ name: 'Simulate', value: 'simulate', description: 'Tells who would have got earlier leads by other rules; takes no turn and writes nothing', action: 'Simulate routing' },
	],
	default: 'route',
};

/** Operations from which leads go on. */
const routing = ['applyHardRules', 'finishRouting', 'release', 'route'];

const queuesProperty: INodeProperties = {
	displayName: 'Queues',
	name: 'queues',
	type: 'string',
	noDataExpression: true,
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Queue', sortable: true },
	default: [],
	placeholder: 'e.g. UK Enterprise',
	displayOptions: { show: { operation: routing, outputs: ['perQueue'] } },
	description: 'Queues that have an output each, at most 20. Leads of any other queue leave on Fallback. Wires are kept by place, so a new order moves them.',
};

export const properties: INodeProperties[] = [
	operationProperty,
	clientProperty,
	settingsFromProperty,
	...tableProperties,
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
		displayOptions: { show: { operation: routing } },
		description: 'How many branches this node has',
	},
	queuesProperty,
	...simulateProperties,
	ledgerProperty,
	{ ...outputProperty, displayOptions: { show: { operation: routing } } },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: routing } },
		options: [
			{
				displayName: 'Trace',
				name: 'trace',
				type: 'options',
				options: [
					{ name: 'Every Rule', value: 'everyRule', description: 'Also each rule that did not match, with what it asked for' },
					{ name: 'What Decided', value: 'decisive', description: 'Rules that matched, and those that a missing value kept open' },
				],
				default: 'decisive',
				description: 'How much each lead tells for audit in routing.trace',
			},
		],
	},
];
