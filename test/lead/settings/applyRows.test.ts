import fc from 'fast-check';
import { checkSettings } from '../../../nodes/lead/settings/checkSettings';
import type { ClientSettings } from '../../../nodes/lead/settings/clientSettings';
import { compareSettings } from '../../../nodes/lead/settings/compareSettings';
import { applyRows, type AppliedRows } from '../../../nodes/lead/settings/rows/applyRows';
import type { GivenRow } from '../../../nodes/lead/settings/rows/readRows';
import { tabNames, type TabName } from '../../../nodes/lead/settings/rows/tabs';
import { sampleSettings } from './settingsSample';

const sample = () => checkSettings(sampleSettings()).settings as ClientSettings;

function apply(rows: GivenRow[], mode: 'replace' | 'change' | 'remove' = 'replace', tab?: TabName): AppliedRows & { settings: ClientSettings } {
	const applied = applyRows(sample(), rows, { mode, tab });
	return { ...applied, settings: checkSettings(applied.document).settings as ClientSettings };
}

/** What the rows changed, in words. */
function changes(rows: GivenRow[], mode: 'replace' | 'change' | 'remove' = 'replace', tab?: TabName): string[] {
	const { problems, settings } = apply(rows, mode, tab);
	expect(problems).toEqual([]);
	return compareSettings(sample(), settings).map(({ change }) => change);
}

const messages = (rows: GivenRow[], mode: 'replace' | 'change' | 'remove' = 'replace') => apply(rows, mode).problems.map(({ message }) => message);

const mia = { Name: 'Mia Example', Email: 'mia@example.com', Team: 'Sales North' };
const tom = { Name: 'Tom Example', Email: 'tom@example.com', Team: 'Sales North', Manager: 'yes' };

