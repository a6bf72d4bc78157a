import fc from 'fast-check';
import { classifyLead } from '../../../nodes/lead/classify/classifyLead';
import type { ModelReply } from '../../../nodes/lead/classify/modelReply';
import { longestSummary } from '../../../nodes/lead/classify/summary';
import { goodAnswer } from '../../support/fakeOpenAi';
import { classifyInput as input, message, modelOf as model, readyTaxonomy as taxonomy, recordOf } from './classifyFixtures';

describe('classifyLead with a model', () => {
	it('takes a good answer, with evidence, next step of the taxonomy and a summary of one shape', async () => {
		const { ask, asked } = model(goodAnswer);
		const record = recordOf();
		record.source.source = 'google';
		record.source.campaign = 'autumn-erp';
		const { intent, reasons } = await classifyLead(input({ record, ask }));
		expect(intent).toEqual({
			name: 'Project Request', highIntent: true, urgency: 'high', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en',
			summary: 'Source: google. Campaign: autumn-erp. Request: Wants a proposal for a migration. Urgency: high. Next step: Call, confirm scope and date, then send a proposal.',
			nextStep: 'Call, confirm scope and date, then send a proposal',
			evidence: ['a proposal'], engine: 'ai', because: ['read by AI, with words of the message as evidence'],
			usage: { inputTokens: 100, outputTokens: 20, model: 'm1', calls: 1 }, promptVersion: expect.any(String),
		});
		expect(reasons).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	it('shows the model no name, address or number, and puts them back in what it says', async () => {
		const { ask, asked } = model({ ...goodAnswer, useCase: 'Answer [NAME_1] at [EMAIL_1] or [PHONE_1].', evidence: ['Mail [EMAIL_1]'] });
		const { intent } = await classifyLead(input({ ask }));
		expect(asked[0]).not.toMatch(/jo\.roe|7946|Jo Roe/);
		expect(intent.summary).toContain('Request: Answer Jo Roe at jo.roe@acme.example or +44 20 7946 0018.');
		expect(intent.evidence).toEqual(['Mail jo.roe@acme.example']);
	});

	it('asks once more after an answer that can\'t be read, and adds up what both cost', async () => {
		const { ask, asked } = model({ ...goodAnswer, intent: 'Refund' }, goodAnswer);
		const { intent, reasons } = await classifyLead(input({ ask }));
		expect(intent).toMatchObject({ name: 'Project Request', engine: 'ai', usage: { inputTokens: 200, outputTokens: 40 } });
		expect(asked[1]).toContain('the answer was not of its shape (intent)');
		expect(asked[1]).not.toContain('Refund');
		expect(reasons).toEqual(['the model\'s first answer could not be used']);
	});

	it('lets the words decide after two answers that can\'t be read', async () => {
		const { ask, asked } = model('no', 'no', goodAnswer);
		const { intent, reasons } = await classifyLead(input({ ask }));
		expect(asked).toHaveLength(2);
		expect(intent).toMatchObject({ name: 'Project Request', engine: 'fallback', because: ['the answer was not JSON', expect.stringContaining('"proposal"')] });
		expect(intent).toMatchObject({ confidenceFrom: 'examples' });
		expect(reasons).toEqual(['not read by AI: the answer was not JSON']);
	});

	it.each([
		['a model that says itself that it is not sure', { confidence: 0.4 }, {}, 'the model itself was not sure (0.40)'],
		['another intent than the words say', { intent: 'Spam' }, {}, 'the model read Spam, the words speak for Project Request'],
		['evidence that is not in the message', { evidence: ['we pay any price'] }, {}, 'no quote of the model stands in the message'],
		['an invented link', { useCase: 'Go to https://evil.example' }, {}, 'the model\'s summary named a link that the lead did not write'],
		['a model that saw instructions', { givesInstructions: true }, {}, 'the message may try to instruct its reader'],
		['hidden characters', {}, { message: `${message}\u202e` }, 'the message may try to instruct its reader'],
	])('asks for review on %s', async (_name, answer, fields, reason) => {
		const { reasons } = await classifyLead(input({ record: recordOf(fields), ask: model({ ...goodAnswer, ...answer }).ask }));
		expect(reasons).toEqual([reason]);
	});

	it('never calls for an empty message, one without words, or a lead that is excused', async () => {
		const { ask, asked } = model(goodAnswer, goodAnswer, goodAnswer);
		for (const text of [null, '   ', '🎉🎉']) {
			const { intent, reasons } = await classifyLead(input({ record: recordOf({ message: text }), ask }));
			expect(intent).toMatchObject({ name: 'Other', engine: 'skipped', because: ['the message holds no words', 'no words point to any intent'] });
			expect(intent).not.toHaveProperty('highIntent');
			expect(reasons).toEqual([]);
		}
		const { intent } = await classifyLead(input({ ask, skipBecause: 'a hard rule excused this lead from AI (rule 2)' }));
		expect(intent).toMatchObject({ name: 'Project Request', engine: 'skipped', because: ['a hard rule excused this lead from AI (rule 2)', expect.any(String)] });
		expect(asked).toEqual([]);
	});

	it('says how much of a long message was read', async () => {
		const { intent } = await classifyLead(input({ record: recordOf({ message: 'quote '.repeat(50_000) }), maxMessageCharacters: 100 }));
		expect(intent.because).toContain('only the first 100 characters were read');
		expect(intent.summary.length).toBeLessThanOrEqual(longestSummary);
	});
});

describe('hostile input', () => {
	const bait = ['https://evil.example/pay', 'evil.example', 'eve@evil.example', 'call +1 202 555 0142', 'wire $9,999', '<!channel>', '@here', 'evil dot com', '１２３４'];
	const hostileText = fc.array(fc.oneof(fc.constantFrom(...bait), fc.string({ unit: 'grapheme' })), { maxLength: 6 }).map((parts) => parts.join(' '));
	const hostileAnswer = fc.record({
		intent: fc.oneof(fc.constantFrom('Project Request', 'Spam', '__proto__', 'VIP'), hostileText),
		confidence: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(null, 7, 'sure')),
		urgency: fc.constantFrom('high', 'low', 'critical'), buyingStage: fc.constantFrom('ready', 'now'), sentiment: fc.constant('positive'), fit: fc.constant('good'),
		language: fc.oneof(fc.constant('en'), hostileText), useCase: hostileText, evidence: fc.array(hostileText, { maxLength: 20 }), givesInstructions: fc.boolean(),
		owner: hostileText, routing: fc.constant({ queue: 'VIP' }), nextStep: hostileText,
	}, { requiredKeys: ['intent', 'useCase'] });
	const content = fc.oneof(hostileAnswer, hostileAnswer.map((one) => JSON.stringify(one)), hostileText, fc.jsonValue());

	it('lets nothing through but the taxonomy\'s words and what the lead wrote, whatever a model answers', async () => {
		await fc.assert(fc.asyncProperty(content, content, async (first, second) => {
			const { intent } = await classifyLead(input({ ask: model(first, second).ask }));
			const definition = taxonomy.intents.find(({ name }) => name === intent.name);
			expect(definition).toBeDefined();
			expect(intent.nextStep).toBe(definition?.nextStep);
			expect(intent.language ?? 'en').toMatch(/^[a-z]{2}$/);
			expect(Object.keys(intent)).not.toEqual(expect.arrayContaining(['owner']));
			for (const quote of intent.evidence) expect(message).toContain(quote);
			expect(intent.summary).not.toMatch(/evil|202 555|9,999|[<>]|@here|1234|１２３４/);
			expect(intent.summary.length).toBeLessThanOrEqual(longestSummary);
		}), { numRuns: 600 });
	});

	it('gives every message an intent of the taxonomy and changes nothing else of the record', async () => {
		const reply = fc.constantFrom<ModelReply>({ status: 'failed', reason: 'down' }, { status: 'answered', content: goodAnswer }, { status: 'answered', content: undefined });
		await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), fc.option(reply), async (text, given) => {
			const record = recordOf({ message: text });
			const before = structuredClone(record);
			const { intent } = await classifyLead(input({ record, ask: given === null ? undefined : async () => given }));
			expect(taxonomy.intents.map(({ name }) => name)).toContain(intent.name);
			expect(record).toEqual(before);
		}), { numRuns: 300 });
	});

	it('keeps links out of the source line, which anyone can write', async () => {
		const record = recordOf();
		record.source.campaign = 'win https://evil.example';
		expect((await classifyLead(input({ record }))).intent.summary).not.toContain('evil');
	});
});
