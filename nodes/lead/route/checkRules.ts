import { checkRule, checkRuleNames, isAiField, ruleLabels, type RuleLabels } from '../checkRule';
import type { Problem } from '../leadError';
import { quote, shorten } from '../shorten';
import { compileCondition, type RouterCondition } from './conditions';
import { isKnownField } from './fields';
import type { RouterRule } from './ruleTable';
import { membersOf, type People } from './teams';

export interface RulesToCheck {
	rules: readonly RouterRule[];
	people: People;
	fallbackQueue: string;
	/** Names of the client's SLA policies; absent when they are not known here, then no policy is checked. */
	slaPolicies?: readonly string[];
	/** Whether rules and people stand in the node, so that its labels are named, or in the client settings. */
	inNode: boolean;
	/** Whether all rules of the node are hard, so that a soft rule belongs into another node. */
	hardOnly?: boolean;
}

/**
 * All that is wrong with rules, teams and fallback, in the order of the rules; empty when leads can be routed.
 * Says nothing of rules that several earlier rules together cover.
 */
export function checkRules(given: RulesToCheck): Problem[] {
	const { rules, people, slaPolicies } = given;
	const labels: RuleLabels = !given.inNode ? ruleLabels.document : given.hardOnly ? { ...ruleLabels.node, makeSoft: 'move it to Finish Routing' } : ruleLabels.node;
	const names = { teams: new Set(people.teams.map(({ name }) => name)), members: new Set(people.members.map(({ id }) => id)), slaPolicies: slaPolicies && new Set(slaPolicies) };
	return [
		...checkFallback(given),
		...rules.flatMap((rule, index) => {
			const number = index + 1;
			const found = isEmptyRule(rule) ? [problem('RULE_EMPTY', `Rule ${number} is empty`, 'Fill it in or delete it.')] : [...checkEntries(rule, number, labels), ...checkRule(rule, number, names, labels)];
			return found.map((one) => ({ ...one, rule: number }));
		}),
		...checkRuleNames(rules.map(({ name }, index) => ({ number: index + 1, name })), labels),
		...checkReach(given),
		...checkTeams(given),
	];
}

function checkFallback({ people, fallbackQueue, inNode }: RulesToCheck): Problem[] {
	const problems: Problem[] = [];
	const label = inNode ? '"Fallback Owner"' : '"fallbackOwner" in the client settings';
	const owner = people.members.find(({ id }) => id === people.fallbackOwner);
	if (fallbackQueue.trim() === '') {
		problems.push(problem('FALLBACK_QUEUE_MISSING', 'There is no fallback queue', `Set ${inNode ? '"Fallback Queue"' : '"fallbackQueue" in the client settings'}: leads that no rule takes go there.`));
	}
	if (people.fallbackOwner === '') {
		problems.push(problem('FALLBACK_OWNER_MISSING', 'There is no fallback owner', `Set ${label}: leads that nobody else can take go there.`));
	} else if (!owner) {
		problems.push(problem('FALLBACK_OWNER_UNKNOWN', 'The fallback owner is not a member', `Set ${label} to the id of a member${inNode ? ', or to an e-mail address' : ''}.`));
	} else if (!owner.active) {
		problems.push(problem('FALLBACK_OWNER_INACTIVE', 'The fallback owner is not active', `Set ${label} to a member who is active.`));
	}
	return problems;
}

function isEmptyRule({ name, queue, conditions }: RouterRule): boolean {
	return name.trim() === '' && !queue && conditions.length === 0;
}

function checkEntries(rule: RouterRule, number: number, labels: RuleLabels): Problem[] {
	const problems: Problem[] = [];
	if (rule.name.trim() === '') problems.push(problem('RULE_WITHOUT_NAME', `Rule ${number} has no name`, `Give rule ${number} a "Name": it is told to the owner of each lead.`));
	if (rule.conditions.length === 0) {
		problems.push(problem('RULE_WITHOUT_CONDITION', `Rule ${number} has no condition`, `Add a condition in rule ${number}; leads that no rule takes go to the fallback queue anyway.`));
	}
	return [...problems, ...rule.conditions.flatMap((condition) => checkCondition(condition, rule, number, labels))];
}

