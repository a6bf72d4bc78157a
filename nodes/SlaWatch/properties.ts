import type { INodeProperties } from 'n8n-workflow';
import { clientProperty } from '../host/searchClients';
import { ledgerProperty, outputProperty, settingsFromProperty } from '../host/sharedProperties';
import { optionsProperty } from './optionsProperty';
import { policyProperties } from './policyProperties';

const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Check', value: 'check', action: 'Check which clocks need an alert', description: 'List what needs to be told now, one item per alert; needs no lead as input' },
		{ name: 'Close', value: 'close', action: 'Close a lead without an answer', description: 'End the clocks of a lead that needs no answer, such as spam or a wrong number' },
		{ name: 'Confirm Step', value: 'confirmStep', action: 'Confirm that an alert was sent', description: 'Mark an alert as sent, so that it does not come again' },
		{ name: 'Find Undelivered', value: 'findUndelivered', action: 'Find leads that were not delivered', description: 'List what was not written or told, one item per lead, to deliver it again; needs no lead as input' },
		{ name: 'Next Opening', value: 'nextOpening', action: 'Tell when the team opens next', description: 'Give the next moment of working hours, for a promise to the lead' },
		{ name: 'Pause', value: 'pause', action: 'Pause the clocks of a lead', description: 'Let the clocks of a lead stand still, such as while you wait for the lead' },
		{ name: 'Reassign', value: 'reassign', action: 'Give a lead to another owner', description: 'Give a lead to the next of its team, or to the one you name; its clock runs on' },
		{ name: 'Record Response', value: 'recordResponse', action: 'Record the first human answer', description: 'Stop the clock of a lead with its first human answer' },
		{ name: 'Resume', value: 'resume', action: 'Resume the clocks of a lead', description: 'Let paused clocks run on with the time that was left' },
		{ name: 'Start', value: 'start', action: 'Start the clock of a lead', description: 'Start the first response clock of each incoming lead' },
	],
	default: 'start',
};

const checkProperties: INodeProperties[] = [
	{
		displayName: 'Clients',
		name: 'clients',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'All Clients', value: 'all' },
			{ name: 'One Client', value: 'one' },
		],
		default: 'all',
		description: 'Whose leads are looked at',
		displayOptions: { show: { operation: ['check', 'findUndelivered'] }, hide: { ledger: ['none'] } },
	},
	{
		...clientProperty,
		default: { mode: 'list', value: '' },
		description: 'Client whose leads are looked at',
		displayOptions: { show: { operation: ['check', 'findUndelivered'], clients: ['one'] }, hide: { ledger: ['none'] } },
	},
	{
		displayName: 'Outputs',
		name: 'outputs',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'One', value: 'one', description: 'Every alert leaves on one output' },
			{ name: 'One per Status', value: 'byStatus', description: 'At Risk, Breached, Stuck, Release, Met, and Running or Paused each have an output' },
		],
		default: 'one',
		description: 'Where alerts leave this node',
		displayOptions: { show: { operation: ['check'] } },
	},
];

const confirmProperties: INodeProperties[] = [
	{
		displayName: 'Step ID',
		name: 'stepId',
		type: 'string',
		default: '={{ $json.step.id }}',
		required: true,
		description: 'Step that was sent, as Check gave it. Behind a message node, take it and the token from the Check node by an expression.',
		displayOptions: { show: { operation: ['confirmStep'] } },
	},
	{
		displayName: 'Claim Token',
		name: 'claimToken',
		type: 'string',
		typeOptions: { password: true },
		default: '={{ $json.step.claimToken }}',
		required: true,
		description: 'Token of the claim under which it was sent, as Check gave it',
		displayOptions: { show: { operation: ['confirmStep'] } },
	},
];

