import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import rows from '../fixtures/leadMessages.json';
import { answering, goodAnswer, startFakeOpenAi, type FakeOpenAi } from '../support/fakeOpenAi';
import { pictures } from './lookAt';
import { startWithPackage, type Api, type RunningN8n, type Tools, type Workflow } from './n8nUnderTest';

const ours = 'n8n-nodes-lead-handoff.aiIntentClassifier';
const text = 'We would like a proposal for a migration.';

describe('AI Intent Classifier in a real n8n', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let service: FakeOpenAi;
	let browser: Browser;
	let page: Page;
	const credentials: Record<string, { id: string; name: string }> = {};

	beforeAll(async () => {
		service = await startFakeOpenAi();
		({ tools, n8n, api } = await startWithPackage());
		credentials.leadHandoffOpenAiApi = await addCredential('Lead Handoff API', 'leadHandoffOpenAiApi', { apiKey: 'sk-e2e', baseUrl: service.baseUrl });
		credentials.openAiApi = await addCredential('OpenAI', 'openAiApi', { apiKey: 'sk-e2e', url: service.baseUrl });
	}, 600_000);
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
		await service?.close();
	});

	it('has a test button that tells a good key from a bad one', async () => {
		const ask = async (apiKey: string) => await api.request('POST', '/rest/credentials/test', { credentials: { id: '', name: 'x', type: 'leadHandoffOpenAiApi', data: { apiKey, baseUrl: service.baseUrl } } }) as unknown as { status: string };
		expect((await ask('sk-e2e')).status).toBe('OK');
		expect((await ask('sk-wrong')).status).toBe('Error');
	}, 60_000);

	it('reads through its own credential', async () => {
		service.behave(answering(goodAnswer));
		const { workflow, leads } = await runOnce('Read Through API', [{ message: text, email: 'jo@acme.example' }], { model: 'credential', modelName: 'fake-1', options: { inputPrice: 0.4, outputPrice: 1.6 } });
		expect(leads).toMatchObject([{ intent: { name: 'Project Request', engine: 'ai', evidence: ['a proposal'], usage: { inputTokens: 300, outputTokens: 60, cost: 0.000216 } } }]);
		expect(service.calls[0].headers.authorization).toBe('Bearer sk-e2e');
		expect(service.calls[0].body.response_format?.type).toBe('json_schema');
		await show(workflow, 'classifier-api');
	}, 400_000);

	it('reads through a stock OpenAI Chat Model, by strict schema where it can', async () => {
		service.behave(answering(goodAnswer));
		const { workflow, leads } = await runOnce('Read Through Chat Model', [{ message: text }, { message: 'Bitte um Rückruf' }], { model: 'connected' });
		expect(leads.map(({ intent }) => (intent as { engine: string }).engine)).toEqual(['ai', 'ai']);
		expect(service.calls[0].body).toMatchObject({ model: 'fake-1', response_format: { type: 'json_schema' } });
		expect(JSON.stringify(leads[0])).toContain('read by AI, with words of the message as evidence');
		await show(workflow, 'classifier-connected');
	}, 400_000);

	it('lets the rules decide while the service is down, with a hint that says what to do', async () => {
		service.behave((response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no","type":"x","param":null,"code":null}}'));
		const { workflow, leads } = await runOnce('Read While Down', [{ message: text }, { message: 'Bitte um Rückruf' }], { model: 'credential', modelName: 'fake-1', outputs: 'reviewsApart' }, 1);
		expect(leads).toMatchObject([{ intent: { name: 'Project Request', engine: 'fallback' } }, { intent: { name: 'Call Request', engine: 'fallback' } }]);
		await show(workflow, 'classifier-down');
	}, 400_000);

	it('scores by the rules of its panel, with each reason', async () => {
		const rule = (name: string, points: number, group: string, leftValue: string, operator: object, rightValue: unknown = '') => ({ name, points, group, conditions: { options: { caseSensitive: false, typeValidation: 'loose', version: 2 }, combinator: 'and', conditions: [{ id: name, leftValue, rightValue, operator }] } });
		const scoreRules = { values: [
			rule('High Intent', 40, '', '={{ $json.intent.highIntent }}', { type: 'boolean', operation: 'true', singleValue: true }),
			rule('Home Market', 20, 'Company', '={{ $json.lead.country }}', { type: 'string', operation: 'equals' }, 'UK'),
		] };
		const { workflow, leads } = await runOnce('Score Leads', [{ message: text, country: 'United Kingdom' }, { message: 'Hello' }], { scoreRules });
		expect(leads.map(({ intent }) => (intent as { score: number }).score)).toEqual([60, 0]);
		expect(leads[0].intent).toMatchObject({ scoreBecause: ['+40 High Intent: high intent: yes', '+20 Home Market: country is United Kingdom'] });
		await show(workflow, 'classifier-score');
	}, 400_000);

	it('evaluates the labelled messages', async () => {
		const { workflow, leads: [report] } = await runOnce('Evaluate Readings', rows, { operation: 'evaluate', wantedPrecision: 0.9 });
		expect(report.summary).toMatch(/of 312 right/);
		await show(workflow, 'classifier-evaluate');
	}, 400_000);

	async function addCredential(name: string, type: string, data: object): Promise<{ id: string; name: string }> {
		const { id } = await api.request('POST', '/rest/credentials', { name, type, data }) as unknown as { id: string };
		return { id, name };
	}

	/** A workflow of a trigger with these items, the node, and a chat model where one is to be connected; run by hand. */
	async function runOnce(name: string, items: object[], parameters: object, output = 0): Promise<{ workflow: Workflow; leads: Record<string, unknown>[] }> {
		const nodes = [
			{ id: 'a', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: 'b', name: 'Read Leads', type: ours, typeVersion: 1, position: [260, 0], parameters: { settingsFrom: 'node', ledger: 'none', ...parameters }, credentials: { leadHandoffOpenAiApi: credentials.leadHandoffOpenAiApi } },
			{
				id: 'c', name: 'OpenAI Chat Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3, position: [220, 220],
				parameters: { model: { __rl: true, mode: 'id', value: 'fake-1' }, responsesApiEnabled: false, options: {} }, credentials: { openAiApi: credentials.openAiApi },
			},
		];
		const connected = (parameters as { model?: string }).model === 'connected';
		const workflow = await api.request('POST', '/rest/workflows', {
			name, nodes: connected ? nodes : nodes.slice(0, 2), settings: { executionOrder: 'v1' }, active: false, pinData: { Start: items.map((json) => ({ json })) },
			connections: {
				Start: { main: [[{ node: 'Read Leads', type: 'main', index: 0 }]] },
				...(connected ? { 'OpenAI Chat Model': { ai_languageModel: [[{ node: 'Read Leads', type: 'ai_languageModel', index: 0 }]] } } : {}),
			},
		}) as unknown as Workflow;
		const execution = await api.runByHand(workflow, { trigger: 'Start' });
		const failure = tools.failureOf(execution);
		if (failure) throw new Error(failure);
		const { parse } = await import('flatted');
		const { resultData } = parse(execution.data) as { resultData: { runData: Record<string, { data: { main: { json: Record<string, unknown> }[][] } }[]> } };
		return { workflow, leads: resultData.runData['Read Leads'][0].data.main[output].map(({ json }) => json) };
	}

	/** Runs the node in the editor and takes a picture of its panel and output. */
	async function show(workflow: Workflow, name: string): Promise<void> {
		if (!page) {
			({ browser, page } = await tools.openBrowser({ width: 1900, height: 1100 }));
			await tools.signInToEditor(page, n8n.url);
		}
		const node = (called: string) => page.locator(`[data-test-id=canvas-node][data-node-name="${called}"]`);
		try {
			await tools.openCanvas(page, n8n.url, workflow);
			await node('Start').hover();
			await page.locator('[data-test-id="execute-workflow-button-Start"]').click();
			await page.getByText('Workflow executed successfully').first().waitFor({ timeout: 60_000 });
			await page.screenshot({ path: join(pictures, `${name}-canvas.png`) });
			await node('Read Leads').dblclick();
			await page.locator('[data-test-id=output-panel]').getByText(/\d+ items?/).first().waitFor({ timeout: 60_000 });
			await page.waitForTimeout(1_000);
		} finally {
			// also what stood there when it failed
			await page.screenshot({ path: join(pictures, `${name}.png`) });
		}
		expect(await page.getByText('Could not load').count()).toBe(0);
	}
});
