import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { AiIntentClassifier } from '../../nodes/AiIntentClassifier/AiIntentClassifier.node';
import codex from '../../nodes/AiIntentClassifier/AiIntentClassifier.node.json';
import { properties } from '../../nodes/AiIntentClassifier/properties';
import { LeadHandoffOpenAiApi } from '../../credentials/LeadHandoffOpenAiApi.credentials';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import { readyIntents } from '../../nodes/lead/classify/readyIntents';
import { emptyLeadFields, emptySourceContext, type HandoffRecord } from '../../nodes/lead/handoffRecord';
import type { Ledger } from '../../nodes/ledger/ledger';
import { delivery, settings } from '../ledger/samples';
import { answering, completion, goodAnswer, httpRequest, sendError, sendJson, startFakeOpenAi, type Behaviour, type FakeOpenAi } from '../support/fakeOpenAi';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

const credentials = { leadHandoffOpenAiApi: { id: '1', name: 'Fake' } };
let service: FakeOpenAi;
let storageFolder: string;
let ledger: Ledger;

beforeAll(async () => {
	service = await startFakeOpenAi();
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-classifier-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	await ledger.saveSettings({ client: 'acme', settings: settings(), at: '2026-11-23T09:00:00.000Z' });
});
afterAll(async () => {
	await closeLedgers();
	await service.close();
});

/** A lead as Lead Normalize and Dedupe Match give it, stored in the ledger. */
async function captured(message: string | null = 'We would like a proposal for a migration.', change: Partial<HandoffRecord> = {}): Promise<HandoffRecord> {
	const input = delivery({ client: change.client ?? 'acme' });
	const { submissionId, leadId, personId, receivedAt, state, delivery: number } = await ledger.capture(input);
	return {
		recordVersion: 1, client: 'acme', run: { test: false }, leadId, personId,
		submission: { id: submissionId, key: input.key, keyFromEventId: true, receivedAt, formTool: 'webhook', state, delivery: number },
		lead: { ...emptyLeadFields(), fullName: 'Mia Brandt', email: 'mia@firm.example', emailKey: 'mia@firm.example', message },
		source: emptySourceContext(), consent: {},
		quality: { score: 90, issues: [], changes: [], replyPath: true, flags: { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false } },
		match: { verdict: 'create', externalIds: {}, score: 0, because: ['new'], candidates: [], mergePlan: [] },
		review: [],
		...change,
	};
}

interface Ran {
	left: INodeExecutionData[];
	records: HandoffRecord[];
	hints: NodeExecutionHint[];
}

/** Runs the node with the defaults of its panel. */
async function run(items: object[], parameters: Record<string, unknown> = {}, options: Partial<StrictContextOptions> = {}): Promise<Ran> {
	const ctx = strictContext({
		items: items as IDataObject[], storageFolder,
		helpers: { httpRequest },
		...options,
		node: { credentials, ...options.node },
		parameters: { ...Object.fromEntries(properties.map((property) => [property.name, property.default])), ...parameters,
			// what one test got must not answer another
			options: { reuseAnswers: false, ...parameters.options as object },
		},
		extra: { getCredentials: async () => ({ apiKey: 'sk-secret', baseUrl: service.baseUrl }), ...options.extra },
	});
	const outputs = await new AiIntentClassifier().execute.call(ctx);
	expect(outputs).toHaveLength(1);
	return { left: outputs[0], records: outputs[0].map(({ json }) => json as unknown as HandoffRecord), hints: ctx.hints };
}

const throughApi = { model: 'credential', modelName: 'fake-1' };

