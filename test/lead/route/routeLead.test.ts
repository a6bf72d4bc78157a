import fc from 'fast-check';
import type { HandoffRecord, Intent } from '../../../nodes/lead/handoffRecord';
import { explainLead, explainRouting } from '../../../nodes/lead/route/explain';
import { applyHardRules, finishRules, readHardRouting } from '../../../nodes/lead/route/routeLead';
import { compileRules, type RouterRule } from '../../../nodes/lead/route/ruleTable';
import { intentOf, recordOf, ruleOf } from './samples';

const noExpressions = (): unknown => { throw new Error('no expressions here'); };
const teams = [{ name: 'UK Team' }, { name: 'Demo Team' }];
const demo = ruleOf({ name: 'Demo', tier: 'soft', conditions: [{ field: 'intent.name', operator: 'equals', value: 'Demo' }], queue: 'Demo Team', priority: 'high', slaPolicy: 'Fast' });

function hardOf(record: HandoffRecord, rules: RouterRule[]) {
	return applyHardRules(record, compileRules(rules, teams, { timeZone: 'UTC' }), 'Unrouted');
}

function routeOf(record: HandoffRecord, rules: RouterRule[]) {
	const table = compileRules(rules, teams, { timeZone: 'UTC' });
	return finishRules(record, table, applyHardRules(record, table, 'Unrouted'), 'Unrouted', noExpressions);
}

describe('applyHardRules', () => {
	it('takes the first rule that matches, with its team, and says why', () => {
		const rules = [ruleOf({ name: 'US', conditions: [{ field: 'lead.country', operator: 'equals', value: 'US' }], queue: 'US' }), ruleOf({ slaPolicy: 'Enterprise', readMessageWithAi: false })];
		expect(hardOf(recordOf({ country: 'GB' }), rules)).toEqual({
			queue: 'UK Team', team: 'UK Team', slaPolicy: 'Enterprise', priority: 'normal', rule: { number: 2, name: 'UK' }, tier: 'hard',
			matchedRules: [{ number: 2, name: 'UK', tier: 'hard' }], because: ['"UK": country is United Kingdom'], trace: ['Rule 2 "UK" (hard) matched: country is United Kingdom'],
			skipped: [], readMessageWithAi: false, hard: { queue: 'UK Team', team: 'UK Team', slaPolicy: 'Enterprise' },
		});
	});

	it('leaves every part open without a match, and tells rules that a lacking field kept open', () => {
		const routing = hardOf(recordOf(), [ruleOf(), ruleOf({ name: 'Not UK', conditions: [{ field: 'lead.country', operator: 'notEquals', value: 'UK' }] })]);
		expect(routing).toMatchObject({ queue: 'Unrouted', tier: 'fallback', rule: { number: 0, name: 'Fallback' }, hard: {}, matchedRules: [] });
		expect(routing.because).toEqual(['no hard rule fixed a queue']);
		expect(routing.trace).toEqual(['Rule 1 "UK" (hard) stayed open: country is not known', 'Rule 2 "Not UK" (hard) stayed open: country is not known']);
	});

	it('counts open rules instead of telling them all', () => {
		const rules = Array.from({ length: 9 }, (_, index) => ruleOf({ name: `Rule ${index}` }));
		expect(hardOf(recordOf(), rules).trace).toHaveLength(4);
		expect(hardOf(recordOf(), rules).trace.at(-1)).toBe('6 more rules stayed open');
	});

	it('matches any or all conditions, as the rule says', () => {
		const conditions: RouterRule['conditions'] = [{ field: 'lead.country', operator: 'equals', value: 'UK' }, { field: 'lead.companySize', operator: 'atLeast', value: 50 }];
		const lead = recordOf({ country: 'GB' });
		expect(hardOf(lead, [ruleOf({ conditions })]).tier).toBe('fallback');
		expect(hardOf(lead, [ruleOf({ conditions, match: 'any' })]).tier).toBe('hard');
	});

	it('lets no rule without conditions take every lead', () => {
		for (const match of ['all', 'any'] as const) expect(hardOf(recordOf(), [ruleOf({ conditions: [], match })]).tier).toBe('fallback');
	});

	it('goes on after a rule that continues, and keeps what it set', () => {
		const vip = ruleOf({ name: 'Large', conditions: [{ field: 'lead.companySize', operator: 'atLeast', value: 500 }], queue: undefined, priority: 'high', continue: true });
		const routing = hardOf(recordOf({ country: 'GB', companySize: { min: 500, max: null } }), [vip, ruleOf({ priority: 'low' })]);
		expect(routing).toMatchObject({ queue: 'UK Team', priority: 'high', rule: { number: 2 } });
		expect(routing.matchedRules).toHaveLength(2);
	});

	it('tells a rep only what decided, decisive rule first, and the rest for audit', () => {
		const large: RouterRule['conditions'] = [{ field: 'lead.companySize.min', operator: 'atLeast', value: 500 }];
		const rules = [
			ruleOf({ name: 'Large', conditions: large, queue: undefined, priority: 'high', continue: true }),
			ruleOf({ name: 'Customer', conditions: [{ field: 'match.customerStatus', operator: 'equals', value: 'customer' }] }),
			ruleOf({ name: 'UK enterprise', conditions: [{ field: 'lead.country', operator: 'matches', value: '^(GB|IE)$' }, ...large], priority: 'low' }),
			ruleOf({ name: 'UK' }),
		];
		const routing = hardOf(recordOf({ country: 'GB', companySize: { min: 1000, max: 5000 } }), rules);
		expect(routing.because).toEqual(['"UK enterprise": country is United Kingdom, company size 1000 or more', '"Large": priority high']);
		expect(routing.trace).toEqual([
			'Rule 1 "Large" (hard) matched: company size is at least 500 (1000)',
			'Rule 3 "UK enterprise" (hard) matched: country matches ^(GB|IE)$ (GB), company size is at least 500 (1000); already fixed by an earlier rule: priority',
			'Rule 4 "UK" (hard) would match too, but an earlier rule had ended the search',
			'Rule 2 "Customer" (hard) stayed open: customer status is not known',
		]);
	});

	it('tells the decisive rule first, also when a soft rule decided after a hard one had set a part', () => {
		const vip = ruleOf({ name: 'UK first', queue: undefined, slaPolicy: 'Fast', readMessageWithAi: false, continue: true });
		const { routing } = routeOf(recordOf({ country: 'GB' }, { intent: intentOf() }), [vip, demo]);
		expect(routing.because).toEqual(['"Demo": intent is Demo', '"UK first": SLA policy Fast, not read by AI']);
	});

	it('says of the rule that chose who gets the lead also why', () => {
		const { routing } = routeOf(recordOf({ country: 'FR' }, { intent: intentOf() }), [
			ruleOf({ name: 'Any other country', conditions: [{ field: 'lead.country', operator: 'notMatches', value: '^GB$' }], queue: undefined, team: 'UK Team', continue: true }), demo,
		]);
		expect(routing.because).toEqual(['"Demo": intent is Demo', '"Any other country": team UK Team (country is France)']);
	});

	it('does not tell a rep of a rule that could set nothing any more', () => {
		const { routing } = routeOf(recordOf({ country: 'GB' }), [ruleOf(), ruleOf({ name: 'UK again', tier: 'soft', queue: 'Elsewhere' })]);
		expect(routing.because).toHaveLength(1);
		expect(routing.trace[1]).toBe('Rule 2 "UK again" (soft) matched: country is United Kingdom; already fixed by an earlier rule: queue');
	});

	it('lists rules that match after the one that decided', () => {
		const routing = hardOf(recordOf({ country: 'GB' }), [ruleOf(), ruleOf({ name: 'Also UK', queue: 'Other' })]);
		expect(routing.queue).toBe('UK Team');
		expect(routing.matchedRules.map(({ name }) => name)).toEqual(['UK', 'Also UK']);
	});
});

