import type { INodeProperties } from 'n8n-workflow';

const erasing = { operation: ['erasePerson'] };

export const personProperties: INodeProperties[] = [
	{
		displayName: 'Find Person By',
		name: 'personBy',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: erasing },
		options: [
			{ name: 'Email', value: 'email', description: 'Everyone who ever wrote from this address' },
			{ name: 'External ID', value: 'externalId', description: 'The person with this ID in a CRM' },
			{ name: 'Lead ID', value: 'leadId', description: 'The person of this lead' },
			{ name: 'Phone', value: 'phone', description: 'Everyone with this number; look at the preview, for families share one' },
		],
		default: 'email',
		description: 'What the person is known by',
	},
	{
		displayName: 'Email',
		name: 'personEmail',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		displayOptions: { show: { ...erasing, personBy: ['email'] } },
		description: 'Address of the person, in any spelling that Lead Normalize takes for the same',
	},
	{
		displayName: 'External System',
		name: 'personSystem',
		type: 'string',
		default: 'crm',
		placeholder: 'e.g. hubspot',
		displayOptions: { show: { ...erasing, personBy: ['externalId'] } },
		description: 'Name of the system that gave the ID',
	},
	{
		displayName: 'External ID',
		name: 'personExternalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 501',
		displayOptions: { show: { ...erasing, personBy: ['externalId'] } },
		description: 'ID of the person in that system',
	},
	{
		displayName: 'Lead ID',
		name: 'personLeadId',
		type: 'string',
		default: '={{ $json.leadId }}',
		displayOptions: { show: { ...erasing, personBy: ['leadId'] } },
		description: 'ID of a lead of the person',
	},
	{
		displayName: 'Phone',
		name: 'personPhone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +44 20 7946 0018',
		displayOptions: { show: { ...erasing, personBy: ['phone'] } },
		description: 'Number of the person, with its country code',
	},
];
