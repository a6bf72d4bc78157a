import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../../nodes/HandoffLedger/properties';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { newLead } from '../ledger/samples';
import { sampleSettings } from '../lead/settings/settingsSample';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;

beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-clients-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
});
afterEach(closeLedgers);

const defaults = () => Object.fromEntries(properties.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));

async function run(operation: string, parameters: Record<string, unknown> = {}, options: Partial<StrictContextOptions> = {}): Promise<INodeExecutionData[]> {
	const ctx = strictContext({ items: [{}], storageFolder, ...options, parameters: { ...defaults(), operation, client: 'acme', ...parameters } });
	return (await new HandoffLedger().execute.call(ctx))[0];
}

async function runJson(operation: string, parameters: Record<string, unknown> = {}, items: IDataObject[] = [{}]): Promise<IDataObject[]> {
	return (await run(operation, parameters, { items })).map(({ json }) => json);
}

const save = (change: Record<string, unknown> = {}, parameters: Record<string, unknown> = {}) => runJson('saveSettings', { settings: { ...sampleSettings(), ...change }, ...parameters });
const settingsOf = async (client = 'acme') => (await ledger.getClient(client))?.settings;
const failure = async (work: Promise<unknown>) => await work.then(() => 'nothing failed', (error: Error & { description?: string }) => `${error.message} | ${error.description}`);

describe('Handoff Ledger: Save Settings from rows', () => {
	const team = [
		{ Client: 'x', Name: 'Mia Example', Email: 'mia@example.com', Team: 'Sales North' },
		{ Name: 'Tom Example', Email: 'tom@example.com', Team: 'Sales North', Manager: 'yes' },
		{ Name: 'Ada Example', Email: 'ada@example.com', Team: 'Sales North' },
	];

	it('replaces the parts that rows came for, and leaves the others, as one version', async () => {
		await save();
		const [item] = await run('saveSettings', { settingsAs: 'rows' }, { items: [...team, { Member: 'ada', From: '2026-12-24', To: '2027-01-02' }] });
		expect(item.json).toMatchObject({
			version: 2, changed: true,
			changes: ['Mia Example: time off 1 Dec 2026 removed', 'Member Ada Example added', 'Team \'Sales North\': member Ada Example added'],
		});
		expect(item.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }]);
		expect(await settingsOf()).toMatchObject({ members: [{}, {}, { id: 'ada', timeOff: [{ from: '2026-12-24', to: '2027-01-02' }] }], rules: [{ name: 'UK' }, { name: 'Hot' }] });
	});

	it('sets up a client from a team alone, and tells what it assumed', async () => {
		const [told] = await runJson('saveSettings', { settingsAs: 'rows', tab: 'team' }, team);
		expect(told).toMatchObject({ version: 1, warnings: expect.arrayContaining([expect.stringContaining('SLA: no row came')]) });
		expect(await settingsOf()).toMatchObject({ name: 'acme', timeZone: 'Europe/London', mode: 'test', fallbackOwner: 'tom' });
	});

	it('tells every bad cell with tab, row and column, and saves nothing', async () => {
		await save();
		const said = await failure(run('saveSettings', { settingsAs: 'rows' }, { items: [{ ...team[0], Weight: 'lots', row_number: 2 }, { ...team[1], row_number: 3 }, { Member: 'Eve', From: 'soon', row_number: 2 }] }));
		expect(said).toContain('3 settings need a change before the first lead');
		for (const cell of ['Team, row 2, Weight', 'Time Off, row 2, Member', 'Time Off, row 2, From']) expect(said).toContain(cell);
		expect((await ledger.getClient('acme'))?.version).toBe(1);
	});

	it('checks the rows of every client before it saves the first', async () => {
		const client = (itemIndex: number) => (itemIndex === 0 ? 'acme' : 'beta');
		await failure(run('saveSettings', { settingsAs: 'rows', client }, { items: [team[0], { ...team[0], Active: 'perhaps' }] }));
		expect(await ledger.listClients()).toEqual([]);
		expect(await runJson('saveSettings', { settingsAs: 'rows', client }, [team[0], team[1]])).toMatchObject([{ client: 'acme' }, { client: 'beta' }]);
	});

	it('refuses rules that the router could not read', async () => {
		await save();
		expect(await failure(run('saveSettings', { settingsAs: 'rows' }, { items: [{ Name: 'Odd', 'lead.shoeSize': '42', Queue: 'North' }] }))).toContain('Rule 1 reads an unknown field');
	});
});

