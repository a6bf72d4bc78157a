import fc from 'fast-check';
import { emptyLeadFields, emptySourceContext, type HandoffRecord } from '../../nodes/lead/handoffRecord';
import { readRecord } from '../../nodes/lead/readRecord';
import { anyItem, anyJson, damage, sectionDamage } from '../support/hostileItems';

const now = new Date('2026-11-20T18:30:00.000Z');
const read = (json: unknown) => readRecord({ json, now, newId: () => 'new' });

/** A record as the whole handoff gives it. */
const whole: HandoffRecord = {
	recordVersion: 1, client: 'acme', run: { test: false }, leadId: 'lead-1', personId: 'person-1',
	submission: { id: 'submission-1', key: 'acme:form:1', keyFromEventId: true, receivedAt: now.toISOString(), formTool: 'webhook', state: 'activated', delivery: { number: 1, outcome: 'first' } },
	lead: { ...emptyLeadFields(), fullName: 'Ana Prior', email: 'ana@northwind.example', emailKey: 'ana@northwind.example', companySize: { min: 10, max: 50 }, budget: { min: 5000, max: null, currency: 'GBP' } },
	source: { ...emptySourceContext(), source: 'google', firstTouch: { channel: 'search', source: null, medium: null, campaign: null, at: null } },
	consent: { email: true, text: 'Send me news' },
	quality: {
		score: 80, replyPath: true, flags: { disposableEmail: false, freeEmail: true, roleEmail: false, suspectedSpam: false, suspectedInjection: false },
		issues: [{ field: 'lead.phone', code: 'PHONE_MISSING', message: 'No phone number was given', severity: 'info' }],
		changes: [{ field: 'lead.fullName', before: 'ANA PRIOR', after: 'Ana Prior', rule: 'capitals' }],
	},
	match: {
		verdict: 'append', externalIds: { hubspot: '7' }, score: 0.97, because: ['same address'], candidates: [{ personId: 'person-1', score: 0.97, because: ['same address'] }],
		mergePlan: [{ field: 'phone', known: null, incoming: '+442079460018', result: '+442079460018', because: 'only one is known' }], account: { name: 'Northwind', score: 1, because: ['same domain'] }, existingOwner: 'mia',
	},
	intent: {
		name: 'Demo', highIntent: true, confidence: 0.8, urgency: 'high', buyingStage: 'ready', sentiment: 'positive', fit: 'good', language: 'en', summary: 'Wants a demo', nextStep: 'Call', evidence: ['a demo'],
		engine: 'ai', because: ['said so'], usage: { inputTokens: 1, outputTokens: 1, model: 'm' }, promptVersion: '1',
	},
	routing: {
		queue: 'UK', team: 'UK', owner: { id: 'mia', name: 'Mia', email: null }, rule: { number: 1, name: 'UK' }, matchedRules: [{ number: 1, name: 'UK', tier: 'hard' }], tier: 'hard', because: ['rule 1'],
		skipped: [], assignment: 'rotation', priority: 'normal', readMessageWithAi: true, hard: { queue: 'UK' },
	},
	sla: {
		policy: 'Standard', clock: 'First Response', startedAt: now.toISOString(), startedFrom: 'receivedAt', dueAt: now.toISOString(), warnAt: now.toISOString(), status: 'running', elapsedMinutes: 0, remainingMinutes: 15,
		nextCheckAt: null, because: ['open'],
	},
	review: [{ stage: 'clean', reasons: ['similar name'], itemId: 'item-1' }], settingsVersion: 2, text: 'Ana wants a demo',
};

/** A copy of the record in which one path holds something else; `undefined` takes it away. */
function changed(path: string, value: unknown): HandoffRecord {
	const copy = structuredClone(whole);
	const names = path.split('.');
	const last = names.pop() as string;
	const parent = names.reduce<Record<string, unknown>>((inner, name) => inner[name] as Record<string, unknown>, copy as unknown as Record<string, unknown>);
	if (value === undefined) delete parent[last];
	else parent[last] = value;
	return copy;
}

