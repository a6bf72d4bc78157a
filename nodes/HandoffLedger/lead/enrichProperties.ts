import type { INodeProperties } from 'n8n-workflow';

/** Look-ups at a service that knows companies, between clean and classify. */
export const enrichProperties: INodeProperties[] = [
	{
		displayName: 'Service',
		name: 'service',
		type: 'string',
		default: 'People Data Labs',
		required: true,
		placeholder: 'e.g. People Data Labs',
		displayOptions: { show: { operation: ['addLookedUp', 'checkLookUp'] } },
		description: 'Name of who is asked, as it stands beside each value; each service has a limit of its own',
	},
	{
		displayName: 'Look-Ups per Day',
		name: 'lookUpsPerDay',
		type: 'number',
		default: 100,
		typeOptions: { minValue: 0, maxValue: 1000000 },
		displayOptions: { show: { operation: ['checkLookUp'] } },
		description: 'Most leads of a client for which the service is asked in one day of the client\'s time zone; later ones go on without',
	},
	{
		displayName: 'Looked-Up Values',
		name: 'lookedUp',
		type: 'json',
		default: '={{ $json.lookedUp }}',
		displayOptions: { show: { operation: ['addLookedUp'] } },
		description: 'What the service said, by the names of the lead\'s fields (company, website, jobTitle, companySize, country, region, city, postalCode) or names of your own; nothing at all when it could not be asked',
	},
];
