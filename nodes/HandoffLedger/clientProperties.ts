import type { INodeProperties } from 'n8n-workflow';

/** A small document that passes the check, to be filled in. */
const starter = {
	name: 'My Client',
	mode: 'test',
	timeZone: 'Europe/London',
	defaultCountry: 'GB',
	calendars: [{
		name: 'Office',
		hours: {
			monday: ['09:00-17:30'], tuesday: ['09:00-17:30'], wednesday: ['09:00-17:30'], thursday: ['09:00-17:30'], friday: ['09:00-17:30'],
		},
	}],
	members: [{ id: 'mia', name: 'Mia Example', email: 'mia@example.com' }],
	teams: [{ name: 'Sales', members: ['mia'] }],
	fallbackOwner: 'mia',
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 15 }],
};

const saving = { operation: ['saveSettings'] };

export const clientProperties: INodeProperties[] = [
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'json',
		typeOptions: { rows: 16 },
		default: JSON.stringify(starter, null, 2),
		displayOptions: { show: saving },
		description: 'The whole settings document of this client. It is checked first, and nothing is saved while anything in it is wrong. Every part is explained in docs/client-settings.md.',
	},
	{
		displayName: 'Options',
		name: 'saveOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: saving },
		options: [
			{
				displayName: 'Saved By',
				name: 'by',
				type: 'string',
				default: '',
				placeholder: 'e.g. Mia',
				description: 'Who stands as author of this version',
			},
		],
	},
];
