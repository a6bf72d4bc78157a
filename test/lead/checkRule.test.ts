import { checkRule, checkRuleNames, isAiField, ruleLabels } from '../../nodes/lead/checkRule';
import type { RoutingRule } from '../../nodes/lead/settings/clientSettings';

const rule: RoutingRule = {
	name: 'UK', tier: 'hard', match: 'all', conditions: [{ field: 'lead.country', operator: 'equals', value: 'UK' }], queue: 'UK', readMessageWithAi: true, continue: false,
};
const names = { teams: new Set(['North']), members: new Set(['mia']), slaPolicies: new Set(['Fast']) };

describe('checkRule', () => {
	it.each<[string, Partial<RoutingRule>, string[]]>([
		['nothing in a rule that is right', { team: 'North', owner: 'mia', slaPolicy: 'Fast' }, []],
		['a missing queue', { queue: undefined }, ['Rule 3 has no queue']],
		['no missing queue in a rule that continues', { queue: undefined, continue: true }, []],
		['names that nobody has, all together', { team: 'South', owner: 'eve', slaPolicy: 'Slow' }, ['Rule 3 names an unknown team \'South\'', 'Rule 3 names an unknown member \'eve\'', 'Rule 3 names an unknown SLA policy \'Slow\'']],
		['a hard rule on what AI said', { conditions: [{ field: 'intent.name', operator: 'isNotEmpty' }] }, ['Rule 3 is a hard rule but reads what AI said']],
		['no fault in a soft rule on what AI said', { tier: 'soft', conditions: [{ field: 'intent.name', operator: 'isNotEmpty' }] }, []],
	])('finds %s', (_, change, messages) => {
		expect(checkRule({ ...rule, ...change }, 3, names, ruleLabels.document).map(({ message }) => message)).toEqual(messages);
	});

	it('says nothing of names where they are not known', () => {
		expect(checkRule({ ...rule, team: 'South', owner: 'eve', slaPolicy: 'Slow' }, 1, {}, ruleLabels.node)).toEqual([]);
	});

	it('names the setting as it is called where the rule was entered', () => {
		const description = (labels: (typeof ruleLabels)[keyof typeof ruleLabels]): string => checkRule({ ...rule, slaPolicy: 'Slow' }, 1, names, labels)[0].description;
		expect(description(ruleLabels.node)).toBe('Correct "SLA Policy" in rule 1, or add what it names: known are \'Fast\'.');
		expect(description(ruleLabels.document)).toContain('"slaPolicy"');
	});

	it('keeps messages short when names are long', () => {
		for (const { message } of checkRule({ ...rule, team: 'x'.repeat(120), owner: 'y'.repeat(120) }, 100, names, ruleLabels.node)) expect(message.length).toBeLessThanOrEqual(80);
	});
});

describe('checkRuleNames', () => {
	it('finds a name that stands again, however it is written, and leaves empty ones alone', () => {
		const rules = ['UK', '', ' uk', 'US', ''].map((name, index) => ({ number: index + 1, name }));
		expect(checkRuleNames(rules, ruleLabels.node).map(({ message }) => message)).toEqual(['Rules 1 and 3 have one name']);
	});
});

describe('isAiField', () => {
	it.each([['intent', true], ['intent.name', true], ['lead.intent', false], ['intention', false]])('of %s is %s', (path, expected) => {
		expect(isAiField(path)).toBe(expected);
	});
});
