import { checkRule, checkRuleNames, isAiField, placeOfRule, ruleLabels, type RuleLabels } from '../checkRule';
import type { Problem } from '../leadError';
import { shorten } from '../shorten';
import { checkPeople } from './checkPeople';
import { compileCondition, type RouterCondition, type RuleTerms } from './conditions';
import { isKnownField } from './fields';
import type { RouterRule } from './ruleTable';
import type { People } from './teams';

export interface RulesToCheck {
	rules: readonly RouterRule[];
	people: People;
	fallbackQueue: string;
	/** Names of the client's SLA policies; absent when they are not known here, then no policy is checked. */
	slaPolicies?: readonly string[];
	/** Whether rules and people stand in the node, so that its labels are named, or in the client settings. */
	inNode: boolean;
	/** Values of the client's lists by name, lower case. */
	lists?: RuleTerms['lists'];
	/** Whether all rules of the node are hard, so that a soft rule belongs into another node. */
	hardOnly?: boolean;
}

/**
 * All that is wrong with rules, teams and fallback, in the order of the rules; empty when leads can be routed.
 * What rules do together, such as one that is never reached, is found by `analyzeRules`.
 */
export function checkRules(given: RulesToCheck): Problem[] {
	const { rules, people, slaPolicies } = given;
	const labels: RuleLabels = !given.inNode ? ruleLabels.document : given.hardOnly ? { ...ruleLabels.node, makeSoft: 'move it to Finish Routing' } : ruleLabels.node;
	const names = { teams: new Set(people.teams.map(({ name }) => name)), members: new Set(people.members.map(({ id }) => id)), slaPolicies: slaPolicies && new Set(slaPolicies) };
	return [
		...checkFallback(given),
		...rules.flatMap((rule, index) => {
			const number = index + 1;
			const own = rule.row ? ruleLabels.table : labels;
			const place = placeOfRule(rule, number);
			const found = isEmptyRule(rule) ? [problem('RULE_EMPTY', `${capital(place)} is empty`, 'Fill it in or delete it.')] : [...checkEntries(rule, place, own, given.lists), ...checkRule(rule, number, names, own)];
			return found.map((one) => ({ ...one, rule: number }));
		}),
		...checkRuleNames(rules.map(({ name }, index) => ({ number: index + 1, name })), labels),
		...checkPeople(given),
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

function capital(text: string): string {
	return text[0].toUpperCase() + text.slice(1);
}

function checkEntries(rule: RouterRule, place: string, labels: RuleLabels, lists: RuleTerms['lists']): Problem[] {
	const problems: Problem[] = [];
	const conditions = [...rule.conditions, ...(rule.groups ?? []).flatMap((group) => group.conditions)];
	if (rule.name.trim() === '') problems.push(problem('RULE_WITHOUT_NAME', `${capital(place)} has no name`, `Give ${place} a "${capital(labels.name)}": it is told to the owner of each lead.`));
	// a row of a table that asks nothing is meant to take every lead
	if (conditions.length === 0 && !rule.row) {
		problems.push(problem('RULE_WITHOUT_CONDITION', `${capital(place)} has no condition`, `Add a condition in ${place}; leads that no rule takes go to the fallback queue anyway.`));
	}
	return [...problems, ...conditions.flatMap((condition) => checkCondition(condition, rule, place, labels, lists))];
}

function checkCondition(condition: RouterCondition, rule: RouterRule, place: string, labels: RuleLabels, lists: RuleTerms['lists']): Problem[] {
	const fields = [condition.fieldExpression === undefined ? condition.field : undefined, condition.valueField].filter((field) => field !== undefined);
	const problems = fields.flatMap((field) => checkField(field, rule, place));
	if (rule.tier === 'hard' && (condition.fieldExpression !== undefined || condition.valueExpression !== undefined)) {
		problems.push(problem('EXPRESSION_IN_HARD_RULE', `${capital(place)} uses an expression that hard rules can't read`, `Compare a field such as {{ $json.lead.country }} with a fixed value in ${place}, or ${labels.makeSoft}.`));
	}
	const { faulty } = compileCondition(condition, { timeZone: 'UTC', lists });
	if (faulty !== undefined) {
		const pattern = condition.operator === 'matches' || condition.operator === 'notMatches';
		problems.push(problem(
			pattern ? 'PATTERN_INVALID' : 'VALUE_INVALID',
			pattern ? `${capital(place)} has a pattern that can't be read` : `${capital(place)} compares with a value that doesn't fit`,
			`Give ${faulty} in the condition on ${shorten(condition.fieldExpression ? 'the expression' : condition.field, 60)} in ${place}.`,
		));
	}
	return problems;
}

function checkField(field: string, rule: RouterRule, place: string): Problem[] {
	const toldAlready = rule.tier === 'hard' && isAiField(field);
	if (toldAlready || isKnownField(field)) return [];
	return [problem('FIELD_UNKNOWN', `${capital(place)} reads an unknown field`, `Correct the field ${shorten(field, 60)} in ${place}: leads have fields such as lead.country and, for their own form fields, lead.custom.`)];
}

function problem(code: string, message: string, description: string): Problem {
	return { code, message, description };
}