describe('applyRows: tabs', () => {
	it('changes nothing when the Team tab says what is there', () => {
		expect(changes([mia, tom])).toEqual([]);
	});

	it('brings a new member, with an id of the address, and keeps what the sheet does not hold', () => {
		const { settings } = apply([mia, { ...tom, 'CRM Owner ID': 501 }, { NAME: ' Ada Example ', 'E-Mail': 'Ada@example.com', team: 'sales north', Gewicht: '2', Languages: 'EN; de' }]);
		expect(settings.members).toMatchObject([{ id: 'mia', timeOff: [{ from: '2026-12-01' }] }, { id: 'tom', crmId: '501' }, { id: 'ada', name: 'Ada Example', weight: 2, languages: ['en', 'de'] }]);
		expect(settings.teams).toMatchObject([{ name: 'Sales North', calendar: 'Office', members: ['mia', 'tom', 'ada'], manager: 'tom' }]);
	});

	it('seats a member in several teams, and makes a team that is new', () => {
		const { settings } = apply([{ ...mia, Team: 'Sales North, Sales South' }, tom]);
		expect(settings.teams).toMatchObject([{ name: 'Sales North', members: ['mia', 'tom'] }, { name: 'Sales South', members: ['mia'] }]);
	});

	it('gives back the default where a cell is blank', () => {
		const before = sample();
		before.members[0].weight = 5;
		const { document } = applyRows(before, [{ ...mia, Weight: '' }, { ...tom, Weight: '' }], { mode: 'replace' });
		expect(checkSettings(document).settings?.members[0].weight).toBe(1);
	});

	it('replaces the time off of all members, by name, address or id', () => {
		expect(changes([{ Member: 'Tom Example', From: '24.12.2026', To: '2 Jan 2027' }, { Member: 'mia@example.com', From: '2026-12-31', To: '' }])).toEqual([
			'Mia Example: time off 31 Dec 2026 added', 'Mia Example: time off 1 Dec 2026 removed', 'Tom Example: time off 24 Dec 2026 to 2 Jan 2027 added',
		]);
	});

	it('replaces holidays in every calendar that has hours, and days with hours when the tab has them', () => {
		expect(changes([{ Date: '2027-01-01' }])).toEqual(['Calendar \'Office\': holiday 1 Jan 2027 added', 'Calendar \'Office\': holiday 25 Dec 2026 removed']);
		expect(changes([{ Date: '2026-12-25' }, { Date: '2026-12-31', Hours: '9-12', Calendar: 'office' }])).toEqual([
			'Calendar \'Office\': hours of one day 31 Dec 2026 (09:00-12:00) added', 'Calendar \'Office\': hours of one day 24 Dec 2026 (09:00-12:00) removed',
		]);
	});

	it('reads calendars with a column for each day', () => {
		expect(changes([{ Name: 'Office', Montag: '9-12, 13-17:30', Friday: '22:00-06:00', Wednesday: '9-17' }, { Name: 'Always', 'Round the Clock': 'yes' }])).toEqual(['Calendar \'Office\': Wednesday from closed to 09:00-17:00']);
	});

	it('reads SLA policies with their conditions and steps', () => {
		const { settings, problems } = apply([
			{ Name: 'Hot', 'First Response Target (Minutes)': 5, 'Warn Before': '2 min', Intents: 'request demo', Escalation: 'At risk: owner; Breached 30: fallback owner' },
			{ Name: 'Normal', 'First Response Target (Minutes)': 60, 'High Intent': '' },
		]);
		expect(problems).toEqual([]);
		expect(settings.slaPolicies).toMatchObject([
			{ name: 'Hot', calendar: 'Always', appliesTo: { intents: ['Request Demo'] }, escalation: [{ when: 'atRisk', notify: 'owner', afterMinutes: 0 }, { when: 'breached', notify: 'fallbackOwner', afterMinutes: 30 }] },
			{ name: 'Normal', firstResponseMinutes: 60, appliesTo: {}, escalation: [] },
		]);
	});

	it('reads intents', () => {
		const { settings } = apply([{ Intent: 'Request Demo', Description: 'Wants to see it', 'Next Step': 'Call', Keywords: 'demo, trial', 'High Intent': 'x', Examples: 'Hi, a demo please\nShow me, thanks' }]);
		expect(settings.intents).toEqual([expect.objectContaining({ name: 'Request Demo', keywords: ['demo', 'trial'], highIntent: true, examples: ['Hi, a demo please', 'Show me, thanks'] })]);
	});

	it('reads rules as a decision table, hard unless they read what AI said', () => {
		const { settings, problems } = apply([
			{ Rule: 'Big UK', Country: 'GB, IE', 'Company Size': '>= 200', 'High Intent': '', Queue: 'North', Team: 'sales north', SLA: 'hot', Priority: 'High' },
			{ Rule: 'Keen', Country: '*', 'Company Size': '', 'High Intent': 'yes', Queue: 'North', Owner: 'Mia Example', Priority: '' },
			{ Rule: 'Not Spam', 'Suspected Spam': 'no', Message: 'contains demo', 'lead.custom.Plan': 'known', Queue: 'North' },
		]);
		expect(problems).toEqual([]);
		expect(settings.rules).toMatchObject([
			{ name: 'Big UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'isOneOf', value: ['GB', 'IE'] }, { field: 'lead.companySize', operator: 'atLeast', value: 200 }], team: 'Sales North', slaPolicy: 'Hot', priority: 'high' },
			{ name: 'Keen', tier: 'soft', conditions: [{ field: 'intent.highIntent', operator: 'isTrue' }], owner: 'mia' },
			{ name: 'Not Spam', conditions: [{ field: 'quality.flags.suspectedSpam', operator: 'isFalse' }, { field: 'lead.message', operator: 'contains', value: 'demo' }, { field: 'lead.custom.Plan', operator: 'isNotEmpty' }] },
		]);
	});

	it('reads rules with one condition a row', () => {
		const { settings, problems } = apply([
			{ Name: 'UK', Kind: 'Hard', Field: 'lead.country', Operator: 'is one of', Value: 'GB; IE', Queue: 'North' },
			{ Name: '', Field: 'Company Size', Operator: '>=', Value: '200', Queue: '' },
			{ Name: 'Hot', Field: 'intent.highIntent', Operator: 'is true', Value: '', Queue: 'North' },
		]);
		expect(problems).toEqual([]);
		expect(settings.rules).toMatchObject([
			{ name: 'UK', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'isOneOf', value: ['GB', 'IE'] }, { field: 'lead.companySize', operator: 'atLeast', value: 200 }] },
			{ name: 'Hot', tier: 'soft', conditions: [{ field: 'intent.highIntent', operator: 'isTrue' }] },
		]);
	});

	it('reads what belongs to no list', () => {
		expect(changes([{ 'Client Name': 'Acme Ltd', Timezone: 'Europe/Berlin', Country: 'Germany', Language: 'DE', 'Owner of Route': 'Mia Example', 'Reports To': 'ops@example.com; #leads' }])).toEqual([
			'Name from Acme Services to Acme Ltd', 'Time zone from Europe/London to Europe/Berlin', 'Default country from GB to DE', 'Language from en to de',
			'Owner of route from Tom Example to Mia Example', 'Report recipient ops@example.com added', 'Report recipient #leads added',
		]);
	});

	it('takes rows of all tabs at once, told apart by their columns or by a column "Tab"', () => {
		const { parts, problems } = apply([
			mia, tom, { Member: 'mia', From: '2026-12-24', To: '2027-01-02' }, { Date: '2026-12-25' }, { Name: 'Hot', 'First Response': '60', Calendar: 'office', Intents: '' },
			{ Name: 'Call Back', 'Next Step': 'Call', Description: 'Wants a call' }, { Tab: 'rules', Name: 'UK', Country: 'GB', Queue: 'North' },
			{ Name: 'Office', Monday: '9-17' }, { 'Time Zone': 'Europe/Berlin' }, { Name: 'Sales North', Assignment: 'Rotation', Members: 'mia, Tom Example' },
		]);
		expect(problems).toEqual([]);
		expect(parts).toEqual(['Client', 'Calendars', 'Holidays', 'Team', 'Teams', 'Time Off', 'Intents', 'SLA', 'Rules']);
	});

	it('empties a part that is named and has no rows', () => {
		expect(changes([], 'replace', 'timeOff')).toEqual(['Mia Example: time off 1 Dec 2026 removed']);
	});

	it('leaves out what forms and spreadsheets add, and tells a column that nobody knows', () => {
		const { warnings, problems } = apply([{ ...mia, row_number: 2, submittedAt: '2026-11-25', formMode: 'production', Shoes: 42 }, { ...tom, Notes: 'new' }]);
		expect(problems).toEqual([]);
		expect(warnings).toEqual(['Team: the column \'Shoes\' is not known and was left out']);
	});
});