describe('AI Intent Classifier', () => {
	it('runs at first without any account, by rules', async () => {
		const { records: [record], hints } = await run([await captured()]);
		expect(record.intent).toMatchObject({ name: 'Project Request', engine: 'rules', evidence: ['proposal', 'migration'] });
		expect(record.intent).toMatchObject({ confidence: expect.any(Number), confidenceFrom: 'examples' });
		expect(record.review).toEqual([]);
		expect(record.settingsVersion).toBe(1);
		expect(hints).toEqual([]);
	});

	it('reads through the API, changes only its own section, and links each lead to its item', async () => {
		service.behave(answering(goodAnswer));
		const leads = await Promise.all([captured(), captured(), captured()]);
		const { left, records } = await run(leads, throughApi);
		expect(left.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		records.forEach((record, index) => {
			expect(record.intent).toMatchObject({ name: 'Project Request', engine: 'ai' });
			// a model's own figure is no confidence
			expect(record.intent).not.toHaveProperty('confidence');
			expect({ ...record, intent: undefined, settingsVersion: undefined }).toEqual({ ...leads[index], intent: undefined, settingsVersion: undefined });
		});
	});

	it('reads through a connected chat model', async () => {
		const invoke = async () => ({ content: [{ type: 'text', text: JSON.stringify(goodAnswer) }] });
		const { records: [record] } = await run([await captured()], { model: 'connected' }, { extra: { getInputConnectionData: async () => ({ invoke }) } });
		expect(record.intent).toMatchObject({ name: 'Project Request', engine: 'ai' });
	});

	it('gives the recorded decision on a rerun, without a second call', async () => {
		service.behave(answering({ ...goodAnswer, confidence: 0.3 }));
		const lead = await captured();
		const first = await run([lead], throughApi);
		service.behave(answering({ ...goodAnswer, intent: 'Spam' }));
		const second = await run([lead], throughApi);
		// also when the item already went through the node
		const third = await run(first.records, throughApi);
		expect(service.calls).toEqual([]);
		expect(second.records[0].intent).toEqual(first.records[0].intent);
		expect(third.records[0].review).toHaveLength(1);
	});

	it('opens a review item with the reasons, and the lead goes on', async () => {
		service.behave(answering({ ...goodAnswer, confidence: 0.3 }));
		const { records: [record] } = await run([await captured()], throughApi);
		expect(record.review).toEqual([{ stage: 'classify', reasons: ['the model itself was not sure (0.30)'], itemId: expect.any(String) }]);
		const story = await ledger.getLead({ client: 'acme', test: false }, { leadId: record.leadId });
		expect(story?.reviewItems).toMatchObject([{ stage: 'classify', reasons: ['the model itself was not sure (0.30)'] }]);
	});

	it.each<[string, Partial<HandoffRecord>, string | null, string]>([
		['a resend', { match: { verdict: 'resend', externalIds: {}, score: 1, because: [], candidates: [], mergePlan: [] } }, 'A proposal, please', 'this submission was sent again'],
		['a lead that a hard rule excused', {
			routing: {
				queue: 'Support', rule: { number: 2, name: 'Customers' }, matchedRules: [], tier: 'hard', because: [], skipped: [], priority: 'normal', readMessageWithAi: false,
			},
		}, 'A proposal, please', 'a hard rule excused this lead from AI (rule 2)'],
		['an empty message', {}, null, 'the message holds no words'],
	])('spends no call on %s', async (_name, change, message, because) => {
		service.behave(answering(goodAnswer));
		const { records: [record] } = await run([await captured(message, change)], throughApi);
		expect(service.calls).toEqual([]);
		expect(record.intent).toMatchObject({ engine: 'skipped' });
		expect(record.intent?.because[0]).toContain(because);
	});

	it('leaves the decision of a resend to the first delivery', async () => {
		const lead = await captured();
		const resend = { ...lead, match: { verdict: 'resend', externalIds: {}, score: 1, because: [], candidates: [], mergePlan: [] } };
		await run([resend]);
		expect(await ledger.getDecision({ client: 'acme', test: false }, lead.submission.id, 'classify')).toBeUndefined();
		const { records: [first] } = await run([lead]);
		const { records: [again] } = await run([resend]);
		expect(again.intent).toEqual(first.intent);
	});

	it('works from flat fields without touching the ledger', async () => {
		const { records: [record] } = await run([{ email: 'jo@acme.example', message: 'Could you call me back?' }]);
		expect(record.intent).toMatchObject({ name: 'Call Request', engine: 'rules' });
		expect(record.quality.issues).toMatchObject([{ code: 'NOT_CAPTURED' }]);
	});

	it('works without a ledger', async () => {
		const { records: [record] } = await run([await captured()], { ledger: 'none' });
		expect(record.intent).toMatchObject({ name: 'Project Request' });
	});

	it('gives twelve flat columns when asked', async () => {
		const { left: [item] } = await run([await captured()], { output: 'simplified' });
		expect(item.json).toMatchObject({ fullName: 'Mia Brandt', intent: 'Project Request', needsReview: false });
		expect(Object.keys(item.json)).toHaveLength(12);
	});

	it('reads a client\'s own intents, and this node\'s when told so', async () => {
		const own = [{ ...readyIntents[0], name: 'ERP Rollout' }, readyIntents[7]];
		await ledger.saveSettings({ client: 'globex', settings: settings({ intents: own }), at: '2026-11-23T09:00:00.000Z' });
		const { records: [theirs, ours] } = await run([await captured(undefined, { client: 'globex' }), await captured()]);
		expect([theirs.intent?.name, ours.intent?.name]).toEqual(['ERP Rollout', 'Project Request']);
		const intents = { values: [{ name: 'Migration', description: 'Wants to migrate', keywords: 'migration, umzug', nextStep: 'Call', buyingStage: 'ready', urgency: 'high' }] };
		const { records: [record], hints } = await run([await captured()], { settingsFrom: 'node', intents });
		expect(record.intent).toMatchObject({ name: 'Migration', urgency: 'high', nextStep: 'Call' });
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('No intent is a catch-all')]);
	});

	it('reads at most as many leads at once as allowed', async () => {
		let open = 0;
		let most = 0;
		service.behave((response) => {
			most = Math.max(most, ++open);
			setTimeout(() => { open--; sendJson(response, 200, completion(goodAnswer)); }, 15);
		});
		await run(await Promise.all(Array.from({ length: 12 }, () => captured())), { ...throughApi, options: { concurrency: 3 } });
		expect(most).toBe(3);
	});
});

