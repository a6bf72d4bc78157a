import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresOptions } from '../../nodes/ledger/postgresOptions';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { startPostgres, type PostgresServer } from '../support/postgresServer';
import { debianPostgres, startRedis, until, type RedisServer } from '../support/queueServices';
import { loadTools, preparedFolder, readTemplate, webhookPath, stranger, type Api, type RunningN8n, type Template, type Tools, type Workflow } from './n8nUnderTest';

const ours = 'n8n-nodes-lead-handoff.';

/** One main and two workers, each with a folder of its own as on three hosts; Redis and PostgreSQL on loopback. */
describe('n8n in queue mode', () => {
	let tools: Tools;
	let server: PostgresServer;
	let redis: RedisServer;
	let main: RunningN8n;
	const workers: RunningN8n[] = [];
	const folders: string[] = [];
	let api: Api;
	let ledger: PostgresOptions;
	let credential: { id: string; name: string };
	let template: Template;
	let workflow: Workflow;

	beforeAll(async () => {
		tools = await loadTools();
		const start = await tools.ensureN8n();
		server = await startPostgres(debianPostgres());
		ledger = { ...postgresAddress(), host: '127.0.0.1', port: server.port, user: 'postgres', password: server.password, database: 'postgres', schema: 'lead_handoff' };
		await asAdministrator(ledger, 'CREATE DATABASE n8n');
		redis = await startRedis(await tools.freePort());
		folders.push(await preparedFolder(tools), ...await Promise.all([1, 2].map(async () => await mkdtemp(join(tmpdir(), 'lead-handoff-worker-')))));
		for (const folder of folders.slice(1)) await cp(join(folders[0], '.n8n'), join(folder, '.n8n'), { recursive: true });
		const env = {
			EXECUTIONS_MODE: 'queue', QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: '127.0.0.1', DB_POSTGRESDB_PORT: String(server.port), DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'postgres', DB_POSTGRESDB_PASSWORD: server.password, N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		};
		main = await tools.startN8n({ start, userFolder: folders[0], port: await tools.freePort(), env });
		for (const folder of folders.slice(1)) workers.push(await tools.startWorker({ start, userFolder: folder, port: await tools.freePort(), env }));
		api = new tools.N8nApi(main.url);
		await api.signIn();
		const data = { host: '127.0.0.1', port: server.port, database: 'postgres', user: 'postgres', password: server.password, schema: 'lead_handoff', tls: 'off', ca: '', maxConnections: 5 };
		credential = await api.request('POST', '/rest/credentials', { name: 'Ledger', type: 'leadHandoffPostgresApi', data });
		template = await readTemplate();
	}, 900_000);

	afterAll(async () => {
		await Promise.all([main, ...workers].map(async (n8n) => await n8n?.stop('SIGKILL')));
		await redis?.end();
		await server?.end();
		for (const folder of folders) await rm(folder, { recursive: true, force: true });
	}, 60_000);

	it('tests the credential with its button, and says what is wrong with a wrong one', async () => {
		const press = async (change: object): Promise<{ status: string; message: string }> => await api.request('POST', '/rest/credentials/test', {
			credentials: { id: credential.id, name: 'Ledger', type: 'leadHandoffPostgresApi', data: { ...ledger, ca: '', maxConnections: 5, ...change } },
		});
		expect(await press({})).toMatchObject({ status: 'OK', message: expect.stringContaining('Connected to 127.0.0.1') as string });
		expect(await press({ password: 'wrong' })).toMatchObject({ status: 'Error', message: expect.stringContaining('refused the sign-in') as string });
	}, 60_000);

	it('refuses the embedded ledger on main and on the workers, and says what to choose', async () => {
		const words = /The embedded ledger does not work in n8n's queue mode/;
		const embedded = await api.importTemplate({ ...template, name: 'Embedded' });
		const byHand = await api.runByHand(embedded, { trigger: 'Run With Sample Leads' });
		expect(tools.failureOf(byHand)).toMatch(words);
		expect(tools.failureOf(byHand)).toMatch(/Set "Ledger" to PostgreSQL.*LEAD_HANDOFF_SHARED_DISK=true/);
		await api.publish(embedded);
		const answer = await post(webhookPath(template), { email: 'mia@firm.example' });
		expect(answer.status).toBe(503);
		const { results } = await api.request('GET', `/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: embedded.id, mode: 'webhook' }))}&limit=1`) as { results: { id: string }[] };
		expect(tools.failureOf(await api.waitForExecution(results[0].id))).toMatch(words);
		await api.request('POST', `/rest/workflows/${embedded.id}/deactivate`);
		await api.request('POST', `/rest/workflows/${embedded.id}/archive`);
	}, 120_000);

	it('hands every sample lead off with the PostgreSQL ledger, as a single n8n does with the embedded one', async () => {
		workflow = await api.importTemplate(withPostgres(template));
		await api.publish(workflow);
		const forms = await tools.prepareSamples(api, workflow);
		const rows = await tools.deliver(api, `${main.url}/webhook/${webhookPath(template)}`, workflow, forms, { oneByOne: true });
		expect(rows).toHaveLength(14);
		expect(tools.checkRows(rows)).toEqual([]);
		expect(new Set(rows.map(({ leadId }) => leadId)).size).toBe(12);
	}, 240_000);

	it('handles each of 20 forms once that come in twice and all at the same time', async () => {
		const form = (index: number) => ({
			event_id: `burst-${index}`, form_id: 'contact', ...stranger(index), country: 'United Kingdom',
			employees: '20', service: 'Managed IT', message: 'Please send us a quote for managed IT support.',
		});
		const answers = await Promise.all(Array.from({ length: 40 }, async (_, index) => await post(webhookPath(template), form(index % 20))));
		expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
		const theirs = `FROM leads JOIN persons ON persons.id = leads.person_id WHERE persons.email LIKE '%-works.example'`;
		const counted = `SELECT COUNT(*)::INT AS leads, COUNT(DISTINCT owner_id)::INT AS owners, MIN(touches) AS least, MAX(touches) AS most, MIN(state) AS state,
			(SELECT COUNT(*)::INT FROM clocks WHERE lead_id IN (SELECT leads.id ${theirs})) AS clocks FROM (SELECT leads.* ${theirs}) AS found`;
		const settled = await until(async () => (await asAdministrator(ledger, counted))[0], ({ state, clocks }) => state === 3 && clocks === 20);
		expect(settled).toEqual({ leads: 20, owners: 2, least: 1, most: 1, state: 3, clocks: 20 });
		expect(await asAdministrator(ledger, `SELECT MIN(deliveries) AS least, MAX(deliveries) AS most FROM submissions WHERE lead_id IN (SELECT leads.id ${theirs})`)).toEqual([{ least: 2, most: 2 }]);
		// fair turns over both workers: Amelia has twice Tom's weight, so 13 or 14 of any 20 turns are hers
		const [turns] = await asAdministrator(ledger, `SELECT COUNT(*)::INT AS turns ${theirs} AND leads.owner_id = 'amelia'`);
		expect([13, 14]).toContain(turns.turns);
	}, 180_000);

	it('shared the work among both workers, and left no file behind', async () => {
		const pids = (await asAdministrator(ledger, 'SELECT pid FROM instances')).map(({ pid }) => pid);
		expect(pids).toEqual(expect.arrayContaining(workers.map(({ child }) => child.pid)));
		for (const folder of folders) expect(existsSync(join(folder, '.n8n', 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'))).toBe(false);
	});

	async function post(path: string, body: object): Promise<Response> {
		return await fetch(`${main.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	}

	function withPostgres(from: Template): Template {
		const copy = structuredClone(from);
		for (const node of copy.nodes.filter(({ type }) => type.startsWith(ours))) {
			node.parameters.ledger = 'postgres';
			node.credentials = { ...node.credentials, leadHandoffPostgresApi: { id: credential.id, name: credential.name } };
		}
		return copy;
	}
});