describe('Handoff Ledger: Save Settings, who and on what', () => {
	it('remembers who saved each version', async () => {
		await save({}, { saveOptions: { by: 'Ada' } });
		await save({ language: 'de' });
		expect(await runJson('getSettings', { version: 1 })).toMatchObject([{ version: 1, savedBy: 'Ada', savedAt: expect.stringMatching(/Z$/), settings: { language: 'en' } }]);
		expect(await runJson('getSettings')).toMatchObject([{ version: 2, savedBy: null, settings: { language: 'de' } }]);
		expect(await failure(run('getSettings', { version: 9 }))).toContain('Client \'acme\' has no version 9');
	});

	it('gives the settings of each item\'s client, and counts known records when asked', async () => {
		await save({ name: 'First' }, { client: 'first' });
		await save({ name: 'Second' }, { client: 'second' });
		const client = (itemIndex: number) => ['first', 'second', 'first'][itemIndex];
		const given = await runJson('getSettings', { client }, [{}, {}, {}]);
		expect(given.map((one) => [one.client, (one.settings as { name: string }).name])).toEqual([['first', 'First'], ['second', 'Second'], ['first', 'First']]);
		expect(given[0]).not.toHaveProperty('knownRecords');
		expect(await runJson('getSettings', { client: 'first', countKnownRecords: true })).toMatchObject([{ knownRecords: {} }]);
	});

	it('saves nothing when somebody saved since the expected version', async () => {
		await save();
		await save({ language: 'de' }, { saveOptions: { expectedVersion: 1 } });
		const said = await failure(save({ language: 'fr' }, { saveOptions: { expectedVersion: 1 } }));
		expect(said).toContain('Client \'acme\' has version 2 by now');
		expect(said).toContain('Compare Settings');
		expect(await settingsOf()).toMatchObject({ language: 'de' });
	});

	it('keeps a live client live when a document says nothing of the mode', async () => {
		await save();
		await runJson('goLive');
		expect(await save({ language: 'de' })).toMatchObject([{ mode: 'live', version: 3, changes: ['Language from en to de'] }]);
		expect(await settingsOf()).toMatchObject({ mode: 'live', liveSince: expect.any(String) });
	});
});

describe('Handoff Ledger: Change Settings', () => {
	beforeEach(async () => { await save(); });

	it('adds time off that is entered in the panel', async () => {
		const [told] = await runJson('changeSettings', { member: 'Tom Example', firstDay: '2026-12-24', lastDay: '2027-01-02' });
		expect(told).toMatchObject({ version: 2, changed: true, changes: ['Tom Example: time off 24 Dec 2026 to 2 Jan 2027 added'] });
	});

	it('adds time off that a form brings, by its labels', async () => {
		const [told] = await runJson('changeSettings', { valuesFrom: 'item', saveOptions: { by: '={{ $json.Email }}' } }, [{ Email: 'tom@example.com', 'First Day': '2026-12-24', 'Last Day': '', submittedAt: 'x', formMode: 'test' }]);
		expect(told).toMatchObject({ changes: ['Tom Example: time off 24 Dec 2026 added'] });
	});

	it('takes a day as an expression gives it', async () => {
		await runJson('changeSettings', { member: 'tom', firstDay: () => DateTime.fromISO('2026-12-24T10:00:00', { zone: 'UTC' }) });
		expect((await settingsOf())?.members[1].timeOff).toEqual([{ from: '2026-12-24', to: '2026-12-24' }]);
	});

	it('removes time off again', async () => {
		expect(await runJson('changeSettings', { change: 'remove', member: 'mia' })).toMatchObject([{ changes: ['Mia Example: time off 1 Dec 2026 removed'] }]);
	});

	it('changes any other entry by its fields', async () => {
		expect(await runJson('changeSettings', { part: 'team', fields: '{ "Name": "Mia Example", "Weight": 2 }' })).toMatchObject([{ changes: ['Mia Example: weight from 1 to 2'] }]);
		expect(await runJson('changeSettings', { part: 'holidays', date: '2027-01-01' })).toMatchObject([{ changes: ['Calendar \'Office\': holiday 1 Jan 2027 added'] }]);
	});

	it('changes nothing and keeps the version when it is so already', async () => {
		expect(await runJson('changeSettings', { member: 'mia', firstDay: '2026-12-01' })).toMatchObject([{ version: 1, changed: false, changes: [] }]);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a member whom nobody knows', { member: 'eve', firstDay: '2026-12-24' }, 'Time Off, row 2, Member: expected a member'],
		['no day', { member: 'mia' }, 'Time Off, row 2, From: expected a date'],
		['days that run backwards', { member: 'mia', firstDay: '2026-12-24', lastDay: '2026-12-20' }, 'time off 2026-12-24 to 2026-12-20 is backwards'],
		['fields that are no JSON', { part: 'team', fields: '{' }, '"Fields" is not a JSON object'],
		['a client that is not set up', { client: 'acmee', member: 'mia', firstDay: '2026-12-24' }, 'Client \'acmee\' is not set up'],
	])('tells %s, and keeps what was saved', async (_what, parameters, message) => {
		expect(await failure(run('changeSettings', parameters))).toContain(message);
		expect((await ledger.getClient('acme'))?.version).toBe(1);
	});

	// twenty reps enter their holidays in the same minute
	it('loses no change when many come at once', async () => {
		const days = Array.from({ length: 12 }, (_none, index) => `2027-01-${String(index + 10)}`);
		await Promise.all(days.map(async (firstDay) => await run('changeSettings', { member: 'tom', firstDay })));
		expect((await settingsOf())?.members[1].timeOff.map(({ from }) => from)).toEqual(days);
		expect((await ledger.getClient('acme'))?.version).toBe(13);
	});
});

