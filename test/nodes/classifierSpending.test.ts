import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HandoffRecord } from '../../nodes/lead/handoffRecord';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import { readyIntents } from '../../nodes/lead/classify/readyIntents';
import type { Ledger } from '../../nodes/ledger/ledger';
import { settings } from '../ledger/samples';
import { capturedLead, runClassifier, type ClassifierRun } from '../support/classifierRun';
import { answering, completion, goodAnswer, logprobs, sendError, sendJson, startFakeOpenAi, type FakeOpenAi } from '../support/fakeOpenAi';
import { strictContext, type StrictContextOptions } from '../support/strictContext';

let service: FakeOpenAi;
let storageFolder: string;
let ledger: Ledger;
const text = 'We would like a proposal for a migration.';
const throughApi = { model: 'credential', modelName: 'fake-1' };
const fresh = { ...throughApi, options: { reuseAnswers: false } };

beforeAll(async () => {
	service = await startFakeOpenAi();
	storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-spending-'));
	ledger = await openLedger(strictContext({ items: [], storageFolder })) as Ledger;
	for (const client of ['acme', 'globex']) await ledger.saveSettings({ client, settings: settings(), at: '2026-11-23T09:00:00.000Z' });
});
afterAll(async () => {
	await closeLedgers();
	await service.close();
});

const run = async (items: object[], parameters: Record<string, unknown> = {}, options: Partial<StrictContextOptions> = {}): Promise<ClassifierRun> =>
	await runClassifier({ storageFolder, baseUrl: service.baseUrl }, items, parameters, options);
const captured = async (message: string | null, change: Partial<HandoffRecord> = {}, fields: Partial<HandoffRecord['lead']> = {}) => await capturedLead(ledger, message, change, fields);

