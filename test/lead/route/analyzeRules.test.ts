import { analyzeRules, type RuleFinding } from '../../../nodes/lead/route/analyzeRules';
import { applyHardRules } from '../../../nodes/lead/route/routeLead';
import { compileRules, type RouterRule } from '../../../nodes/lead/route/ruleTable';
import { seeded } from '../../support/seeded';
import { enumerate, randomTable } from './randomTables';
import { recordOf, ruleOf } from './samples';

const terms = { timeZone: 'UTC' };
const findingsOf = (rules: Partial<RouterRule>[]): RuleFinding[] => analyzeRules(rules.map((rule, index) => ruleOf({ name: `Rule ${index + 1}`, owner: 'mia', ...rule })), [], terms).findings;
const codesOf = (rules: Partial<RouterRule>[]): string[] => findingsOf(rules).map(({ code, rule }) => (rule === undefined ? code : `${code} ${rule}`));
const size = (operator: 'atLeast' | 'lessThan' | 'atMost' | 'isEmpty' | 'isNotEmpty' | 'isBetween', value?: number | number[]): RouterRule['conditions'] => [{ field: 'lead.companySize', operator, value }];
const country = (value: string): RouterRule['conditions'] => [{ field: 'lead.country', operator: 'equals', value }];

/** A lead by path, as the enumeration asks for it. */
function byPath(example: Record<string, unknown>, paths: string[]): Record<string, unknown> {
	return Object.fromEntries(paths.map((path) => {
		const names = path.startsWith('lead.custom.') ? ['lead', 'custom', path.slice('lead.custom.'.length)] : path.split('.');
		return [path, names.reduce<unknown>((here, name) => (here as Record<string, unknown> | undefined)?.[name], example)];
	}));
}

