import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { DedupeMatch } from '../../nodes/DedupeMatch/DedupeMatch.node';
import { HandoffLedger } from '../../nodes/HandoffLedger/HandoffLedger.node';
import { properties } from '../../nodes/HandoffLedger/properties';
import { LeadNormalize } from '../../nodes/LeadNormalize/LeadNormalize.node';
import { properties as normalizeProperties } from '../../nodes/LeadNormalize/properties';
import { properties as dedupeProperties } from '../../nodes/DedupeMatch/properties';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { sampleSettings } from '../lead/settings/settingsSample';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

let storageFolder: string;
let ledger: Ledger;
beforeEach(async () => {
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-records-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await run('saveSettings', { settings: { ...sampleSettings(), mode: 'live' } });
});
afterEach(async () => {
	await closeLedgers();
	rmSync(storageFolder, { recursive: true, force: true });
});

const defaultsOf = (some: typeof properties) => Object.fromEntries(some.filter((property) => !String(property.default).startsWith('=')).map((property) => [property.name, property.default]));

interface Left {
	items: INodeExecutionData[];
	jsons: IDataObject[];
	hints: NodeExecutionHint[];
}

async function run(operation: string, parameters: Record<string, unknown> = {}, options: Partial<StrictContextOptions> = {}): Promise<Left> {
	const ctx = strictContext({ items: [{}], storageFolder, ...options, parameters: { ...defaultsOf(properties), operation, client: 'acme', ...parameters } });
	const [items] = await new HandoffLedger().execute.call(ctx);
	return { items, jsons: items.map(({ json }) => json), hints: ctx.hints };
}

/** A form as it goes through Lead Normalize and Dedupe Match. */
async function enquire(form: IDataObject, dedupe: Record<string, unknown> = {}): Promise<{ json: IDataObject; hints: NodeExecutionHint[] }> {
	const extra = { getExecutionId: () => '77', evaluateExpression: () => 0 };
	const first = strictContext({ items: [form], storageFolder, extra, parameters: { ...defaultsOf(normalizeProperties), client: 'acme' } });
	const [[item]] = await new LeadNormalize().execute.call(first);
	const second = strictContext({ items: [item], storageFolder, parameters: { ...defaultsOf(dedupeProperties), ...dedupe } });
	const [[decided]] = await new DedupeMatch().execute.call(second);
	return { json: decided.json, hints: second.hints };
}

const ada = { name: 'Ada Loveless', email: 'ada@love.example', company: 'Love Ltd', message: 'Please send me a quote' };
const contact = (id: number, more: IDataObject = {}) => ({ id: String(id), properties: { firstname: 'Ada', lastname: 'Loveless', email: 'ada@love.example', lifecyclestage: 'customer', hubspot_owner_id: '77', ...more } });