function checkCondition(condition: RouterCondition, rule: RouterRule, number: number, labels: RuleLabels): Problem[] {
	const fields = [condition.fieldExpression === undefined ? condition.field : undefined, condition.valueField].filter((field) => field !== undefined);
	const problems = fields.flatMap((field) => checkField(field, rule, number));
	if (rule.tier === 'hard' && (condition.fieldExpression !== undefined || condition.valueExpression !== undefined)) {
		problems.push(problem('EXPRESSION_IN_HARD_RULE', `Rule ${number} uses an expression that hard rules can't read`, `Compare a field such as {{ $json.lead.country }} with a fixed value in rule ${number}, or ${labels.makeSoft}.`));
	}
	const { faulty } = compileCondition(condition, 'UTC');
	if (faulty !== undefined) {
		const pattern = condition.operator === 'matches' || condition.operator === 'notMatches';
		problems.push(problem(
			pattern ? 'PATTERN_INVALID' : 'VALUE_INVALID',
			pattern ? `Rule ${number} has a pattern that can't be read` : `Rule ${number} compares with a value that doesn't fit`,
			`Give ${faulty} in the condition on ${shorten(condition.fieldExpression ? 'the expression' : condition.field, 60)} in rule ${number}.`,
		));
	}
	return problems;
}

function checkField(field: string, rule: RouterRule, number: number): Problem[] {
	const toldAlready = rule.tier === 'hard' && isAiField(field);
	if (toldAlready || isKnownField(field)) return [];
	return [problem('FIELD_UNKNOWN', `Rule ${number} reads an unknown field`, `Correct the field ${shorten(field, 60)} in rule ${number}: leads have fields such as lead.country and, for their own form fields, lead.custom.`)];
}

/** A rule after one that asks the same and stops. A soft rule after a hard one still sets what that left open. */
function checkReach({ rules }: RulesToCheck): Problem[] {
	const seen = new Map<string, number>();
	return rules.flatMap((rule, index) => {
		const conditions = new Set(rule.conditions.map((condition) => compileCondition(condition, 'UTC').signature));
		const match = conditions.size === 1 ? 'all' : rule.match;
		const signature = JSON.stringify([rule.tier, match, [...conditions].sort()]);
		const earlier = seen.get(signature);
		if (earlier === undefined && !rule.continue && conditions.size > 0) seen.set(signature, index + 1);
		return earlier === undefined ? [] : [{ rule: index + 1, ...problem('RULE_UNREACHABLE', `Rule ${index + 1} is never reached: rule ${earlier} asks the same`, `Delete rule ${index + 1}, change its conditions, or let rule ${earlier} continue with the next rule.`) }];
	});
}

/** Only teams that a rule can send leads to. */
function checkTeams({ rules, people, inNode }: RulesToCheck): Problem[] {
	const used = new Set(rules.flatMap(({ team, queue, owner }) => team ?? (owner === undefined ? queue ?? [] : [])));
	return people.teams.filter(({ name }) => used.has(name)).flatMap((team) => {
		const name = quote(team.name, 30);
		const where = inNode ? '"Members"' : '"members" in the client settings';
		const members = membersOf(people, team);
		if (members.length === 0) return [problem('TEAM_EMPTY', `Team ${name} has no members`, `Add members to team ${name} in ${where}.`)];
		if (members.every(({ active }) => !active)) return [problem('TEAM_INACTIVE', `Nobody of team ${name} is active`, `Set a member of team ${name} to active in ${where}.`)];
		return [];
	});
}

function problem(code: string, message: string, description: string): Problem {
	return { code, message, description };
}
