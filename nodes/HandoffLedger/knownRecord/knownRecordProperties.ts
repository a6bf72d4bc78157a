import type { INodeProperties } from 'n8n-workflow';
import { fieldMappingProperty } from '../../host/fieldMapping';
import { incomingFileProperty } from '../incomingFile';

const loading = { operation: ['loadKnownRecords'] };

export const knownRecordProperties: INodeProperties[] = [
	{
		displayName: 'Records From',
		name: 'recordsFrom',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: loading },
		options: [
			{ name: 'CSV File', value: 'csvFile', description: 'A file that each item carries, as a form upload, a mail or a drive gives it' },
			{ name: 'CSV Text', value: 'csvText', description: 'The text of a file, first its line of columns' },
			{ name: 'Incoming Items', value: 'items', description: 'One record for each item: search results of a CRM, rows of a sheet or a database' },
		],
		default: 'items',
		description: 'Where the known people stand',
	},
	incomingFileProperty('binaryField', 'CSV file', { ...loading, recordsFrom: ['csvFile'] }),
	{
		displayName: 'CSV Text',
		name: 'csvText',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. ID,Email,Owner',
		displayOptions: { show: { ...loading, recordsFrom: ['csvText'] } },
		description: 'Lines of the file: columns first, then one line for each known person',
	},
	{
		displayName: 'System',
		name: 'system',
		type: 'string',
		required: true,
		default: 'crm',
		placeholder: 'e.g. hubspot',
		displayOptions: { show: loading },
		description: 'Name of the system that the IDs belong to; they stand under it in match.externalIds',
	},
	{
		displayName: 'Load For',
		name: 'loadFor',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: loading },
		options: [
			{ name: 'Live and Test Leads', value: 'both', description: 'Known to leads of both kinds; takes twice as long' },
			{ name: 'Live Leads', value: 'live', description: 'Known from the first live lead on' },
			{ name: 'Test Leads', value: 'test', description: 'Known to test leads until these are reset' },
		],
		default: 'live',
		description: 'Which leads are compared with these people: test and live leads never meet',
	},
	{ ...fieldMappingProperty, displayOptions: { show: loading } },
	{
		displayName: 'Give',
		name: 'giveRows',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: loading },
		options: [
			{ name: 'Summary and Every Row', value: 'all', description: 'One item with the counts, then one for each row with its verdict' },
			{ name: 'Summary and Problems', value: 'problems', description: 'One item with the counts, then one for each row that was not loaded' },
		],
		default: 'problems',
		description: 'What leaves this node',
	},
	{
		displayName: 'Options',
		name: 'loadOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: loading },
		options: [
			{
				displayName: 'Default Country',
				name: 'defaultCountry',
				type: 'string',
				default: '',
				placeholder: 'e.g. GB',
				description: 'Country of phone numbers without a country code, when the record names none; replaces what the client settings say',
			},
		],
	},
];