describe('applyRows: changes', () => {
	it.each<[string, GivenRow, 'change' | 'remove', TabName | undefined, string[]]>([
		['time off added by a form', { 'Your Name': 'tom example', 'First Day': '2026-12-24', 'Last Day': '2027-01-02', submittedAt: 'x' }, 'change', 'timeOff', ['Tom Example: time off 24 Dec 2026 to 2 Jan 2027 added']],
		['time off that is there already', { Member: 'mia', From: '2026-12-01' }, 'change', undefined, []],
		['time off taken away', { Member: 'mia', From: '2026-12-01' }, 'remove', undefined, ['Mia Example: time off 1 Dec 2026 removed']],
		['all time off of one member taken away', { Member: 'mia', From: '' }, 'remove', undefined, ['Mia Example: time off 1 Dec 2026 removed']],
		['one value of a member', { Email: 'mia@example.com', Weight: 3 }, 'change', 'team', ['Mia Example: weight from 1 to 3']],
		['caps under the labels of the panel', { Email: 'mia@example.com', 'Daily Cap': 5, 'Leads pro Monat': 60 }, 'change', 'team', ['Mia Example: cap per day set to 5', 'Mia Example: cap per month set to 60']],
		['a member added to a team that is there', { Name: 'Ada Example', Email: 'ada@example.com', Team: 'Sales North' }, 'change', undefined, ['Member Ada Example added', 'Team \'Sales North\': member Ada Example added']],
		['a holiday', { Date: '2027-01-01' }, 'change', undefined, ['Calendar \'Office\': holiday 1 Jan 2027 added']],
		['a holiday that is none any more', { Date: '2026-12-25' }, 'remove', undefined, ['Calendar \'Office\': holiday 25 Dec 2026 removed']],
		['a policy\'s target', { Name: 'normal', 'First Response': 30 }, 'change', undefined, ['SLA policy \'Normal\': first response target (minutes) from 60 to 30']],
		['a rule\'s queue', { Name: 'UK', Queue: 'South' }, 'change', undefined, ['Rule 1 \'UK\': queue from North to South']],
		['a rule that is gone', { Name: 'Hot' }, 'remove', 'rules', ['Rule 2 \'Hot\' removed']],
		['a setting back to its default', { 'Default Country': 'GB', 'Owner of Route': 'Tom Example' }, 'remove', 'client', ['Owner of route removed (was Tom Example)', 'Default country removed (was GB)']],
		['the client\'s language', { Language: 'de' }, 'change', 'client', ['Language from en to de']],
	])('make %s', (_what, row, mode, tab, told) => {
		expect(changes([row], mode, tab)).toEqual(told);
	});

	it('take a member out of the teams, too', () => {
		const before = sample();
		before.rules = before.rules.slice(0, 1);
		before.stageOwners = {};
		const { document, problems } = applyRows(before, [{ Name: 'Mia Example' }], { mode: 'remove', tab: 'team' });
		expect(problems).toEqual([]);
		expect(document).toMatchObject({ members: [{ id: 'tom' }], teams: [{ members: ['tom'] }] });
	});

	it('never change the settings that they were given', () => {
		const before = sample();
		applyRows(before, [{ Member: 'mia', From: '2026-12-24' }], { mode: 'change' });
		expect(before).toEqual(sample());
	});
});