describe('Handoff Ledger: Check Settings', () => {
	it('tells all problems of a document together, one a row, and saves nothing', async () => {
		const found = await runJson('checkSettings', { check: 'json', settings: { ...sampleSettings(), fallbackOwner: 'eve', timeZone: 'Mars' } });
		expect(found).toMatchObject([
			{ client: 'acme', passes: false, finding: 'problem', message: 'timeZone: a time zone such as Europe/London', whatToDo: expect.any(String) },
			{ passes: false, finding: 'problem', message: 'The fallback owner names an unknown member \'eve\'' },
		]);
		expect(await ledger.listClients()).toEqual([]);
	});

	it('says that saved settings pass, and warns', async () => {
		await save();
		const found = await runJson('checkSettings');
		expect(found[0]).toMatchObject({ passes: true, finding: 'passed', message: 'The settings pass the check' });
		expect(found.slice(1).map(({ finding, message }) => [finding, message])).toEqual([['warning', 'Nobody of team \'Sales North\' works on Tuesday, Wednesday and Thursday'], ['warning', '5 stages have no owner']]);
	});

	it('checks rows as they would be saved', async () => {
		await save();
		expect(await runJson('checkSettings', { check: 'rows' }, [{ Member: 'Eve', From: '2026-12-24' }])).toMatchObject([{ passes: false, message: 'Time Off, row 2, Member: expected a member, not \'Eve\'' }]);
		expect((await runJson('checkSettings', { check: 'rows' }, [{ Member: 'mia', From: '2026-12-24', Shoes: 42 }]))[1]).toMatchObject({ finding: 'warning', message: 'Time Off: the column \'Shoes\' is not known and was left out' });
		expect((await settingsOf())?.members[0].timeOff).toHaveLength(1);
	});
});

describe('Handoff Ledger: Compare Settings', () => {
	it('tells in words what differs, by default from the version before the newest', async () => {
		await save();
		expect(await runJson('compareSettings')).toMatchObject([{ change: 'This is the first version', toVersion: 1 }]);
		await runJson('changeSettings', { member: 'tom', firstDay: '2026-12-24', saveOptions: { by: 'Tom' } });
		await save({ language: 'de', rules: [...sampleSettings().rules as object[]].reverse() });
		expect(await runJson('compareSettings', { toVersion: 2 })).toEqual([
			{ change: 'Tom Example: time off 24 Dec 2026 added', part: 'Members', client: 'acme', fromVersion: 1, toVersion: 2, savedAt: expect.any(String), savedBy: 'Tom', before: null, after: { from: '2026-12-24', to: '2026-12-24' } },
		]);
		expect((await runJson('compareSettings')).map(({ change }) => change)).toEqual(['Language from en to de', 'Tom Example: time off 24 Dec 2026 removed', 'Rule 2 \'UK\' moved from 1 to 2']);
		expect(await runJson('compareSettings', { fromVersion: 3, toVersion: 3 })).toMatchObject([{ change: 'Nothing differs' }]);
	});
});

