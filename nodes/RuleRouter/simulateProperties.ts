import type { INodeProperties } from 'n8n-workflow';

const simulate = { operation: ['simulate'] };

/** For the operations that look at rules and not at leads one by one. */
export const clientProperty: INodeProperties = {
	displayName: 'Client',
	name: 'client',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme',
	displayOptions: { show: { operation: ['checkRules', 'simulate'] } },
	description: 'Key of the client whose settings count; empty takes the client of the first incoming item',
};

export const simulateProperties: INodeProperties[] = [
	{
		displayName: 'Leads From',
		name: 'leadsFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Incoming Items', value: 'input', description: 'The leads that come in' },
			{ name: 'Ledger', value: 'ledger', description: 'The newest leads of the client' },
		],
		default: 'ledger',
		displayOptions: { show: simulate },
		description: 'Which leads are played through the rules; no turn is taken and nothing is written',
	},
	{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 }, default: 50, displayOptions: { show: { ...simulate, leadsFrom: ['ledger'] } }, description: 'Max number of results to return' },
	{ displayName: 'Test Leads', name: 'testLeads', type: 'boolean', default: false, displayOptions: { show: { ...simulate, leadsFrom: ['ledger'] } }, description: 'Whether test leads are taken instead of live ones' },
	{ displayName: 'Old Version', name: 'oldVersion', type: 'number', typeOptions: { minValue: 0 }, default: 0, displayOptions: { show: { ...simulate, settingsFrom: ['client'] } }, description: 'Number of the saved settings to compare with; 0 is the one before the new version' },
	{ displayName: 'New Version', name: 'newVersion', type: 'number', typeOptions: { minValue: 0 }, default: 0, displayOptions: { show: { ...simulate, settingsFrom: ['client'] } }, description: 'Number of the saved settings to try; 0 is the one that holds now' },
	{
		displayName: 'Show',
		name: 'show',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Changed Leads', value: 'changed', description: 'One row for each lead that would be routed otherwise' },
			{ name: 'Every Lead', value: 'leads', description: 'One row for each lead' },
			{ name: 'Share per Owner', value: 'shares', description: 'A summary, then one row for each owner' },
		],
		default: 'shares',
		displayOptions: { show: simulate },
		description: 'What the rows tell',
	},
];