describe('Handoff Ledger: Load Known Records', () => {
	it('lets Dedupe Match know a customer from the first lead on, and hints until it does', async () => {
		expect((await enquire({ ...ada, email: 'x@other.example', name: 'Somebody Else' })).hints.map(({ message }) => message)).toEqual([expect.stringContaining('No known records are loaded for leads of client acme')]);
		expect((await run('loadKnownRecords', { system: 'hubspot' }, { items: [contact(501)] })).jsons).toMatchObject([{ rows: 1, created: 1, skipped: 0, knownRecords: 1, columns: { email: 'email', owner: 'hubspot_owner_id' } }]);
		const { json, hints } = await enquire(ada);
		expect(json.match).toMatchObject({ verdict: 'merge', externalIds: { hubspot: '501' }, customerStatus: 'customer', existingOwner: '77' });
		expect(hints).toEqual([]);
	});

	it('makes no leads and loads nothing twice', async () => {
		const items = [contact(501), contact(502, { email: 'bob@love.example', firstname: 'Bob' })];
		await run('loadKnownRecords', {}, { items });
		expect((await run('loadKnownRecords', {}, { items: [...items, contact(501, { lifecyclestage: 'partner' })] })).jsons).toMatchObject([{ rows: 3, created: 0, unchanged: 2, updated: 1, knownRecords: 2 }]);
		expect(await ledger.countRows()).toMatchObject({ persons: 2, leads: 0, submissions: 0, clocks: 0 });
	});

	it('gives every bad row a verdict, linked to its item, and loads the rest', async () => {
		const { items, hints } = await run('loadKnownRecords', {}, { items: [contact(1), { note: 'nobody' }, {}, contact(2, { email: 'b@love.example' })] });
		expect(items[0].json).toMatchObject({ rows: 4, created: 2, skipped: 2 });
		expect(items.slice(1).map(({ json, pairedItem }) => [json.row, json.verdict, pairedItem])).toEqual([[2, 'skipped', { item: 1 }], [3, 'skipped', { item: 2 }]]);
		expect(hints).toMatchObject([{ message: expect.stringContaining('2 of 4 rows were left out') as string }]);
		expect((await run('loadKnownRecords', { giveRows: 'all' }, { items: [contact(1), {}] })).jsons).toMatchObject([{ rows: 2 }, { row: 1, verdict: 'unchanged' }, { row: 2, verdict: 'skipped' }]);
	});

	it('never loses an opt-out that the ledger knows, nor one that the list names', async () => {
		await run('loadKnownRecords', {}, { items: [contact(501, { hs_email_optout: 'true' })] });
		expect((await enquire({ ...ada, consent: 'yes' })).json.match).toMatchObject({ optOut: ['email'] });
		await run('loadKnownRecords', {}, { items: [contact(501, { hs_email_optout: 'false', lifecyclestage: 'lead' })] });
		expect((await enquire({ ...ada, message: 'Another question' })).json.match).toMatchObject({ optOut: ['email'] });
	});

	it('reads CSV text and files with columns of their own names', async () => {
		const csvText = 'Nr;Wer;Post\n1;Ada Loveless;ada@love.example\n2;;\n3;Bob Broken;no address\n';
		const fieldMapping = { id: 'Nr', fullName: 'Wer', email: 'Post' };
		expect((await run('loadKnownRecords', { recordsFrom: 'csvText', csvText, fieldMapping }, { items: [{}, {}] })).jsons).toMatchObject([{ rows: 3, created: 2, skipped: 1 }, { row: 2 }]);
		const item = { json: {}, binary: { data: { data: '', mimeType: 'text/csv' } } };
		const helpers = { getBinaryDataBuffer: async () => Buffer.from(csvText, 'latin1') };
		expect((await run('loadKnownRecords', { recordsFrom: 'csvFile', fieldMapping }, { items: [item], helpers })).jsons).toMatchObject([{ rows: 3, unchanged: 2 }, { row: 2 }]);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a column that is in no record', { fieldMapping: { email: 'Post' } }, 'The column for email is in none of the records'],
		['a system that is no word', { system: 'my crm!' }, 'The name of the system is not a plain word'],
		['a file that is not there', { recordsFrom: 'csvFile' }, 'Item 1 carries no CSV file'],
	])('stops before the first row for %s', async (_what, parameters, message) => {
		await expect(run('loadKnownRecords', parameters, { items: [contact(1)] })).rejects.toThrow(message);
		expect(await ledger.countRows()).toMatchObject({ persons: 0 });
	});

	it('loads for test leads only where that is chosen', async () => {
		await run('loadKnownRecords', { loadFor: 'both' }, { items: [contact(1)] });
		await run('loadKnownRecords', { loadFor: 'test', system: 'sheet' }, { items: [contact(2)] });
		expect(await Promise.all([false, true].map((test) => ledger.countKnownRecords({ client: 'acme', test })))).toEqual([{ crm: 1 }, { crm: 1, sheet: 1 }]);
	});
});

describe('Handoff Ledger: Correct Lead', () => {
	it('gives the lead to the right owner with a clock of their own, and lists it', async () => {
		const { json: { leadId } } = await enquire(ada);
		const correct = () => run('correctLead', { leadId, rightOwner: 'mia', correctionOptions: { by: 'ann', reason: 'her customer' } });
		expect((await correct()).jsons).toMatchObject([{ leadId, corrected: true, from: null, to: 'Mia Example', ownClock: null }]);
		expect((await correct()).jsons).toMatchObject([{ corrected: false, because: 'This lead is with Mia Example already' }]);
		await expect(run('correctLead', { leadId, rightOwner: 'nobody' })).rejects.toThrow('The right owner is no member of this client');
		expect((await run('listCorrections')).jsons).toMatchObject([{ leadId, whatWasWrong: 'Owner', from: 'nobody', to: 'Mia Example', reason: 'her customer', by: 'ann', message: 'Please send me a quote' }]);
	});

	it('says which intents there are when the right one is none', async () => {
		const { json: { leadId } } = await enquire(ada);
		await expect(run('correctLead', { leadId, whatWasWrong: 'intent', rightIntent: 'Nonsense' })).rejects.toThrow('The right intent is not one of this client\'s');
	});

	it('takes a wrong merge apart, and Dedupe Match never joins the two again', async () => {
		const { json: first } = await enquire(ada);
		const { json: second } = await enquire({ ...ada, phone: '+44 20 7946 0018', message: 'I am the other Ada Loveless here' });
		expect(second.leadId).toBe(first.leadId);
		const { jsons } = await run('correctLead', { leadId: first.leadId, whatWasWrong: 'merge', correctionOptions: { by: 'ann' } });
		expect(jsons).toMatchObject([{ corrected: true, leadId: first.leadId }]);
		const own = await ledger.getLead({ client: 'acme', test: false }, { leadId: String(jsons[0].ownLeadId) });
		expect(own).toMatchObject({ verdict: 'create', fields: { phone: '+442079460018' }, clock: { status: 'running' } });
		expect(await ledger.getLead({ client: 'acme', test: false }, { leadId: String(first.leadId) })).toMatchObject({ touches: 1, fields: { fullName: 'Ada Loveless', email: 'ada@love.example' } });
		expect((await ledger.getLead({ client: 'acme', test: false }, { leadId: String(first.leadId) }))?.fields.phone ?? null).toBeNull();
		// two persons with one mailbox and one name: only a person can say whose the next enquiry is
		expect((await enquire({ ...ada, message: 'And one more question' })).json.match).toMatchObject({ verdict: 'review' });
		expect((await run('correctLead', { leadId: first.leadId, whatWasWrong: 'merge' })).jsons).toMatchObject([{ corrected: false }]);
	});

	it('goes on with a lead that is not there', async () => {
		expect((await run('correctLead', { leadId: 'nobody\'s' })).jsons).toMatchObject([{ corrected: false, because: 'This client has no such live lead' }]);
	});
});