describe('analyzeRules', () => {
	// every lead of each table is gone through by comparisons that know nothing of boxes
	it.each(Array.from({ length: 10 }, (_, part) => [part]))('finds every unreachable rule, overlap and gap of 40 random tables, and none falsely (part %i)', (part) => {
		for (let seed = part * 40; seed < (part + 1) * 40; seed++) {
			const table = randomTable(seed);
			const { findings, overlaps } = analyzeRules(table.rules, [], terms, { mostListed: 10_000 });
			const truth = enumerate(table);
			const unreachable = findings.filter(({ code }) => code === 'RULE_UNREACHABLE').map(({ rule }) => rule as number).sort((one, other) => one - other);
			expect({ seed, unreachable }).toEqual({ seed, unreachable: truth.unreachable });
			const gaps = findings.filter(({ code }) => code === 'RULES_LEAVE_GAP');
			expect({ seed, gap: gaps.length > 0 }).toEqual({ seed, gap: truth.gaps > 0 });
			for (const { example } of gaps) expect({ seed, example, isGap: truth.isGap(byPath(example ?? {}, table.fields.map(({ path }) => path))) }).toEqual({ seed, example, isGap: true });
			// those of a rule that is never reached are told by its own finding
			const told = new Set(findings.filter(({ code }) => code === 'RULES_OVERLAP').map(({ rule, others }) => `${String(others?.[0])}-${String(rule)}`));
			const expected = truth.overlaps.filter((pair) => !table.rules[Number(pair.split('-')[0]) - 1].continue ? !unreachable.includes(Number(pair.split('-')[1])) : true);
			const duplicates = findings.filter(({ code }) => code === 'RULE_DUPLICATE').map(({ rule, others }) => `${String(others?.[0])}-${String(rule)}`);
			expect({ seed, told: [...told, ...duplicates].sort() }).toEqual({ seed, told: [...new Set([...expected, ...duplicates])].sort() });
			expect(overlaps).toBe(told.size);
		}
	});

	it('finds a rule that only several earlier ones together cover, and names the fewest', () => {
		const rules = [{ conditions: size('atLeast', 50) }, { conditions: country('FR') }, { conditions: size('lessThan', 50) }, { conditions: size('isNotEmpty') }];
		expect(findingsOf(rules).find(({ rule, code }) => code === 'RULE_UNREACHABLE' && rule === 4)).toMatchObject({
			others: [1, 3], message: 'Rule 4 is never reached: rules 1 and 3 together take all its leads', description: expect.stringContaining('range across a bound') as string,
		});
	});

	it.each<[string, Partial<RouterRule>[], string[]]>([
		['an identical rule after one that stops', [{}, {}], ['RULE_UNREACHABLE 2']],
		['the same country in other words', [{ conditions: country('UK') }, { conditions: country('Great Britain') }], ['RULE_UNREACHABLE 2']],
		['conditions that contradict each other', [{ conditions: [...size('atLeast', 50), ...size('lessThan', 10)] }], ['RULE_UNREACHABLE 1']],
		['identical rules when the first continues', [{ continue: true }, {}], ['RULE_DUPLICATE 2']],
		['overlaps with different owners', [{ conditions: country('UK') }, { conditions: size('atLeast', 50), owner: 'tom' }], ['RULES_OVERLAP 2']],
		['a special case before the rule, as a note', [{ conditions: [...country('UK'), ...size('atLeast', 50)] }, { conditions: country('UK'), owner: 'tom' }], ['RULES_OVERLAP 2']],
		['a queue that nobody works on', [{ owner: undefined }], ['QUEUE_UNKNOWN 1']],
		['a pattern that it can\'t look into', [{ conditions: [{ field: 'lead.city', operator: 'matches', value: '^a' }] }], ['RULE_NOT_DECIDED 1']],
		['two fields that are compared', [{ conditions: [{ field: 'lead.emailDomain', operator: 'equals', valueField: 'lead.companyDomain' }] }], ['RULE_NOT_DECIDED 1']],
	])('tells %s', (_, rules, codes) => {
		expect(codesOf(rules).filter((code) => !code.includes('GAP'))).toEqual(codes);
	});

	it.each<[string, Partial<RouterRule>[]]>([
		['overlaps with the same owner', [{ conditions: country('UK') }, { conditions: size('atLeast', 50) }]],
		['a soft rule after an identical hard one', [{}, { tier: 'soft' }]],
		['any instead of all', [{ conditions: [...country('UK'), ...size('atLeast', 50)] }, { match: 'any', conditions: [...country('UK'), ...size('atLeast', 50)] }]],
	])('says nothing of %s', (_, rules) => {
		expect(codesOf(rules).filter((code) => !code.includes('GAP'))).toEqual([]);
	});

	it('finds no gap where every case is taken, also the lack of the field', () => {
		expect(codesOf([{ conditions: size('atLeast', 50) }, { conditions: size('lessThan', 50) }, { conditions: size('isEmpty') }])).toEqual(['RULES_LEAVE_VAGUE_GAP']);
		expect(codesOf([{ conditions: [], row: { number: 1, hitPolicy: 'first' } }])).toEqual([]);
	});

	it('tells gaps in words, with a lead of each that the router sends to fallback', () => {
		const rules = [ruleOf({ conditions: [...country('UK'), ...size('atLeast', 50)] }), ruleOf({ name: 'Small', conditions: [...country('UK'), ...size('atMost', 10)] })];
		const gaps = analyzeRules(rules, [], terms).findings.filter(({ code }) => code === 'RULES_LEAVE_GAP');
		expect(gaps.map(({ leads }) => leads)).toEqual(['country none of United Kingdom or not known', 'company size 11 to 49 or not known']);
		for (const { example } of gaps) {
			const { lead } = example as { lead: Record<string, never> };
			expect(applyHardRules(recordOf(lead), compileRules(rules, [], terms), 'Unrouted').tier).toBe('fallback');
		}
	});

	it('leaves nothing between whole numbers of a size, and something between amounts that are not whole', () => {
		const between = (field: string, low: number, high: number): string[] => codesOf([
			{ conditions: [{ field, operator: 'atMost', value: low }] }, { conditions: [{ field, operator: 'atLeast', value: high }] }, { conditions: [{ field, operator: 'isEmpty' }] },
		]).filter((code) => code === 'RULES_LEAVE_GAP');
		expect(between('lead.companySize', 49, 50)).toEqual([]);
		expect(between('lead.custom.Rate', 49, 50)).toEqual([]);
		expect(between('lead.custom.Rate', 49.5, 50)).toEqual(['RULES_LEAVE_GAP']);
		expect(between('lead.companySize', 49, 51)).toEqual(['RULES_LEAVE_GAP']);
	});

	it('knows that a size and its lower bound are one thing', () => {
		expect(codesOf([{ conditions: [{ field: 'lead.companySize.min', operator: 'atLeast', value: 50 }] }, { conditions: [{ field: 'lead.companySize', operator: 'atLeast', value: 100 }] }])[0]).toBe('RULE_UNREACHABLE 2');
	});

	it('takes rows of a unique table that overlap for a mistake, whoever gets the lead', () => {
		const row = (number: number): RouterRule['row'] => ({ number, hitPolicy: 'unique' });
		expect(codesOf([{ conditions: country('UK'), row: row(1) }, { conditions: size('atLeast', 50), row: row(2) }]).filter((code) => !code.includes('GAP'))).toEqual(['ROWS_OVERLAP 2']);
	});

	it('says when it gives up, and claims nothing then', () => {
		const random = seeded(7);
		// each rule cuts a corner off in every one of 14 columns, so that what is left falls into ever more pieces
		const rules = Array.from({ length: 60 }, (_, index) => ruleOf({
			name: `Rule ${index}`, conditions: Array.from({ length: 14 }, (__, column) => ({ field: `lead.custom.Column ${column}`, operator: 'notEquals' as const, value: String(Math.floor(random() * 3)) })),
		}));
		const { complete, findings } = analyzeRules(rules, [], terms, { mostSteps: 50_000 });
		expect(complete).toBe(false);
		expect(findings.some(({ code }) => code === 'GAP_NOT_DECIDED' || code === 'RULE_NOT_DECIDED')).toBe(true);
	});
});
