import { checkRules, type RulesToCheck } from '../../../nodes/lead/route/checkRules';
import type { RouterRule } from '../../../nodes/lead/route/ruleTable';
import { memberOf, peopleOf, ruleOf, teamOf } from './samples';

function codesOf(rules: Partial<RouterRule>[], more: Partial<RulesToCheck> = {}): string[] {
	return problemsOf(rules, more).map(({ code }) => code);
}

function problemsOf(rules: Partial<RouterRule>[], more: Partial<RulesToCheck> = {}): ReturnType<typeof checkRules> {
	return checkRules({ rules: rules.map((rule, index) => ruleOf({ name: `Rule ${index + 1}`, ...rule })), people: peopleOf(), fallbackQueue: 'Unrouted', inNode: true, ...more });
}

const country = (value: string): RouterRule['conditions'] => [{ field: 'lead.country', operator: 'equals', value }];

describe('checkRules', () => {
	it('finds nothing in a table that is right', () => {
		expect(codesOf([
			{ slaPolicy: 'Fast' },
			{ conditions: [{ field: 'lead.custom.Team Size (EU)', operator: 'atLeast', value: 5 }], owner: 'mia' },
			{ queue: undefined, continue: true, conditions: [{ field: 'quality.flags.freeEmail', operator: 'isTrue' }] },
			{ tier: 'soft', conditions: [{ field: 'intent.name', operator: 'equals', value: 'Demo' }], team: 'UK Team' },
			{ tier: 'soft', conditions: [{ field: 'expression', fieldExpression: '{{ $now }}', operator: 'isNotEmpty' }] },
		], { slaPolicies: ['Fast'] })).toEqual([]);
	});

	it.each<[string, Partial<RouterRule>[], string]>([
		['a rule without a queue', [{ queue: undefined }], 'RULE_WITHOUT_QUEUE'],
		['a rule without a name', [{ name: ' ' }], 'RULE_WITHOUT_NAME'],
		['a rule without a condition', [{ conditions: [] }], 'RULE_WITHOUT_CONDITION'],
		['two rules with one name', [{ name: 'UK' }, { name: 'uk ', conditions: country('US') }], 'RULE_NAME_TWICE'],
		['an unknown team', [{ team: 'Gone' }], 'TEAM_UNKNOWN'],
		['an unknown member', [{ owner: 'gone' }], 'OWNER_UNKNOWN'],
		['an unknown policy', [{ slaPolicy: 'Gone' }], 'POLICY_UNKNOWN'],
		['a pattern that can\'t be read', [{ conditions: [{ field: 'lead.city', operator: 'matches', value: '(?=x)' }] }], 'PATTERN_INVALID'],
		['a number that is none', [{ conditions: [{ field: 'lead.companySize', operator: 'atLeast', value: 'many' }] }], 'VALUE_INVALID'],
		['a date that is none', [{ conditions: [{ field: 'submission.receivedAt', operator: 'before', value: 'soon' }] }], 'VALUE_INVALID'],
		['a comparison without a value', [{ conditions: [{ field: 'lead.city', operator: 'equals' }] }], 'VALUE_INVALID'],
		['a soft rule that blocks', [{ tier: 'soft', block: true }], 'BLOCK_IN_SOFT_RULE'],
		['a list that is not there', [{ conditions: [{ field: 'lead.companyDomain', operator: 'isInList', value: 'Key Accounts' }] }], 'VALUE_INVALID'],
		['skills that nobody of the team has', [{ skills: ['enterprise'] }], 'SKILL_MISSING'],
		['a condition of a group that reads an unknown field', [{ groups: [{ match: 'any', conditions: [{ field: 'lead.contry', operator: 'equals', value: 'UK' }] }] }], 'FIELD_UNKNOWN'],
		['a hard rule on what AI says', [{ conditions: [{ field: 'intent.name', operator: 'equals', value: 'Demo' }] }], 'HARD_RULE_READS_INTENT'],
		['a hard rule that compares with what AI says', [{ conditions: [{ field: 'lead.serviceInterest', operator: 'equals', valueField: 'intent.name' }] }], 'HARD_RULE_READS_INTENT'],
		['an expression in a hard rule', [{ conditions: [{ field: 'expression', fieldExpression: '{{ $now }}', operator: 'isNotEmpty' }] }], 'EXPRESSION_IN_HARD_RULE'],
		['an unknown field', [{ conditions: [{ field: 'lead.contry', operator: 'equals', value: 'UK' }] }], 'FIELD_UNKNOWN'],
		['a field of another section', [{ tier: 'soft', conditions: [{ field: 'routing.queue', operator: 'equals', value: 'UK' }] }], 'FIELD_UNKNOWN'],
	])('finds %s', (_, rules, code) => {
		expect(codesOf(rules, { slaPolicies: ['Fast'] })).toEqual([code]);
	});

	it.each<[string, Partial<RulesToCheck>, string]>([
		['no fallback owner', { people: peopleOf({ fallbackOwner: '' }) }, 'FALLBACK_OWNER_MISSING'],
		['an unknown fallback owner', { people: peopleOf({ fallbackOwner: 'gone' }) }, 'FALLBACK_OWNER_UNKNOWN'],
		['an inactive fallback owner', { people: peopleOf({ members: [memberOf('mia'), memberOf('ops', { active: false })] }) }, 'FALLBACK_OWNER_INACTIVE'],
		['no fallback queue', { fallbackQueue: ' ' }, 'FALLBACK_QUEUE_MISSING'],
		['a team without members', { people: peopleOf({ teams: [teamOf('UK Team', ['gone'])] }) }, 'TEAM_EMPTY'],
		['time off that overlaps', { people: peopleOf({ members: [memberOf('mia', { timeOff: [{ from: '2026-12-20', to: '2026-12-28' }, { from: '2026-12-27', to: '2027-01-02' }] }), memberOf('tom'), memberOf('zoe'), memberOf('ops')] }) }, 'TIME_OFF_OVERLAPS'],
		['an unknown time zone', { people: peopleOf({ members: [memberOf('mia', { timeZone: 'Europe/Lundon' }), memberOf('tom'), memberOf('zoe'), memberOf('ops')] }) }, 'TIME_ZONE_UNKNOWN'],
		['a team whose members are all at their cap', { people: peopleOf({ members: ['mia', 'tom', 'zoe'].map((id) => memberOf(id, { capPerDay: 0 })).concat(memberOf('ops')) }) }, 'TEAM_AT_CAP'],
		['nobody on call', { people: peopleOf({ teams: [teamOf('UK Team', ['mia'], { whenNobodyAvailable: 'onCall' })] }) }, 'ON_CALL_EMPTY'],
		['a team of territories without any', { people: peopleOf({ teams: [teamOf('UK Team', ['mia'], { assignment: 'territory' })] }) }, 'TERRITORY_MISSING'],
		['a territory that can\'t be read', { people: peopleOf({ teams: [teamOf('UK Team', ['mia'], { assignment: 'territory', territories: [{ member: 'mia', country: 'Atlantis' }] })] }) }, 'TERRITORY_INVALID'],
		['a team in which nobody is active', { people: peopleOf({ teams: [teamOf('UK Team', ['tim'])], members: [memberOf('tim', { active: false }), memberOf('ops')] }) }, 'TEAM_INACTIVE'],
	])('finds %s', (_, more, code) => {
		expect(codesOf([{}], more)).toEqual([code]);
	});

	it('leaves teams alone that no rule sends leads to', () => {
		expect(codesOf([{}], { people: peopleOf({ teams: [teamOf('UK Team', ['mia']), teamOf('Other', ['gone'])] }) })).toEqual([]);
	});

	it('sends what only soft rules can read to Finish Routing where all rules are hard', () => {
		const rules: Partial<RouterRule>[] = [{ conditions: [{ field: 'intent.name', operator: 'isNotEmpty' }] }, { conditions: [{ field: 'expression', fieldExpression: '{{ $now }}', operator: 'isNotEmpty' }] }];
		for (const { description } of problemsOf(rules, { hardOnly: true })) expect(description).toContain('move it to Finish Routing');
		for (const { description } of problemsOf(rules)) expect(description).toContain('set its "Rule Kind" to Soft');
	});

	it('tells all problems together, each short, with the rule number and what to do', () => {
		const problems = problemsOf([{ queue: undefined }, { conditions: country('US'), team: 'x'.repeat(200) }, { conditions: [{ field: 'y'.repeat(119), operator: 'equals', value: 'z' }] }]);
		expect(problems.map(({ message }) => message)).toEqual(['Rule 1 has no queue', expect.stringMatching(/^Rule 2 names an unknown team/), 'Rule 3 reads an unknown field']);
		for (const { message, description } of problems) {
			expect(message.length).toBeLessThanOrEqual(80);
			expect(message).not.toMatch(/\.$/);
			expect(description).toMatch(/\.$/);
		}
	});
});
