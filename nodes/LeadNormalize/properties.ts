import type { INodeProperties } from 'n8n-workflow';
import { clientProperty } from '../host/searchClients';
import { ledgerProperty, outputProperty, settingsFromProperty } from '../host/sharedProperties';
import { emailListOptions } from './emailLists';
import { fieldMappingProperties } from './fieldMapping';

const inThisNode = { show: { settingsFrom: ['node'] } };

const ownSettings: INodeProperties[] = [
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. GB',
		displayOptions: inThisNode,
		description: 'Country of phone numbers without a country code, when the lead names none. Empty takes the client\'s, where it has settings.',
	},
	{
		displayName: 'Required Fields',
		name: 'requiredFields',
		type: 'multiOptions',
		noDataExpression: true,
		options: [
			{ name: 'Budget', value: 'budget' },
			{ name: 'City', value: 'city' },
			{ name: 'Company', value: 'company' },
			{ name: 'Company Size', value: 'companySize' },
			{ name: 'Country', value: 'country' },
			{ name: 'Email', value: 'email' },
			{ name: 'First Name', value: 'firstName' },
			{ name: 'Job Title', value: 'jobTitle' },
			{ name: 'Last Name', value: 'lastName' },
			{ name: 'Message', value: 'message' },
			{ name: 'Name', value: 'fullName' },
			{ name: 'Phone', value: 'phone' },
			{ name: 'Postal Code', value: 'postalCode' },
			{ name: 'Region', value: 'region' },
			{ name: 'Service Interest', value: 'serviceInterest' },
		],
		default: [],
		displayOptions: inThisNode,
		description: 'Fields without which a lead needs a review; it goes on all the same. A way to answer, by email or phone, is always required.',
	},
	{
		displayName: 'Required Source Parts',
		name: 'requiredSource',
		type: 'multiOptions',
		noDataExpression: true,
		options: [
			{ name: 'Campaign', value: 'campaign' },
			{ name: 'Channel', value: 'channel' },
			{ name: 'Click ID', value: 'clickId' },
			{ name: 'Landing Page', value: 'landingPage' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Referrer', value: 'referrer' },
			{ name: 'Source', value: 'source' },
		],
		default: ['source', 'medium', 'campaign'],
		displayOptions: inThisNode,
		description: 'What must be known for the source context to be complete; the missing ones are named on the lead',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. Europe/London',
		displayOptions: inThisNode,
		description: 'Zone of times that carry none. Empty takes the client\'s, where it has settings, else the workflow\'s.',
	},
];

const outputsProperty: INodeProperties = {
	displayName: 'Outputs',
	name: 'outputs',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'One', value: 'one', description: 'Every lead leaves on the same branch, with its issues' },
		{ name: 'Needs Review Apart', value: 'reviewsApart', description: 'Leads that lack a required field or a way to answer, and failed leads, get a branch of their own' },
	],
	default: 'one',
	description: 'How many branches leave this node',
};

const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: ([
		...emailListOptions,
		{
			displayName: 'Detect Resends in Test Runs',
			name: 'detectResendsInTest',
			type: 'boolean',
			default: false,
			description: 'Whether the same submission again counts as a resend in test runs too, so that one pinned lead can be run only once',
		},
		{
			displayName: 'Form ID',
			name: 'formId',
			type: 'string',
			default: '',
			placeholder: 'e.g. contact-page',
			description: 'Name of the form, when the payload does not carry one; the same words on another form are another submission',
		},
		{
			displayName: 'Form Tool',
			name: 'formTool',
			type: 'options',
			options: [
				{ name: 'Calendly', value: 'calendly' },
				{ name: 'Detect', value: 'detect', description: 'Known by the payload\'s shape' },
				{ name: 'Elementor', value: 'elementor' },
				{ name: 'Generic', value: 'generic', description: 'Any other form, read field by field' },
				{ name: 'Google Ads', value: 'googleAds' },
				{ name: 'Gravity Forms', value: 'gravityForms' },
				{ name: 'HubSpot', value: 'hubspot' },
				{ name: 'Jotform', value: 'jotform' },
				{ name: 'Meta Lead Ads', value: 'metaLeadAds' },
				{ name: 'N8n Form', value: 'n8nForm' },
				{ name: 'Tally', value: 'tally' },
				{ name: 'Typeform', value: 'typeform' },
				{ name: 'Webflow', value: 'webflow' },
				{ name: 'Webhook', value: 'webhook', description: 'A form of one\'s own that posts to a Webhook node' },
				{ name: 'WhatsApp', value: 'whatsapp' },
			],
			default: 'detect',
			description: 'Tool that sends the form, when it is detected wrongly; submission.formTool shows what was taken, and why',
		},
		{
			displayName: 'Honeypot Field',
			name: 'honeypotField',
			type: 'string',
			default: '',
			placeholder: 'e.g. fax_number_2',
			description: 'Label or name of the field that people cannot see; whoever fills it in is suspected of spam. Usual names are known.',
		},
		{
			displayName: 'Include Payload',
			name: 'includePayload',
			type: 'boolean',
			default: false,
			description: 'Whether the raw payload stays on the lead; without a ledger it always does',
		},
		{
			displayName: 'Resend Window (Hours)',
			name: 'resendWindowHours',
			type: 'number',
			typeOptions: { minValue: 0.1, maxValue: 8760, numberPrecision: 1 },
			default: 24,
			description: 'Hours in which the same words count as the same submission; submissions with an event ID of the form tool never age',
		},
		{
			displayName: 'Treat Test Runs as Live',
			name: 'treatTestRunsAsLive',
			type: 'boolean',
			default: false,
			description: 'Whether leads of editor and evaluation runs, and tests that a form tool sends, are live leads. Leads of a client in test mode stay test leads.',
		},
	] satisfies INodeProperties[] as INodeProperties[]).sort((one, other) => one.displayName.localeCompare(other.displayName)),
};

export const properties: INodeProperties[] = [
	{ ...clientProperty, description: 'Client whose lead this is, as saved with a Handoff Ledger node. "default" needs no set-up while there is no other client.' },
	settingsFromProperty,
	...ownSettings,
	...fieldMappingProperties,
	outputsProperty,
	ledgerProperty,
	outputProperty,
	optionsProperty,
];
