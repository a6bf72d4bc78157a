import type { INodeProperties } from 'n8n-workflow';

const setting = { operation: ['setExternalId'] };

/** The ID that a CRM gave to the person of a lead. */
export const externalIdProperties: INodeProperties[] = [
	{
		displayName: 'System',
		name: 'inSystem',
		type: 'string',
		default: 'hubspot',
		required: true,
		placeholder: 'e.g. hubspot',
		displayOptions: { show: setting },
		description: 'Name of the system that gave the ID; the same everywhere',
	},
	{
		displayName: 'ID in That System',
		name: 'idInSystem',
		type: 'string',
		default: '={{ $json.id }}',
		required: true,
		displayOptions: { show: setting },
		description: 'ID of the person there, such as the contact that was just made',
	},
	{
		displayName: 'Replace Another ID',
		name: 'replaceId',
		type: 'boolean',
		default: false,
		displayOptions: { show: setting },
		description: 'Whether the ID takes the place of another one of that system, as after a merge in the CRM',
	},
];
