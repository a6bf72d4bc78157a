import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { pictures } from './lookAt';
import { byHand, inARow, ours, setUpClient, startWithPackage, stranger, type Api, type RunningN8n, type Step, type Template, type Tools, type Workflow } from './n8nUnderTest';

const client = 'acme';

const webhook = (path: string): Step => ({ name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: path, parameters: { httpMethod: 'POST', path, responseMode: 'lastNode' } });
const normalize: Step = { name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client } };
const match: Step = { name: 'Match Known People', type: ours('dedupeMatch') };
const ledger = (parameters: Record<string, unknown>): Step => ({ name: 'Ledger', type: ours('handoffLedger'), parameters: { resource: 'client', client, ...parameters } });

/** Three ways in, each with its own way of routing; all of them take teams and rules from the client settings. */
const intakes = [
	inARow('Contact page', webhook('contact'), normalize, match, { name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } }, { name: 'Start Clock', type: ours('slaWatch'), parameters: { operation: 'start' } }),
	inARow(
		'Partner portal', webhook('partner'), normalize, match, { name: 'Apply Hard Rules', type: ours('ruleRouter'), parameters: { operation: 'applyHardRules' } },
		{ name: 'Read the Message', type: ours('aiIntentClassifier'), parameters: { model: 'none' } }, { name: 'Finish Routing', type: ours('ruleRouter'), parameters: { operation: 'finishRouting' } },
	),
	inARow('Call back', webhook('callback'), normalize, { name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } }),
];

/** What a rep fills in, wired to one node. */
const away = inARow('I am away', {
	name: 'Away Form', type: 'n8n-nodes-base.formTrigger', typeVersion: 2.2, webhookId: 'away-form',
	parameters: { formTitle: 'I am away', formFields: { values: [{ fieldLabel: 'Your Email', fieldType: 'email' }, { fieldLabel: 'First Day', fieldType: 'date' }, { fieldLabel: 'Last Day', fieldType: 'date' }] }, options: { path: 'away' } },
}, ledger({ operation: 'changeSettings', part: 'timeOff', valuesFrom: 'item', saveOptions: { by: '={{ $json["Your Email"] }}' } }));

