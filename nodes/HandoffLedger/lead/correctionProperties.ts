import type { INodeProperties } from 'n8n-workflow';

const correcting = { operation: ['correctLead'] };

export const correctionProperties: INodeProperties[] = [
	{
		displayName: 'What Was Wrong',
		name: 'whatWasWrong',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: correcting },
		options: [
			{ name: 'Intent', value: 'intent', description: 'The message was read wrongly; the right intent becomes an example to measure by' },
			{ name: 'Merge', value: 'merge', description: 'An enquiry was put to somebody else; both leads stand by themselves again and never match again' },
			{ name: 'Owner', value: 'owner', description: 'The lead went to the wrong person; the right one gets it, with a clock of their own' },
		],
		default: 'owner',
		description: 'What to put right',
	},
	{
		displayName: 'Right Owner',
		name: 'rightOwner',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia',
		displayOptions: { show: { ...correcting, whatWasWrong: ['owner'] } },
		description: 'Who should have got the lead: ID of a member, or the member\'s owner ID in the CRM',
	},
	{
		displayName: 'Right Queue',
		name: 'rightQueue',
		type: 'string',
		default: '',
		placeholder: 'e.g. Enterprise',
		displayOptions: { show: { ...correcting, whatWasWrong: ['owner'] } },
		description: 'Queue that the lead should have gone to; empty when its queue was right',
	},
	{
		displayName: 'Right Intent',
		name: 'rightIntent',
		type: 'string',
		default: '',
		placeholder: 'e.g. Quote',
		displayOptions: { show: { ...correcting, whatWasWrong: ['intent'] } },
		description: 'Name of the intent that the message has, as in the client settings',
	},
	{
		displayName: 'Options',
		name: 'correctionOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: correcting },
		options: [
			{ displayName: 'By', name: 'by', type: 'string', default: '', placeholder: 'e.g. mia', description: 'Who corrects it' },
			{ displayName: 'Reason', name: 'reason', type: 'string', default: '', placeholder: 'e.g. existing customer of Jon', description: 'Why, shown in the lead\'s story and in the list of corrections' },
			{ displayName: 'Submission ID', name: 'submissionId', type: 'string', default: '', description: 'For a wrong merge of a lead with several enquiries: which one belongs to somebody else; the newest when empty' },
		],
	},
];
