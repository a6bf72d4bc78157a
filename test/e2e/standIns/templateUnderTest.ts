import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askLedger, byHand, inARow, readTemplate, setUpClient, startWithPackage, type Api, type Execution, type RunningN8n, type Template, type TemplateNode, type Tools, type Workflow } from '../n8nUnderTest';
import { startProxy, type Proxy } from './proxy';
import type { StandIn } from './standIn';

/** A credential as an operator enters it, by its type in n8n. */
export type Credentials = Record<string, Record<string, unknown>>;

/** The credential that a node asks for, where its parameters don't name it. */
const asked: Record<string, string> = {
	emailSend: 'smtp', gmailTrigger: 'gmailOAuth2', microsoftOutlookTrigger: 'microsoftOutlookOAuth2Api', facebookLeadAdsTrigger: 'facebookLeadAdsOAuth2Api', googleSheets: 'googleSheetsOAuth2Api', hubspot: 'hubspotAppToken', n8n: 'n8nApi', pipedrive: 'pipedriveApi', slack: 'slackApi', twilio: 'twilioApi', whatsAppTrigger: 'whatsAppTriggerApi',
};

/** One n8n with the package in it that meets stand-ins in place of the vendors. */
export class HandoffN8n {
	private readonly credentialIds = new Map<string, { id: string; name: string }>();
	private calls = 0;

	private constructor(readonly tools: Tools, readonly n8n: RunningN8n, readonly api: Api, readonly proxy: Proxy) {}

	static async start(standIns: StandIn[], credentials: Credentials): Promise<HandoffN8n> {
		const proxy = await startProxy(standIns);
		const trusted = join(mkdtempSync(join(tmpdir(), 'lead-handoff-stand-ins-')), 'authority.pem');
		writeFileSync(trusted, proxy.authority);
		// n8n itself and its task runner stay on loopback, past the proxy
		const { tools, n8n, api } = await startWithPackage({ HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.1', NODE_EXTRA_CA_CERTS: trusted });
		const started = new HandoffN8n(tools, n8n, api, proxy);
		for (const [type, data] of Object.entries(credentials)) await started.addCredential(type, data);
		return started;
	}

	async stop(): Promise<void> {
		await this.n8n.stop('SIGKILL');
		this.proxy.stop();
	}

	/** Saves the settings of a client, as the operator does before anything else. */
	async setUpClient(client: string, settings: object): Promise<void> {
		await setUpClient(this, client, settings);
	}

	async addCredential(type: string, data: Record<string, unknown>): Promise<void> {
		const { id, name } = await this.api.request('POST', '/rest/credentials', { name: `Test ${type}`, type, data }) as { id: string; name: string };
		this.credentialIds.set(type, { id, name });
	}

	/** A credential that the test entered. */
	credential(type: string): { id: string; name: string } {
		const credential = this.credentialIds.get(type);
		if (!credential) throw new Error(`A node asks for ${type}, which the test does not have`);
		return credential;
	}

	/** What the Handoff Ledger answers to one operation. */
	async ask(parameters: Record<string, unknown>): Promise<Record<string, unknown>[]> {
		return await askLedger(this, parameters);
	}

	/** What a workflow gives to the one that calls it with this item. */
	async callWorkflow(id: string, item: Record<string, unknown>): Promise<Record<string, unknown>> {
		// two at once don't replace each other
		const caller = inARow(`Call a workflow ${++this.calls}`, byHand,
			{ name: 'Item', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput: JSON.stringify(item), options: {} } },
			{ name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1.2, parameters: { workflowId: { __rl: true, mode: 'id', value: id }, mode: 'once', options: {} } });
		const run = await this.api.runByHand(await this.api.importTemplate(caller), { trigger: 'Run' });
		const failure = this.tools.failureOf(run);
		if (failure !== undefined) throw new Error(failure);
		return this.tools.outputsOf(run).Call[0].json;
	}

	/**
	 * Does what the template's page tells the operator: imports it, fills in Client Config, connects the credentials and
	 * publishes. Nothing else of the file is touched, but for what the test changes, e.g. so as not to wait for a minute.
	 */
	async useTemplate(file: string, config: Record<string, string>, change: (node: TemplateNode) => void = () => undefined): Promise<PublishedTemplate> {
		const template = await readTemplate(file);
		const { assignments } = template.nodes.find(({ name }) => name === 'Client Config')!.parameters.assignments as { assignments: { name: string; value: string }[] };
		for (const [name, value] of Object.entries(config)) {
			const entry = assignments.find((one) => one.name === name);
			if (!entry) throw new Error(`Client Config of ${file} has no ${name}`);
			entry.value = value;
		}
		for (const node of template.nodes) {
			change(node);
			const type = credentialOf(node);
			if (type !== undefined && !node.disabled) node.credentials = { [type]: this.credential(type) };
		}
		const workflow = await this.api.importTemplate(template);
		// what is only run by hand can't be published
		if (template.nodes.some(({ type }) => /trigger$|\.webhook$/i.test(type) && !type.endsWith('.manualTrigger'))) await this.api.publish(workflow);
		return new PublishedTemplate(this, template, workflow);
	}
}

function credentialOf({ type, typeVersion, parameters }: TemplateNode): string | undefined {
	// the first version takes its secret as a value
	if (type === 'n8n-nodes-base.crypto') return typeVersion === 2 ? 'crypto' : undefined;
	if (type === 'n8n-nodes-base.httpRequest') return (parameters.nodeCredentialType ?? parameters.genericAuthType) as string | undefined;
	if (parameters.authentication === 'basicAuth') return 'httpBasicAuth';
	return asked[type.split('.')[1]];
}

export class PublishedTemplate {
	private readonly seen = new Set<string>();

	constructor(private readonly on: HandoffN8n, readonly template: Template, readonly workflow: Workflow) {}

	/** Sends a form to a webhook of the template and gives the answer with the run that followed, once it has ended. */
	async post(body: object, path = this.pathOf('n8n-nodes-base.webhook')): Promise<{ status: number; answer: Record<string, unknown>; run: Execution }> {
		const response = await fetch(`${this.on.n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
		const text = await response.text();
		return { status: response.status, answer: (text.startsWith('{') ? JSON.parse(text) : { text }) as Record<string, unknown>, run: await this.nextRun() };
	}

	pathOf(type: string): string {
		return String(this.template.nodes.find((node) => node.type === type)?.parameters.path);
	}

	/** The oldest run that no test has looked at yet, once it has ended. */
	async nextRun(): Promise<Execution> {
		const deadline = Date.now() + 120_000;
		const filter = encodeURIComponent(JSON.stringify({ workflowId: this.workflow.id }));
		while (Date.now() < deadline) {
			const { results } = await this.on.api.request('GET', `/rest/executions?filter=${filter}&limit=50`) as { results: { id: string; status: string }[] };
			const next = results.filter(({ id }) => !this.seen.has(id)).sort((one, other) => Number(one.id) - Number(other.id)).at(0);
			if (next && ['success', 'error', 'crashed', 'canceled'].includes(next.status)) {
				this.seen.add(next.id);
				return await this.on.api.waitForExecution(next.id);
			}
			await new Promise((resolve) => { setTimeout(resolve, 150); });
		}
		throw new Error(`No run of ${this.workflow.name} ended in time`);
	}

	/** What each node of a run gave, by its name. */
	outputs(run: Execution): Record<string, { json: Record<string, unknown> }[]> {
		return this.on.tools.outputsOf(run);
	}
}