describe('applyRows: what is wrong', () => {
	it.each<[string, GivenRow[], string[]]>([
		['several cells, each with its tab, row and column', [{ ...mia, Weight: 'lots' }, { ...tom, Active: 'perhaps', 'Time Zone': 'Mars' }], ['Team, row 2, Weight: expected a number', 'Team, row 3, Active: expected yes or no', 'Team, row 3, Time Zone: expected a time zone such as Europe/London']],
		['the sheet\'s own number of a row', [{ row_number: 17, Member: 'mia', From: 'soon' }], ['Time Off, row 17, From: expected a date such as 2026-12-25']],
		['a member whom nobody knows', [{ Member: 'Eve', From: '2026-12-24' }], ['Time Off, row 2, Member: expected a member, not \'Eve\'']],
		['a calendar that nobody knows', [{ Date: '2026-12-25', Calendar: 'Night' }], ['Holidays, row 2, Calendar: expected a calendar, not \'Night\'']],
		['a comparison that nobody knows', [{ Name: 'UK', Field: 'lead.country', Operator: 'sounds like', Value: 'GB', Queue: 'North' }], ['Rules, row 2, Operator: expected a comparison such as equals, is one of, at lea…']],
		['a row of no tab', [{ Colour: 'red' }], ['Row 1: its columns are of no known tab']],
		['a tab that is none', [{ Tab: 'Cars', Name: 'x' }], ['Row 1: there is no tab \'Cars\'']],
		['a rule without a name', [{ Name: '', Country: 'GB', Queue: 'North' }], ['Rules, row 2, Name: expected a name']],
		['a step that nobody understands', [{ Name: 'Hot', 'First Response': 5, Intents: '', Escalation: 'shout' }], ['SLA, row 2, Escalation: expected steps such as At risk: owner; Breached 30: man…']],
	])('tells %s', (_what, rows, told) => {
		expect(messages(rows)).toEqual(told);
	});

	it('tells wrong cells and wrong names together, the latter with their row too', () => {
		const { problems } = apply([{ Name: 'UK', Country: 'GB', Queue: 'North', Team: 'South', Priority: 'huge' }, { Name: 'Rest', Country: 'known', Queue: 'North', Team: 'West' }]);
		expect(problems.map(({ message }) => message)).toEqual(['Rules, row 2, Priority: expected one of high, normal, low', 'Rule 1 names an unknown team \'South\'', 'Rule 2 names an unknown team \'West\'']);
		expect(problems[2].description).toContain('tab "Rules", row 3');
	});

	it('never throws, and keeps every message short', () => {
		const cell = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()), fc.object());
		const header = fc.constantFrom('Name', 'Email', 'Team', 'Manager', 'Member', 'From', 'To', 'Date', 'Hours', 'Field', 'Operator', 'Value', 'Country', 'Queue', 'Escalation', 'First Response', 'Monday', 'Tab', '__proto__', 'constructor', 'x'.repeat(300));
		const row = fc.array(fc.tuple(header, cell)).map((pairs) => Object.fromEntries(pairs));
		fc.assert(fc.property(fc.array(row, { maxLength: 4 }), fc.constantFrom('replace', 'change', 'remove'), fc.option(fc.constantFrom(...tabNames), { nil: undefined }), (rows, mode, tab) => {
			for (const { message } of applyRows(sample(), rows, { mode: mode as 'replace', tab }).problems) {
				expect(message.length).toBeLessThanOrEqual(80);
				expect(message).not.toMatch(/\.$/);
			}
		}), { numRuns: 400 });
	});
});
