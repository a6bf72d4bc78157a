import type { INodeProperties } from 'n8n-workflow';
import { limitProperties } from '../limit';

const listing = { operation: ['listLeads'] };

export const listLeadsProperties: INodeProperties[] = [
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme',
		displayOptions: { show: listing },
		description: 'Text that stands in the name, address, phone or company; all leads when empty',
	},
	...limitProperties(listing),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: listing },
		options: [
			{ displayName: 'After Lead ID', name: 'after', type: 'string', default: '', description: 'ID of the last lead of the page before, to get the next one' },
			{ displayName: 'Campaign', name: 'campaign', type: 'string', default: '', placeholder: 'e.g. autumn', description: 'Only leads whose first enquiry came by this campaign' },
			{ displayName: 'Channel', name: 'channel', type: 'string', default: '', placeholder: 'e.g. paid search', description: 'Only leads whose first enquiry came by this channel, as in source.channel of the handoff record' },
			{ displayName: 'Email', name: 'email', type: 'string', default: '', placeholder: 'name@email.com', description: 'Only leads of the person with this address, in any spelling that Lead Normalize takes for the same' },
			{ displayName: 'Intent', name: 'intent', type: 'string', default: '', placeholder: 'e.g. Quote', description: 'Only leads that were read as this intent, or corrected to it' },
			{ displayName: 'Needs Review', name: 'needsReview', type: 'boolean', default: true, description: 'Whether to give only leads with an open review, or only those without one' },
			{ displayName: 'Opened Before', name: 'to', type: 'dateTime', default: '', description: 'Only leads opened before this moment; without a zone it is read in the client\'s zone' },
			{ displayName: 'Opened From', name: 'from', type: 'dateTime', default: '', description: 'Only leads opened at this moment or later; without a zone it is read in the client\'s zone' },
			{ displayName: 'Owner ID', name: 'ownerId', type: 'string', default: '', placeholder: 'e.g. mia', description: 'Only leads of this member' },
			{ displayName: 'Queue', name: 'queue', type: 'string', default: '', placeholder: 'e.g. Enterprise', description: 'Only leads in this queue' },
			{ displayName: 'Source', name: 'source', type: 'string', default: '', placeholder: 'e.g. google', description: 'Only leads whose first enquiry came from this source' },
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
