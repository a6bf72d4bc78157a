import type { INodeProperties } from 'n8n-workflow';
import { neededLedgerProperty } from '../host/sharedProperties';
import { clientProperty } from '../host/searchClients';
import { auditProperties } from './report/auditProperties';
import { clientProperties } from './client/clientProperties';
import { keepProperties } from './ledgerFile/keepProperties';
import { knownRecordProperties } from './knownRecord/knownRecordProperties';
import { leadProperties } from './lead/leadProperties';
import { learnProperties } from './report/learnProperties';
import { personProperties } from './person/personProperties';
import { scorecardProperties } from './report/scorecardProperties';

/** What the operator sees: what it is about, what to do with it, which client, then each operation's own settings. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Client', value: 'client', description: 'Teams, calendars, rules, policies: one versioned settings document for each client' },
			{ name: 'Known Record', value: 'knownRecord', description: 'People of your CRM, sheet or file, so that customers are known from the first lead on' },
			{ name: 'Lead', value: 'lead', description: 'What was captured and decided, and what became of it' },
			{ name: 'Ledger', value: 'ledgerFile', description: 'The whole ledger: backups, moving it, what is kept how long' },
			{ name: 'Person', value: 'person', description: 'One person with all that is known of them' },
			{ name: 'Report', value: 'report', description: 'The figures by which the handoff is judged' },
			{ name: 'Review Item', value: 'reviewItem', description: 'Doubts and drawn samples that a person settles' },
		],
		default: 'lead',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['client'] } },
		options: [
			{ name: 'Back to Test', value: 'backToTest', action: 'Put a client back to test', description: 'Make every new lead of the client a test lead again; live leads stay' },
			{ name: 'Change Settings', value: 'changeSettings', action: 'Change one part of the settings', description: 'Add, change or remove one entry, such as a rep\'s time off, and leave the rest as it is' },
			{ name: 'Check Settings', value: 'checkSettings', action: 'Check the settings of a client', description: 'Tell everything that is wrong and what to look at, without saving anything' },
			{ name: 'Compare Settings', value: 'compareSettings', action: 'Compare two versions of the settings', description: 'Tell in words what differs between two saved versions' },
			{ name: 'Delete Client', value: 'deleteClient', action: 'Delete a client with all its leads', description: 'Remove a client with all its leads and every version of its settings, for good' },
			{ name: 'Export Client', value: 'exportClient', action: 'Export all that is known of a client', description: 'Give every version of the settings and all that the ledger knows of the leads' },
			{ name: 'Get Settings', value: 'getSettings', action: 'Get the settings of a client', description: 'Give the newest saved settings of one client, or any version' },
			{ name: 'Go Live', value: 'goLive', action: 'Let a client go live', description: 'Check the saved settings, make new leads live leads, and stamp the date from which the scorecard counts' },
			{ name: 'List Clients', value: 'listClients', action: 'List clients', description: 'Give every client that is set up' },
			{ name: 'List Versions', value: 'listVersions', action: 'List the versions of the settings', description: 'Tell who changed what when, newest first' },
			{ name: 'Save Settings', value: 'saveSettings', action: 'Save the settings of a client', description: 'Check the settings of one client and save them as a new version' },
		],
		default: 'saveSettings',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['knownRecord'] } },
		options: [
			{ name: 'Load', value: 'loadKnownRecords', action: 'Load known records', description: 'Remember people without making leads of them; loading again updates them' },
		],
		default: 'loadKnownRecords',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['lead'] } },
		options: [
			{ name: 'Add Looked-Up Values', value: 'addLookedUp', action: 'Add looked up values to a lead', description: 'Fill in what the lead left open with what a service knows, each value marked; what the lead wrote stays' },
			{ name: 'Check Look-Up', value: 'checkLookUp', action: 'Check whether to look a lead up', description: 'Say whether a service that is paid for may be asked about a lead: not for resends, spam or beyond the daily limit' },
			{ name: 'Correct Lead', value: 'correctLead', action: 'Correct a lead', description: 'Put a wrong owner, merge or intent right; told twice changes nothing more' },
			{ name: 'Explain Lead', value: 'explainLead', action: 'Explain a lead', description: 'Say in one paragraph why this owner and why so late, with the wait in parts and the whole story' },
			{ name: 'Get Lead', value: 'getLead', action: 'Get a lead with its story', description: 'Give one lead with its events, decisions, reviews and clock, told in order' },
			{ name: 'List Leads', value: 'listLeads', action: 'List leads', description: 'Give the leads of a client, newest first' },
			{ name: 'Record Event', value: 'recordEvent', action: 'Record an event of a lead', description: 'Record what became of a lead, such as accepted or won; told twice is recorded once' },
			{ name: 'Reset Test Leads', value: 'resetTestLeads', action: 'Reset the test leads of a client', description: 'Remove the test leads of a client; live leads and settings stay' },
			{ name: 'Set External ID', value: 'setExternalId', action: 'Set the external ID of a lead', description: 'Remember the ID that a CRM gave to the person, so that its events find the lead' },
		],
		default: 'getLead',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['ledgerFile'] } },
		options: [
			{ name: 'Apply Retention', value: 'applyRetention', action: 'Apply the retention of a client', description: 'Remove closed leads that are older than the client settings say; their numbers stay' },
			{ name: 'Back Up', value: 'backUp', action: 'Back up the ledger', description: 'Save all clients with all leads as one file, while leads go on coming in' },
			{ name: 'Move to PostgreSQL', value: 'moveToPostgres', action: 'Move the ledger to postgre sql', description: 'Copy the embedded ledger to PostgreSQL and count every table on both sides' },
			{ name: 'Restore', value: 'restore', action: 'Restore the ledger', description: 'Put a backup in the place of everything, after its rows were counted' },
		],
		default: 'backUp',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['person'] } },
		options: [
			{ name: 'Erase Person', value: 'erasePerson', action: 'Erase a person', description: 'Delete all that is known of one person, or preview what would go' },
		],
		default: 'erasePerson',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['report'] } },
		options: [
			{ name: 'Agency Overview', value: 'overview', action: 'Survey all clients', description: 'Tell of each client whether to act, watch or leave it, and how long no lead came' },
			{ name: 'Apply Suggestion', value: 'applySuggestion', action: 'Apply a suggestion', description: 'Try a suggestion on earlier leads, then save it as a new version of the settings' },
			{ name: 'Audit Leads', value: 'auditLeads', action: 'Audit exported leads', description: 'Measure an export of any CRM or sheet before this package is used: response times, source, owners, duplicates' },
			{ name: 'Fairness', value: 'fairness', action: 'Check how fairly leads were given', description: 'Compare each owner\'s leads with the weight, hot ones with cold ones and by hour, and tell why some were passed over' },
			{ name: 'Lift', value: 'lift', action: 'Tell what a better handoff brought', description: 'Compare the meetings of a period with those that the earlier rates would have given' },
			{ name: 'List Corrections', value: 'listCorrections', action: 'List the corrections of a client', description: 'Give what people put right in a period, with the message of each lead' },
			{ name: 'List Exceptions', value: 'listExceptions', action: 'List the exceptions of a client', description: 'Give misroutes, decisions in doubt and disputes of a period, oldest first' },
			{ name: 'List Suggestions', value: 'listSuggestions', action: 'List what corrections suggest', description: 'Give rules, examples and pairs that repeated corrections suggest, each with its evidence' },
			{ name: 'Playbook', value: 'writePlaybook', action: 'Write the playbook of a client', description: 'Write the page on which marketing and sales agree: path, rules, teams, promises, what is automated' },
			{ name: 'Report Page', value: 'writeReport', action: 'Write the report of a client', description: 'Write a page with the figures, charts, what changed and what to do, and the same for Slack' },
			{ name: 'Scorecard', value: 'scorecard', action: 'Measure the handoff of a client', description: 'Measure speed and quality of the handoff in a period, each figure against its threshold' },
		],
		default: 'scorecard',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['reviewItem'] } },
		options: [
			{ name: 'Change', value: 'changeReviewItem', action: 'Assign or snooze a review item', description: 'Say who settles it, until when, or when it comes up again' },
			{ name: 'Draw Weekly Sample', value: 'drawSample', action: 'Draw the weekly sample', description: 'Draw leads of last week at random, so that routing accuracy rests on checked leads' },
			{ name: 'List', value: 'listReviewItems', action: 'List review items', description: 'Give what waits for a person, what waits longest first' },
			{ name: 'Settle', value: 'settleReviewItem', action: 'Settle a review item', description: 'Say what you found; what was wrong is put right' },
		],
		default: 'listReviewItems',
	},
	{
		...clientProperty,
		displayOptions: { hide: { operation: ['addLookedUp', 'auditLeads', 'backUp', 'checkLookUp', 'listClients', 'moveToPostgres', 'overview', 'restore'] } },
		description: 'Which client; a new one gets a key of lower-case letters, digits, - and _',
	},
	...clientProperties,
	...knownRecordProperties,
	...learnProperties,
	...leadProperties,
	...scorecardProperties,
	...auditProperties,
	...personProperties,
	...keepProperties,
	{ ...neededLedgerProperty, displayOptions: { hide: { operation: ['auditLeads'] } } },
];