describe('Handoff Ledger: Erase Person', () => {
	const erase = (parameters: Record<string, unknown> = {}) => run('erasePerson', { personEmail: 'Ada@LOVE.example', ...parameters });

	it('previews, erases, says what is out of reach, and takes no old form in again', async () => {
		await run('backUp');
		const { json: { leadId } } = await enquire(ada);
		expect((await erase()).jsons).toMatchObject([{ state: 'preview', persons: 1, leads: 1, enquiries: 1, leadIds: [leadId] }]);
		expect(await ledger.countRows()).toMatchObject({ persons: 1 });
		const [erased] = (await erase({ keepMode: 'do' })).jsons;
		expect(erased).toMatchObject({ state: 'erased', persons: 1, stillThere: { n8nExecutions: { ids: ['77'] }, crm: { records: [] }, backups: { files: [expect.stringMatching(/^ledger-.*\.sqlite$/)] } } });
		expect(await ledger.countRows()).toMatchObject({ persons: 0, leads: 0, submissions: 0, decisions: 0 });
		expect((await erase({ keepMode: 'do' })).jsons).toMatchObject([{ state: 'erased', persons: 0 }]);

		const { json } = await enquire({ ...ada, submittedAt: '2026-01-01T10:00:00Z' });
		expect(json).toMatchObject({ lead: { email: null, fullName: null, message: null }, match: { verdict: 'resend', because: [expect.stringContaining('erased')] } });
		expect(JSON.stringify(json)).not.toMatch(/\bada\b|loveless/i);
		expect(await ledger.countRows()).toMatchObject({ persons: 0, submissions: 0 });
		expect((await run('loadKnownRecords', {}, { items: [contact(501)] })).jsons).toMatchObject([{ created: 0, erased: 1 }, { row: 1, verdict: 'erased' }]);
	});

	it.each<[string, Record<string, unknown>]>([
		['address', { personEmail: '' }],
		['number', { personBy: 'phone', personPhone: 'call me' }],
		['ID', { personBy: 'externalId', personExternalId: '' }],
	])('refuses an item without %s', async (_what, parameters) => {
		await expect(erase(parameters)).rejects.toThrow('This item names no person');
	});
});

