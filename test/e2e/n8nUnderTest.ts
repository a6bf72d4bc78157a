import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** Shapes of the demo's own scripts, which are plain modules. */
export interface RunningN8n {
	url: string;
	log: string;
	child: { pid?: number; exitCode: number | null; signalCode: NodeJS.Signals | null };
	stop(signal?: NodeJS.Signals): Promise<void>;
}
export interface Workflow {
	id: string;
	versionId: string;
	name: string;
	nodes: TemplateNode[];
	connections: Connections;
}
export interface TemplateNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	webhookId?: string;
	onError?: string;
	disabled?: boolean;
	retryOnFail?: boolean;
	waitBetweenTries?: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}
export type Connections = Record<string, Record<string, { node: string; type: string; index: number }[][]>>;
export interface Template {
	name: string;
	nodes: TemplateNode[];
	connections: Connections;
	settings: object;
}
export interface Api {
	request(method: string, path: string, body?: unknown): Promise<never>;
	signIn(): Promise<void>;
	importTemplate(template: Template): Promise<Workflow>;
	publish(workflow: Workflow): Promise<void>;
	runByHand(workflow: Workflow, choice: { trigger: string; until?: string }): Promise<Execution>;
	waitForExecution(id: string): Promise<Execution>;
}
export interface Execution {
	id: string;
	status: string;
	data: string;
}
export type Outputs = Record<string, { json: Record<string, never> }[]>;

export const project = join(__dirname, '..', '..');
const scripts = join(project, 'scripts', 'demo');

export interface Tools {
	ensureN8n(): Promise<string>;
	installPackage(userFolder: string): Promise<{ bytes: number }>;
	startN8n(options: { start: string; userFolder: string; port: number; env?: Record<string, string> }): Promise<RunningN8n>;
	startWorker(options: { start: string; userFolder: string; port: number; env?: Record<string, string> }): Promise<RunningN8n>;
	freePort(): Promise<number>;
	openBrowser(viewport: { width: number; height: number }): Promise<{ browser: Browser; page: Page }>;
	signInToEditor(page: Page, url: string): Promise<void>;
	openCanvas(page: Page, url: string, workflow: Workflow): Promise<void>;
	openWorkflow(page: Page, workflow: Workflow): Promise<void>;
	demoOwner: { email: string; password: string };
	N8nApi: new (url: string) => Api;
	outputsOf(execution: Execution): Outputs;
	failureOf(execution: Execution): string | undefined;
	prepareSamples(api: Api, workflow: Workflow): Promise<SampleForm[]>;
	deliver(api: Api, url: string, workflow: Workflow, forms: SampleForm[], pace?: { oneByOne?: boolean }): Promise<DeliveredRow[]>;
	checkRows(rows: DeliveredRow[]): string[];
}
export interface SampleForm { story: string; headers: Record<string, string>; body: Record<string, unknown> }
export interface DeliveredRow { story: string; leadId: string; verdict: string; owner?: string }

/** The demo's own scripts, which are plain JavaScript. */
export async function loadTools(): Promise<Tools> {
	const files = ['n8nRuntime', 'installPackage', 'n8nServer', 'n8nApi', 'deliverLeads', 'checkRows', 'editor'];
	return Object.assign({}, ...await Promise.all(files.map((file) => import(join(scripts, file)) as Promise<object>))) as Tools;
}

export async function readTemplate(name = 'run-the-whole-handoff-on-sample-leads'): Promise<Template> {
	return JSON.parse(await readFile(join(project, 'templates', `${name}.json`), 'utf8')) as Template;
}

/** A copy of a folder that is made once in this process, by the first of its test files. */
async function copyOf(name: string, make: (folder: string) => Promise<void>): Promise<string> {
	// a process number comes again, and then another package may lie there
	const made = join(tmpdir(), `lead-handoff-e2e-${name}-${process.pid}-${Math.round(performance.timeOrigin)}`);
	if (!existsSync(made)) {
		await mkdir(`${made}.new`);
		await make(`${made}.new`);
		await rename(`${made}.new`, made);
	}
	const folder = await mkdtemp(join(tmpdir(), 'lead-handoff-e2e-'));
	await cp(made, folder, { recursive: true });
	return folder;
}

/** An n8n user folder of its own, with the packed package installed. */
export async function preparedFolder(tools: Tools): Promise<string> {
	return await copyOf('installed', async (folder) => { await tools.installPackage(folder); });
}

