import type { INodeProperties } from 'n8n-workflow';

const cap = (displayName: string, name: string, description: string): INodeProperties => ({ displayName, name, type: 'number', typeOptions: { minValue: 0 }, default: 10, description });

/** In alphabetical order, as n8n shows them. */
const memberOptions: INodeProperties[] = [
	{ displayName: 'Calendar', name: 'calendar', type: 'string', default: '', placeholder: 'e.g. Office', description: 'Name of the calendar of the client settings that holds the working hours; empty takes the calendar of the team' },
	{ displayName: 'CRM ID', name: 'crmId', type: 'string', default: '', placeholder: 'e.g. 501', description: 'ID of the member as owner in the CRM; goes along with the lead' },
	cap('Daily Cap', 'capPerDay', 'Most leads in one day; at that many the member is skipped'),
	{ displayName: 'Languages', name: 'languages', type: 'string', default: '', placeholder: 'e.g. en, de', description: 'Two letters each, between commas' },
	cap('Monthly Cap', 'capPerMonth', 'Most leads in one calendar month; at that many the member is skipped'),
	cap('Open Leads Cap', 'maxOpenLeads', 'Most leads that may be open at once; at that many the member is skipped'),
	{ displayName: 'Skills', name: 'skills', type: 'string', default: '', placeholder: 'e.g. enterprise, on-site', description: 'What not everybody can do, between commas; rules ask for it' },
	{ displayName: 'Slack ID', name: 'slackId', type: 'string', default: '', placeholder: 'e.g. U012AB3CD', description: 'ID of the member in Slack; goes along with the lead' },
	{ displayName: 'Time Off', name: 'timeOff', type: 'string', default: '', placeholder: 'e.g. 2026-12-24..2027-01-02, 2027-05-14', description: 'Days away, first and last included, between commas' },
	{ displayName: 'Time Zone', name: 'timeZone', type: 'string', default: '', placeholder: 'e.g. Europe/London', description: 'Where the hours, days and time off of the member count; empty takes the time zone of the client' },
	cap('Weekly Cap', 'capPerWeek', 'Most leads in one week, from Monday; at that many the member is skipped'),
];

