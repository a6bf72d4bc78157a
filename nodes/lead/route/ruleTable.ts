import type { FixedParts } from '../handoffRecord';
import type { RoutingRule, Team } from '../settings/clientSettings';
import { compileCondition, type CompiledCondition, type EvaluateExpression, type RouterCondition } from './conditions';
import { anyHolds, type Answer } from './operators';

/** A routing rule from client settings or from the node's own list. */
export type RouterRule = Omit<RoutingRule, 'conditions'> & { conditions: RouterCondition[] };

export interface CompiledRule {
	/** Place in the list, from 1. */
	number: number;
	name: string;
	tier: RouterRule['tier'];
	/** What it sets when it matches. */
	sets: FixedParts;
	readMessageWithAi: boolean;
	continue: boolean;
	/** True only when every condition that counts is known to hold; undefined when a missing value keeps it open. */
	holds: (record: object, evaluate: EvaluateExpression) => Answer;
	/** What the lead has that made it hold, for a rep; one part per condition that holds. */
	reasons: (record: object, evaluate: EvaluateExpression) => string[];
	/** The conditions that hold or, for an open rule, those that are unknown, with both sides, for audit. */
	comparisons: (wanted: true | undefined, record: object, evaluate: EvaluateExpression) => string[];
}

export interface RuleTable {
	hard: CompiledRule[];
	soft: CompiledRule[];
}

/**
 * Compiles rules in their order, hard and soft apart.
 * A rule that names neither team nor owner takes the team that has the name of its queue, if there is one.
 */
export function compileRules(rules: readonly RouterRule[], teams: readonly Pick<Team, 'name'>[], timeZone: string): RuleTable {
	const compiled = rules.map((rule, index) => compileRule(rule, index + 1, teams, timeZone));
	return { hard: compiled.filter((rule) => rule.tier === 'hard'), soft: compiled.filter((rule) => rule.tier === 'soft') };
}

function compileRule(rule: RouterRule, number: number, teams: readonly Pick<Team, 'name'>[], timeZone: string): CompiledRule {
	const conditions = rule.conditions.map((condition) => compileCondition(condition, timeZone));
	const { queue, owner, sequence, priority, slaPolicy } = rule;
	const team = rule.team ?? (owner === undefined && teams.some((one) => one.name === queue) ? queue : undefined);
	const those = (wanted: Answer, record: object, evaluate: EvaluateExpression): CompiledCondition[] => conditions.filter((condition) => condition.holds(record, evaluate) === wanted);
	return {
		number,
		name: rule.name,
		tier: rule.tier,
		sets: { queue, team, owner, sequence, priority, slaPolicy },
		readMessageWithAi: rule.readMessageWithAi,
		continue: rule.continue,
		holds: rule.match === 'any' ? (record, evaluate) => anyHolds(conditions, (condition) => condition.holds(record, evaluate)) : (record, evaluate) => allHold(conditions, record, evaluate),
		reasons: (record, evaluate) => [...new Set(those(true, record, evaluate).map((condition) => condition.tell(record, evaluate)))],
		comparisons: (wanted, record, evaluate) => those(wanted, record, evaluate).map((condition) => condition.compare(record, evaluate)),
	};
}

function allHold(conditions: CompiledCondition[], record: object, evaluate: EvaluateExpression): Answer {
	// a rule without conditions would take every lead by accident
	let answer: Answer = conditions.length > 0;
	for (const condition of conditions) {
		const one = condition.holds(record, evaluate);
		if (one === false) return false;
		if (one === undefined) answer = undefined;
	}
	return answer;
}
