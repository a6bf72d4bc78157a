import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readTemplates } from '../../scripts/tidyTemplates';
import { FormPages } from './formPages';
import type { Template, Workflow } from './n8nUnderTest';
import { Agency } from './standIns/agency';
import { firmSettings, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import type { PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, Object.values(slackChannels));
const scopes = ['workflow:create', 'workflow:read', 'workflow:update', 'workflow:list', 'workflow:activate'];
const notifier = 'Tell owners in Slack for the handoff core';
const intake = 'Receive website leads for the handoff core';
const answers = 'Record what owners answer from Slack';
const weekly = 'Send the weekly scorecard to Slack and by email';
const autoReply = 'Send leads an honest answer by email for the handoff core';

/** What a gateway before n8n's API does to a call: it turns it away, or loses the answer after n8n did what it says. */
type Fault = 'turnAway' | 'loseAnswer' | undefined;

/** n8n's own API behind a gateway with faults. */
class Gateway {
	private server?: Server;
	/** The calls that change something. */
	readonly changes: string[] = [];
	fault: (call: { method: string; name: string; times: number }) => Fault = () => undefined;

	async start(n8nUrl: string): Promise<string> {
		this.server = createServer((request, response) => {
			void (async () => {
				const [method, body] = [request.method ?? 'GET', await text(request)];
				const name = body ? (JSON.parse(body) as { name: string }).name : '';
				if (body) this.changes.push(`${method} ${name}`);
				const fault = body ? this.fault({ method, name, times: this.changes.filter((change) => change === `${method} ${name}`).length }) : undefined;
				const answer = fault === 'turnAway' ? undefined : await fetch(`${n8nUrl}${request.url}`, { method, body: body || undefined, headers: { 'content-type': 'application/json', 'x-n8n-api-key': String(request.headers['x-n8n-api-key']) } });
				response.writeHead(fault ? 502 : answer!.status, { 'content-type': 'application/json' });
				response.end(fault ? '{"message":"the gateway is busy"}' : await answer!.text());
			})();
		});
		await new Promise<void>((resolve) => { this.server!.listen(0, '127.0.0.1', resolve); });
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1`;
	}

	stop(): void {
		this.server?.close();
	}
}

/** An agency that takes on its next client: models and core are there, the form does the rest. */
describe('the template "Copy the handoff workflows for a client" in a real n8n', () => {
	let agency: Agency;
	let form: FormPages;
	let template: PublishedTemplate;
	const gateway = new Gateway();

	beforeAll(async () => {
		agency = await Agency.start({ slack, credentials: { smtp: { user: '', password: '', host: '127.0.0.1', port: 25, secure: false } } });
		const { n8n, api } = agency.n8n;
		const { rawApiKey } = await api.request('POST', '/rest/api-keys', { label: 'copies', scopes, expiresAt: null }) as { rawApiKey: string };
		await agency.n8n.addCredential('n8nApi', { apiKey: rawApiKey, baseUrl: await gateway.start(n8n.url) });
		await agency.n8n.useTemplate('record-what-owners-answer-from-slack', { client: 'demo' });
		template = await agency.n8n.useTemplate('copy-the-handoff-workflows-for-a-client', {});
		await agency.n8n.useTemplate('send-leads-an-honest-answer-by-email-for-the-handoff-core', { mailFrom: 'hello@acme.example', businessName: 'Acme', timeZone: 'Europe/Berlin' });
		await agency.n8n.useTemplate('send-the-weekly-scorecard-to-slack-and-by-email', {});
		form = await FormPages.ofOwner(n8n, 'lead-handoff-copies');
	}, 600_000);
	afterAll(async () => { gateway.stop(); await agency?.stop(); });
	afterEach(() => { gateway.fault = () => undefined; });

	const allWorkflows = async () => await agency.n8n.api.request('GET', '/rest/workflows') as { id: string; name: string }[] | { data: { id: string; name: string }[] };
	async function idsOf(name: string): Promise<string[]> {
		const listed = await allWorkflows();
		return (Array.isArray(listed) ? listed : listed.data).filter((one) => one.name === name).map(({ id }) => id);
	}
	async function workflowOf(name: string): Promise<(Workflow & Template) | undefined> {
		const [id] = await idsOf(name);
		return id === undefined ? undefined : await agency.n8n.api.request('GET', `/rest/workflows/${id}`);
	}
	async function linksOf(client: string): Promise<Record<string, string>> {
		const [{ settings }] = await agency.n8n.ask({ resource: 'client', operation: 'getSettings', client }) as [{ settings: { workflows?: Record<string, string> } }];
		return settings.workflows ?? {};
	}
	async function change(copy: Workflow & Template, name: string, how: (node: Template['nodes'][number]) => void): Promise<void> {
		copy.nodes.filter((node) => node.name === name).forEach(how);
		await agency.n8n.api.request('PATCH', `/rest/workflows/${copy.id}`, { nodes: copy.nodes, connections: copy.connections, versionId: copy.versionId });
	}
	const configOf = ({ nodes }: Template) => Object.fromEntries((nodes.find(({ name }) => name === 'Client Config')!.parameters.assignments as { assignments: { name: string; value: string }[] }).assignments.map(({ name, value }) => [name, value]));
	const wish = async (client: string, ...models: string[]) => await form.send(client, JSON.stringify(models)).catch(async (error: unknown) => { throw new Error(agency.n8n.tools.failureOf(await template.nextRun()) ?? String(error)); });

	it('shows first, then makes copies that are linked and known to the client\'s settings', async () => {
		const shown = await wish('acme', intake, notifier);
		expect(shown).toMatch(/Receive website leads for the handoff core \(acme\): is made[\s\S]*Tell owners in Slack for the handoff core \(acme\): is made/);
		expect(await workflowOf(`${intake} (acme)`)).toBeUndefined();
		const done = await form.goOn('');
		expect(done).toMatch(/Receive website leads for the handoff core \(acme\): made, ID \w+[\s\S]*Connect: [\s\S]*Slack/);
		const [copy, told] = [(await workflowOf(`${intake} (acme)`))!, (await workflowOf(`${notifier} (acme)`))!];
		expect(configOf(copy)).toMatchObject({ client: 'acme', coreWorkflowId: agency.core.workflow.id });
		expect(copy.nodes.find(({ type }) => type.endsWith('.webhook'))?.parameters.path).toMatch(/-acme$/);
		expect(JSON.stringify(told.nodes.map(({ credentials }) => credentials))).not.toContain('slackApi');
		expect(await linksOf('acme')).toEqual({ notifier: told.id });
		expect(done).toContain('The IDs are in the settings of acme');
	}, 90_000);

	it('gives a new copy nothing of the client that its model was filled in for', async () => {
		const model = configOf((await workflowOf(notifier))!);
		expect(model).toMatchObject({ slackChannel: slackChannels.live, slackTestChannel: slackChannels.test });
		expect(configOf((await workflowOf(`${notifier} (acme)`))!)).toMatchObject({ slackChannel: '', slackTestChannel: '' });
		await agency.n8n.setUpClient('umbrella', firmSettings({ timeZone: 'America/New_York' }));
		await wish('umbrella', autoReply, notifier, weekly);
		const done = await form.goOn('');
		expect(done).toMatch(/honest answer by email for the handoff core \(umbrella\): made, ID \w+\. Connect: SMTP\. Fill in what you use: mailFrom, businessName\. Publish it/);
		expect(done).toMatch(/Fill in what you use: slackChannel, slackTestChannel, answerFormUrl, slackButtons/);
		expect(configOf((await workflowOf(`${autoReply} (umbrella)`))!)).toEqual({ client: '={{ $json.client }}', mailFrom: '', businessName: '', timeZone: 'America/New_York' });
		const report = (await workflowOf(`${weekly} (umbrella)`))!;
		expect(configOf(report)).toEqual({ client: 'umbrella', slackChannel: '', overviewChannel: '', reportsFrom: '' });
		expect(report.nodes.some(({ disabled }) => disabled)).toBe(false);
		expect(Object.keys(await linksOf('umbrella')).sort()).toEqual(['autoReply', 'notifier']);
	}, 90_000);

	it('gives each page of a form an address of its own', async () => {
		await wish('acme', answers);
		expect(await form.goOn('')).toMatch(/made, ID/);
		const [model, copy] = [(await workflowOf(answers))!, (await workflowOf(`${answers} (acme)`))!];
		const ids = [...model.nodes, ...copy.nodes].flatMap(({ webhookId }) => webhookId ?? []);
		expect(new Set(ids).size).toBe(ids.length);
		await agency.n8n.api.request('PATCH', `/rest/workflows/${copy.id}`, { nodes: copy.nodes.map((node) => (node.type.endsWith('.crypto') ? { ...node, credentials: { crypto: agency.n8n.credential('crypto') } } : node)), versionId: copy.versionId });
		await agency.n8n.api.publish((await workflowOf(`${answers} (acme)`))!);
		const shown = await new FormPages(agency.n8n.n8n, 'lead-handoff-answer-acme', { headers: {} }).send('lead', 'mia', '0', 'no signature');
		expect(shown).toContain('This link does not hold');
	}, 90_000);

	it('brings a copy up to date, and leaves what was chosen for it', async () => {
		const copy = (await workflowOf(`${notifier} (acme)`))!;
		const { parameters } = copy.nodes.find(({ name }) => name === 'Client Config')!;
		(parameters.assignments as { assignments: { name: string; value: string }[] }).assignments.find(({ name }) => name === 'slackChannel')!.value = 'C0OWN';
		await change(copy, 'Post Rep Card', (node) => {
			node.credentials = { slackApi: agency.n8n.credential('slackApi') };
			node.parameters.text = 'an older text';
		});
		const shown = await wish('all', intake, notifier);
		expect(shown).toMatch(/Tell owners in Slack for the handoff core \(acme\): changes: Post Rep Card: text/);
		expect(shown).toMatch(/Receive website leads for the handoff core \(acme\): is up to date/);
		expect(await form.goOn('')).toContain('brought up to date');
		const updated = (await workflowOf(`${notifier} (acme)`))!;
		// an empty value is the copy's own choice, too: the model's test channel does not come in
		expect(configOf(updated)).toMatchObject({ slackChannel: 'C0OWN', slackTestChannel: '' });
		const card = updated.nodes.find(({ name }) => name === 'Post Rep Card')!;
		expect([card.parameters.text, card.credentials]).toMatchObject(['={{ $json.text }}', { slackApi: { id: agency.n8n.credential('slackApi').id } }]);
		expect(await wish('acme', notifier)).toContain('Nothing to do');
	}, 90_000);

	it('says what it can\'t do, and does nothing', async () => {
		expect(await wish('acme', 'Record time off from a form')).toMatch(/Nothing to do[\s\S]*no workflow of this name is in this n8n/);
		expect(await wish('<b>x</b>', notifier)).toMatch(/a client key has small letters/);
		expect(await workflowOf(`${notifier} (<b>x</b>)`)).toBeUndefined();
	}, 90_000);

	it('tells when the client is not set up yet, and saves the IDs once it is', async () => {
		expect(await wish('globex', notifier)).toMatch(/\(globex\): is made; its ID can.{1,5}t go into the settings of globex/);
		expect(await form.goOn('')).toMatch(/Not all of it is done[\s\S]*made, ID[\s\S]*The IDs are not in the settings of globex[\s\S]*press again/);
		await agency.n8n.setUpClient('globex', firmSettings({}));
		expect(await wish('globex', notifier)).toMatch(/\(globex\): is up to date, and not published; its ID goes into the settings of globex as notifier/);
		expect(await form.goOn('')).toContain('The IDs are in the settings of globex');
		expect(await linksOf('globex')).toEqual({ notifier: (await workflowOf(`${notifier} (globex)`))!.id });
		expect(await idsOf(`${notifier} (globex)`)).toHaveLength(1);
		expect(await wish('globex', notifier)).toContain('Nothing to do');
	}, 120_000);

	it('mends for all clients what is missing in the settings, and leaves what somebody chose', async () => {
		await agency.n8n.setUpClient('globex', firmSettings({ workflows: { notifier: 'gone' } }));
		await agency.n8n.setUpClient('umbrella', firmSettings({ workflows: { notifier: agency.notifier.workflow.id } }));
		const shown = await wish('all', notifier);
		expect(shown).toMatch(/\(globex\): is up to date, and not published; its ID goes into the settings of globex as notifier</);
		expect(shown).toMatch(/\(umbrella\): is up to date, and not published; the settings of umbrella name Tell owners in Slack for the handoff core as notifier</);
		await form.goOn('');
		expect(await linksOf('globex')).toEqual({ notifier: (await workflowOf(`${notifier} (globex)`))!.id });
		expect(await linksOf('umbrella')).toEqual({ notifier: agency.notifier.workflow.id });
	}, 120_000);

	it('tries again what n8n\'s API did not take, and makes nothing twice when only the answer was lost', async () => {
		await agency.n8n.setUpClient('initech', firmSettings({}));
		const names = [intake, notifier, autoReply].map((name) => `${name} (initech)`);
		const faults: Record<string, Fault> = { [names[1]]: 'loseAnswer', [names[2]]: 'turnAway' };
		gateway.fault = ({ name, times }) => (times === 1 ? faults[name] : undefined);
		await wish('initech', intake, notifier, autoReply);
		expect(await form.goOn('')).toContain('>Done<');
		expect(await Promise.all(names.map(async (name) => (await idsOf(name)).length))).toEqual([1, 1, 1]);
		expect(await linksOf('initech')).toEqual({ notifier: (await workflowOf(names[1]))!.id, autoReply: (await workflowOf(names[2]))!.id });
	}, 120_000);

	it('tells what was done and what not, and does the rest at the next press', async () => {
		await agency.n8n.setUpClient('hooli', firmSettings({}));
		const old = (await workflowOf(`${notifier} (acme)`))!;
		await change(old, 'Post Rep Card', ({ parameters }) => { parameters.text = 'an older text'; });
		gateway.fault = ({ name }) => ([`${notifier} (hooli)`, `${notifier} (acme)`].includes(name) ? 'turnAway' : undefined);
		await wish('hooli', notifier, autoReply);
		const done = await form.goOn('');
		expect(done).toMatch(/Not all of it is done[\s\S]*Tell owners in Slack for the handoff core \(hooli\): not made: [^.]*(busy|502|[Bb]ad gateway)[\s\S]*Press again for the rest/);
		expect(done).toMatch(/honest answer by email for the handoff core \(hooli\): made, ID/);
		expect(await linksOf('hooli')).toEqual({ autoReply: (await workflowOf(`${autoReply} (hooli)`))!.id });
		await wish('acme', notifier);
		expect(await form.goOn('')).toMatch(/\(acme\): not brought up to date: /);
		gateway.fault = () => undefined;
		const shown = await wish('hooli', notifier, autoReply);
		expect(shown).toMatch(/Tell owners in Slack for the handoff core \(hooli\): is made/);
		expect(shown).toMatch(/honest answer by email for the handoff core \(hooli\): is up to date/);
		expect(await form.goOn('')).toContain('>Done<');
		expect(Object.keys(await linksOf('hooli')).sort()).toEqual(['autoReply', 'notifier']);
		expect(await idsOf(`${autoReply} (hooli)`)).toHaveLength(1);
	}, 120_000);
});

/** Whole canvases, and what is run by hand with the client's key in Client Config, are no copies that stand published for one client. */
const notOffered = ['Send website leads to HubSpot with owner and task', 'Send website leads to Pipedrive with owner and activity', 'Send website leads to Slack, Google Sheets and email', 'Run the whole handoff on sample leads', 'Measure the intent classifier with labelled messages', 'Show where your last leads leaked'];

describe('the list of "Copy the handoff workflows for a client"', () => {
	const templates = readTemplates() as unknown as { template: Template }[];
	const of = (name: string) => templates.find(({ template }) => template.name === name)!.template;

	it('holds each template that one client has for itself, and no other', () => {
		const [, models] = (of('Copy the handoff workflows for a client').nodes.find(({ name }) => name === 'Receive a Wish')!.parameters.formFields as { values: [object, { fieldOptions: { values: { option: string }[] } }] }).values;
		const perClient = templates.map(({ template }) => template).filter(({ name, nodes }) => {
			const config = nodes.find((node) => node.name === 'Client Config')!.parameters.assignments as { assignments: { name: string; value: string }[] };
			const client = config.assignments.find((entry) => entry.name === 'client')?.value;
			const isCalled = nodes.some(({ type }) => type.endsWith('.executeWorkflowTrigger')) && name !== 'Run the handoff core for every client';
			const startsByItself = nodes.some(({ type }) => /Trigger$|\.webhook$/.test(type) && !type.endsWith('.manualTrigger'));
			return !notOffered.includes(name) && (isCalled || (startsByItself && client === 'demo'));
		});
		expect(models.fieldOptions.values.map(({ option }) => option).sort()).toEqual(perClient.map(({ name }) => name).sort());
	});
});