const memberParts: INodeProperties[] = [
	{ displayName: 'ID', name: 'id', type: 'string', default: '', placeholder: 'e.g. mia', description: 'Lasting name of the member, kept with each lead; empty takes the email address' },
	{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Mia Hart', description: 'Shown as the owner of the lead' },
	{ displayName: 'Email', name: 'email', type: 'string', default: '', placeholder: 'e.g. mia@example.com', description: 'Where the member gets messages' },
	{ displayName: 'Weight', name: 'weight', type: 'number', typeOptions: { minValue: 1, maxValue: 100 }, default: 1, description: 'Share of turns: 2 gets twice as many leads as 1' },
	{ displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether the member takes leads at all' },
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: memberOptions },
];

const teamOptions: INodeProperties[] = [
	{ displayName: 'Calendar', name: 'calendar', type: 'string', default: '', placeholder: 'e.g. Office', description: 'Name of the calendar of the client settings that holds the working hours of the team; empty means always at work' },
	{ displayName: 'Existing Owner Counts', name: 'existingOwnerCounts', type: 'boolean', default: false, description: 'Whether a lead that stays with its existing owner counts as a turn and towards caps' },
	{ displayName: 'Manager', name: 'manager', type: 'string', default: '', placeholder: 'e.g. mia', description: 'ID of the member who answers for leads that wait in the queue' },
	{ displayName: 'Prefer Language', name: 'preferLanguage', type: 'boolean', default: false, description: 'Whether members who speak the language of the lead come first' },
	{
		displayName: 'Same Owner For', name: 'stickyBy', type: 'options', options: [{ name: 'Company', value: 'company' }, { name: 'Household', value: 'household' }], default: 'company',
		description: 'What stays with one owner when "Assignment" is Same Company, Same Owner; a household is one last name at one postal code',
	},
	{ displayName: 'Same Owner For Days', name: 'stickyDays', type: 'number', typeOptions: { minValue: 1, maxValue: 3650 }, default: 90, description: 'Days for which a company or household keeps its last owner; needs a ledger' },
	cap('Team Daily Cap', 'capPerDay', 'Most leads that the team takes in one day'),
	cap('Team Monthly Cap', 'capPerMonth', 'Most leads that the team takes in one calendar month'),
	cap('Team Weekly Cap', 'capPerWeek', 'Most leads that the team takes in one week, from Monday'),
];

const territoryParts: INodeProperties[] = [
	{ displayName: 'Member ID', name: 'member', type: 'string', default: '', placeholder: 'e.g. mia', description: 'Who has the leads of this territory' },
	{ displayName: 'Country', name: 'country', type: 'string', default: '', placeholder: 'e.g. UK, IE', description: 'Countries between commas; empty means any' },
	{ displayName: 'Region', name: 'region', type: 'string', default: '', placeholder: 'e.g. California, Nevada', description: 'Regions or states between commas; empty means any' },
	{ displayName: 'Postal Code', name: 'postalCode', type: 'string', default: '', placeholder: 'e.g. 94000..94999, starts with 10', description: 'Codes, ranges and beginnings between commas; empty means any' },
];

/** In the order in which a team is read: its name, who gets a lead, and what happens when nobody can. */
const teamParts: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. UK Enterprise',
		description: 'A rule whose queue has this name sends its leads here',
	},
	{
		displayName: 'Assignment',
		name: 'assignment',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Existing Owner', value: 'existingOwner', description: 'Who already has the person, else the next in turn' },
			{ name: 'First Available', value: 'fixed', description: 'The first member in the list who is not away' },
			{ name: 'Least Loaded', value: 'leastLoaded', description: 'Who has the fewest open leads for the weight' },
			{ name: 'Rotation', value: 'rotation', description: 'In turn, by weight' },
			{ name: 'Same Company, Same Owner', value: 'sticky', description: 'One owner for each company or household, new ones in turn' },
			{ name: 'Same Person, Same Owner', value: 'hash', description: 'By person without remembering anything' },
			{ name: 'Territory', value: 'territory', description: 'Who has the country, region or postal code, else the next in turn' },
		],
		default: 'rotation',
		description: 'How the owner is chosen; without a ledger, turns and open leads are not known and Same Person, Same Owner stands in',
	},
	{
		displayName: 'Territories',
		name: 'territories',
		type: 'fixedCollection',
		placeholder: 'Add Territory',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		displayOptions: { show: { assignment: ['territory'] } },
		description: 'Tried from the top; the first that the lead lies in and whose member is there',
		options: [{ displayName: 'Territory', name: 'values', values: territoryParts }],
	},
	{
		displayName: 'When Nobody Is Available',
		name: 'whenNobodyAvailable',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Absent Member', value: 'anyone', description: 'An active member gets the lead although away' },
			{ name: 'Fallback Owner', value: 'fallback', description: 'The fallback owner gets the lead, with an alarm' },
			{ name: 'Hold', value: 'hold', description: 'The fallback owner has the lead until somebody of the team is there' },
			{ name: 'On Call', value: 'onCall', description: 'Who is on call gets the lead' },
			{ name: 'Wait in Queue', value: 'queue', description: 'The lead waits in the queue; the manager or the fallback owner answers for it' },
		],
		default: 'anyone',
		description: 'What happens to a lead when all members are away, outside hours or at their cap',
	},
	{
		displayName: 'On Call',
		name: 'onCall',
		type: 'string',
		default: '',
		placeholder: 'e.g. mia, tom',
		displayOptions: { show: { whenNobodyAvailable: ['onCall'] } },
		description: 'IDs of members between commas, in the order in which they are called',
	},
	{
		displayName: 'Members',
		name: 'members',
		type: 'fixedCollection',
		placeholder: 'Add Member',
		typeOptions: { multipleValues: true, sortable: true },
		default: {},
		options: [{ displayName: 'Member', name: 'values', values: memberParts }],
	},
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: teamOptions },
];

/** Who can get a lead, when that stands in the node. */
export const teamsProperty: INodeProperties = {
	displayName: 'Teams',
	name: 'teams',
	type: 'fixedCollection',
	placeholder: 'Add Team',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	displayOptions: { show: { settingsFrom: ['node'] } },
	description: 'Who can get a lead; without teams here, the teams of the client settings are used',
	options: [
		{
			displayName: 'Team',
			name: 'values',
			values: teamParts,
		},
	],
};
