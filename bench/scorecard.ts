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
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { scorecard } from '../nodes/lead/measure/scorecard';
import { splitNames } from '../nodes/lead/measure/tally';
import { client, ledgerRows, periodMs, periodStart } from './scorecard/ledgerRows';
import { table } from './support/options';
import { embedded, postgres, type Place } from './support/place';

const { values: given } = parseArgs({ options: { sizes: { type: 'string', default: '100000,1000000' }, driver: { type: 'string' } } });
const sizes = given.sizes.split(',').map(Number);
const scope = { client, test: false };
const period = { from: new Date(periodStart).toISOString(), to: new Date(periodStart + periodMs).toISOString() };

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
	if (given.driver !== 'postgres') await measure('SQLite', embedded());
	if (given.driver !== 'embedded') await measure('PostgreSQL', await postgres());
}

// the ledger's thread does not keep the process alive
const alive = setInterval(() => undefined, 60_000);
run().finally(() => clearInterval(alive)).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
	process.exitCode = 1;
});