describe('Handoff Ledger: Go Live and Back to Test', () => {
	it('goes live once, stamps the moment, and keeps it', async () => {
		await save();
		const [told] = await runJson('goLive', { liveOptions: { by: 'Ada' } });
		expect(told).toMatchObject({ mode: 'live', version: 2, changed: true, changes: ['Mode from test to live', expect.stringMatching(/^Live since set to/)] });
		expect(Math.abs(Date.parse(String(told.liveSince)) - Date.now())).toBeLessThan(60_000);
		expect(await runJson('goLive')).toMatchObject([{ changed: false, liveSince: told.liveSince }]);
		expect(await runJson('backToTest')).toMatchObject([{ mode: 'test', version: 3, changes: ['Mode from live to test'] }]);
	});

	it('needs settings that pass today\'s check', async () => {
		await save();
		const settings = await settingsOf();
		if (settings) await ledger.saveSettings({ client: 'acme', settings: { ...settings, rules: [{ ...settings.rules[0], team: 'Gone' }] }, at: '2026-11-25T09:00:00Z' });
		expect(await failure(run('goLive'))).toContain('Rule 1 names an unknown team \'Gone\'');
		expect(await settingsOf()).toMatchObject({ mode: 'test' });
	});

	it('counts live leads in the scorecard from that moment, or from one that is given', async () => {
		await save();
		const scope = { client: 'acme', test: false };
		for (let count = 0; count < 5; count++) await newLead(ledger, { ...scope, at: '2026-11-20T09:00:00.000Z' }, scope);
		const counted = async () => (await runJson('scorecard', { period: 'range', from: '2026-11-01T00:00:00Z', give: 'report' }))[0].leads;
		expect(await counted()).toBe(5);
		await runJson('goLive');
		expect(await counted()).toBe(0);
		await runJson('goLive', { liveOptions: { countFrom: '2026-11-19' } });
		expect(await counted()).toBe(5);
	});
});

describe('Handoff Ledger: Export Client and Delete Client', () => {
	beforeEach(async () => {
		await save({}, { saveOptions: { by: 'Ada' } });
		await save({ language: 'de' });
		await run('saveSettings', { client: 'beta', settings: { ...sampleSettings(), name: 'Beta' } });
		for (const test of [true, false]) await newLead(ledger, { client: 'acme', test }, { client: 'acme', test });
	});

	it('exports every version and every lead, as one item or one item per row', async () => {
		const [whole] = await runJson('exportClient');
		expect(whole).toMatchObject({
			client: 'acme', name: 'Acme Services', clientSettings: [{ version: 1, savedBy: 'Ada', settings: { language: 'en' } }, { version: 2, settings: { language: 'de' } }],
			leads: [{ test: false }, { test: true }], submissions: [{ payload: { body: { email: 'mia@firm.example' } } }, {}],
		});
		const rows = await runJson('exportClient', { giveExport: 'rows' });
		expect(rows.filter(({ kind }) => kind === 'leads')).toHaveLength(2);
		expect(rows.filter(({ kind }) => kind === 'clientSettings')).toMatchObject([{ client: 'acme', record: { version: 1 } }, { record: { version: 2 } }]);
		expect(JSON.stringify(whole)).not.toContain('Beta');
	});

	it('gives a document that can be saved again', async () => {
		const [{ clientSettings }] = await runJson('exportClient') as { clientSettings: { settings: object }[] }[];
		expect(await run('saveSettings', { client: 'acme-copy', settings: clientSettings[1].settings })).toMatchObject([{ json: { version: 1, changed: true } }]);
	});

	it('deletes nothing until the key is typed again', async () => {
		for (const confirmKey of ['', 'acm', 'beta']) expect(await failure(run('deleteClient', { confirmKey }))).toContain('The key was not typed again');
		expect(await ledger.listClients()).toHaveLength(2);
	});

	it('deletes a client with its live leads, and no other', async () => {
		expect(await runJson('deleteClient', { confirmKey: ' Acme ' })).toEqual([{ client: 'acme', deleted: true, removedLeads: 2, removedVersions: 2 }]);
		expect((await ledger.listClients()).map(({ key }) => key)).toEqual(['beta']);
		expect(await ledger.listLeads({ client: 'acme', test: false, limit: 10 })).toEqual([]);
		expect(await failure(run('deleteClient', { confirmKey: 'acme' }))).toContain('Client \'acme\' is not set up');
	});
});
