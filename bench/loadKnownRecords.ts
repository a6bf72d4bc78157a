/**
 * How long it takes to load known records into the ledger, and what it does to the event loop meanwhile.
 *
 *   npm run bench -- loadKnownRecords [--records 100000] [--pg URL]
 *
 * The reference of the same run is Node's own SQLite writing one row for each record, with a unique id and nothing read,
 * cleaned or compared: the least that anything which remembers records must do.
 * On a busy machine go by the CPU time: two threads share it, one cleans and one writes.
 * The target is 100,000 records in 30 s on two cores, with an event-loop delay p99 of at most 50 ms.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { buildSync } from 'esbuild';
import { loadKnownRecords, type GivenRow } from '../nodes/host/loadKnownRecords';
import type { Ledger } from '../nodes/ledger/ledger';
import { openPostgresLedger } from '../nodes/ledger/postgresLedger';
import { openSqliteLedger } from '../nodes/ledger/sqliteLedger';

const option = (name: string) => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? undefined : process.argv[at + 1]; };
const count = Number(option('records') ?? 100_000);
const root = process.cwd();
// where nodes/ledger/workerFile looks for it: beside this bundled file
buildSync({
	entryPoints: [join(root, 'nodes/ledger/sqliteWorker.ts')], outfile: join(__dirname, 'sqliteWorker.js'),
	bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning',
});

const firstNames = ['Mia', 'Jonas', 'Priya', 'Oliver', 'Sofía', 'Jean-Luc', 'Aoife', 'Mehmet', 'Zoë', 'Håkon', 'Chidi', 'Yuki', 'Anna', 'Tom', 'Grace', 'Lukas'];
const syllables = ['bran', 'mül', 'ler', 'son', 'berg', 'ra', 'mos', 'tan', 'ka', 'wood', 'field', 'sen', 'ova', 'stein', 'ward', 'li'];
const cities = ['London', 'Leeds', 'Berlin', 'Madrid', 'Lyon', 'Oslo', 'Dublin', 'Austin'];
const pick = (list: string[], number: number) => list[number % list.length];

/** Records as HubSpot's search gives them: every person another, 3 of each company, 1 in 50 opted out. */
function* contacts(): Iterable<GivenRow> {
	for (let index = 0; index < count; index++) {
		const last = [7, 113, 1_777].map((step) => pick(syllables, Math.floor(index / 16 + index * step))).join('');
		const company = `${pick(syllables, Math.floor(index / 48))}${pick(syllables, Math.floor(index / 3))}${Math.floor(index / 3)} Ltd`;
		yield { row: index + 1, json: { id: String(index + 1), properties: {
			firstname: pick(firstNames, index), lastname: last.charAt(0).toUpperCase() + last.slice(1), email: `${pick(firstNames, index).toLowerCase()}.${last}${index}@${company.split(' ')[0]}.example`,
			phone: `+44 20 7${String(1_000_000 + index).slice(-7)}`.slice(0, 16), company, city: pick(cities, index), zip: `SW${index % 20} ${index % 9}AA`, country: 'GB',
			lifecyclestage: index % 5 === 0 ? 'customer' : 'lead', hubspot_owner_id: String(70 + (index % 8)), ...(index % 50 === 0 ? { hs_email_optout: 'true' } : {}),
		} } };
	}
}

async function measure(name: string, work: () => Promise<unknown>): Promise<number> {
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	const started = performance.now();
	const before = process.cpuUsage();
	const result = await work();
	const { user, system } = process.cpuUsage(before);
	const seconds = (performance.now() - started) / 1000;
	delay.disable();
	const p99 = delay.percentile(99) / 1e6 - 5;
	process.stdout.write(`${name}: ${seconds.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of CPU time), event-loop delay p99 ${p99.toFixed(1)} ms, worst ${(delay.max / 1e6 - 5).toFixed(0)} ms${typeof result === 'string' ? `, ${result}` : ''}\n`);
	return seconds;
}

function reference(folder: string): number {
	const database = new DatabaseSync(join(folder, 'reference.sqlite'));
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE records (id TEXT PRIMARY KEY, record TEXT NOT NULL)');
	const insert = database.prepare('INSERT INTO records VALUES (?, ?)');
	const started = performance.now();
	database.exec('BEGIN');
	for (const { row, json } of contacts()) insert.run(String(row), JSON.stringify(json));
	database.exec('COMMIT');
	database.close();
	return (performance.now() - started) / 1000;
}

async function load(ledger: Ledger): Promise<string> {
	const { verdicts } = await loadKnownRecords({
		ledger, scope: { client: 'acme', test: false }, system: 'hubspot', mapping: {}, members: [], rows: contacts(), now: () => new Date(),
	});
	const counts = new Map<string, number>();
	for (const { verdict } of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
	return [...counts].map(([verdict, rows]) => `${rows} ${verdict}`).join(', ');
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-bench-'));
	process.stdout.write(`${count} records\n`);
	const least = reference(folder);
	process.stdout.write(`reference, one row each and nothing else: ${least.toFixed(2)} s\n`);
	const file = join(folder, 'ledger', 'ledger.sqlite');
	const ledger = await openSqliteLedger({ file });
	const first = await measure('SQLite, first load', () => load(ledger));
	const again = await measure('SQLite, the same again', () => load(ledger));
	await ledger.close();
	process.stdout.write(`the ledger's file: ${(statSync(file).size / 1e6).toFixed(0)} MB; first load ${(first / least).toFixed(1)} times the reference, the same again ${(again / least).toFixed(1)} times\n`);
	rmSync(folder, { recursive: true });
	const url = option('pg');
	if (url === undefined) return;
	const { hostname, port, pathname, username, password } = new URL(url);
	const postgres = await openPostgresLedger({
		host: hostname, port: Number(port || 5432), database: pathname.slice(1), user: decodeURIComponent(username), password: decodeURIComponent(password), schema: `bench_${Date.now()}`, tls: 'off',
	});
	await measure('PostgreSQL, first load', () => load(postgres));
	await measure('PostgreSQL, the same again', () => load(postgres));
	await postgres.close();
}

// the ledger's thread does not keep the process alive
const alive = setInterval(() => undefined, 60_000);
void main().finally(() => clearInterval(alive));
