import type { INodeProperties } from 'n8n-workflow';
import { eventTypes } from '../lead/measure/eventTypes';

const recording = { operation: ['recordEvent'] };

/** What is told of a lead; details show with the event that they belong to. */
export const eventProperties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'eventType',
		type: 'options',
		displayOptions: { show: recording },
		options: Object.entries(eventTypes).map(([value, { label, description }]) => ({ name: label, value, description })),
		default: 'accepted',
		description: 'What became of the lead',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. no budget this year',
		displayOptions: { show: { ...recording, eventType: ['lost', 'rejected'] } },
		description: 'Why the lead ended so',
	},
	{
		displayName: 'Right Queue',
		name: 'rightQueue',
		type: 'string',
		default: '',
		placeholder: 'e.g. Enterprise',
		displayOptions: { show: { ...recording, eventType: ['misrouted'] } },
		description: 'Queue that the lead should have gone to',
	},
	{
		displayName: 'Routed Right',
		name: 'routedRight',
		type: 'boolean',
		default: true,
		displayOptions: { show: { ...recording, eventType: ['routingChecked'] } },
		description: 'Whether the lead of the sample went to the right queue',
	},
	{
		displayName: 'New Owner',
		name: 'newOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: { ...recording, eventType: ['ownerChanged'] } },
		description: 'Who has the lead now: ID of a member, or the member\'s owner ID in the CRM',
	},
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: { show: { ...recording, eventType: ['won'] } },
		description: 'Value of the deal in whole units of its currency',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'EUR',
		placeholder: 'e.g. EUR',
		displayOptions: { show: { ...recording, eventType: ['won'] } },
		description: 'Three letters of the currency, such as EUR or USD',
	},
	{
		displayName: 'Options',
		name: 'eventOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: recording },
		options: [
			{
				displayName: 'By',
				name: 'by',
				type: 'string',
				default: '',
				placeholder: 'e.g. mia',
				description: 'Who did it',
			},
			{
				displayName: 'Event ID',
				name: 'eventId',
				type: 'string',
				default: '',
				description: 'ID of this event where it comes from, so that a second one of its kind counts as another event',
			},
			{
				displayName: 'Happened At',
				name: 'at',
				type: 'dateTime',
				default: '',
				description: 'Moment of the event, now when empty; without a zone it is read in the client\'s zone',
			},
			{
				displayName: 'Note',
				name: 'note',
				type: 'string',
				default: '',
				description: 'Anything to remember, shown in the lead\'s story',
			},
		],
	},
];