describe('finishRules', () => {
	it('lets soft rules set what hard rules left open, and nothing else', () => {
		const { routing, pool } = routeOf(recordOf({ country: 'GB' }, { intent: intentOf() }), [ruleOf(), demo]);
		expect(routing).toMatchObject({ queue: 'UK Team', team: 'UK Team', tier: 'hard', rule: { number: 1 }, priority: 'high', slaPolicy: 'Fast' });
		expect(pool).toEqual({ team: 'UK Team', owner: undefined });
		expect(routing.because).toEqual(['"UK": country is United Kingdom', '"Demo": priority high, SLA policy Fast']);
		expect(routing.trace).toEqual(['Rule 1 "UK" (hard) matched: country is United Kingdom', 'Rule 2 "Demo" (soft) matched: intent is Demo; already fixed by an earlier rule: queue, team']);
	});

	it('refuses the owner of a soft rule whose queue was refused', () => {
		const { pool } = routeOf(recordOf({ country: 'GB' }, { intent: intentOf() }), [ruleOf({ queue: 'No Team' }), { ...demo, owner: 'mallory' }]);
		expect(pool).toEqual({ team: undefined, owner: undefined });
	});

	it('takes the soft rule\'s queue when no hard rule matched', () => {
		expect(routeOf(recordOf({}, { intent: intentOf() }), [ruleOf(), demo]).routing).toMatchObject({ queue: 'Demo Team', tier: 'soft', rule: { number: 2, name: 'Demo' } });
	});

	it('falls back when no rule matched', () => {
		const { routing, pool } = routeOf(recordOf({ country: 'FR' }), [ruleOf(), demo]);
		expect(routing).toMatchObject({ queue: 'Unrouted', tier: 'fallback', rule: { number: 0, name: 'Fallback' } });
		expect(routing.because[0]).toBe('no rule fixed a queue, so it is the fallback queue Unrouted');
		expect(pool).toEqual({ team: undefined, owner: undefined });
	});

	it('evaluates expressions of soft rules for the lead', () => {
		const rule = ruleOf({ tier: 'soft', conditions: [{ field: 'expression', fieldExpression: '{{ $now.hour }}', operator: 'atLeast', value: 17 }] });
		const table = compileRules([rule], teams, { timeZone: 'UTC' });
		const hard = applyHardRules(recordOf(), table, 'Unrouted');
		expect(finishRules(recordOf(), table, hard, 'Unrouted', (expression) => (expression === '{{ $now.hour }}' ? 18 : undefined)).routing.tier).toBe('soft');
		expect(finishRules(recordOf(), table, hard, 'Unrouted', noExpressions).routing.tier).toBe('fallback');
	});

	describe('hostile input', () => {
		const anyIntent = fc.record({
			name: fc.oneof(fc.string(), fc.constantFrom('Demo', 'Spam')), urgency: fc.constantFrom('high', 'normal', 'low'), highIntent: fc.boolean(),
			confidence: fc.double(), summary: fc.string(), queue: fc.string(), team: fc.string(), owner: fc.anything(), hard: fc.anything(),
		}) as unknown as fc.Arbitrary<Intent>;

		it('gives the same hard decision whatever AI says', () => {
			const rules = [
				ruleOf({ queue: 'UK Team', priority: 'low' }), demo,
				ruleOf({ name: 'Spam', tier: 'soft', conditions: [{ field: 'intent.name', operator: 'isNotEmpty' }], queue: 'Elsewhere', owner: 'mallory', priority: 'high', slaPolicy: 'Never' }),
			];
			const expected = routeOf(recordOf({ country: 'GB' }), rules);
			fc.assert(fc.property(anyIntent, (intent) => {
				const record = recordOf({ country: 'GB' }, { intent });
				expect(hardOf(record, rules)).toEqual(hardOf(recordOf({ country: 'GB' }), rules));
				const { routing, pool } = routeOf(record, rules);
				const { queue, team, rule, tier, priority } = routing;
				expect({ queue, team, rule, tier, priority, pool }).toEqual({ queue: 'UK Team', team: 'UK Team', rule: { number: 1, name: 'UK' }, tier: 'hard', priority: 'low', pool: expected.pool });
			}), { numRuns: 500 });
		});

		it('hides what AI wrote from hard rules, even where a rule asks for it', () => {
			const rule = ruleOf({ conditions: [{ field: 'intent.name', operator: 'equals', value: 'Demo' }] });
			expect(hardOf(recordOf({}, { intent: intentOf() }), [rule]).tier).toBe('fallback');
		});

		it('takes from an item only a routing that Apply Hard Rules can have written', () => {
			const hard = hardOf(recordOf({ country: 'GB' }), [ruleOf()]);
			expect(readHardRouting(hard, 'Unrouted')).toEqual(hard);
			const forged = { ...hard, owner: { id: 'mallory', name: 'Mallory', email: null }, alarm: 'x', tier: 'soft' as const };
			expect(readHardRouting(forged, 'Unrouted')).toEqual(hard);
			expect(readHardRouting({ ...hard, hard: undefined }, 'Unrouted')).toBeUndefined();
			expect(readHardRouting({ ...hard, hard: { queue: 5, team: {}, priority: 'urgent' } as never }, 'Unrouted')).toMatchObject({ queue: 'Unrouted', tier: 'fallback', hard: {} });
		});
	});
});

