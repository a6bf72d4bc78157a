/**
 * How long n8n's event loop is held while a batch of leads goes through all nodes, and while a scorecard is made of them,
 * inside a real n8n. The reference is the same batch through n8n's own nodes alone (No Operation in place of ours).
 *
 *   npm run build && npm run bench -- eventLoop [--leads 10000] [--driver embedded|postgres]
 *
 * Starts the pinned n8n of the demo, and for `postgres` the private server of the tests.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Template, TemplateNode, Tools } from '../test/e2e/n8nUnderTest';
import type { startPostgres } from '../test/support/postgresServer';

const load = createRequire(join(process.cwd(), 'package.json'));
const tools = Object.assign({}, ...['n8nRuntime', 'installPackage', 'n8nServer', 'n8nApi', 'deliverLeads'].map((file) => load(`./scripts/demo/${file}.js`) as object)) as Tools;
const { values: given } = parseArgs({ options: { leads: { type: 'string', default: '10000' }, driver: { type: 'string' } } });
const leads = Number(given.leads);

interface Seen { p50: number; p99: number; max: number; count: number }

const chain = ['Normalize Lead', 'Match Known People', 'Apply Hard Rules', 'Read the Message', 'Finish Routing', 'Start Response Clock'];
const services = ['Managed IT', 'Cloud Migration', 'Security Review', ''];

function formOf(index: number): object {
	return {
		event_id: `bench-${index}`, form_id: 'contact', name: `Robin Case${index}`, email: `robin${index}@firm-${index % 3000}.example`, company: `Firm ${index % 3000}`,
		country: index % 2 === 0 ? 'United Kingdom' : 'Germany', employees: String(5 + (index % 900)), service: services[index % services.length],
		message: `We have ${5 + (index % 900)} people and need help with our mail and our laptops. Could you call us about a quote? Reference ${index}.`,
		utm_source: 'google', utm_medium: 'cpc', utm_campaign: `autumn-${index % 7}`, gclid: `click-${index}`,
	};
}

async function measure(driver: 'embedded' | 'postgres'): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'lead-handoff-loop-'));
	const server = driver === 'postgres' ? await (load('./test/support/postgresServer.js') as { startPostgres: typeof startPostgres }).startPostgres() : undefined;
	let arrived: (stage: string) => void = () => undefined;
	const forms = Array.from({ length: leads }, (_, index) => formOf(index));
	const web = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		response.setHeader('content-type', 'application/json').end(JSON.stringify(pathname === '/forms' ? forms : {}));
		if (pathname === '/done') arrived(searchParams.get('stage') ?? '');
	}).listen(0, '127.0.0.1');
	await once(web, 'listening');
	const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
	await tools.installPackage(folder);
	const file = join(folder, 'event-loop.json');
	const n8n = await tools.startN8n({
		start: await tools.ensureN8n(), userFolder: folder, port: await tools.freePort(),
		env: { NODE_OPTIONS: `--require ${join(process.cwd(), 'scripts', 'demo', 'eventLoopProbe.cjs')}`, EVENT_LOOP_FILE: file },
	});
	try {
		const api = new tools.N8nApi(n8n.url);
		await api.signIn();
		const credential = server && await api.request('POST', '/rest/credentials', {
			name: 'Ledger', type: 'leadHandoffPostgresApi',
			data: { host: '127.0.0.1', port: server.port, database: 'postgres', user: 'postgres', password: server.password, schema: 'lead_handoff', tls: 'off', ca: '', maxConnections: 5 },
		}) as { id: string; name: string };
		const template = JSON.parse(await readFile('templates/run-the-whole-handoff-on-sample-leads.json', 'utf8')) as Template;
		for (const node of template.nodes.filter(({ type }) => type.startsWith('n8n-nodes-lead-handoff.'))) {
			node.parameters.ledger = driver;
			if (credential) node.credentials = { leadHandoffPostgresApi: credential };
			if (typeof node.parameters.client === 'string') node.parameters.client = 'demo';
			delete node.onError;
		}
		await tools.prepareSamples(api, await api.importTemplate(template));
		const named = (name: string) => template.nodes.find((node) => node.name === name) as TemplateNode;
		const seen = async (): Promise<Seen> => {
			await rm(file, { force: true });
			process.kill(n8n.child.pid as number, 'SIGUSR2');
			while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
			return JSON.parse(await readFile(file, 'utf8')) as Seen;
		};
		const runs: [name: string, nodes: TemplateNode[]][] = [
			[`${leads} leads, n8n's own nodes alone`, [fetchForms(base), ...chain.map((_, index) => stock(`Pass ${index}`, 'noOp', {}))]],
			[`${leads} leads through all nodes`, [fetchForms(base), ...chain.map(named)]],
			[`scorecard of ${leads} leads`, [scorecard(driver, named('Set Up Demo Client').credentials)]],
		];
		for (const [index, [name, nodes]] of runs.entries()) {
			const path = `loop-${index}`;
			await api.publish(await api.importTemplate(lineOf(name, path, nodes, base)));
			const done = new Promise<void>((resolve) => { arrived = (stage) => { if (stage === path) resolve(); }; });
			await seen();
			const from = Date.now();
			await fetch(`${n8n.url}/webhook/${path}`);
			await done;
			const { p50, p99, max, count } = await seen();
			const seconds = (Date.now() - from) / 1000;
			process.stdout.write(`${driver.padEnd(9)}  ${name.padEnd(38)}  ${seconds.toFixed(1).padStart(6)} s   delay p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   longest ${max.toFixed(0)} ms   (${count} samples)\n`);
		}
	} finally {
		await n8n.stop('SIGKILL');
		web.closeAllConnections();
		web.close();
		await server?.end();
		await rm(folder, { recursive: true, force: true });
	}
}

function stock(name: string, type: string, parameters: Record<string, unknown>): TemplateNode {
	return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion: type === 'httpRequest' ? 4.2 : type === 'webhook' ? 2 : 1, position: [0, 0], parameters };
}

function fetchForms(base: string): TemplateNode {
	return stock('Fetch Forms', 'httpRequest', { url: `${base}/forms`, options: {} });
}

function scorecard(ledger: string, credentials: TemplateNode['credentials']): TemplateNode {
	return {
		id: 'Scorecard', name: 'Scorecard', type: 'n8n-nodes-lead-handoff.handoffLedger', typeVersion: 1, position: [0, 0],
		parameters: { resource: 'report', operation: 'scorecard', client: 'demo', testLeads: true, ledger }, ...(credentials && { credentials }),
	};
}

/** Webhook, the nodes in a line, and a last one that says that they are done. Nothing is saved of the run. */
function lineOf(name: string, path: string, nodes: TemplateNode[], base: string): Template {
	const webhook = { ...stock('Start', 'webhook', { path, responseMode: 'onReceived', options: {} }), webhookId: path };
	const done = { ...stock('Done', 'httpRequest', { url: `${base}/done?stage=${path}`, options: {} }), executeOnce: true };
	const line = [webhook, ...nodes, done];
	const connections = Object.fromEntries(line.slice(0, -1).map((node, index) => [node.name, { main: [[{ node: line[index + 1].name, type: 'main', index: 0 }]] }]));
	return { name, nodes: line, connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveExecutionProgress: false } };
}

const drivers = given.driver === undefined ? (['embedded', 'postgres'] as const) : [given.driver === 'postgres' ? 'postgres' as const : 'embedded' as const];
void (async () => { for (const driver of drivers) await measure(driver); })();
