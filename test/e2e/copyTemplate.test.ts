import { FormPages } from './formPages';
import type { Template, Workflow } from './n8nUnderTest';
import { Agency } from './standIns/agency';
import { slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import type { PublishedTemplate } from './standIns/templateUnderTest';

const login = { user: 'team', password: 'only-for-this-test' };
const slack = new Slack(token, Object.values(slackChannels));
const scopes = ['workflow:create', 'workflow:read', 'workflow:update', 'workflow:list', 'workflow:activate'];
const notifier = 'Tell owners in Slack for the handoff core';
const intake = 'Receive website leads for the handoff core';
const answers = 'Record what owners answer from Slack';

/** An agency that takes on its next client: models and core are there, the form does the rest. */
describe('the template "Copy the handoff workflows for a client" in a real n8n', () => {
	let agency: Agency;
	let form: FormPages;
	let template: PublishedTemplate;

	beforeAll(async () => {
		agency = await Agency.start({ slack, credentials: { httpBasicAuth: login } });
		const { n8n, api } = agency.n8n;
		const { rawApiKey } = await api.request('POST', '/rest/api-keys', { label: 'copies', scopes, expiresAt: null }) as { rawApiKey: string };
		await agency.n8n.addCredential('n8nApi', { apiKey: rawApiKey, baseUrl: `${n8n.url}/api/v1` });
		await agency.n8n.useTemplate('record-what-owners-answer-from-slack', { client: 'demo' });
		template = await agency.n8n.useTemplate('copy-the-handoff-workflows-for-a-client', {});
		form = new FormPages(n8n, 'lead-handoff-copies', login);
	}, 600_000);
	afterAll(async () => { await agency?.stop(); });

	const allWorkflows = async () => await agency.n8n.api.request('GET', '/rest/workflows') as { id: string; name: string }[] | { data: { id: string; name: string }[] };
	async function workflowOf(name: string): Promise<(Workflow & Template) | undefined> {
		const listed = await allWorkflows();
		const found = (Array.isArray(listed) ? listed : listed.data).find((one) => one.name === name);
		return found && await agency.n8n.api.request('GET', `/rest/workflows/${found.id}`);
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
		const [{ settings }] = await agency.n8n.ask({ resource: 'client', operation: 'getSettings', client: 'acme' }) as [{ settings: { workflows: object } }];
		expect(settings.workflows).toMatchObject({ notifier: told.id });
	}, 90_000);

	it('gives each page of a form an address of its own', async () => {
		await wish('acme', answers);
		expect(await form.goOn('')).toMatch(/made, ID/);
		const [model, copy] = [(await workflowOf(answers))!, (await workflowOf(`${answers} (acme)`))!];
		const ids = [...model.nodes, ...copy.nodes].flatMap(({ webhookId }) => webhookId ?? []);
		expect(new Set(ids).size).toBe(ids.length);
		await agency.n8n.api.request('PATCH', `/rest/workflows/${copy.id}`, { nodes: copy.nodes.map((node) => (node.type.endsWith('.crypto') ? { ...node, credentials: { crypto: agency.n8n.credential('crypto') } } : node)), versionId: copy.versionId });
		await agency.n8n.api.publish((await workflowOf(`${answers} (acme)`))!);
		const shown = await new FormPages(agency.n8n.n8n, 'lead-handoff-answer-acme', login).send('lead', 'mia', '0', 'no signature');
		expect(shown).toContain('This link does not hold');
	}, 90_000);

	it('brings a copy up to date, and leaves what was chosen for it', async () => {
		const copy = (await workflowOf(`${notifier} (acme)`))!;
		const change = (name: string, how: (node: (typeof copy.nodes)[number]) => void) => copy.nodes.filter((node) => node.name === name).forEach(how);
		change('Client Config', ({ parameters }) => { (parameters.assignments as { assignments: { name: string; value: string }[] }).assignments.find(({ name }) => name === 'slackChannel')!.value = 'C0OWN'; });
		change('Post Rep Card', (node) => {
			node.credentials = { slackApi: agency.n8n.credential('slackApi') };
			node.parameters.text = 'an older text';
		});
		await agency.n8n.api.request('PATCH', `/rest/workflows/${copy.id}`, { nodes: copy.nodes, connections: copy.connections, versionId: copy.versionId });
		const shown = await wish('all', intake, notifier);
		expect(shown).toMatch(/Tell owners in Slack for the handoff core \(acme\): changes: Post Rep Card: text/);
		expect(shown).toMatch(/Receive website leads for the handoff core \(acme\): is up to date/);
		expect(await form.goOn('')).toContain('brought up to date');
		const updated = (await workflowOf(`${notifier} (acme)`))!;
		expect(configOf(updated).slackChannel).toBe('C0OWN');
		const card = updated.nodes.find(({ name }) => name === 'Post Rep Card')!;
		expect([card.parameters.text, card.credentials]).toMatchObject(['={{ $json.text }}', { slackApi: { id: agency.n8n.credential('slackApi').id } }]);
		expect(await wish('acme', notifier)).toContain('Nothing to do');
	}, 90_000);

	it('says what it can\'t do, and does nothing', async () => {
		expect(await wish('acme', 'Record time off from a form')).toMatch(/Nothing to do[\s\S]*no workflow of this name is in this n8n/);
		expect(await wish('<b>x</b>', notifier)).toMatch(/a client key has small letters/);
		expect(await workflowOf(`${notifier} (<b>x</b>)`)).toBeUndefined();
	}, 90_000);

	it('tells when the client is not set up yet', async () => {
		await wish('globex', notifier);
		expect(await form.goOn('')).toMatch(/made, ID[\s\S]*The IDs are not in the settings of globex/);
	}, 90_000);
});