const responseProperties: INodeProperties[] = [
	{
		displayName: 'Lead ID',
		name: 'leadId',
		type: 'string',
		default: '={{ $json.leadId }}',
		required: true,
		description: 'Lead whose clock it is',
		displayOptions: { show: { operation: ['close', 'pause', 'reassign', 'recordResponse', 'resume'] } },
	},
	{
		displayName: 'New Owner',
		name: 'newOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		description: 'Member who gets the lead, by ID or owner ID of the CRM; empty means the next of its team who has not had it',
		displayOptions: { show: { operation: ['reassign'] } },
	},
	{
		displayName: 'Only While Owner Is',
		name: 'onlyFrom',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		description: 'Member who must still have the lead, so that a button that is pressed twice gives it on once; empty means whoever has it',
		displayOptions: { show: { operation: ['reassign'] } },
	},
	{
		displayName: 'Take Silent Owner Out of Rotation',
		name: 'silentOwnerRests',
		type: 'boolean',
		default: false,
		description: 'Whether who has the lead now gets no other one by assignment until the next day, or until answering or accepting one',
		displayOptions: { show: { operation: ['reassign'] } },
	},
	{
		displayName: 'Answered At',
		name: 'answeredAt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-23T09:12:00+00:00',
		description: 'Moment of the answer as ISO 8601; empty means now',
		displayOptions: { show: { operation: ['recordResponse'] } },
	},
	{
		displayName: 'Answered By',
		name: 'answeredBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		description: 'Who answered, as kept with the lead',
		displayOptions: { show: { operation: ['recordResponse'] } },
	},
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: [
			{ name: 'Call', value: 'call' },
			{ name: 'Chat', value: 'chat' },
			{ name: 'Email', value: 'email' },
			{ name: 'Meeting', value: 'meeting' },
			{ name: 'Other', value: 'other' },
			{ name: 'Text Message', value: 'textMessage' },
		],
		default: 'email',
		description: 'How the lead was answered',
		displayOptions: { show: { operation: ['recordResponse'] } },
	},
	{
		displayName: 'Automatic Reply',
		name: 'automaticReply',
		type: 'boolean',
		default: false,
		description: 'Whether the answer was sent by a machine; such an answer does not stop the clock',
		displayOptions: { show: { operation: ['recordResponse'] } },
	},
];

const changeProperties: INodeProperties[] = [
	{
		displayName: 'Pause Until',
		name: 'pauseUntil',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-01T09:00:00+00:00',
		description: 'Moment at which the pause ends by itself, as ISO 8601; empty means until Resume',
		displayOptions: { show: { operation: ['pause'] } },
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. The lead asked for a call next week',
		description: 'Why, as kept with the lead',
		displayOptions: { show: { operation: ['close', 'pause', 'reassign', 'resume'] } },
	},
	{
		displayName: 'By',
		name: 'by',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		description: 'Who decided it, as kept with the lead',
		displayOptions: { show: { operation: ['close', 'pause', 'reassign', 'resume'] } },
	},
];

const openingProperties: INodeProperties[] = [
	{
		displayName: 'Calendar',
		name: 'calendar',
		type: 'string',
		default: '',
		placeholder: 'e.g. Office',
		description: 'Name of a calendar of the client settings; empty means the one of the lead\'s policy and team',
		displayOptions: { show: { operation: ['nextOpening'], settingsFrom: ['client'] }, hide: { ledger: ['none'] } },
	},
];

const clientOfItemProperty: INodeProperties = {
	displayName: 'Client',
	name: 'client',
	type: 'string',
	default: '={{ $json.client }}',
	placeholder: 'e.g. acme',
	description: 'Key of the client that the lead belongs to',
	displayOptions: { show: { operation: ['close', 'confirmStep', 'pause', 'reassign', 'recordResponse', 'resume'] }, hide: { ledger: ['none'] } },
};

const fromStart: INodeProperties = { ...settingsFromProperty, displayOptions: { show: { operation: ['nextOpening', 'start'] } } };

export const properties: INodeProperties[] = [
	operationProperty,
	...checkProperties,
	...confirmProperties,
	...responseProperties,
	...changeProperties,
	clientOfItemProperty,
	fromStart,
	...openingProperties,
	...policyProperties({ operation: ['nextOpening', 'start'], settingsFrom: ['node'] }),
	...policyProperties({ operation: ['check', 'recordResponse'], ledger: ['none'] }),
	ledgerProperty,
	{ ...outputProperty, displayOptions: { show: { operation: ['start'] } } },
	optionsProperty,
];