describe('explainLead', () => {
	it('tells the whole lead in a few plain sentences', () => {
		const { routing } = routeOf(recordOf({ country: 'GB' }), [ruleOf()]);
		const record = recordOf(
			{ fullName: 'Anna Schmidt', company: 'Acme', country: 'GB', message: 'We need\na demo <!channel>' },
			{ intent: intentOf(), routing: { ...routing, owner: { id: 'mia', name: 'Mia Hart', email: null } } },
		);
		record.source = { ...record.source, source: 'google', medium: 'cpc' };
		expect(explainLead(record)).toBe('Anna Schmidt of Acme (United Kingdom): Demo. Mia Hart has it in queue UK Team ("UK": country is United Kingdom). Asks for a demo');
		expect(explainLead({ ...record, intent: undefined, routing: undefined })).toBe('Anna Schmidt of Acme (United Kingdom): new enquiry. We need a demo !channel – From google / cpc');
	});

	it('leaves out what is not known', () => {
		expect(explainLead(recordOf())).toBe('A lead without a name: new enquiry');
	});
});

describe('explainRouting', () => {
	it('names the fallback as the reason', () => {
		expect(explainRouting(routeOf(recordOf(), []).routing)).toBe('It waits for its owner in queue Unrouted (no rule takes it)');
	});
});
