/**
 * SLA Watch, operation Check, over a ledger with many open clocks, of which few are due: seconds and processor time of one
 * sweep, of one with nothing due, and of twenty sweeps at once over a thousand due alerts, which together give each once.
 * The reference is the one query that any sweep must make: the due clocks, read and nothing done with them.
 *
 *   npm run bench -- sweep [--clocks 100000] [--driver embedded|postgres]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Run } from '../nodes/host/openRun';
import { checkClocks } from '../nodes/SlaWatch/checkClocks';
import type { CheckSettings } from '../nodes/SlaWatch/settings';
import type { Ledger } from '../nodes/ledger/ledger';
import type { Cell, TableRows } from './scorecard/ledgerRows';
import { table } from './support/options';
import { embedded, postgres, type Place } from './support/place';

const { values: given } = parseArgs({ options: { clocks: { type: 'string', default: '100000' }, driver: { type: 'string' } } });
const clocks = Number(given.clocks);
const now = Date.parse('2026-11-23T10:00:00.000Z');
const minute = 60_000;

const terms = JSON.stringify({
	calendar: {
		name: 'Office', timeZone: 'Europe/London', alwaysOpen: false, holidays: ['2026-12-25'], publicHolidays: ['GB-ENG'], breaks: [], overrides: [],
		hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['09:00-17:30']])),
	},
	escalation: [{ name: 'Remind', when: 'atRisk', afterMinutes: 0, notify: 'owner' }, { name: 'Late', when: 'breached', afterMinutes: 0, notify: 'manager' }],
	people: { owner: { id: 'mia', name: 'Mia Example', email: 'mia@example.com', slackId: null } },
	because: ['policy Standard: the one for all leads', 'open Mon–Fri 09:00–17:30 Europe/London: 15 min from Mon 23 Nov 09:48'],
});

/** Open clocks of as many leads; the first ones are at risk now, the rest later. */
function rowsOf(first: number, count: number, due: (number: number) => boolean): TableRows[] {
	const scope: Cell[] = ['bench', 0];
	const tables: TableRows[] = [
		{ table: 'persons', columns: ['client', 'test', 'id', 'fields', 'search_text', 'external_ids', 'enquiries', 'updated_at'], rows: [] },
		{ table: 'leads', columns: ['client', 'test', 'id', 'person_id', 'status', 'provisional', 'opened_at', 'last_touch_at', 'touches', 'state', 'owner_id'], rows: [] },
		{ table: 'clocks', columns: ['client', 'test', 'id', 'lead_id', 'name', 'policy', 'started_at', 'started_from', 'warn_at', 'due_at', 'terms', 'status', 'next_check_at', 'owner_id', 'lead_text', 'pauses'], rows: [] },
	];
	for (let number = first; number < first + count; number++) {
		const start = due(number) ? now - 11 * minute : now + (number % 600) * minute;
		const id = `lead-${number}`;
		tables[0].rows.push([...scope, `p-${number}`, '{}', '', '{}', 1, start]);
		tables[1].rows.push([...scope, id, `p-${number}`, 'open', 0, start, start, 1, 3, 'mia']);
		tables[2].rows.push([...scope, `clock-${number}`, id, 'First Response', 'Standard', start, 'receivedAt', start + 10 * minute, start + 15 * minute, terms, 'running', start + 10 * minute, 'mia', `Lead ${number}`, '[]']);
	}
	return tables;
}

function check(ledger: Ledger, most: number): Promise<unknown[]> {
	const run: Run = {
		ledger, client: () => Promise.resolve(undefined), clientOf: () => Promise.resolve({ unnamed: false }), decidesAfresh: () => false, tellVersions: () => Promise.resolve(),
		now: () => new Date(now), newId: randomUUID, timeZone: 'Europe/London', manual: false,
	};
	const settings: CheckSettings = { operation: 'check', testLeads: false, clocksPerCheck: most, alertsPerCheck: most, leaseSeconds: 300, byStatus: false };
	return checkClocks({ addExecutionHints: () => undefined } as unknown as IExecuteFunctions, run, settings).then(([left]) => left);
}

async function measure(name: string, place: Place): Promise<void> {
	const lines: string[][] = [];
	const timed = async (what: string, work: () => Promise<number>, expected: number) => {
		const [from, before] = [performance.now(), process.cpuUsage()];
		const count = await work();
		const used = process.cpuUsage(before);
		if (count !== expected) throw new Error(`${what}: ${count} instead of ${expected}`);
		lines.push([name, what, String(count), `${((performance.now() - from) / 1000).toFixed(3)} s`, `${((used.user + used.system) / 1e6).toFixed(3)} s`]);
	};
	try {
		await (await place.open()).close();
		for (let start = 0; start < clocks; start += 5_000) await place.put(rowsOf(start, Math.min(5_000, clocks - start), (number) => number < 100));
		await place.execute('ANALYZE');
		const ledger = await place.open();
		await timed('due clocks read, nothing done', async () => (await ledger.listDueClocks({ test: false, now: new Date(now).toISOString(), limit: 500 })).length, 100);
		await timed(`one sweep, 100 of ${clocks.toLocaleString('en')} clocks due`, async () => (await check(ledger, 500)).length, 100);
		await timed('a sweep with nothing to send', async () => (await check(ledger, 500)).length, 0);
		await place.put(rowsOf(clocks, 1_000, () => true));
		await timed('20 sweeps at once over 1,000 due alerts', async () => (await Promise.all(Array.from({ length: 20 }, () => check(ledger, 1_100)))).flat().length, 1_000);
		await ledger.close();
	} finally {
		await place.remove();
	}
	table(['driver', 'what', 'found', 'time', 'processor'], lines);
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