describe('readRecord', () => {
	it('gives a record back as it is', () => {
		expect(read(whole)).toEqual({ record: whole, captured: true });
		expect(read(JSON.parse(JSON.stringify(whole)))).toEqual({ record: whole, captured: true });
	});

	it('keeps what an operator added, in the record and in its sections', () => {
		const added = { ...whole, crm: { dealId: 7 }, routing: { ...whole.routing, color: 'red', owner: { ...whole.routing?.owner, desk: 4 } }, source: { ...whole.source, shop: 'north' } };
		expect(read(added).record).toEqual(added);
	});

	it('leaves the given record untouched', () => {
		const damaged = changed('intent.summary', 5);
		const before = structuredClone(damaged);
		read(damaged).record.quality.issues.push({ field: 'x', code: 'X', message: 'x', severity: 'info' });
		expect(damaged).toEqual(before);
	});

	describe('leaves out only the part that is not of its shape, and says so', () => {
		it.each<[string, unknown, unknown, string]>([
			['intent.summary', 5, '', 'intent'],
			['intent.summary', undefined, '', ''],
			['intent.because', 'said so', [], 'intent'],
			['intent.because', [1, 'said so', null], ['said so'], 'intent'],
			['intent.confidence', 'high', undefined, 'intent'],
			['intent.engine', 'magic', 'skipped', 'intent'],
			['routing.hard', [], undefined, 'routing'],
			['routing.hard.owner', { id: 'mallory' }, undefined, 'routing'],
			['routing.owner.name', undefined, undefined, 'routing'],
			['routing.owner', 'mia', undefined, 'routing'],
			['routing.because', ['a', {}], ['a'], 'routing'],
			['routing.matchedRules', [null, { number: 1, name: 'UK', tier: 'hard' }, { number: '2' }], [{ number: 1, name: 'UK', tier: 'hard' }], 'routing'],
			['routing.tier', 'gold', 'fallback', 'routing'],
			['match.candidates', {}, [], 'match'],
			['match.candidates', [{ personId: 5 }], [], 'match'],
			['match.account', 'Northwind', undefined, 'match'],
			['match.externalIds', { hubspot: 7, crm: 'a' }, { crm: 'a' }, 'match'],
			['sla.startedAt', 0, '', 'sla'],
			['sla.remainingMinutes', null, 0, 'sla'],
			['quality.issues', [null, 'x'], [], 'quality'],
			['quality.flags', null, { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false }, 'quality'],
			['quality.score', 'good', 0, 'quality'],
			['source.missing', 'campaign', [], 'source'],
			['source.firstTouch', { channel: 'search' }, null, 'source'],
			['consent.email', 'yes', undefined, 'consent'],
			['review', 'x', [], 'review'],
			['review', [null, { stage: 'clean', reasons: ['a', 1] }, { reasons: [] }], [{ stage: 'clean', reasons: ['a'] }], 'review'],
			['lead.companySize', { min: 'ten' }, null, ''],
			['lead.budget', [1], null, ''],
			['settingsVersion', '2', undefined, ''],
			['text', { toString: 'x' }, undefined, ''],
		])('%s as %j', (path, value, expected, told) => {
			const { record, captured } = read(changed(path, value));
			expect(captured).toBe(true);
			const found = path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], record);
			expect(found).toEqual(path === 'quality.issues' ? [expect.objectContaining({ code: 'SECTION_NOT_READABLE' })] : expected);
			expect(record.quality.issues.filter(({ code }) => code === 'SECTION_NOT_READABLE').map(({ field }) => field)).toEqual(told === '' ? [] : [told]);
		});
	});

	it.each<[string, unknown]>([
		['match', 'x'], ['match.verdict', 'maybe'], ['match.because', undefined], ['intent', []], ['intent.name', ''], ['intent.urgency', 'now'], ['routing.queue', 5], ['routing.rule', undefined], ['sla', null], ['sla.dueAt', undefined],
	])('leaves a section out that lacks what it stands for: %s as %j', (path, value) => {
		const [section] = path.split('.') as ['match'];
		const { record, captured } = read(changed(path, value));
		expect(captured).toBe(true);
		expect(section in record).toBe(false);
		expect(record.quality.issues.at(-1)).toEqual({
			field: section, code: 'SECTION_NOT_READABLE', message: `The section "${section}" was not of its shape and was left out`, severity: 'warning',
		});
	});

	it.each<[string, unknown]>([
		['recordVersion', '1'], ['recordVersion', undefined], ['leadId', 5], ['personId', ''], ['lead', []], ['submission', undefined], ['submission.id', null], ['submission.state', 'gone'], ['submission.delivery', {}],
	])('takes a record for flat fields when the ledger could not know it: %s as %j', (path, value) => {
		const { record, captured } = read(changed(path, value));
		expect(captured).toBe(false);
		expect(record).toMatchObject({ client: 'acme', quality: { issues: [{ code: 'NOT_CAPTURED' }] } });
		expect(record.routing).toBeUndefined();
	});

	it.each<[string, unknown]>([['nothing', undefined], ['null', null], ['a text', 'x'], ['a number', 5], ['a list', [{ email: 'ana@northwind.example' }]], ['an empty item', {}]])('reads %s as a lead of which nothing is known', (_name, json) => {
		const { record, captured } = read(json);
		expect(captured).toBe(false);
		expect(record.lead).toEqual(emptyLeadFields());
	});
});

describe('hostile input', () => {
	// a form may ask "Client"; the answer must neither choose a client nor stand in an error
	it.each(['Zebedee Quux', 'zebedee@quux.example', '../acme', '__proto__', 'a'.repeat(65), ''])('takes the answer %j for no client key', (client) => {
		expect(read({ client, email: 'a@b.example' }).record.client).toBe('default');
	});


	it('never stops readRecord, nor reads in two ways', () => {
		fc.assert(fc.property(fc.oneof(anyItem.map(({ json }) => json as unknown), anyJson), (json) => {
			const { record } = read(json);
			expect(read(record).record).toEqual(record);
		}), { numRuns: 500 });
	});

	it('mends a damaged record once', () => {
		fc.assert(fc.property(fc.array(sectionDamage, { minLength: 1, maxLength: 4 }), (damages) => {
			const damaged = damages.reduce<unknown>((record, one) => damage(record, one), whole);
			const { record } = read(damaged);
			expect(read(record).record).toEqual(record);
		}), { numRuns: 500 });
	});

	it('does not pollute', () => {
		const json = JSON.parse(`{"__proto__":{"polluted":1},"recordVersion":1,"leadId":"a","personId":"b","lead":{"__proto__":{"polluted":1}},
			"submission":{"id":"a","key":"b","receivedAt":"c","state":"captured","delivery":{"number":1,"outcome":"first"},"__proto__":{"polluted":1}},
			"intent":{"__proto__":{"polluted":1},"name":"Demo","urgency":"high","evidence":[5],"constructor":{"prototype":{"polluted":1}}}}`) as unknown;
		const { record } = read(json);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect((record as unknown as Record<string, unknown>).polluted).toBeUndefined();
		expect(record.intent).not.toHaveProperty('polluted');
	});
});