describe('AI Intent Classifier when its model fails', () => {
	const connectedModel = (model: unknown): Partial<StrictContextOptions> => ({ extra: { getInputConnectionData: async () => model } });
	const modes: [name: string, behaviour: Behaviour, parameters?: Record<string, unknown>, options?: Partial<StrictContextOptions>][] = [
		['401', (response) => sendError(response, 401)],
		['429 with Retry-After', (response) => sendError(response, 429, null, { 'retry-after': '0.02' })],
		['429 without Retry-After', (response) => sendError(response, 429)],
		['500', (response) => sendError(response, 500)],
		['a hang', () => undefined],
		['a slow drip', (response) => {
			const drip = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(drip));
		}],
		['a refusal', (response) => sendJson(response, 200, completion(null, {}, { refusal: 'no' }))],
		['a cut-off answer', (response) => sendJson(response, 200, completion('{"intent"', { finish_reason: 'length' }))],
		['an intent of its own', answering({ ...goodAnswer, intent: 'VIP' })],
		['wrong types', answering({ ...goodAnswer, urgency: 3, evidence: {} })],
		['an empty answer', answering('')],
		['no JSON', answering('I am a teapot')],
		['a content filter on the answer', (response) => sendJson(response, 200, completion('', { finish_reason: 'content_filter' }))],
		['a content filter on the message', (response) => sendError(response, 400, 'content_filter')],
		['a cut connection', (response) => response.destroy()],
		['a deleted credential', answering(goodAnswer), {}, { extra: { getCredentials: async () => { throw new Error('gone'); } } }],
		['an unplugged model', answering(goodAnswer), { model: 'connected' }, connectedModel(undefined)],
		['a model that throws', answering(goodAnswer), { model: 'connected' }, connectedModel({ invoke: async () => { throw new Error('sk-secret'); } })],
	];

	it.each(modes)('lets every lead leave once with a valid intent on %s', async (_name, behaviour, parameters = {}, options = {}) => {
		service.behave(behaviour);
		const leads = await Promise.all([captured('A proposal, please, for jo@acme.example'), captured('Bitte um Rückruf'), captured('Hm'), captured(null)]);
		const { left, records, hints } = await run(leads, { ...throughApi, options: { deadlineSeconds: 1 }, ...parameters }, options);
		expect(left.map(({ pairedItem }) => pairedItem)).toEqual(leads.map((_, item) => ({ item })));
		expect(records.map(({ leadId }) => leadId)).toEqual(leads.map(({ leadId }) => leadId));
		expect(records.map(({ intent }) => [intent?.name, intent?.engine])).toEqual([
			['Project Request', 'fallback'], ['Call Request', 'fallback'], ['Other', 'fallback'], ['Other', 'skipped'],
		]);
		for (const { review, intent } of records.slice(0, 3)) expect(review).toEqual([{ stage: 'classify', reasons: [`not read by AI: ${intent?.because[0]}`], itemId: expect.any(String) }]);
		expect(hints.reduce((sum, { message }) => sum + Number(/did not read (\d) of 4 leads/.exec(message)?.[1]), 0)).toBe(3);
		expect(JSON.stringify([hints, records.map(({ intent, review }) => [intent?.because, review])])).not.toMatch(/sk-secret|secret words|acme\.example/);
	});

	it('takes a fenced answer for a good one', async () => {
		service.behave(answering(`\`\`\`json\n${JSON.stringify(goodAnswer)}\n\`\`\``));
		expect((await run([await captured()], throughApi)).records[0].intent).toMatchObject({ engine: 'ai' });
	});

	it('says once what to do about it', async () => {
		service.behave((response) => sendError(response, 401));
		const { hints } = await run(await Promise.all([captured(), captured()]), throughApi);
		expect(hints).toEqual([{
			message: 'AI did not read 2 of 2 leads: the model service refused the key (HTTP 401). The rules decided instead, and a review item was added. Check the API key in the credential.',
			type: 'warning', location: 'outputPane',
		}]);
	});
});