describe('kept answers', () => {
	it('answer the same text of another lead without a call, with that lead\'s own name in it', async () => {
		service.behave(answering({ ...goodAnswer, useCase: 'Answer [NAME_1].', evidence: ['proposal for a migration'] }));
		const [one, two] = [await captured(`${text} Mia Brandt`), await captured(`${text} Jo Roe`, {}, { fullName: 'Jo Roe' })];
		const first = await run([one], throughApi);
		const second = await run([two], throughApi);
		expect(service.calls).toHaveLength(1);
		expect(first.records[0].intent?.summary).toContain('Answer Mia Brandt.');
		expect(second.records[0].intent).toMatchObject({ engine: 'ai', fromCache: true, evidence: ['proposal for a migration'], summary: expect.stringContaining('Answer Jo Roe.') });
		expect(second.records[0].intent).not.toHaveProperty('usage');
	});

	it('hold no text and no personal value of a lead', async () => {
		service.behave(answering({ ...goodAnswer, useCase: 'Write to [EMAIL_1].', evidence: ['mail [EMAIL_1]'] }));
		const { records: [{ intent }] } = await run([await captured('A proposal please, mail secret.person@firm.example')], throughApi);
		expect(intent?.evidence).toEqual(['mail secret.person@firm.example']);
		const file = new DatabaseSync(join(storageFolder, 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'), { readOnly: true });
		const rows = file.prepare('SELECT answer_key, answer FROM ai_answers').all() as { answer_key: string; answer: string }[];
		file.close();
		expect(rows.length).toBeGreaterThan(0);
		for (const { answer_key: key, answer } of rows) {
			expect(key).toMatch(/^[\w-]{43}$/);
			expect(answer).not.toMatch(/secret\.person|proposal please/);
		}
	});

	it('are asked for again when client, text, intents, draws or model differ', async () => {
		service.behave(answering(goodAnswer));
		const other = 'Another text about a proposal.';
		await run([await captured(other)], throughApi);
		await run([await captured(other, { client: 'globex' })], throughApi);
		await run([await captured(`${other}!`)], throughApi);
		await run([await captured(other)], { ...throughApi, settingsFrom: 'node', intents: { values: [{ ...readyIntents[0], examples: 'x', counterExamples: '', keywords: '', decidingKeywords: '' }, { name: 'Spam', description: 'x', nextStep: 'x', buyingStage: 'unknown', urgency: 'low' }] } });
		await run([await captured(other)], { ...throughApi, modelName: 'fake-2' });
		expect(service.calls).toHaveLength(5);
		await run([await captured(other)], { ...throughApi, options: { draws: 3 } });
		expect(service.calls).toHaveLength(8);
	});

	it('are of no use to a lead that the ledger does not know, and off when told so', async () => {
		service.behave(answering(goodAnswer));
		const item = { email: 'jo@acme.example', message: 'A proposal for something third.' };
		await run([item], throughApi);
		await run([item], throughApi);
		await run([await captured('A fourth proposal')], fresh);
		await run([await captured('A fourth proposal')], fresh);
		expect(service.calls).toHaveLength(4);
	});
});

describe('confidence', () => {
	const asText = JSON.stringify(goodAnswer);
	const [before, after] = asText.split('Project Request');
	const withTokens = (chance: number) => completion(asText, { logprobs: logprobs([[before, 0.99], ['Project', chance], [' Request', 1], [after, 0.5]]) });

	it('is the chance of the tokens that name the intent, where the service tells it', async () => {
		service.behave((response) => sendJson(response, 200, withTokens(0.87)));
		const { records: [{ intent, review }] } = await run([await captured(text)], fresh);
		expect(intent).toMatchObject({ confidence: 0.87, confidenceFrom: 'tokens' });
		expect(review).toEqual([]);
	});

	it('below the threshold asks for review, and an intent\'s own threshold goes before the node\'s', async () => {
		service.behave((response) => sendJson(response, 200, withTokens(0.55)));
		const low = await run([await captured(text)], fresh);
		expect(low.records[0].review).toMatchObject([{ reasons: ['confidence 0.55 is below 0.60'] }]);
		const own = readyIntents.map((intent) => ({ ...intent, confidenceThreshold: intent.name === 'Project Request' ? 0.5 : undefined }));
		await ledger.saveSettings({ client: 'initech', settings: settings({ intents: own }), at: '2026-11-23T09:00:00.000Z' });
		expect((await run([await captured(text, { client: 'initech' })], fresh)).records[0].review).toEqual([]);
	});

	it('is the share of draws that agree, and the answer is one of those', async () => {
		const answers = [goodAnswer, { ...goodAnswer, intent: 'Pricing Question' }, { ...goodAnswer, useCase: 'Second of the same kind.' }];
		service.behave((response, { body }, number) => {
			expect(body.temperature).toBeGreaterThan(0);
			sendJson(response, 200, completion(answers[number - 1]));
		});
		const { records: [{ intent }] } = await run([await captured(text)], { ...throughApi, options: { draws: 3, reuseAnswers: false } });
		expect(intent).toMatchObject({ name: 'Project Request', confidence: 0.667, confidenceFrom: 'draws', usage: { inputTokens: 900, calls: 3 } });
		expect(intent?.because).toContain('2 of 3 draws agreed');
	});

	it('is absent when nothing measures it, whatever the model says of itself', async () => {
		service.behave(answering({ ...goodAnswer, confidence: 1 }));
		expect((await run([await captured(text)], fresh)).records[0].intent).not.toHaveProperty('confidence');
	});

	it('asks a service once that refuses token chances or a temperature, and then no more', async () => {
		service.behave((response, { body }) => {
			if (body.logprobs) return sendError(response, 400, 'unsupported_parameter', {}, 'logprobs');
			if (body.temperature !== undefined) return sendError(response, 400, 'unsupported_value', {}, 'temperature');
			return sendJson(response, 200, completion(goodAnswer));
		});
		const parameters = { ...fresh, modelName: 'thinking-1' };
		expect((await run([await captured(text)], parameters)).records[0].intent?.engine).toBe('ai');
		expect(service.calls).toHaveLength(3);
		await run([await captured(text)], parameters);
		expect(service.calls).toHaveLength(4);
		expect(service.calls[3].body.response_format?.type).toBe('json_schema');
	});
});

describe('a token budget', () => {
	const leads = async (count: number, client = 'acme') => await Promise.all(Array.from({ length: count }, (_, index) => captured(`${text} Number ${index}.`, { client })));

	it('of a run lets the rules read the rest, without a review item for that', async () => {
		service.behave(answering(goodAnswer));
		const { records, hints } = await run(await leads(6), { ...throughApi, options: { reuseAnswers: false, tokensPerRun: 3_000, concurrency: 1 } });
		const byRules = records.filter(({ intent }) => intent?.engine === 'rules');
		expect(records.filter(({ intent }) => intent?.engine === 'ai').length).toBeGreaterThan(0);
		expect(byRules.length).toBeGreaterThan(0);
		expect(byRules[0].intent?.because[0]).toBe('the token budget of this run is used up');
		expect(byRules.flatMap(({ review }) => review.flatMap(({ reasons }) => reasons))).not.toContainEqual(expect.stringContaining('not read by AI'));
		expect(hints.map(({ message }) => message)).toContainEqual(expect.stringContaining('because the token budget is used up'));
	});

	it('of a day holds over runs and for each client apart', async () => {
		service.behave(answering(goodAnswer));
		const parameters = { ...throughApi, options: { reuseAnswers: false, tokensPerDay: 3_000, concurrency: 1 } };
		const engines = async (client: string) => (await run(await leads(1, client), parameters)).records.map(({ intent }) => intent?.engine);
		const first = [await engines('acme'), await engines('acme'), await engines('acme'), await engines('acme'), await engines('acme'), await engines('acme')].flat();
		expect(first[0]).toBe('ai');
		expect(first[first.length - 1]).toBe('rules');
		expect(await engines('globex')).toEqual(['ai']);
	});

	it('is given back by calls that the service refused', async () => {
		service.behave((response) => sendError(response, 401));
		const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());
		const before = (await ledger.spend({ client: 'acme', purpose: 'aiTokens', day, amount: 0 })).spent;
		await run(await leads(2), { ...throughApi, options: { reuseAnswers: false, tokensPerDay: 1_000_000 } });
		expect((await ledger.spend({ client: 'acme', purpose: 'aiTokens', day, amount: 0 })).spent).toBe(before);
	});

	it('of a day is refused without a ledger', async () => {
		await expect(run([{ message: text }], { ...throughApi, ledger: 'none', options: { tokensPerDay: 5 } })).rejects.toMatchObject({ message: 'Tokens per Day can\'t be counted without a ledger' });
	});

	it('comes with the cost of each lead, where prices are told', async () => {
		service.behave(answering(goodAnswer));
		const { records: [{ intent }] } = await run([await captured(text)], { ...throughApi, options: { reuseAnswers: false, inputPrice: 0.4, outputPrice: 1.6, currency: 'EUR' } });
		expect(intent?.usage).toEqual({ inputTokens: 300, outputTokens: 60, model: 'fake-model-1', calls: 1, cost: 0.000216, currency: 'EUR' });
	});
});

describe('leads that cost no token', () => {
	const own = [{ ...readyIntents[0] }, { ...readyIntents[6], decidingKeywords: ['payday loan'] }, { ...readyIntents[7], decidingKeywords: ['unsubscribe', 'abmelden'] }];
	const decidedBy = { ...fresh, settingsFrom: 'node', intents: { values: own.map((intent) => ({ ...intent, examples: intent.examples.join('\n'), counterExamples: '', keywords: intent.keywords.join(','), decidingKeywords: intent.decidingKeywords.join(','), confidenceThreshold: 0 })) } };

	it('are those that a deciding word decides', async () => {
		service.behave(answering(goodAnswer));
		const { records: [{ intent, review }] } = await run([await captured('Please UNSUBSCRIBE me from the proposal mails')], decidedBy);
		expect(service.calls).toEqual([]);
		expect(intent).toMatchObject({ name: 'Other', engine: 'rules', evidence: ['UNSUBSCRIBE'], because: ['"UNSUBSCRIBE" decides for Other, so no AI was needed'] });
		expect(review).toEqual([]);
	});

	it('are not those for which words of two intents decide', async () => {
		service.behave(answering({ ...goodAnswer, evidence: ['payday loan'] }));
		await run([await captured('unsubscribe me from payday loan mails')], decidedBy);
		expect(service.calls).toHaveLength(1);
	});

	const filter = (...conditions: [string, string, unknown][]) => ({
		conditions: conditions.map(([leftValue, operation, rightValue]) => ({ leftValue, rightValue, operator: { type: 'string', operation } })), combinator: 'and', options: {},
	});

	it('are those for which Skip AI When holds, with the reason', async () => {
		service.behave(answering(goodAnswer));
		const skipWhen = filter(['={{ $json.lead.country }}', 'equals', 'Germany'], ['={{ $json.match.customerStatus }}', 'notEmpty', '']);
		const german = await captured(text, { match: { verdict: 'create', externalIds: {}, score: 0, because: [], candidates: [], mergePlan: [], customerStatus: 'customer' } }, { country: 'DE' });
		const { records } = await run([german, await captured(text, {}, { country: 'DE' })], { ...fresh, skipWhen });
		expect(records.map(({ intent }) => intent?.engine)).toEqual(['skipped', 'ai']);
		expect(records[0].intent?.because[0]).toMatch(/^"Skip AI When" holds: country is Germany/);
		expect(service.calls).toHaveLength(1);
	});

	it.each([
		['an expression', filter(['={{ $json.lead.email.toUpperCase() }}', 'equals', 'x']), '"Skip AI When" has a condition with an expression'],
		['fixed text', filter(['Germany', 'equals', 'Germany']), '"Skip AI When" compares fixed text, not a field'],
		['no value', { conditions: [{ leftValue: '={{ $json.quality.score }}', rightValue: '', operator: { type: 'number', operation: 'gt' } }], combinator: 'and' }, '"Skip AI When" has a condition without a usable value'],
		['what AI said', filter(['={{ $json.intent.name }}', 'equals', 'Spam']), '"Skip AI When" asks what AI says, but decides whether AI is asked'],
	])('are a settings error with %s', async (_name, skipWhen, message) => {
		await expect(run([await captured(text)], { ...fresh, skipWhen })).rejects.toMatchObject({ message });
	});
});

describe('review', () => {
	it('is of every lead of an intent, or of a client, that is set so', async () => {
		service.behave(answering(goodAnswer));
		const strict = readyIntents.map((intent) => ({ ...intent, alwaysReview: intent.name === 'Project Request' }));
		await ledger.saveSettings({ client: 'bank', settings: settings({ intents: strict }), at: '2026-11-23T09:00:00.000Z' });
		await ledger.saveSettings({ client: 'clinic', settings: settings({ alwaysReview: true }), at: '2026-11-23T09:00:00.000Z' });
		const { records } = await run([await captured(text, { client: 'bank' }), await captured(text, { client: 'clinic' }), await captured(text)], fresh);
		expect(records.map(({ review }) => review.flatMap(({ reasons }) => reasons))).toEqual([['every Project Request is looked at by a person'], ['every lead of this client is looked at by a person'], []]);
	});

	it('is of a language that is not covered', async () => {
		service.behave(answering({ ...goodAnswer, language: 'pl', evidence: ['ofertę'] }));
		const { records: [{ review }] } = await run([await captured('Prosimy o ofertę na proposal')], { ...throughApi, options: { reuseAnswers: false, coveredLanguages: 'en, de' } });
		expect(review).toMatchObject([{ reasons: ['the message is in a language that is not covered (pl)'] }]);
		const byRules = await run([await captured('Prosimy o ofertę', {}, { language: 'pl' }), await captured(text, {}, { language: 'en' })]);
		expect(byRules.records.map((record) => record.review.flatMap(({ reasons }) => reasons).filter((reason) => reason.includes('language')))).toEqual([['the message is in a language that is not covered (pl)'], []]);
	});

	it('leaves on a branch of its own when told so, together with failed leads', async () => {
		service.behave(answering({ ...goodAnswer, evidence: [] }));
		const good = await captured('A proposal, please, for the doubtful');
		const { outputs } = await run([good, await captured(null)], { ...fresh, outputs: 'reviewsApart' });
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 1 }], [{ item: 0 }]]);
		const failing = await run([good], { ...throughApi, outputs: 'reviewsApart', modelName: '' }, { continueOnFail: true });
		expect(failing.outputs.map((items) => items.length)).toEqual([0, 1]);
	});

	it('writes the summary in the rep\'s language', async () => {
		await ledger.saveSettings({ client: 'wien', settings: settings({ language: 'de' }), at: '2026-11-23T09:00:00.000Z' });
		service.behave(answering({ ...goodAnswer, useCase: 'Möchte ein Angebot für eine Migration.' }));
		const { records: [{ intent }] } = await run([await captured(text, { client: 'wien' })], fresh);
		expect(intent?.summary).toMatch(/^Anliegen: Möchte ein Angebot für eine Migration\. Dringlichkeit: hoch\. Nächster Schritt: /);
		expect(service.calls[0].body.messages[0].content).toContain('in the language "de"');
	});
});
