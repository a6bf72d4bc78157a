import type { INodeProperties } from 'n8n-workflow';
import { changeProperties, changing, tabOptions } from './changeProperties';

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

const saving = ['saveSettings'];
const checking = ['checkSettings'];

const documentProperty: INodeProperties = {
	displayName: 'Settings',
	name: 'settings',
	type: 'json',
	typeOptions: { rows: 16 },
	default: JSON.stringify(starter, null, 2),
	description: 'The whole settings document of this client. It is checked first, and nothing is saved while anything in it is wrong. Every part is explained in docs/client-settings.md.',
};

const tabProperty: INodeProperties = {
	displayName: 'Tab',
	name: 'tab',
	type: 'options',
	options: [...tabOptions.slice(0, 4), { name: 'Recognize by Columns', value: 'auto', description: 'Rows of one or several tabs: a column "Tab" names each, else its columns tell' }, ...tabOptions.slice(4)],
	default: 'auto',
	description: 'What the incoming rows are; they take the place of that part, and the other parts stay',
};

const sourceProperties: INodeProperties[] = [
	{
		displayName: 'Settings As',
		name: 'settingsAs',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'JSON Document', value: 'json', description: 'The whole document, entered below' },
			{ name: 'Rows', value: 'rows', description: 'The incoming items are rows of a sheet or answers of a form, one part or several at once' },
		],
		default: 'json',
		displayOptions: { show: { operation: saving } },
		description: 'Where the settings come from',
	},
	{
		displayName: 'What to Check',
		name: 'check',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'JSON Document', value: 'json', description: 'A whole document, entered below' },
			{ name: 'Rows', value: 'rows', description: 'The settings as the incoming rows would make them' },
			{ name: 'Saved Settings', value: 'saved', description: 'The newest version of the client' },
		],
		default: 'saved',
		displayOptions: { show: { operation: checking } },
		description: 'Which settings are looked at; nothing is saved',
	},
	{ ...documentProperty, displayOptions: { show: { operation: saving, settingsAs: ['json'] } } },
	{ ...documentProperty, displayOptions: { show: { operation: checking, check: ['json'] } } },
	{ ...tabProperty, displayOptions: { show: { operation: saving, settingsAs: ['rows'] } } },
	{ ...tabProperty, displayOptions: { show: { operation: checking, check: ['rows'] } } },
];

const versionProperties: INodeProperties[] = [
	{
		displayName: 'Version',
		name: 'version',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: { show: { operation: ['getSettings'] } },
		description: 'Which saved version to give; 0 means the newest',
	},
	{
		displayName: 'Count Known Records',
		name: 'countKnownRecords',
		type: 'boolean',
		default: false,
		displayOptions: { show: { operation: ['getSettings'] } },
		description: 'Whether to tell how many known records are loaded, by the system that they come from; takes time where there are many',
	},
	{
		displayName: 'From Version',
		name: 'fromVersion',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: { show: { operation: ['compareSettings'] } },
		description: 'The earlier version; 0 means the one before the other',
	},
	{
		displayName: 'To Version',
		name: 'toVersion',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: { show: { operation: ['compareSettings'] } },
		description: 'The later version; 0 means the newest',
	},
];

const savedBy: INodeProperties = {
	displayName: 'Saved By',
	name: 'by',
	type: 'string',
	default: '',
	placeholder: 'e.g. Mia',
	description: 'Who stands as author of this version',
};

export const clientProperties: INodeProperties[] = [
	...sourceProperties,
	...changeProperties,
	...versionProperties,
	{
		displayName: 'Give',
		name: 'giveExport',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'One Item', value: 'one', description: 'One item that holds everything, such as for a JSON file' },
			{ name: 'One Item per Row', value: 'rows', description: 'An item for each version, lead, event and so on, for many leads' },
		],
		default: 'one',
		displayOptions: { show: { operation: ['exportClient'] } },
		description: 'How the export leaves this node',
	},
	{
		displayName: 'Type the Key Again',
		name: 'confirmKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme',
		displayOptions: { show: { operation: ['deleteClient'] } },
		description: 'Key of the client once more, so that none is deleted by a slip; nothing brings it back',
	},
	{
		displayName: 'Options',
		name: 'saveOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: [...saving, ...changing, 'backToTest'] } },
		options: [
			{
				displayName: 'Expected Version',
				name: 'expectedVersion',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 1,
				description: 'Version that you changed: nothing is saved when somebody else saved since; 0 for a client that is not set up',
			},
			savedBy,
		],
	},
	{
		displayName: 'Options',
		name: 'liveOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['goLive'] } },
		options: [
			{
				displayName: 'Count Scorecard From',
				name: 'countFrom',
				type: 'dateTime',
				default: '',
				description: 'Moment from which live leads count in the scorecard, now when empty; without a zone it is read in the client\'s zone',
			},
			savedBy,
		],
	},
];