/** One in which n8n has made its tables and its owner, which takes it longer than all the rest of a start. */
export async function usedFolder(tools: Tools): Promise<string> {
	return await copyOf('used', async (folder) => {
		await cp(await preparedFolder(tools), folder, { recursive: true });
		const n8n = await tools.startN8n({ start: await tools.ensureN8n(), userFolder: folder, port: await tools.freePort() });
		await new tools.N8nApi(n8n.url).signIn();
		await n8n.stop();
	});
}

/** A running n8n with the packed package in it, and its API signed in. */
export interface StartedN8n {
	tools: Tools;
	n8n: RunningN8n;
	api: Api;
}

/** Starts the pinned n8n in a user folder of its own; `E2E_PORT` sets its port, to look at it by hand. */
export async function startWithPackage(env: Record<string, string> = {}): Promise<StartedN8n> {
	const tools = await loadTools();
	const n8n = await tools.startN8n({ start: await tools.ensureN8n(), userFolder: await usedFolder(tools), port: Number(process.env.E2E_PORT ?? await tools.freePort()), env });
	const api = new tools.N8nApi(n8n.url);
	await api.signIn();
	return { tools, n8n, api };
}

/** The trigger that a test presses. */
export const byHand: Step = { name: 'Run', type: 'n8n-nodes-base.manualTrigger' };

let questions = 0;

/** What the Handoff Ledger answers to one operation; each question is a workflow of its own, so that two at once don't replace each other. */
export async function askLedger({ tools, api }: Pick<StartedN8n, 'tools' | 'api'>, parameters: Record<string, unknown>): Promise<Record<string, unknown>[]> {
	const run = await api.runByHand(await api.importTemplate(inARow(`Ask the ledger ${++questions}`, byHand, { name: 'Ledger', type: ours('handoffLedger'), parameters })), { trigger: 'Run' });
	const failure = tools.failureOf(run);
	if (failure !== undefined) throw new Error(failure);
	return tools.outputsOf(run).Ledger.map(({ json }) => json);
}

/** Saves the settings of a client, as the operator does before anything else. */
export async function setUpClient(started: Pick<StartedN8n, 'tools' | 'api'>, client: string, settings: object): Promise<void> {
	await askLedger(started, { resource: 'client', operation: 'saveSettings', client, settings: JSON.stringify(settings) });
}

/** A lead's way from a webhook of the client's name to its running clock. */
export function intakeOf(client: string): Template {
	return inARow(`Intake ${client}`,
		{ name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: client, parameters: { httpMethod: 'POST', path: client, responseMode: 'lastNode' } },
		{ name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client } }, { name: 'Match Known People', type: ours('dedupeMatch') },
		{ name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } }, { name: 'Start Clock', type: ours('slaWatch'), parameters: { operation: 'start' } });
}

export function webhookPath(template: Template): string {
	const webhook = template.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
	return String(webhook?.parameters.path);
}

const firstNames = ['Ada', 'Boris', 'Chloe', 'Dmitri', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Karin', 'Liam', 'Mona', 'Nils', 'Olga', 'Pavel', 'Quinn', 'Rosa', 'Sven', 'Tara'];
const lastNames = ['Abbott', 'Brandt', 'Castillo', 'Dvorak', 'Eriksen', 'Fontaine', 'Gruber', 'Hadley', 'Ivanova', 'Jansen', 'Kowalski', 'Lindqvist', 'Moreau', 'Nakamura', 'Okonkwo', 'Petrov', 'Quigley', 'Rossi', 'Schuster', 'Thornton'];

/** One of 20 invented people who share nothing, so that no two of them are ever taken for one. */
export function stranger(index: number): { name: string; email: string } {
	const [first, last] = [firstNames[index % 20], lastNames[index % 20]];
	return { name: `${first} ${last}`, email: `${first}.${last}@${last}-works.example`.toLowerCase() };
}

/** Type of one of this package's nodes. */
export const ours = (name: string) => `n8n-nodes-lead-handoff.${name}`;

/** A node as a test writes it. */
export interface Step {
	name: string;
	type: string;
	parameters?: Record<string, unknown>;
	typeVersion?: number;
	webhookId?: string;
}

/** A canvas of nodes in a row, each wired to the next. */
export function inARow(name: string, ...steps: Step[]): Template {
	const nodes = steps.map((step, index): TemplateNode => ({ id: `${name}-${index}`, typeVersion: 1, position: [index * 220, 0], parameters: {}, ...step }));
	const connections: Connections = {};
	steps.slice(1).forEach((step, index) => { connections[steps[index].name] = { main: [[{ node: step.name, type: 'main', index: 0 }]] }; });
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
