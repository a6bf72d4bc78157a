import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import { migrations } from '../../nodes/ledger/migrations/migrations';
import { insertRows, query, type Operation, type OperationContext } from '../../nodes/ledger/operation';
import { migrate } from '../../nodes/ledger/operations/migrate';
import { PostgresDatabase } from '../../nodes/ledger/postgresDatabase';
import { SqliteDatabase } from '../../nodes/ledger/sqliteDatabase';
import { ledgerTables } from '../../nodes/ledger/tables';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { runWorkflow, type WorkflowFile } from '../support/runWorkflow';
import { ask, handOffLive, liveForms } from './liveFlow';
import { pathsOf } from './recordPaths';
import { ledgerFileIn, lostRows, readRows, releases, releasesFolder, unpackLedger, type Rows } from './storedRows';

const newFolder = () => mkdtempSync(join(tmpdir(), 'lead-handoff-upgrade-'));
afterEach(closeLedgers);

/** What a lead is known by to operators and to other systems. */
function toldOf({ leadId, personId, status, queue, owner, verdict, touches, openedAt, fields, clock }: IDataObject): IDataObject {
	return { leadId, personId, status, queue, owner, verdict, touches, openedAt, fields, dueAt: (clock as IDataObject | undefined)?.dueAt };
}

const byId = (a: IDataObject, b: IDataObject) => String(a.leadId).localeCompare(String(b.leadId));

describe.each(releases)('the ledger that %s wrote', (release) => {
	it('keeps every row, and tells of the leads what it told then', async () => {
		const n8nFolder = newFolder();
		// lead_facts is counted from the others and may be counted anew
		const { lead_facts: counted, ...before } = readRows(unpackLedger(release, n8nFolder));
		expect(counted.length).toBeGreaterThan(0);
		expect(before.leads.length).toBeGreaterThan(10);
		const told = JSON.parse(readFileSync(join(releasesFolder, release, 'told.json'), 'utf8')) as { leads: IDataObject[]; scorecard: IDataObject };
		const leads = await ask(n8nFolder, 'lead', 'listLeads');
		expect(leads.map(toldOf).sort(byId)).toEqual(told.leads.map(toldOf).sort(byId));
		const [scorecard] = await ask(n8nFolder, 'report', 'scorecard');
		expect(Object.keys(scorecard)).toEqual(expect.arrayContaining(Object.keys(told.scorecard)));
		await closeLedgers();
		expect(lostRows(before, readRows(ledgerFileIn(n8nFolder)), ['leads.stale'])).toEqual([]);
	});

	it('knows its forms, its people and its erased again', async () => {
		const n8nFolder = newFolder();
		unpackLedger(release, n8nFolder);
		const leads = await ask(n8nFolder, 'lead', 'listLeads');
		const [again, other, erased] = await handOffLive(n8nFolder, [
			liveForms[1], { event_id: 'new-1', form_id: 'contact', name: 'Kai Known', email: 'kai@known.example', country: 'GB', message: 'Please send a quote.' }, liveForms[5],
		]);
		expect(again).toMatchObject({ match: { verdict: 'resend' } });
		expect(leads.map(({ leadId }) => leadId)).toContain(again.leadId);
		expect(other).toMatchObject({ match: { verdict: 'merge', externalIds: { hubspot: '502' } }, routing: { queue: 'North', owner: { id: expect.any(String) as string } } });
		expect(erased).toMatchObject({ lead: { email: null, fullName: null }, match: { verdict: 'resend', because: [expect.stringContaining('was erased') as string] } });
		const after = await ask(n8nFolder, 'lead', 'listLeads');
		expect(leads.map(({ leadId }) => leadId).filter((id) => !after.some(({ leadId }) => leadId === id))).toEqual([]);
	});
});

