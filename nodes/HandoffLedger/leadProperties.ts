import type { INodeProperties } from 'n8n-workflow';
import { outputProperty } from '../host/sharedProperties';
import { correctionProperties } from './correctionProperties';
import { eventProperties } from './eventProperties';
import { externalIdProperties } from './externalIdProperties';
import { reviewProperties } from './reviewProperties';

const one = ['correctLead', 'explainLead', 'getLead', 'recordEvent', 'setExternalId'];
const listing = { operation: ['listLeads'] };

/** Which lead: shared by the operations on one lead. */
const findProperties: INodeProperties[] = [
	{
		displayName: 'Find Lead By',
		name: 'findBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { operation: one } },
		options: [
			{ name: 'Email', value: 'email', description: 'The newest lead of the person with this address' },
			{ name: 'External ID', value: 'externalId', description: 'The newest lead of the person with this ID in a CRM' },
			{ name: 'Lead ID', value: 'leadId', description: 'The ID that Lead Normalize gave' },
		],
		default: 'leadId',
		description: 'What is known of the lead',
	},
	{
		displayName: 'Lead ID',
		name: 'leadId',
		type: 'string',
		default: '={{ $json.leadId }}',
		displayOptions: { show: { operation: one, findBy: ['leadId'] } },
		description: 'ID of the lead, as in leadId of the handoff record',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		displayOptions: { show: { operation: one, findBy: ['email'] } },
		description: 'Address of the person, in any spelling that Lead Normalize takes for the same',
	},
	{
		displayName: 'External System',
		name: 'externalSystem',
		type: 'string',
		default: 'hubspot',
		placeholder: 'e.g. hubspot',
		displayOptions: { show: { operation: one, findBy: ['externalId'] } },
		description: 'Name of the system that gave the ID, as in match.externalIds of the handoff record',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 501',
		displayOptions: { show: { operation: one, findBy: ['externalId'] } },
		description: 'ID of the person in that system',
	},
];

const listProperties: INodeProperties[] = [
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme',
		displayOptions: { show: listing },
		description: 'Text that stands in the name, address, phone or company; all leads when empty',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions: { show: listing },
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { ...listing, returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: listing },
		options: [
			{
				displayName: 'After Lead ID',
				name: 'after',
				type: 'string',
				default: '',
				description: 'ID of the last lead of the page before, to get the next one',
			},
			{
				displayName: 'Owner ID',
				name: 'ownerId',
				type: 'string',
				default: '',
				placeholder: 'e.g. mia',
				description: 'Only leads of this member',
			},
			{
				displayName: 'Queue',
				name: 'queue',
				type: 'string',
				default: '',
				placeholder: 'e.g. Enterprise',
				description: 'Only leads in this queue',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Closed', value: 'closed' },
					{ name: 'Open', value: 'open' },
				],
				default: 'open',
				description: 'Only leads that are open, or only closed ones',
			},
		],
	},
];

export const leadProperties: INodeProperties[] = [
	...findProperties,
	...correctionProperties,
	...eventProperties,
	...externalIdProperties,
	...reviewProperties,
	...listProperties,
	{
		displayName: 'Test Leads',
		name: 'testLeads',
		type: 'boolean',
		default: false,
		displayOptions: { show: { operation: ['changeReviewItem', 'correctLead', 'drawSample', 'explainLead', 'getLead', 'listCorrections', 'listLeads', 'listReviewItems', 'recordEvent', 'scorecard', 'setExternalId', 'settleReviewItem'] } },
		description: 'Whether to look among the test leads instead of the live ones; an item that is itself a test lead always is one',
	},
	{ ...outputProperty, displayOptions: { show: { operation: ['getLead', 'listLeads'] } } },
];
