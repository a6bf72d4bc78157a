/**
 * One check of SLA Watch among many open clocks, and many checks at once.
 *
 *   npm run bench -- checkClocks [--clocks 100000] [--due 100] [--sweeps 20] [--steps 1000] [--postgres postgres://user@host:port/database]
 *
 * The leads and clocks are put into the tables directly. Without --postgres the embedded SQLite ledger is measured, with it
 * that server, in a schema of its own. References of the same run: as many bare commits of one row as the check has alerts
 * to claim, and the reading of the due clocks alone; a check with nothing due is what each minute of a quiet day costs.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildSync } from 'esbuild';
import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../nodes/host/openRun';
import { openClocks } from '../nodes/lead/activate/openClocks';
import { readRecord } from '../nodes/lead/readRecord';
import { clientSettingsSchema } from '../nodes/lead/settings/clientSettings';
import type { Ledger } from '../nodes/ledger/ledger';
import { openSqliteLedger } from '../nodes/ledger/sqliteLedger';
import { checkClocks } from '../nodes/SlaWatch/checkClocks';
import { strictContext } from '../test/support/strictContext';
import { openPostgres } from './matching/postgresFill';

const options = process.argv.slice(2);
const textOption = (name: string): string | undefined => (options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : undefined);
const option = (name: string, usual: number): number => Number(textOption(name) ?? usual);
const clocks = option('clocks', 100_000);
const due = option('due', 100);
const sweeps = option('sweeps', 20);
const steps = option('steps', 1_000);
const postgres = textOption('postgres');

const client = 'bench';
/** Monday 09:30: every clock below is counted in office hours. */
const now = new Date('2026-11-23T09:30:00.000Z');
const office = ['09:00-17:30'];
const settings = clientSettingsSchema.parse({
	name: 'Bench', timeZone: 'Europe/London', calendars: [{ name: 'Office', hours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office }, publicHolidays: ['GB-ENG'] }],
	members: [{ id: 'mia', name: 'Mia Stone', email: 'mia@acme.example' }, { id: 'noor', name: 'Noor Khan' }], teams: [{ name: 'Sales', members: ['mia'], manager: 'noor' }], fallbackOwner: 'noor',
	slaPolicies: [{ name: 'Standard', firstResponseMinutes: 15, warnMinutesBefore: 5 }],
});

/** A clock that is at risk now, as Start writes it. */
function clockTemplate(): { terms: string; startedAt: number; warnAt: number; dueAt: number } {
	const record = readRecord({ json: { recordVersion: 1, client, lead: { fullName: 'Jane Doe' }, routing: { queue: 'Sales', team: 'Sales', owner: { id: 'mia', name: 'Mia Stone', email: null } } }, now, newId: randomUUID }).record;
	const { clocks: [opened] } = openClocks(record, settings, { at: now.getTime() - 12 * 60_000, from: 'receivedAt' });
	return { terms: JSON.stringify(opened.terms), startedAt: Date.parse(opened.facts.startedAt), warnAt: Date.parse(opened.facts.warnAt), dueAt: Date.parse(opened.facts.dueAt) };
}

/** The same rows in either database. */
function fillStatements(count: number, dueNow: number): string[] {
	const { terms, startedAt, warnAt, dueAt } = clockTemplate();
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
	return [
		`${numbers} INSERT INTO persons (client, test, id, fields, search_text, external_ids, enquiries, updated_at) SELECT '${client}', 0, 'person-' || i, '{}', 'jane doe', '{}', 1, ${startedAt} FROM n`,
		`${numbers} INSERT INTO leads (client, test, id, person_id, status, provisional, opened_at, last_touch_at, touches, state, owner_id, owner)
			SELECT '${client}', 0, 'lead-' || i, 'person-' || i, 'open', 0, ${startedAt}, ${startedAt}, 1, 3, 'mia', '{"id":"mia","name":"Mia Stone","email":null}' FROM n`,
		`${numbers} INSERT INTO clocks (client, test, id, lead_id, name, policy, started_at, started_from, warn_at, due_at, terms, status, next_check_at, owner_id, lead_text)
			SELECT '${client}', 0, 'clock-' || i, 'lead-' || i, 'First Response', 'Standard', ${startedAt}, 'receivedAt', ${warnAt}, ${dueAt}, '${terms.replaceAll("'", "''")}', 'running',
			CASE WHEN i % ${Math.floor(count / dueNow)} = 0 THEN ${warnAt} ELSE ${now.getTime()} + 60000 + i END, 'mia', 'Jane Doe (Northwind Ltd)' FROM n`,
	];
}

