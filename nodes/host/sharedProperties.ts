import type { INodeProperties } from 'n8n-workflow';

const embedded = {
	name: 'Embedded', value: 'embedded',
	description: 'One file in n8n\'s folder (storage/n8n-nodes-lead-handoff/ledger.sqlite), nothing to install; that folder must be on a lasting volume, and n8n not in queue mode',
};
const postgres = { name: 'PostgreSQL', value: 'postgres', description: 'A database server, for n8n in queue mode or on several hosts' };
const none = { name: 'None', value: 'none', description: 'Work from the incoming items only' };

/** Where this node keeps and looks up leads. */
export const ledgerProperty: INodeProperties = {
	displayName: 'Ledger',
	name: 'ledger',
	type: 'options',
	noDataExpression: true,
	options: [embedded, postgres, none],
	default: 'embedded',
	description: 'Where leads, turns and clocks are remembered between runs; the same in all nodes of this package',
};

/** The same for a node that is nothing without a ledger. */
export const neededLedgerProperty: INodeProperties = { ...ledgerProperty, options: [embedded, postgres] };

/** How much of the record leaves the node. */
export const outputProperty: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Full', value: 'full', description: 'The whole handoff record, which the next Lead Handoff node needs' },
		{ name: 'Simplified', value: 'simplified', description: 'At most 12 flat columns, for a sheet or a message' },
	],
	default: 'full',
	description: 'How much of the lead leaves this node',
};

/** Where rules, teams, intents and policies come from. */
export const settingsFromProperty: INodeProperties = {
	displayName: 'Settings From',
	name: 'settingsFrom',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Client Settings', value: 'client', description: 'What was saved for the lead\'s client with a Handoff Ledger node' },
		{ name: 'This Node', value: 'node', description: 'What is entered below, for every client' },
	],
	default: 'client',
	description: 'Where this node takes its settings from',
};
