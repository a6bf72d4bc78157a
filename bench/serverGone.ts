/**
 * What n8n sees of a PostgreSQL server that is gone for 30 seconds and comes back, with the driver's own patience: how
 * soon each call is told, what it is told, how soon work goes on, and whether anything acknowledged is lost.
 *
 *   npm run bench -- serverGone [--seconds 30]
 *
 * Starts the private server of the tests; five writers capture submissions all the time.
 */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { openPostgresLedger } from '../nodes/ledger/postgresLedger';
import type { startPostgres } from '../test/support/postgresServer';
import { delivery } from '../test/ledger/samples';

const load = createRequire(join(process.cwd(), 'package.json'));
const { values: given } = parseArgs({ options: { seconds: { type: 'string', default: '30' } } });
const gone = Number(given.seconds);
const pause = async (milliseconds: number) => await new Promise((resolve) => setTimeout(resolve, milliseconds));

async function measure(): Promise<void> {
	const server = await (load('./test/support/postgresServer.js') as { startPostgres: typeof startPostgres }).startPostgres();
	const at = { host: '127.0.0.1', port: server.port, database: 'postgres', user: 'postgres', password: server.password, schema: `gone_${randomUUID().slice(0, 8)}`, tls: 'off' as const };
	const ledger = await openPostgresLedger(at);
	const acknowledged: { id: string; at: number }[] = [];
	const told: { code: string; after: number }[] = [];
	let writing = true;
	const writers = Array.from({ length: 5 }, async () => {
		while (writing) {
			const from = Date.now();
			await ledger.capture(delivery()).then(
				({ submissionId }) => acknowledged.push({ id: submissionId, at: Date.now() }),
				({ code }: { code: string }) => told.push({ code, after: Date.now() - from }),
			);
		}
	});
	await pause(2000);
	await server.stop();
	const stopped = Date.now();
	await pause(gone * 1000);
	await server.start();
	const back = Date.now();
	await pause(3000);
	writing = false;
	await Promise.all(writers);
	const client = new Client({ ...at, ssl: false });
	await client.connect();
	const { rows } = await client.query<{ id: string }>(`SELECT id FROM "${at.schema}".submissions`);
	await client.end();
	await ledger.close();
	await server.end();
	const stored = new Set(rows.map(({ id }) => id));
	const next = acknowledged.find(({ at: moment }) => moment > back)?.at ?? NaN;
	const times = told.map(({ after }) => after / 1000).sort((a, b) => a - b);
	const codes = [...new Set(told.map(({ code }) => code))].join(', ') || 'nothing';
	process.stdout.write([
		`gone for ${((back - stopped) / 1000).toFixed(1)} s`,
		`${told.length} calls were told ${codes}, after ${times.at(0)?.toFixed(1) ?? '–'} to ${times.at(-1)?.toFixed(1) ?? '–'} s`,
		`work went on ${((next - back) / 1000).toFixed(2)} s after the server took connections again`,
		`${acknowledged.length} submissions acknowledged, ${acknowledged.filter(({ id }) => !stored.has(id)).length} of them lost; ${stored.size} stored`,
	].join('\n') + '\n');
}

void measure();
