import type { INodeProperties } from 'n8n-workflow';
import { limitProperties } from '../limit';

const one = { operation: ['changeReviewItem', 'settleReviewItem'] };
const listing = { operation: ['listReviewItems'] };
const settling = { operation: ['settleReviewItem'] };
const wrong = { ...settling, reviewOutcome: ['wrong'] };
const stages = [
	{ name: 'Capture', value: 'capture', description: 'The form was hard to read' },
	{ name: 'Clean', value: 'clean', description: 'It may be a duplicate, or a field is in doubt' },
	{ name: 'Classify', value: 'classify', description: 'The message was hard to read' },
	{ name: 'Route', value: 'route', description: 'The rules left something open' },
	{ name: 'Weekly Sample', value: 'sample', description: 'Drawn at random to be checked' },
];

/** Doubts that people settle. */
export const reviewProperties: INodeProperties[] = [
	{
		displayName: 'Review Item ID',
		name: 'reviewItemId',
		type: 'string',
		default: '={{ $json.reviewItemId }}',
		required: true,
		displayOptions: { show: one },
		description: 'ID of the item, as List Review Items gives it',
	},
	{
		displayName: 'Outcome',
		name: 'reviewOutcome',
		type: 'options',
		displayOptions: { show: settling },
		options: [
			{ name: 'It Is a Duplicate', value: 'duplicate', description: 'The lead was known already; counts in the duplicate rate' },
			{ name: 'It Is Not a Duplicate', value: 'notDuplicate', description: 'Two different people, who never match from now on' },
			{ name: 'It Was Right', value: 'right', description: 'What was decided stands' },
			{ name: 'It Was Wrong', value: 'wrong', description: 'What is filled in below is put right' },
		],
		default: 'right',
		description: 'What you found',
	},
	{
		displayName: 'Right Queue',
		name: 'rightQueue',
		type: 'string',
		default: '',
		placeholder: 'e.g. Enterprise',
		displayOptions: { show: wrong },
		description: 'Queue that the lead should have gone to; empty when its queue was right',
	},
	{
		displayName: 'Right Owner',
		name: 'rightOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: wrong },
		description: 'Who gets the lead: ID of a member, or the owner ID in the CRM; empty when it stays with whom it is',
	},
	{
		displayName: 'Right Intent',
		name: 'rightIntent',
		type: 'string',
		default: '',
		placeholder: 'e.g. Quote',
		displayOptions: { show: wrong },
		description: 'Intent that the message has; empty when it was read right',
	},
	{
		displayName: 'By',
		name: 'by',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: settling },
		description: 'Who settled it, as kept with the lead',
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		default: '',
		displayOptions: { show: settling },
		description: 'Anything to remember',
	},
	{
		displayName: 'Assign To',
		name: 'assignTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: { operation: ['changeReviewItem'] } },
		description: 'Member who settles it from now on; empty: as it is',
	},
	{
		displayName: 'Due At',
		name: 'dueAt',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { operation: ['changeReviewItem'] } },
		description: 'Until when it should be settled; empty: as it is',
	},
	{
		displayName: 'Snooze Until',
		name: 'snoozeUntil',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { operation: ['changeReviewItem'] } },
		description: 'Until then it is left out of lists; empty: as it is',
	},
	...limitProperties(listing),
	{
		displayName: 'Filters',
		name: 'reviewFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: listing },
		options: [
			{ displayName: 'About', name: 'stage', type: 'options', options: stages, default: 'clean', description: 'What is in doubt' },
			{ displayName: 'Opened From', name: 'from', type: 'dateTime', default: '', description: 'Only items that were opened then or later' },
			{ displayName: 'Owner ID', name: 'ownerId', type: 'string', default: '', placeholder: 'e.g. mia', description: 'Only items of this member' },
			{ displayName: 'Snoozed Too', name: 'snoozed', type: 'boolean', default: false, description: 'Whether to give items too that are snoozed' },
			{
				displayName: 'State', name: 'state', type: 'options', default: 'open', description: 'Open ones unless chosen otherwise',
				options: [{ name: 'All', value: 'all' }, { name: 'Open', value: 'open' }, { name: 'Settled', value: 'settled' }],
			},
		],
	},
	{
		displayName: 'Leads to Draw',
		name: 'sampleSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 20,
		displayOptions: { show: { operation: ['drawSample'] } },
		description: 'How many leads of last week are drawn at random; drawn again, they are the same',
	},
	{
		displayName: 'Checked By',
		name: 'sampleOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: { operation: ['drawSample'] } },
		description: 'Member who checks them; empty: who answers for routing in the client settings',
	},
];
