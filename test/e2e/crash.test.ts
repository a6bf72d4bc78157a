import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadTools, usedFolder, readTemplate, webhookPath, stranger, type Api, type RunningN8n, type Template, type Tools, type Workflow } from './n8nUnderTest';

/** After each of these a lead is on its way to the next node when n8n is killed. */
const killAfter = ['Normalize Lead', 'Acknowledge Form', 'Match Known People', 'Apply Hard Rules', 'Read the Message', 'Finish Routing', 'Start Response Clock'];

describe('n8n killed with a lead on the way, and the form delivered again', () => {
	let tools: Tools;
	let template: Template;
	let folder: string;
	let start: string;
	let port: number;
	let n8n: RunningN8n;
	let api: Api;
	let hanging: Server;
	let reached: (url: string) => void;
	let workflow: Workflow;

	beforeAll(async () => {
		tools = await loadTools();
		start = await tools.ensureN8n();
		folder = await usedFolder(tools);
		port = await tools.freePort();
		template = await readTemplate();
		// never answers: the run stands still just after the node under test
		hanging = createServer(({ url }) => reached(String(url))).listen(0, '127.0.0.1');
		await startAgain();
		workflow = await api.importTemplate(template);
		await api.publish(workflow);
		await tools.prepareSamples(api, workflow);
		for (const [index, name] of killAfter.entries()) {
			await api.publish(await api.importTemplate(stopsAfter(template, name, index, (hanging.address() as AddressInfo).port)));
		}
		// each lead stands still at its own place before n8n is killed
		const standing = new Set<string>();
		const allStand = new Promise<void>((resolve) => {
			reached = (url) => { if (standing.add(url).size === killAfter.length) resolve(); };
		});
		for (const index of killAfter.keys()) void post(`crash-${index}`, formOf(index)).catch(() => undefined);
		await allStand;
		await n8n.stop('SIGKILL');
		await startAgain();
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop('SIGKILL');
		hanging?.closeAllConnections();
		hanging?.close();
	});

	async function startAgain(): Promise<void> {
		n8n = await tools.startN8n({ start, userFolder: folder, port });
		api = new tools.N8nApi(n8n.url);
		await api.signIn();
	}

	function post(path: string, body: object): Promise<Response> {
		return fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	}

	it.each(killAfter.map((name, index) => ({ name, index })))('ends in one finished lead after $name', async ({ index }) => {
		const body = formOf(index);
		const answer = await until(() => post(webhookPath(template), body), ({ status }) => status === 200);
		const { leadId } = (await answer.json()) as { leadId: string };
		const leads = await until(() => listed(body.email), (found) => found.some((lead) => lead.state === 'activated'));
		expect(leads).toEqual([expect.objectContaining({ leadId, touches: 1, state: 'activated', queue: 'Managed IT', owner: expect.objectContaining({ id: expect.stringMatching(/amelia|tom/) }) })]);

		// once finished, a third delivery has nothing to do
		await post(webhookPath(template), body);
		expect(await listed(body.email)).toHaveLength(1);
	}, 180_000);

	interface Listed { leadId: string; state: string; touches: number }
	let lister: Workflow | undefined;

	async function listed(email: string): Promise<Listed[]> {
		lister = await api.importTemplate({
			name: 'List leads', settings: { executionOrder: 'v1' },
			nodes: [
				{ id: 'm', name: 'Run', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
				{ id: 'l', name: 'List', type: 'n8n-nodes-lead-handoff.handoffLedger', typeVersion: 1, position: [200, 0], parameters: listLeads(email) },
			],
			connections: { Run: { main: [[{ node: 'List', type: 'main', index: 0 }]] } },
		});
		const execution = await api.runByHand(lister, { trigger: 'Run' });
		expect(tools.failureOf(execution)).toBeUndefined();
		return tools.outputsOf(execution).List.map(({ json }) => json as unknown as Listed).filter((lead) => lead.leadId);
	}
});

function formOf(index: number) {
	return {
		event_id: `crash-${index}`, form_id: 'contact', ...stranger(index), country: 'United Kingdom',
		employees: '20', service: 'Managed IT', message: 'Please send us a quote for managed IT support.',
	};
}

function listLeads(email: string): Record<string, unknown> {
	return { resource: 'lead', operation: 'listLeads', client: 'demo', search: email, testLeads: true };
}

/** The template with a request that never answers between a node and what follows it. */
function stopsAfter(template: Template, name: string, index: number, port: number): Template {
	const copy = structuredClone(template);
	const stop = `Stop ${index}`;
	copy.name = `Stops after ${name}`;
	copy.nodes.push({
		id: `stop-${index}`, name: stop, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, position: [0, 600], parameters: { url: `http://127.0.0.1:${port}/${index}`, options: {} },
	});
	for (const node of copy.nodes) {
		if (node.type !== 'n8n-nodes-base.webhook') continue;
		node.webhookId = `crash-${index}`;
		node.parameters.path = `crash-${index}`;
	}
	const [next, ...others] = copy.connections[name].main;
	copy.connections[stop] = { main: [next] };
	copy.connections[name].main = [[{ node: stop, type: 'main', index: 0 }], ...others];
	return copy;
}

async function until<T>(attempt: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const value = await attempt().catch(() => undefined);
		if (value !== undefined && isDone(value)) return value;
		if (Date.now() > deadline) throw new Error(`Not done in time: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}