describe('Handoff Ledger: Back Up, Restore and Apply Retention', () => {
	it('backs up while leads come in, and restores to exactly that', async () => {
		const { json: { leadId } } = await enquire(ada);
		const { jsons: [saved] } = await run('backUp');
		expect(saved).toMatchObject({ leads: 1, persons: 1, file: expect.stringMatching(/^ledger-\d{4}-\d\d-\d\dT\d{6}Z\.sqlite$/) as string });
		expect(existsSync(String(saved.path))).toBe(true);
		await enquire({ ...ada, email: 'bob@other.example', name: 'Bob Other' });
		expect((await run('restore')).jsons).toMatchObject([{ restored: false, backup: { leads: 1 }, ledger: { leads: 2 } }]);
		expect((await run('restore', { keepMode: 'do' })).jsons).toMatchObject([{ restored: true, ledger: { leads: 1 } }]);
		expect(await ledger.getLead({ client: 'acme', test: false }, { leadId: String(leadId) })).toBeDefined();
		expect(await ledger.listLeads({ client: 'acme', test: false, limit: 9 })).toHaveLength(1);
	});

	it('gives the backup as a file of the item, and takes it back', async () => {
		await enquire(ada);
		let kept = Buffer.alloc(0);
		const helpers = {
			prepareBinaryData: async (stream: Readable, fileName: string) => {
				for await (const chunk of stream) kept = Buffer.concat([kept, chunk as Buffer]);
				return { data: '', fileName, mimeType: 'application/vnd.sqlite3' };
			},
			getBinaryDataBuffer: async () => kept,
		};
		const { items } = await run('backUp', { saveBackupAs: 'binary' }, { helpers });
		expect(kept.subarray(0, 15).toString()).toBe('SQLite format 3');
		await run('erasePerson', { personEmail: 'ada@love.example', keepMode: 'do' });
		const restored = await run('restore', { backupFrom: 'binary', keepMode: 'do' }, { items, helpers });
		expect(restored.jsons).toMatchObject([{ restored: true, erasedAgain: 1, ledger: { leads: 0 } }]);
	});

	it('replaces nothing when a backup is damaged or short of rows', async () => {
		await enquire(ada);
		const { jsons: [{ path }] } = await run('backUp');
		const bytes = readFileSync(String(path));
		writeFileSync(String(path), bytes.subarray(0, bytes.length / 2));
		await expect(run('restore', { keepMode: 'do' })).rejects.toThrow(/damaged|does not hold/);
		await expect(run('restore', { backupFile: '../../etc/passwd' })).rejects.toThrow('This backup is not in the ledger\'s folder');
		expect(await ledger.countRows()).toMatchObject({ leads: 1 });
	});

	it('keeps as many backups as it is told', async () => {
		const { jsons: [{ path }] } = await run('backUp');
		for (const day of ['01', '02', '03']) writeFileSync(join(String(path), '..', `ledger-2020-01-${day}T000000Z.sqlite`), '');
		expect((await run('backUp', { keepBackups: 2 })).jsons).toMatchObject([{ deleted: expect.arrayContaining(['ledger-2020-01-01T000000Z.sqlite', 'ledger-2020-01-02T000000Z.sqlite']) as unknown }]);
	});

	it('applies the retention of the client settings', async () => {
		const { json: { leadId } } = await enquire(ada);
		await run('recordEvent', { leadId, eventType: 'lost', eventOptions: { at: '2020-01-01T00:00:00Z' } });
		expect((await run('applyRetention')).jsons).toMatchObject([{ retentionDays: 365, removedLeads: 0, because: expect.stringContaining('365 days') as string }]);
	});

	it('says where the ledger is to be moved to', async () => {
		await expect(run('moveToPostgres')).rejects.toThrow('The ledger to move to is not chosen');
	});

	it('moves all of it to PostgreSQL, counted on both sides, once', async () => {
		await run('loadKnownRecords', { system: 'hubspot' }, { items: [contact(501)] });
		const { json: { leadId } } = await enquire(ada);
		const address = postgresAddress();
		const postgres = { extra: { getCredentials: async () => await Promise.resolve({ ...address, tls: 'off' }) } };
		const move = async (keepMode: string) => (await run('moveToPostgres', { ledger: 'postgres', keepMode }, postgres)).jsons;
		try {
			expect(await move('preview')).toMatchObject([{ moved: false, embedded: { leads: 1, persons: 1 }, postgres: { leads: 0, persons: 0 } }]);
			expect((await run('listLeads')).jsons).toHaveLength(1);
			expect(await move('do')).toMatchObject([{ moved: true, postgres: { clients: 1, leads: 1, persons: 1, enquiries: 1 } }]);
			await expect(run('listLeads')).rejects.toThrow('The embedded ledger was moved to PostgreSQL');
			expect((await run('listLeads', { ledger: 'postgres' }, postgres)).jsons).toMatchObject([{ leadId }]);
			// what was learned is there, too: the same form is the same lead
			expect((await run('loadKnownRecords', { ledger: 'postgres', system: 'hubspot' }, { ...postgres, items: [contact(501)] })).jsons).toMatchObject([{ created: 0, unchanged: 1 }]);
			await expect(move('do')).rejects.toThrow('The PostgreSQL ledger holds leads already');
		} finally {
			await closeLedgers();
			await asAdministrator(address, `DROP SCHEMA IF EXISTS "${address.schema}" CASCADE`);
		}
	});

	it('refuses an embedded ledger that was moved, except to restore into it', async () => {
		await run('backUp');
		await ledger.setNote('movedTo', '2026-11-25T00:00:00.000Z');
		await expect(run('listLeads')).rejects.toThrow('The embedded ledger was moved to PostgreSQL');
		expect((await run('restore', { keepMode: 'do' })).jsons).toMatchObject([{ restored: true }]);
		expect((await run('listLeads')).jsons).toEqual([]);
	});
});