describe('AI Intent Classifier settings', () => {
	it.each<[string, Record<string, unknown>, Partial<StrictContextOptions>, string]>([
		['no credential', throughApi, { node: { credentials: undefined } }, 'No credential is chosen for the model'],
		['no model name', { ...throughApi, modelName: ' ' }, {}, 'No model is named'],
		['an intent without description', { settingsFrom: 'node', intents: { values: [{ name: 'Audit', nextStep: 'Call' }] } }, {}, 'Intent 1 has no usable Description'],
		['two intents of one name', { settingsFrom: 'node', intents: { values: [1, 2].map(() => ({ name: 'Audit', description: 'Audits', nextStep: 'Call' })) } }, {}, 'Intents 1 and 2 have the same name'],
		['a threshold over one', { options: { confidenceThreshold: 60 } }, {}, 'Confidence Threshold is out of range'],
		['an unknown client', {}, {}, 'Client \'initech\' is not set up'],
		['Execute Once', {}, { node: { executeOnce: true } }, '"Execute Once" would drop every lead but the first'],
		['several at once', { ...throughApi, modelName: '', options: { deadlineSeconds: 0 } }, { node: { credentials: undefined } }, '3 settings need a change before the first lead'],
	])('stops before the first lead on %s', async (name, parameters, options, message) => {
		service.behave(answering(goodAnswer));
		const lead = await captured(undefined, name === 'an unknown client' ? { client: 'initech' } : {});
		await expect(run([lead], parameters, options)).rejects.toMatchObject({ message, name: 'NodeOperationError' });
		expect(service.calls).toEqual([]);
	});
});

describe('AI Intent Classifier description', () => {
	const { description } = new AiIntentClassifier();
	// n8n stores the expression as text and runs it without this module
	const inputs = new Function('$parameter', `return ${String(description.inputs).slice(3, -2)}`) as (parameters: object) => unknown;

	it('shows a model input only while a chat model is to be connected, also as text', () => {
		expect(inputs({ model: 'none' })).toEqual(['main']);
		expect(inputs({ model: 'credential' })).toEqual(['main']);
		expect(inputs({ model: 'connected' })).toEqual(['main', { type: 'ai_languageModel', displayName: 'Chat Model', maxConnections: 1, required: true }]);
	});

	it('agrees with its codex file and its credential', () => {
		expect(codex.node).toBe(`n8n-nodes-lead-handoff.${description.name}`);
		expect(description.credentials?.[0].name).toBe(new LeadHandoffOpenAiApi().name);
	});
});
