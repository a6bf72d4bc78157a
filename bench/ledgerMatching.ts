/**
 * Matching against the ledger as it grows: one lead is looked for, decided and written, at 10,000, 100,000 and 1,000,000
 * known persons.
 *
 *   npm run bench -- ledgerMatching [--sizes 10000,100000,1000000] [--leads 300] [--postgres postgres://user@host:port/database]
 *
 * The persons are made up by a seed (bench/matching/leadSet.ts) and put into the tables directly; each timed lead was
 * captured before. Without --postgres the embedded SQLite ledger is measured, with it that server, in a schema of its own.
 * Beside it: what a bare commit of one row costs on the same disk, which no write can be quicker than.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readKnownRow } from '../nodes/lead/clean/knownRows';
import { keysOf, matchLead } from '../nodes/lead/clean/matchLeads';
import { thresholdsOf } from '../nodes/lead/clean/verdict';
import { usualWeights } from '../nodes/lead/clean/weights';
import type { Ledger } from '../nodes/ledger/ledger';
import { openSqliteLedger } from '../nodes/ledger/sqliteLedger';
import { fillPostgres, openPostgres } from './matching/postgresFill';
import { makeLeadSet } from './matching/leadSet';

const options = process.argv.slice(2);
const valueOf = (name: string, usual: string): string => (options.includes(name) ? options[options.indexOf(name) + 1] : usual);
const sizes = valueOf('--sizes', '10000,100000,1000000').split(',').map(Number);
const leadCount = Number(valueOf('--leads', '300'));
const postgres = options.includes('--postgres') ? new URL(valueOf('--postgres', '')) : undefined;

const client = 'bench';
const at = '2026-01-01T00:00:00.000Z';
const mapping = {};

/** Rows of the tables for one known person. */
export interface Filling {
	person: [client: string, test: number, id: string, fields: string, email: string | null, emailKey: string | null, searchText: string, ids: string, status: null, owner: null, enquiries: number, updatedAt: number];
	keys: [client: string, test: number, kind: string, value: string, personId: string, strength: string, written: number][];
}

function* fillings(size: number, seed: number, from: number): Generator<Filling> {
	for (const [index, row] of makeLeadSet(size, 0, seed).contacts.entries()) {
		const person = readKnownRow({ row, index, mapping, system: 'crm', at });
		if (!person) continue;
		const id = randomUUID();
		const { fields } = person;
		yield {
			person: [client, 0, id, JSON.stringify(fields), fields.email ?? null, fields.emailKey ?? null, (fields.fullName ?? '').toLowerCase(), '{}', null, null, 1, Date.parse(at)],
			keys: keysOf(fields).map(({ kind, value, strength }) => [client, 0, kind, value, id, strength, from + index + 1]),
		};
	}
}

function fillSqlite(file: string, added: number, known: number): void {
	const database = new DatabaseSync(file);
	database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN; CREATE TEMP TABLE staged (client, test, kind, value, person_id, strength, written)');
	const person = database.prepare('INSERT INTO persons (client, test, id, fields, email, email_key, search_text, external_ids, customer_status, owner_id, enquiries, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)');
	const key = database.prepare('INSERT INTO staged VALUES (?,?,?,?,?,?,?)');
	// a set of a million at once would not fit into memory
	for (let done = 0; done < added; done += 100_000) {
		for (const filling of fillings(Math.min(100_000, added - done), 100 + known + done, known + done)) {
			person.run(...filling.person);
			for (const values of filling.keys) key.run(...values);
		}
	}
	database.exec(`DROP INDEX match_keys_person;
		INSERT INTO match_keys SELECT client, test, kind, value, written, person_id, strength FROM staged ORDER BY client, test, kind, value, written, person_id; DROP TABLE staged;
		CREATE INDEX match_keys_person ON match_keys (client, test, person_id, written);
		INSERT INTO counters VALUES ('${client}', 0, 'match', ${known + added}) ON CONFLICT (client, test, name) DO UPDATE SET value = excluded.value;
		COMMIT; PRAGMA wal_checkpoint(TRUNCATE); ANALYZE`);
	database.close();
}

interface Times {
	whole: number[];
	write: number[];
	candidates: number;
	verdicts: Record<string, number>;
}