describe.each(releases)('the workflow that %s saved', (release) => {
	it('hands every sample lead off as it did, with all the fields that its expressions may read', async () => {
		const file = JSON.parse(readFileSync(join(releasesFolder, release, 'handoff.json'), 'utf8')) as WorkflowFile;
		const { run, leadsOf } = await runWorkflow(file, { startNode: 'Run With Sample Leads', mode: 'manual', n8nFolder: newFolder() });
		expect(run.data.resultData.error).toBeUndefined();
		expect(leadsOf('Show Each Lead')).toHaveLength(13);
		expect(leadsOf('Skip Resent Form')).toHaveLength(1);
		for (const { owner, queue } of leadsOf('Show Each Lead')) expect([owner, queue]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
		const paths = new Set(leadsOf('Start Response Clock').flatMap((lead) => pathsOf(lead)));
		const read = readFileSync(join(releasesFolder, release, 'recordPaths.txt'), 'utf8').trim().split('\n');
		expect(read.filter((path) => !paths.has(path))).toEqual([]);
	});
});

/** One database: runs operations, and shows what is stored. */
interface Opened {
	run<Result>(begin: () => Operation<Result>): Promise<Result>;
	rows(): Promise<Rows>;
	columns(): Promise<Record<string, string[]>>;
	close(): Promise<void>;
}

async function sqlite(): Promise<Opened> {
	const file = join(newFolder(), 'ledger.sqlite');
	const database = new SqliteDatabase(file, 100);
	const run = async <Result>(begin: () => Operation<Result>) => await Promise.resolve(database.run('write', begin));
	return {
		run, rows: async () => await Promise.resolve(readRows(file)),
		columns: async () => Object.fromEntries(await Promise.all(Object.keys(readRows(file)).map(async (table) => (
			[table, (await run(() => query<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`))).map(({ name }) => name)] as const)))),
		close: async () => await Promise.resolve(database.close()),
	};
}

async function postgres(): Promise<Opened> {
	const at = postgresAddress();
	await asAdministrator(at, `CREATE SCHEMA "${at.schema}"`);
	const database = new PostgresDatabase(at, 10_000);
	const columns = async () => {
		const found = await asAdministrator(at, `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = '${at.schema}'`) as { table_name: string; column_name: string }[];
		return Object.fromEntries(ledgerTables.map(({ name }) => [name, found.filter(({ table_name }) => table_name === name).map(({ column_name }) => column_name)]).filter(([, list]) => list.length > 0)) as Record<string, string[]>;
	};
	return {
		run: async (begin) => await database.run('write', begin), columns,
		rows: async () => Object.fromEntries(await Promise.all(Object.keys(await columns()).map(async (table) => [table, await asAdministrator(at, `SELECT * FROM ${table}`)]))) as Rows,
		close: async () => {
			await database.close();
			await asAdministrator(at, `DROP SCHEMA "${at.schema}" CASCADE`);
		},
	};
}

describe.each([{ driver: 'SQLite', open: sqlite }, { driver: 'PostgreSQL', open: postgres }])('a $driver ledger of an older schema', ({ open }) => {
	const context: OperationContext = { now: 1, instance: 'test', newId: () => 'id' };
	const kept = readRows(unpackLedger(releases[releases.length - 1], newFolder()));
	let ledger: Opened;
	beforeEach(async () => { ledger = await open(); });
	afterEach(async () => await ledger.close());

	it.each(migrations.slice(0, -1).map(({ number, name }) => ({ number, name })))('of schema $number ($name) loses nothing on its way to the newest', async ({ number }) => {
		await ledger.run(() => migrate(context, migrations.slice(0, number)));
		const columns = await ledger.columns();
		let written = 0;
		for (const { name } of ledgerTables.filter((table) => columns[table.name])) {
			const both = columns[name].filter((column) => column in (kept[name]?.[0] ?? {}));
			const rows = (kept[name] ?? []).map((row) => both.map((column) => row[column]));
			await ledger.run(() => insertRows(name, both, rows));
			written += rows.length;
		}
		expect(written).toBeGreaterThan(200);
		const before = await ledger.rows();
		await ledger.run(() => migrate(context));
		const after = await ledger.rows();
		expect(lostRows(before, after, ['leads.stale'])).toEqual([]);
		expect(Object.values(before).reduce((sum, rows) => sum + rows.length, 0)).toBe(written);
		expect((await ledger.columns()).leads).toEqual(expect.arrayContaining(ledgerTables.find(({ name }) => name === 'leads')?.columns.slice() ?? []));
	});
});

describe('lostRows', () => {
	it('misses a row, a value and a table', () => {
		const before: Rows = { leads: [{ id: 'a', owner: 'mia' }, { id: 'b', owner: 'tom' }], turns: [{ id: 1 }] };
		expect(lostRows(before, structuredClone(before))).toEqual([]);
		expect(lostRows(before, { leads: [{ id: 'a', owner: 'mia' }], turns: [{ id: 1 }] })).toHaveLength(1);
		expect(lostRows(before, { leads: [{ id: 'a', owner: 'mia' }, { id: 'b', owner: 'mia' }] })).toEqual([expect.stringContaining('leads'), 'table turns is gone']);
	});
});
