/**
 * A real n8n for measurements and faults: one process with its own database, or main and workers with Redis and PostgreSQL,
 * all on loopback, with the packed package installed. The benchmarks and the fault runs share it.
 */
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Api, RunningN8n, Template, Tools } from '../../test/e2e/n8nUnderTest';
import { faultyNetwork, type FaultyNetwork } from '../../test/support/faultyNetwork';
import type { PostgresServer, startPostgres } from '../../test/support/postgresServer';
import { debianPostgres, startRedis, type RedisServer } from '../../test/support/queueServices';

const load = createRequire(join(process.cwd(), 'package.json'));
export const tools = Object.assign({}, ...['n8nRuntime', 'installPackage', 'n8nServer', 'n8nApi', 'deliverLeads'].map((file) => load(`./scripts/demo/${file}.js`) as object)) as Tools;

export interface RigOptions {
	/** Workers of queue mode; none: one n8n process with SQLite and the embedded ledger. */
	workers?: number;
	/** Jobs that a worker takes at a time. */
	workerConcurrency?: number;
	/** PostgreSQL for the ledger although there are no workers. */
	postgres?: boolean;
	env?: Record<string, string>;
	settings?: Record<string, string | number>;
}

export interface Rig {
	url: string;
	api: Api;
	folder: string;
	main: RunningN8n;
	workers: RunningN8n[];
	postgres?: PostgresServer;
	/** The way of the ledger's connections, n8n's own go straight. */
	network?: FaultyNetwork;
	redis?: RedisServer;
	/** For the Ledger setting of each node of this package. */
	ledger: 'embedded' | 'postgres';
	/** Imports and publishes a workflow. */
	publish(template: Template): Promise<{ id: string }>;
	restartMain(): Promise<void>;
	restartWorker(index: number): Promise<void>;
	stop(): Promise<void>;
}

export async function startRig({ workers: workerCount = 0, workerConcurrency = 5, postgres: wantsPostgres = workerCount > 0, env: given = {}, settings = {} }: RigOptions = {}): Promise<Rig> {
	const start = await tools.ensureN8n();
	const folders = await Promise.all(Array.from({ length: workerCount + 1 }, async () => await mkdtemp(join(tmpdir(), 'lead-handoff-rig-'))));
	await tools.installPackage(folders[0]);
	for (const folder of folders.slice(1)) await cp(join(folders[0], '.n8n'), join(folder, '.n8n'), { recursive: true });
	const { startPostgres: begin } = load('./test/support/postgresServer.js') as { startPostgres: typeof startPostgres };
	const postgres = wantsPostgres ? await begin({ ...debianPostgres(), settings: { max_connections: 300, ...settings } }) : undefined;
	const network = postgres && await faultyNetwork(postgres.port);
	const queue = workerCount > 0;
	const redis = queue ? await startRedis(await tools.freePort(), { lasting: true }) : undefined;
	if (queue && postgres) await administer(postgres, 'CREATE DATABASE n8n');
	const env: Record<string, string> = {
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'), N8N_LOG_LEVEL: 'warn',
		...(queue && redis && postgres && {
			EXECUTIONS_MODE: 'queue', QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: '127.0.0.1', DB_POSTGRESDB_PORT: String(postgres.port), DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'postgres', DB_POSTGRESDB_PASSWORD: postgres.password,
		}),
		...given,
	};
	const mainPort = await tools.freePort();
	const workerPorts = await Promise.all(folders.slice(1).map(async () => await tools.freePort()));
	const startMain = async () => await tools.startN8n({ start, userFolder: folders[0], port: mainPort, env });
	const startWorker = async (index: number) => await tools.startWorker({ start, userFolder: folders[index + 1], port: workerPorts[index], env: { ...env, N8N_CONCURRENCY_PRODUCTION_LIMIT: String(workerConcurrency) } });
	const main = await startMain();
	const api = new tools.N8nApi(main.url);
	await api.signIn();
	const workers = await Promise.all(workerPorts.map(async (_, index) => await startWorker(index)));
	const credential = postgres && network && await api.request('POST', '/rest/credentials', {
		name: 'Ledger', type: 'leadHandoffPostgresApi',
		data: { host: '127.0.0.1', port: network.port, database: 'postgres', user: 'postgres', password: postgres.password, schema: 'lead_handoff', tls: 'off', ca: '', maxConnections: 5 },
	}) as { id: string; name: string };
	const ledger = postgres ? 'postgres' : 'embedded';
	/** What starts or ends a process now. */
	const atWork = new Set<Promise<void>>();
	const onPurpose = async (work: () => Promise<void>) => {
		const doing = work();
		atWork.add(doing);
		await doing.finally(() => atWork.delete(doing));
	};
	const launch = {
		main: async () => {
			rig.main = await startMain();
			rig.api = new tools.N8nApi(rig.url);
			await rig.api.signIn();
		},
		worker: async (index: number) => { rig.workers[index] = await startWorker(index); },
	};
	// n8n ends itself when Redis is away for ten seconds; a container manager starts it again, so this does
	const keeper = queue ? setInterval(() => {
		if (atWork.size > 0) return;
		const gone = rig.workers.findIndex(hasEnded);
		const again = hasEnded(rig.main) ? launch.main : gone >= 0 ? async () => await launch.worker(gone) : undefined;
		// one that fails, because Redis is still away, is tried again
		if (again) void onPurpose(again).catch(() => undefined);
	}, 1_000) : undefined;
	const rig: Rig = {
		url: main.url, api, folder: folders[0], main, workers, postgres, network, redis, ledger,
		publish: async (template) => {
			const copy = structuredClone(template);
			for (const node of copy.nodes.filter(({ type }) => type.startsWith('n8n-nodes-lead-handoff.'))) {
				node.parameters.ledger = ledger;
				if (credential) node.credentials = { ...node.credentials, leadHandoffPostgresApi: credential };
			}
			const workflow = await rig.api.importTemplate(copy);
			if (copy.nodes.some(({ type }) => type === 'n8n-nodes-base.webhook')) await rig.api.publish(workflow);
			return workflow;
		},
		restartMain: async () => await onPurpose(async () => {
			await rig.main.stop('SIGKILL');
			await launch.main();
		}),
		restartWorker: async (index) => await onPurpose(async () => {
			await rig.workers[index].stop('SIGKILL');
			await launch.worker(index);
		}),
		stop: async () => {
			clearInterval(keeper);
			await Promise.allSettled(atWork);
			await Promise.all([rig.main, ...rig.workers].map(async (n8n) => await n8n.stop('SIGKILL')));
			network?.close();
			await redis?.end();
			await postgres?.end();
			for (const folder of folders) await rm(folder, { recursive: true, force: true });
		},
	};
	return rig;
}

function hasEnded({ child }: RunningN8n): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

/** Runs one statement on the rig's PostgreSQL as its administrator; the rows; tables of the ledger need no schema. */
export async function administer(postgres: PostgresServer, sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
	const { Client } = load('pg') as typeof import('pg');
	const client = new Client({ host: '127.0.0.1', port: postgres.port, user: 'postgres', password: postgres.password, database, options: '-c search_path=lead_handoff,public' });
	await client.connect();
	try {
		return (await client.query<Record<string, unknown>>(sql)).rows;
	} finally {
		await client.end();
	}
}