async function measure(ledger: Ledger, size: number): Promise<Times> {
	// the leads are made from the first of the known persons, so that most are known
	const { leads } = makeLeadSet(Math.min(size, 10_000), leadCount, 100);
	const scope = { client, test: false };
	const times: Times = { whole: [], write: [], candidates: 0, verdicts: {} };
	for (const [index, row] of leads.entries()) {
		const fields = readKnownRow({ row, index, mapping, system: 'form', at })?.fields ?? {};
		const submission = await ledger.capture({ ...scope, key: randomUUID(), detectResend: true, at, submissionId: randomUUID(), leadId: randomUUID(), personId: randomUUID(), formTool: 'bench', payload: row, record: { lead: fields } });
		const from = performance.now();
		const keys = keysOf(fields);
		const found = await ledger.findCandidates({ ...scope, keys, capPerKey: 50, exceptPersonId: submission.personId });
		const { match, leadId, personId, fields: merged, review } = matchLead({
			record: submission, fields, known: found.persons, cappedKeys: found.cappedKeys, weights: { known: usualWeights(found.asOf), listed: usualWeights(0) },
			thresholds: thresholdsOf.balanced, newOpportunityDays: 90, at, isRemembered: true,
		});
		const beforeWrite = performance.now();
		await ledger.recordMatch({
			...scope, submissionId: submission.submissionId, at, asOf: found.asOf, keys, match, leadId, personId, verdict: match.verdict, fields: merged, externalIds: {}, source: {},
			...(review.length > 0 ? { review } : {}),
		});
		const done = performance.now();
		times.whole.push(done - from);
		times.write.push(done - beforeWrite);
		times.candidates += found.persons.length;
		times.verdicts[match.verdict] = (times.verdicts[match.verdict] ?? 0) + 1;
	}
	return times;
}

/** One row written and committed, the floor of every write. */
function bareCommit(folder: string): number {
	const database = new DatabaseSync(join(folder, 'bare.sqlite'));
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE one (n INTEGER)');
	const times = Array.from({ length: 100 }, (_, n) => {
		const from = performance.now();
		database.exec(`BEGIN IMMEDIATE; INSERT INTO one VALUES (${n}); COMMIT`);
		return performance.now() - from;
	});
	database.close();
	return quantile(times, 0.95);
}

function quantile(values: number[], share: number): number {
	return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
}

async function run(): Promise<void> {
	buildSync({ entryPoints: ['nodes/ledger/sqliteWorker.ts'], outfile: join('.artifacts', 'bench', 'sqliteWorker.js'), bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning' });
	const folder = mkdtempSync(join(tmpdir(), 'ledger-matching-'));
	const file = join(folder, 'ledger.sqlite');
	const place = postgres ? openPostgres(postgres) : undefined;
	const rows: Record<string, string>[] = [];
	try {
		let known = 0;
		for (const size of sizes) {
			const open = async (): Promise<Ledger> => (place ? await place.open() : await openSqliteLedger({ file }));
			await (await open()).close();
			if (place) await fillPostgres(place, fillingsOf(size - known, known), client, size);
			else fillSqlite(file, size - known, known);
			known = size;
			const ledger = await open();
			await measure(ledger, size);
			const { whole, write, candidates, verdicts } = await measure(ledger, size);
			await ledger.close();
			rows.push({
				persons: size.toLocaleString('en'), 'p50 ms': quantile(whole, 0.5).toFixed(1), 'p95 ms': quantile(whole, 0.95).toFixed(1),
				'write p50 ms': quantile(write, 0.5).toFixed(2), 'write p95 ms': quantile(write, 0.95).toFixed(2), 'compared a lead': (candidates / leadCount).toFixed(0),
				verdicts: Object.entries(verdicts).map(([verdict, count]) => `${verdict} ${count}`).join(', '),
			});
			console.table(rows);
		}
		console.log(`a bare commit of one row: p95 ${bareCommit(folder).toFixed(2)} ms`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
		await place?.remove();
	}
}

function* fillingsOf(added: number, known: number): Generator<Filling> {
	for (let done = 0; done < added; done += 100_000) yield* fillings(Math.min(100_000, added - done), 100 + known + done, known + done);
}

// the ledger's thread does not keep the process alive
const alive = setInterval(() => undefined, 60_000);
run().finally(() => clearInterval(alive)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
	process.exitCode = 1;
});