const settings = {
	name: 'Acme Services', mode: 'live', timeZone: 'Europe/London', fallbackOwner: 'tom',
	calendars: [{ name: 'Always', alwaysOpen: true }],
	members: [{ id: 'mia', name: 'Mia Example', email: 'mia@example.com' }, { id: 'tom', name: 'Tom Example', email: 'tom@example.com' }],
	teams: [{ name: 'Sales', manager: 'tom', members: ['mia', 'tom'] }],
	rules: [{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
	slaPolicies: [{ name: 'First Response', firstResponseMinutes: 15 }],
};

interface Routed { settingsVersion: number; routing: { owner: { id: string }; skipped: string[] } }

describe('a rep\'s time off, entered once, in a real n8n', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let lookUp: Workflow;
	let sent = 0;

	beforeAll(async () => {
		({ tools, n8n, api } = await startWithPackage());
		await setUpClient({ tools, api }, client, settings);
		for (const template of [...intakes, away]) await api.publish(await api.importTemplate(template));
		lookUp = await api.importTemplate(inARow('What changed', byHand, ledger({ operation: 'compareSettings' })));
	}, 600_000);

	afterAll(async () => { await n8n?.stop('SIGKILL'); });

	/** Two leads through every workflow, one after the other. */
	async function leadsThroughAll(): Promise<Record<string, Routed[]>> {
		const routed: Record<string, Routed[]> = {};
		for (const [index, path] of ['contact', 'partner', 'callback'].entries()) {
			routed[path] = [];
			for (let count = 0; count < 2; count++) {
				const body = { ...stranger(sent++), message: 'Please send us a quote.' };
				const answer = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
				expect([intakes[index].name, answer.status]).toEqual([intakes[index].name, 200]);
				routed[path].push((await answer.json()) as Routed);
			}
		}
		return routed;
	}

	it('is obeyed by three workflows from the next lead on', async () => {
		const before = await leadsThroughAll();
		for (const leads of Object.values(before)) {
			expect(leads.map(({ routing }) => routing.owner.id).sort()).toEqual(['mia', 'tom']);
			expect(leads.map(({ settingsVersion }) => settingsVersion)).toEqual([1, 1]);
		}

		const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
		const form = new FormData();
		for (const [index, value] of ['mia@example.com', day(-1), day(7)].entries()) form.set(`field-${index}`, value);
		expect((await fetch(`${n8n.url}/form/away`, { method: 'POST', body: form })).status).toBe(200);
		const changed = await until(async () => tools.outputsOf(await api.runByHand(lookUp, { trigger: 'Run' })).Ledger.map(({ json }) => json as unknown as { change: string; savedBy: string }), ([{ change }]) => change !== 'This is the first version');
		expect(changed).toEqual([expect.objectContaining({ change: expect.stringMatching(/^Mia Example: time off .* added$/), savedBy: 'mia@example.com' })]);

		const after = await leadsThroughAll();
		for (const leads of Object.values(after)) {
			expect(leads.map(({ routing }) => routing.owner.id)).toEqual(['tom', 'tom']);
			expect(leads.map(({ settingsVersion }) => settingsVersion)).toEqual([2, 2]);
			for (const { routing } of leads) expect(routing.skipped).toEqual([expect.stringMatching(/^Mia Example: away until/)]);
		}
	}, 180_000);

	it('belongs to a client that the panel offers in its list', async () => {
		const { results } = await api.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.client', methodName: 'searchClients', nodeTypeAndVersion: { name: ours('leadNormalize'), version: 1 }, currentNodeParameters: { ledger: 'embedded' },
		}) as { results: { name: string; value: string }[] };
		expect(results).toEqual([{ name: 'Acme Services (acme)', value: client }]);
	}, 30_000);

	describe('in the editor', () => {
		let browser: Browser;
		let page: Page;

		beforeAll(async () => {
			({ browser, page } = await tools.openBrowser({ width: 1600, height: 1000 }));
			await tools.signInToEditor(page, n8n.url);
		}, 60_000);
		afterAll(async () => { await browser?.close(); });

		async function openPanel(template: Template, node: string): Promise<void> {
			const workflow = await api.importTemplate(template);
			await page.goto(`${n8n.url}/workflow/${workflow.id}/${workflow.nodes.find(({ name }) => name === node)?.id}`, { waitUntil: 'load' });
			await page.locator('[data-test-id=ndv]').first().waitFor({ timeout: 30_000 });
			await page.waitForTimeout(1_000);
			expect(await page.getByText('Could not load').count()).toBe(0);
		}

		const picture = async (name: string) => { await page.screenshot({ path: join(pictures, `settings-${name}.png`) }); };

		it('shows a client that was saved as plain text', async () => {
			await openPanel(inARow('Choose a client', byHand, normalize), 'Normalize Lead');
			await picture('client-as-text');
			expect(await page.locator('[data-test-id=ndv] input').evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value))).toContain(client);
		}, 60_000);

		it.each<[string, Record<string, unknown>]>([
			['save-json', { operation: 'saveSettings' }],
			['save-rows', { operation: 'saveSettings', settingsAs: 'rows' }],
			['change-time-off', { operation: 'changeSettings' }],
			['change-team', { operation: 'changeSettings', part: 'team' }],
			['check', { operation: 'checkSettings' }],
			['compare', { operation: 'compareSettings' }],
			['go-live', { operation: 'goLive' }],
			['export', { operation: 'exportClient' }],
			['delete', { operation: 'deleteClient' }],
			['get', { operation: 'getSettings' }],
			['check-look-up', { resource: 'lead', operation: 'checkLookUp' }],
			['add-looked-up', { resource: 'lead', operation: 'addLookedUp' }],
		])('draws the panel of %s', async (name, parameters) => {
			await openPanel(inARow(`Try ${name}`, byHand, ledger(parameters)), 'Ledger');
			await picture(name);
		}, 60_000);
	});
});

async function until<T>(attempt: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
	const deadline = Date.now() + 30_000;
	for (;;) {
		const value = await attempt();
		if (isDone(value)) return value;
		if (Date.now() > deadline) throw new Error(`Not done in time: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}