function check(ledger: Ledger, change: IDataObject = {}): Promise<IDataObject[]> {
	const run: Run = {
		ledger, client: () => Promise.resolve(undefined), clientOf: () => Promise.resolve({ unnamed: true }), decidesAfresh: () => false,
		tellVersions: () => Promise.resolve(), now: () => now, newId: randomUUID, timeZone: 'Europe/London', manual: false,
	};
	const ctx = strictContext({ items: [{}] });
	return checkClocks(ctx, run, { operation: 'check', testLeads: false, clocksPerCheck: 10_000, alertsPerCheck: 10_000, leaseSeconds: 300, byStatus: false, ...change })
		.then(([items]) => items.map(({ json }) => json));
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; cpu: number; result: T }> {
	const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
	const result = await work();
	const { user, system } = process.cpuUsage(cpuFrom);
	return { ms: performance.now() - from, cpu: (user + system) / 1_000, result };
}

/** So many rows written and committed one by one: no claim can be quicker. */
function bareCommits(folder: string, count: number): number {
	const database = new DatabaseSync(join(folder, 'bare.sqlite'));
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE one (n INTEGER)');
	const from = performance.now();
	for (let n = 0; n < count; n++) database.exec(`BEGIN IMMEDIATE; INSERT INTO one VALUES (${n}); COMMIT`);
	database.close();
	return performance.now() - from;
}

async function main(): Promise<void> {
	buildSync({ entryPoints: ['nodes/ledger/sqliteWorker.ts'], outfile: join('.artifacts', 'bench', 'sqliteWorker.js'), bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning' });
	const folder = mkdtempSync(join(tmpdir(), 'check-clocks-'));
	const say = (what: string, ms: number, more = ''): void => { process.stdout.write(`${what.padEnd(64)} ${ms.toFixed(0).padStart(7)} ms${more}\n`); };
	const prepared = async (name: string, count: number, dueNow: number): Promise<{ open: () => Promise<Ledger>; remove: () => Promise<void> }> => {
		if (postgres === undefined) {
			const file = join(folder, `${name}.sqlite`);
			const first = await openSqliteLedger({ file });
			await first.saveSettings({ client, settings, at: now.toISOString() });
			await first.close();
			const database = new DatabaseSync(file);
			for (const statement of fillStatements(count, dueNow)) database.exec(statement);
			database.exec('ANALYZE');
			database.close();
			return { open: async () => await openSqliteLedger({ file }), remove: () => Promise.resolve() };
		}
		const place = openPostgres(new URL(postgres));
		const first = await place.open();
		await first.saveSettings({ client, settings, at: now.toISOString() });
		await first.close();
		const connected = await place.client();
		for (const statement of fillStatements(count, dueNow)) await connected.query(statement);
		await connected.query('ANALYZE');
		await connected.end();
		return place;
	};
	try {
		const many = await prepared('many', clocks, due);
		const ledger = await many.open();
		// the first check in a process builds calendars and statements
		await check(ledger, { clocksPerCheck: 1, alertsPerCheck: 1 });
		const whole = await timed(() => check(ledger));
		if (whole.result.length !== due - 1) throw new Error(`${whole.result.length} alerts instead of ${due - 1}`);
		say(`a check: ${clocks.toLocaleString('en')} open clocks, ${due - 1} due and claimed`, whole.ms, `, ${whole.cpu.toFixed(0)} ms of processor`);
		const quiet = await timed(() => check(ledger));
		say('a check with nothing due', quiet.ms, `, ${quiet.result.length} alerts`);
		const list = await timed(() => ledger.listDueClocks({ test: false, now: new Date(now.getTime() + 3_600_000).toISOString(), limit: due }));
		say(`reference: ${list.result.length} due clocks read, nothing claimed`, list.ms);
		say(`reference: ${2 * (due - 1)} bare commits of one row on the same disk`, bareCommits(folder, 2 * (due - 1)));
		await ledger.close();
		await many.remove();

		const storm = await prepared('storm', steps, steps);
		const ledgers = await Promise.all(Array.from({ length: postgres === undefined ? 1 : 4 }, () => storm.open()));
		const together = await timed(async () => (await Promise.all(Array.from({ length: sweeps }, (_, index) => check(ledgers[index % ledgers.length])))).flat());
		const told = together.result.map(({ step }) => String((step as IDataObject).id));
		say(`${sweeps} checks at once over ${steps} due steps`, together.ms, `, ${told.length} alerts of ${new Set(told).size} steps`);
		await Promise.all(ledgers.map((one) => one.close()));
		await storm.remove();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

// the ledger's thread does not keep the process alive
const alive = setInterval(() => undefined, 60_000);
main().finally(() => clearInterval(alive)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
	process.exitCode = 1;
});
