/**
 * The scorecard over generated ledgers, all nine splits, on both drivers: seconds, processor time, and how long the event loop
 * of the process that asked was held meanwhile.
 *
 *   npm run bench -- scorecard [--sizes 100000,1000000] [--driver embedded|postgres]
 *
 * The first size is written as the nodes write leads (one person, lead, submission, three decisions, clock and two events
 * each), and its facts are read by the ledger itself, which is timed too. A larger one multiplies those facts. The reference is
 * the least that must be done: the same rows read once, in pages, and nothing counted. For `postgres` the private server of
 * the tests is started.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import type { Client } from 'pg';
import { scorecard } from '../nodes/lead/measure/scorecard';
import { splitNames } from '../nodes/lead/measure/tally';
import type { Ledger } from '../nodes/ledger/ledger';
import { openSqliteLedger } from '../nodes/ledger/sqliteLedger';
import type { startPostgres } from '../test/support/postgresServer';
import { openPostgres, type PostgresPlace } from './matching/postgresFill';
import { client, ledgerRows, periodMs, periodStart, type TableRows } from './scorecard/ledgerRows';
import { table } from './support/options';

const { values: given } = parseArgs({ options: { sizes: { type: 'string', default: '100000,1000000' }, driver: { type: 'string' } } });
const sizes = given.sizes.split(',').map(Number);
const scope = { client, test: false };
const period = { from: new Date(periodStart).toISOString(), to: new Date(periodStart + periodMs).toISOString() };

/** One database under test, filled beside the ledger. */
interface Place {
	open(): Promise<Ledger>;
	put(rows: TableRows[]): Promise<void>;
	execute(sql: string): Promise<void>;
	remove(): Promise<void>;
}

function embedded(): Place {
	const folder = mkdtempSync(join(tmpdir(), 'scorecard-'));
	const file = join(folder, 'ledger.sqlite');
	const using = <Result>(use: (database: DatabaseSync) => Result): Result => {
		const database = new DatabaseSync(file);
		database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
		try {
			return use(database);
		} finally {
			database.close();
		}
	};
	return {
		open: async () => await openSqliteLedger({ file }),
		put: async (tables) => using((database) => {
			database.exec('BEGIN');
			for (const { table: name, columns, rows } of tables) {
				const statement = database.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
				for (const row of rows) statement.run(...row);
			}
			database.exec('COMMIT');
		}),
		execute: async (sql) => using((database) => database.exec(sql)),
		remove: async () => rmSync(folder, { recursive: true, force: true }),
	};
}

async function postgres(): Promise<Place> {
	const load = createRequire(join(process.cwd(), 'package.json'));
	const server = await (load('./test/support/postgresServer.js') as { startPostgres: typeof startPostgres }).startPostgres();
	const place: PostgresPlace = openPostgres(new URL(server.url));
	let connected: Client | undefined;
	const connect = async () => (connected ??= await place.client());
	return {
		open: async () => await place.open(),
		put: async (tables) => {
			const to = await connect();
			for (const { table: name, columns, rows } of tables) {
				const atOnce = Math.floor(60_000 / columns.length);
				for (let start = 0; start < rows.length; start += atOnce) {
					const page = rows.slice(start, start + atOnce);
					const lists = page.map((_, row) => `(${columns.map((__, column) => `$${row * columns.length + column + 1}`).join(', ')})`);
					await to.query(`INSERT INTO ${name} (${columns.join(', ')}) VALUES ${lists.join(', ')}`, page.flat());
				}
			}
		},
		execute: async (sql) => { await (await connect()).query(sql); },
		remove: async () => {
			await connected?.end();
			await place.remove();
			await server.end();
		},
	};
}

interface Timed<Result> {
	result: Result;
	seconds: number;
	cpu: number;
	longestMs: number;
}

async function timed<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	global.gc?.();
	await new Promise((resolve) => setTimeout(resolve, 50));
	delay.enable();
	const [from, before] = [performance.now(), process.cpuUsage()];
	const result = await work();
	const used = process.cpuUsage(before);
	await new Promise((resolve) => setTimeout(resolve, 10));
	delay.disable();
	return { result, seconds: (performance.now() - from) / 1000, cpu: (used.user + used.system) / 1e6, longestMs: delay.max / 1e6 };
}

const perPage = 5_000;

async function measure(name: string, place: Place): Promise<void> {
	const rows: (string | number)[][] = [];
	const add = (leads: number, what: string, { seconds, cpu, longestMs }: Timed<unknown>) => {
		rows.push([name, leads.toLocaleString('en'), what, `${seconds.toFixed(2)} s`, `${cpu.toFixed(2)} s`, `${longestMs.toFixed(0)} ms`]);
	};
	try {
		await (await place.open()).close();
		const [base, ...larger] = sizes;
		for (let start = 0; start < base; start += perPage) await place.put(ledgerRows(start, Math.min(perPage, base - start), base));
		await place.execute('ANALYZE');
		const ledger = await place.open();
		add(base, 'all facts read anew (once, after an update)', await timed(async () => { while ((await ledger.refreshFacts({ ...scope, limit: 1_000 })) === 1_000); }));
		for (const size of [base, ...larger]) {
			if (size > base) await multiply(place, Math.round(size / base));
			const asOf = period.to;
			add(size, 'rows read, nothing counted', await timed(async () => {
				let after: (string | number)[] | undefined;
				do after = (await ledger.listAssigned({ ...scope, ...period, limit: 2_500, after })).next; while (after);
			}));
			const counted = await timed(async () => scorecard(await ledger.tallyLeads({ ...scope, ...period, asOf, splits: splitNames }), undefined));
			add(size, 'scorecard, nine splits', counted);
			const { leads, splits } = counted.result;
			if (leads !== size) throw new Error(`${leads} of ${size} leads were counted`);
			if (size === sizes.at(-1)) process.stdout.write(`${name}: parts ${splitNames.map((split) => `${split} ${splits[split]?.length}`).join(', ')}\n`);
		}
		await ledger.close();
	} finally {
		await place.remove();
	}
	table(['driver', 'leads', 'what', 'time', 'processor', 'longest hold'], rows);
}

/** Each lead so many times, a moment later each time. */
async function multiply(place: Place, times: number): Promise<void> {
	const copies = Array.from({ length: times - 1 }, (_, index) => index + 1).map((copy) => `SELECT ${copy} AS copy`).join(' UNION ALL ');
	const leads = 'client, test, person_id, status, provisional, last_touch_at, touches, state, verdict, queue, owner_id, owner';
	await place.execute(`INSERT INTO leads (${leads}, stale, id, opened_at) SELECT ${leads}, 0, id || '-' || copy, opened_at + copy FROM leads, (${copies}) AS copies`);
	const facts = 'client, test, splits, flags, due_at, business, wall, money, cause, team, skipped';
	await place.execute(`INSERT INTO lead_facts (${facts}, lead_id, opened_at) SELECT ${facts}, lead_id || '-' || copy, opened_at + copy FROM lead_facts, (${copies}) AS copies`);
	await place.execute('ANALYZE');
}

async function run(): Promise<void> {
	buildSync({ entryPoints: ['nodes/ledger/sqliteWorker.ts'], outfile: join('.artifacts', 'bench', 'sqliteWorker.js'), bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning' });
	if (given.driver !== 'postgres') await measure('SQLite', embedded());
	if (given.driver !== 'embedded') await measure('PostgreSQL', await postgres());
}

// the ledger's thread does not keep the process alive
const alive = setInterval(() => undefined, 60_000);
run().finally(() => clearInterval(alive)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
	process.exitCode = 1;
});
