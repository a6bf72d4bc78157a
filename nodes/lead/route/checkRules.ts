import type { Problem } from '../leadError';
import { compileCondition, type RouterCondition } from './conditions';
import { isAiField, isKnownField } from './fields';
import { shorten } from './meaning';
import type { RouterRule } from './ruleTable';
import { findMember, findTeam, membersOf, type People } from './teams';

export interface RulesToCheck {
	rules: readonly RouterRule[];
	people: People;
	fallbackQueue: string;
	/** Names of the client's SLA policies; absent when they are not known here, then no policy is checked. */
	slaPolicies?: readonly string[];
	/** Whether rules and people stand in the node, so that its labels are named, or in the client settings. */
	inNode: boolean;
}

/**
 * All that is wrong with rules, teams and fallback, in the order of the rules; empty when leads can be routed.
 * Says nothing of rules that several earlier rules together cover.
 */
export function checkRules(given: RulesToCheck): Problem[] {
	return [
		...checkFallback(given),
		...given.rules.flatMap((rule, index) => checkRule(rule, index + 1, given)),
		...checkNames(given.rules),
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

function checkRule(rule: RouterRule, number: number, { people, slaPolicies }: RulesToCheck): Problem[] {
	const problems: Problem[] = [];
	const say = (code: string, message: string, description: string): void => {
		problems.push(problem(code, `Rule ${number} ${message}`, description));
	};
	if (rule.name.trim() === '') say('RULE_WITHOUT_NAME', 'has no name', `Give rule ${number} a "Name": it is told to the owner of each lead.`);
	if (!rule.queue && !rule.continue) say('RULE_WITHOUT_QUEUE', 'has no queue', `Choose a "Queue" in rule ${number}, let it continue with the next rule, or delete it.`);
	if (rule.conditions.length === 0) say('RULE_WITHOUT_CONDITION', 'has no condition', `Add a condition in rule ${number}; leads that no rule takes go to the fallback queue anyway.`);
	if (rule.team !== undefined && !findTeam(people, rule.team)) say('TEAM_UNKNOWN', `names an unknown team "${shorten(rule.team, 30)}"`, `Set "Team" in rule ${number} to the name of a team, or add the team.`);
	if (rule.owner !== undefined && !people.members.some(({ id }) => id === rule.owner)) {
		const meant = findMember(people, rule.owner);
		say('OWNER_UNKNOWN', 'names an unknown member', `Set "Member" in rule ${number} to the id of a member${meant ? ', not to the CRM owner id' : ''}.`);
	}
	if (rule.slaPolicy !== undefined && slaPolicies && !slaPolicies.includes(rule.slaPolicy)) {
		say('POLICY_UNKNOWN', `names an unknown SLA policy "${shorten(rule.slaPolicy, 30)}"`, `Set "SLA Policy" in rule ${number} to a policy of the client settings.`);
	}
	for (const condition of rule.conditions) problems.push(...checkCondition(condition, rule, number));
	return problems;
}

function checkCondition(condition: RouterCondition, rule: RouterRule, number: number): Problem[] {
	const fields = [condition.fieldExpression === undefined ? condition.field : undefined, condition.valueField].filter((field) => field !== undefined);
	const problems = fields.flatMap((field) => checkField(field, rule, number));
	if (rule.tier === 'hard' && (condition.fieldExpression !== undefined || condition.valueExpression !== undefined)) {
		problems.push(problem('EXPRESSION_IN_HARD_RULE', `Rule ${number} uses an expression that hard rules can't read`, `Compare a field such as {{ $json.lead.country }} with a fixed value in rule ${number}, or set its "Rule Kind" to Soft.`));
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
	if (rule.tier === 'hard' && isAiField(field)) {
		return [problem('HARD_RULE_READS_INTENT', `Rule ${number} is a hard rule but reads what AI said`, `Set the "Rule Kind" of rule ${number} to Soft, or take out its condition on ${shorten(field, 60)}.`)];
	}
	if (isKnownField(field)) return [];
	return [problem('FIELD_UNKNOWN', `Rule ${number} reads an unknown field`, `Correct the field ${shorten(field, 60)} in rule ${number}: leads have fields such as lead.country and, for their own form fields, lead.custom.`)];
}

function checkNames(rules: readonly RouterRule[]): Problem[] {
	return rules.flatMap((rule, index) => {
		const name = rule.name.trim().toLowerCase();
		const first = rules.findIndex((other) => other.name.trim().toLowerCase() === name);
		return name === '' || first === index ? [] : [problem('RULE_NAME_TWICE', `Rules ${first + 1} and ${index + 1} have one name`, `Give rule ${index + 1} a "Name" of its own: reasons tell rules by name.`)];
	});
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
		return earlier === undefined ? [] : [problem('RULE_UNREACHABLE', `Rule ${index + 1} is never reached: rule ${earlier} asks the same`, `Delete rule ${index + 1}, change its conditions, or let rule ${earlier} continue with the next rule.`)];
	});
}

/** Only teams that a rule can send leads to. */
function checkTeams({ rules, people, inNode }: RulesToCheck): Problem[] {
	const used = new Set(rules.flatMap(({ team, queue, owner }) => team ?? (owner === undefined ? queue ?? [] : [])));
	return people.teams.filter(({ name }) => used.has(name)).flatMap((team) => {
		const name = shorten(team.name, 30);
		const where = inNode ? '"Members"' : '"members" in the client settings';
		const members = membersOf(people, team);
		if (members.length === 0) return [problem('TEAM_EMPTY', `Team "${name}" has no members`, `Add members to team "${name}" in ${where}.`)];
		if (members.every(({ active }) => !active)) return [problem('TEAM_INACTIVE', `Nobody of team "${name}" is active`, `Set a member of team "${name}" to active in ${where}.`)];
		return [];
	});
}

function problem(code: string, message: string, description: string): Problem {
	return { code, message, description };
}
