import { executeFilter, type FilterValue } from 'n8n-workflow';
import { fieldOf, readRules } from '../../nodes/host/readRules';
import { checkRules } from '../../nodes/lead/route/checkRules';
import { compileCondition, type RouterCondition } from '../../nodes/lead/route/conditions';
import { peopleOf, recordOf } from '../lead/route/samples';

/** One condition as n8n's editor writes it into a workflow file. */
function filterOf(leftValue: unknown, type: string, operation: string, rightValue: unknown = '', combinator = 'and'): object {
	return {
		options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
		conditions: [{ id: 'b1b6e9a4-0000-4000-8000-000000000001', leftValue, rightValue, operator: { type, operation } }],
		combinator,
	};
}

function read(values: object[], operation = 'route'): ReturnType<typeof readRules> {
	return readRules({ getNodeParameter: (name: string) => (name === 'operation' ? operation : values) } as never);
}

function conditionOf(...filter: Parameters<typeof filterOf>): RouterCondition {
	const { rules, problems } = read([{ name: 'One', tier: 'soft', queue: 'Q', conditions: filterOf(...filter) }]);
	expect(problems).toEqual([]);
	return rules[0].conditions[0];
}

describe('readRules', () => {
	it('reads a rule as the editor stores it, once and without evaluating', () => {
		const calls: unknown[][] = [];
		const { rules, problems } = readRules({
			getNodeParameter: (...call: unknown[]) => {
				if (call[0] === 'operation') return 'route';
				calls.push(call);
				return [{
					name: 'UK Enterprise', tier: 'hard', conditions: filterOf('={{ $json.lead.country }}', 'string', 'equals', 'UK', 'or'), queue: 'UK Enterprise',
					assignTo: 'team', team: 'Team A', then: 'continue', options: { priority: 'high', slaPolicy: 'Enterprise', sequence: '', readMessageWithAi: false },
				}];
			},
		} as never);
		expect(calls).toEqual([['rules.values', 0, [], { rawExpressions: true }]]);
		expect(problems).toEqual([]);
		expect(rules).toEqual([{
			name: 'UK Enterprise', tier: 'hard', match: 'any', conditions: [{ field: 'lead.country', operator: 'equals', value: 'UK' }], queue: 'UK Enterprise',
			team: 'Team A', owner: undefined, sequence: undefined, priority: 'high', slaPolicy: 'Enterprise', readMessageWithAi: false, continue: true,
		}]);
	});

	it('takes defaults for what a workflow file leaves out', () => {
		expect(read([{ name: 'Any', queue: 'Q' }]).rules[0]).toMatchObject({ tier: 'hard', match: 'all', conditions: [], continue: false, readMessageWithAi: true, team: undefined, priority: undefined });
		expect(readRules({ getNodeParameter: () => ({}) } as never).rules).toEqual([]);
	});

	it.each([
		['string', 'notEquals', 'x', { operator: 'notEquals', value: 'x' }],
		['string', 'regex', '^x', { operator: 'matches', value: '^x' }],
		['string', 'notRegex', '^x', { operator: 'notMatches', value: '^x' }],
		['string', 'empty', '', { operator: 'isEmpty' }],
		['string', 'notExists', '', { operator: 'isEmpty' }],
		['string', 'exists', '', { operator: 'isNotEmpty' }],
		['number', 'gte', '50', { operator: 'atLeast', value: 50 }],
		['number', 'lt', 50, { operator: 'lessThan', value: 50 }],
		['number', 'gt', '={{ 50 }}', { operator: 'greaterThan', value: 50 }],
		['number', 'lte', 'x', { operator: 'atMost', value: 'x' }],
		['boolean', 'true', '', { operator: 'isTrue' }],
		['boolean', 'false', '', { operator: 'isFalse' }],
		['boolean', 'equals', true, { operator: 'equals', value: true }],
		['dateTime', 'after', '2026-01-01', { operator: 'after', value: '2026-01-01' }],
		['dateTime', 'beforeOrEquals', '2026-01-01', { operator: 'atMost', value: '2026-01-01' }],
		['array', 'contains', 'x', { operator: 'equals', value: 'x' }],
		['string', 'equals', '={{ $json.lead.companyDomain }}', { operator: 'equals', valueField: 'lead.companyDomain' }],
		['string', 'equals', '={{ $now.year }}', { operator: 'equals', valueExpression: '{{ $now.year }}' }],
		['string', 'equals', "={{ 'x' }}", { operator: 'equals', value: 'x' }],
		['string', 'equals', '=x', { operator: 'equals', value: 'x' }],
	])('translates %s %s %s', (type, operation, rightValue, expected) => {
		expect(conditionOf('={{ $json.lead.custom.x }}', type, operation, rightValue)).toEqual({ field: 'lead.custom.x', ...expected });
	});

	it.each([
		['={{ $json.lead.country }}', 'lead.country'],
		['={{$json.lead.country}}', 'lead.country'],
		['= {{ $json?.lead?.country }} ', 'lead.country'],
		['={{ $json["lead"]["country"] }}', 'lead.country'],
		["={{ $json.lead.custom['Team Size (EU)'] }}", 'lead.custom.Team Size (EU)'],
		['={{ $json.lead?.["custom"]?.x }}', 'lead.custom.x'],
		['={{ $json.lead.country.toLowerCase() }}', undefined],
		['={{ $json.lead.country }} {{ $json.lead.city }}', undefined],
		['=x{{ $json.lead.country }}', undefined],
		['={{ $json }}', undefined],
		['={{ $jsonx.lead }}', undefined],
		['={{ $json.lead[0] }}', undefined],
		['={{ $("Normalize").item.json.lead.country }}', undefined],
	])('reads the path of %s', (expression, path) => {
		expect(fieldOf(expression)).toBe(path);
	});

	it('takes a field that is typed without braces', () => {
		expect(conditionOf('lead.country', 'string', 'equals', 'UK')).toEqual({ field: 'lead.country', operator: 'equals', value: 'UK' });
	});

	it.each([
		['fixed text on the left', { conditions: filterOf('UK', 'string', 'equals', 'UK') }, 'CONDITION_WITHOUT_FIELD'],
		['nothing on the left', { conditions: filterOf('', 'string', 'equals', 'UK') }, 'CONDITION_WITHOUT_FIELD'],
		['a comparison that rules don\'t have', { conditions: filterOf('={{ $json.source.missing }}', 'array', 'lengthGt', 2) }, 'OPERATOR_UNKNOWN'],
		['a comparison from a forged file', { conditions: filterOf('={{ $json.lead.city }}', 'string', 'constructor', 2) }, 'OPERATOR_UNKNOWN'],
		['an expression as the queue', { queue: '={{ $json.lead.country }}' }, 'EXPRESSION_IN_RULE'],
	])('tells %s as a problem, and no check tells it twice', (_, rule, code) => {
		const { rules, problems } = read([{ name: 'One', queue: 'Q', conditions: filterOf('={{ $json.lead.city }}', 'string', 'notEmpty'), ...rule }]);
		expect(problems.map((problem) => problem.code)).toEqual([code]);
		expect(checkRules({ rules, people: peopleOf(), fallbackQueue: 'U', inNode: true }).filter((problem) => problem.code !== 'RULE_WITHOUT_QUEUE')).toEqual([]);
	});

	it.each([['applyHardRules', ['hard', 'hard', 'hard']], ['finishRouting', ['soft', 'soft', 'soft']], ['route', ['hard', 'soft', 'hard']]])('gives rules their kind in %s', (operation, tiers) => {
		expect(read([{ tier: 'hard' }, { tier: 'soft' }, {}], operation).rules.map(({ tier }) => tier)).toEqual(tiers);
	});

	it.each([
		['nothing at all', {}],
		['an empty condition', { name: ' ', queue: '', conditions: filterOf('', 'string', 'equals') }],
	])('lets checkRules tell a rule with %s once', (_, rule) => {
		const { rules, problems } = read([rule]);
		expect(problems).toEqual([]);
		expect(checkRules({ rules, people: peopleOf(), fallbackQueue: 'U', inNode: true })).toEqual([{ code: 'RULE_EMPTY', message: 'Rule 1 is empty', description: 'Fill it in or delete it.', rule: 1 }]);
	});

	it('tells a condition without field and value once', () => {
		const { rules, problems } = read([{ name: 'One', queue: 'Q', conditions: filterOf('', 'string', 'equals', undefined) }]);
		expect([...problems, ...checkRules({ rules, people: peopleOf(), fallbackQueue: 'U', inNode: true })].map(({ code }) => code)).toEqual(['CONDITION_WITHOUT_FIELD']);
	});

	it('lets checkRules name the hard rule that holds an expression', () => {
		const { rules } = read([{ name: 'One', tier: 'hard', queue: 'Q', conditions: filterOf('={{ $now.hour }}', 'number', 'gt', 17) }]);
		expect(checkRules({ rules, people: peopleOf(), fallbackQueue: 'U', inNode: true })).toEqual([expect.objectContaining({ code: 'EXPRESSION_IN_HARD_RULE', message: 'Rule 1 uses an expression that hard rules can\'t read' })]);
	});

	// each row is a lead that n8n's own filter sorts wrongly, or stops the run for
	it.each<[string, unknown, string, string, unknown, unknown, boolean | undefined]>([
		['ignores case in patterns', 'UK', 'string', 'regex', '^UK$', false, true],
		['does not take nothing for a small number', null, 'number', 'lte', 5, true, undefined],
		['does not take nothing for another text', null, 'string', 'notEquals', 'UK', true, undefined],
		['reads no as no', 'no', 'boolean', 'true', '', true, false],
		['reads ja as yes', 'ja', 'boolean', 'true', '', true, true],
		['does not stop the run on a wrong type', 'many', 'number', 'gt', 5, 'throws', undefined],
	])('does not inherit a trap of the stock filter: %s', (_, value, type, operation, rightValue, stock, ours) => {
		const filter = filterOf(value, type, operation, rightValue) as FilterValue;
		let stockAnswer: unknown;
		try {
			stockAnswer = executeFilter(filter);
		} catch {
			stockAnswer = 'throws';
		}
		const condition = conditionOf('={{ $json.lead.custom.x }}', type, operation, rightValue);
		expect({ stock: stockAnswer, ours: compileCondition(condition, { timeZone: 'UTC' }).holds(recordOf({ custom: { x: value } }), () => undefined) }).toEqual({ stock, ours });
	});
});
