import type { INodeProperties } from 'n8n-workflow';
import { incomingFileProperty } from '../incomingFile';
import { ownerNamesMeaning, pageLanguages } from './pageProperties';

const auditing = { operation: ['auditLeads'] };

/** An export from anywhere, measured before this package is used. */
export const auditProperties: INodeProperties[] = [
	{
		displayName: 'Leads From',
		name: 'auditFrom',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: auditing },
		options: [
			{ name: 'CSV File', value: 'csvFile', description: 'A file that each item carries, as a form upload, a mail or a drive gives it; no Extract from File is needed' },
			{ name: 'Incoming Items', value: 'items', description: 'One lead for each item: rows of a sheet or a file, search results of a CRM' },
		],
		default: 'items',
		description: 'Where the exported leads stand, the last 50 or 5,000, with columns of any names; nothing of them is kept',
	},
	incomingFileProperty('auditBinaryField', 'CSV file', { ...auditing, auditFrom: ['csvFile'] }),
	{
		displayName: 'Columns',
		name: 'auditColumns',
		type: 'collection',
		placeholder: 'Add Column',
		default: {},
		displayOptions: { show: auditing },
		description: 'Columns of the export, where their usual names are not found by themselves',
		options: [
			column('Campaign', 'campaign', 'Kampagne', 'the campaign that brought the lead'),
			column('Contacted', 'contacted', 'Reached', 'yes or no'),
			column('Created', 'created', 'Create Date', 'the moment at which the lead came'),
			column('First Contact', 'firstContact', 'First Activity', 'the moment of the first human contact'),
			column('ID', 'id', 'Record ID', 'the ID of the lead'),
			column('Medium', 'medium', 'Channel', 'the medium that brought the lead'),
			column('Meeting', 'meeting', 'Demo Booked', 'yes, no or the day of the meeting'),
			column('Owner', 'owner', 'Contact Owner', 'who has the lead'),
			column('Queue', 'queue', 'Team', 'the queue or team that got the lead'),
			column('Response Time', 'responseMinutes', 'Response Time (Min)', 'minutes to the first contact, or hours where its name says so'),
			column('Right Owner', 'rightOwner', 'Should Be Owner', 'who should have had the lead'),
			column('Right Queue', 'rightQueue', 'Correct Team', 'the queue or team that should have got the lead'),
			column('Source', 'source', 'Lead Source', 'what brought the lead'),
		],
	},
	{
		displayName: 'Give',
		name: 'auditGive',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: auditing },
		options: [
			{ name: 'One Item per Figure', value: 'figures', description: 'A table with one row for each figure, as Lift reads it' },
			{ name: 'One Item per Lead', value: 'leads', description: 'A table with what was found of each lead' },
			{ name: 'One Page', value: 'page', description: 'One item with the page as a file and a field, and the same for Slack' },
		],
		default: 'figures',
		description: 'What leaves this node',
	},
	{
		displayName: 'Options',
		name: 'auditOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: auditing },
		options: [
			{
				displayName: 'Date Order',
				name: 'dateOrder',
				type: 'options',
				options: [
					{ name: 'Day First', value: 'dayFirst', description: '03/04/2026 is the third of April' },
					{ name: 'Month First', value: 'monthFirst', description: '03/04/2026 is the fourth of March' },
					{ name: 'Recognize', value: 'recognize', description: 'By the dates of the column of which only one order is possible; never guessed' },
				],
				default: 'recognize',
				description: 'In which order dates with slashes are written',
			},
			{ displayName: 'Default Country', name: 'defaultCountry', type: 'string', default: '', placeholder: 'e.g. DE', description: 'Country of phone numbers without a country code' },
			{ displayName: 'First Response Target (Minutes)', name: 'targetMinutes', type: 'number', typeOptions: { minValue: 1 }, default: 30, description: 'Business minutes within which a lead should have its first contact' },
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				options: pageLanguages,
				default: 'en',
				description: 'Language of the page',
			},
			{ displayName: 'Name', name: 'name', type: 'string', default: 'Leads', placeholder: 'e.g. Acme Services', description: 'Whose leads they are, as the page says it' },
			{ displayName: 'Owner Names', name: 'ownerNames', type: 'boolean', default: false, description: ownerNamesMeaning },
			{ displayName: 'Public Holidays Of', name: 'publicHolidays', type: 'string', default: '', placeholder: 'e.g. DE-BY', description: 'Country or region on whose public holidays nobody works' },
			{ displayName: 'Time Zone', name: 'timeZone', type: 'string', default: '', placeholder: 'e.g. Europe/Berlin', description: 'Zone of times that name none, and of the working hours; the workflow\'s when empty' },
			{
				displayName: 'Working Days',
				name: 'workingDays',
				type: 'multiOptions',
				options: [
					{ name: 'Friday', value: 'friday' },
					{ name: 'Monday', value: 'monday' },
					{ name: 'Saturday', value: 'saturday' },
					{ name: 'Sunday', value: 'sunday' },
					{ name: 'Thursday', value: 'thursday' },
					{ name: 'Tuesday', value: 'tuesday' },
					{ name: 'Wednesday', value: 'wednesday' },
				],
				default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
				description: 'Days on which somebody is there',
			},
			{ displayName: 'Working Hours', name: 'workingHours', type: 'string', default: '09:00-17:00', placeholder: 'e.g. 09:00-12:00, 13:00-17:00', description: 'Hours in which somebody is there, on every working day' },
		],
	},
];

function column(displayName: string, name: string, example: string, holds: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder: `e.g. ${example}`, description: `Column that holds ${holds}` };
}
