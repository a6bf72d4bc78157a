import type { FixedParts } from '../handoffRecord';
import type { HitPolicy, RoutingRule, Team } from '../settings/clientSettings';
import { compileCondition, type CompiledCondition, type EvaluateExpression, type RouterCondition, type RuleTerms } from './conditions';
import { anyHolds, type Answer } from './operators';
import { RuleIndex } from './ruleIndex';

/** Conditions that count as one. */
export interface RouterGroup {
	match: 'all' | 'any';
	conditions: RouterCondition[];
}

/** A routing rule from client settings, from the node's own list or from a decision table. */
export type RouterRule = Omit<RoutingRule, 'conditions' | 'groups'> & {
	conditions: RouterCondition[];
	groups?: RouterGroup[];
	/** The row of a decision table that it was; its hit policy counts among the rows of the table. */
	row?: { number: number; hitPolicy: HitPolicy; rank?: number };
};

/** Where a lead goes that a rule blocks without naming a queue. */
export const blockedQueue = 'Blocked';

export interface CompiledRule {
	/** Place in the list, from 1. */
	number: number;
	name: string;
	tier: RouterRule['tier'];
	/** What it sets when it matches. */
	sets: FixedParts;
	readMessageWithAi: boolean;
	continue: boolean;
	/** Whether it decides only when no other row of its table matches. */
	unique: boolean;
	match: 'all' | 'any';
	/** What counts under `match`: its conditions, and the groups of them. */
	parts: { match: 'all' | 'any'; conditions: CompiledCondition[] }[];
	/** True only when every condition that counts is known to hold; undefined when a missing value keeps it open. */
	holds: (record: object, evaluate: EvaluateExpression) => Answer;
	/** What the lead has that made it hold, for a rep; one part per condition that holds. */
	reasons: (record: object, evaluate: EvaluateExpression) => string[];
	/** The conditions with this answer, with both sides, for audit: those that hold, fail, or are unknown. */
	comparisons: (wanted: Answer, record: object, evaluate: EvaluateExpression) => string[];
}

export interface RuleTable {
	/** In the order in which they are tried. */
	hard: CompiledRule[];
	soft: CompiledRule[];
	hardIndex: RuleIndex;
	softIndex: RuleIndex;
}

/**
 * Compiles rules in their order, hard and soft apart; rows of a table with hit policy `priority` by their rank.
 * A rule that names neither team nor owner takes the team that has the name of its queue, if there is one.
 */
export function compileRules(rules: readonly RouterRule[], teams: readonly Pick<Team, 'name'>[], terms: RuleTerms): RuleTable {
	const teamNames = new Set(teams.map(({ name }) => name));
	const compiled = inTurn(rules).map(({ rule, number }) => compileRule(rule, number, teamNames, terms));
	const hard = compiled.filter((rule) => rule.tier === 'hard');
	const soft = compiled.filter((rule) => rule.tier === 'soft');
	return { hard, soft, hardIndex: new RuleIndex(hard), softIndex: new RuleIndex(soft) };
}

/** Rules with their numbers, in the order in which they are tried: rows that have a rank stand by rank where the first row stood. */
export function inTurn(rules: readonly RouterRule[]): { rule: RouterRule; number: number }[] {
	const numbered = rules.map((rule, index) => ({ rule, number: index + 1 }));
	const ranked = numbered.filter(({ rule }) => rule.row?.hitPolicy === 'priority');
	if (ranked.length === 0) return numbered;
	const sorted = [...ranked].sort((one, other) => (one.rule.row?.rank ?? Infinity) - (other.rule.row?.rank ?? Infinity) || one.number - other.number);
	let next = 0;
	return numbered.map((one) => (one.rule.row?.hitPolicy === 'priority' ? sorted[next++] : one));
}

function compileRule(rule: RouterRule, number: number, teamNames: ReadonlySet<string>, terms: RuleTerms): CompiledRule {
	const groups = [...rule.conditions.map((condition) => ({ match: 'all' as const, conditions: [condition] })), ...(rule.groups ?? [])];
	const parts = groups.map(({ match, conditions }) => ({ match, conditions: conditions.map((condition) => compileCondition(condition, terms)) }));
	const all = parts.flatMap(({ conditions }) => conditions);
	const { owner, sequence, priority, slaPolicy } = rule;
	const queue = rule.queue ?? (rule.block ? blockedQueue : undefined);
	const team = rule.team ?? (owner === undefined && queue !== undefined && teamNames.has(queue) ? queue : undefined);
	const skills = rule.skills && rule.skills.length > 0 ? rule.skills : undefined;
	const those = (wanted: Answer, record: object, evaluate: EvaluateExpression): CompiledCondition[] => all.filter((condition) => condition.holds(record, evaluate) === wanted);
	const partHolds = (part: CompiledRule['parts'][number], record: object, evaluate: EvaluateExpression): Answer => combine(part.match, part.conditions, (condition) => condition.holds(record, evaluate));
	return {
		number,
		name: rule.name,
		tier: rule.tier,
		sets: { queue, team, owner, sequence, priority, slaPolicy, ...(skills ? { skills } : {}), ...(rule.block ? { blocked: true } : {}) },
		readMessageWithAi: rule.readMessageWithAi,
		continue: rule.continue,
		unique: rule.row?.hitPolicy === 'unique',
		match: rule.match,
		parts,
		// a row of a table whose cells take any value is meant to take every lead
		holds: parts.length === 0 && rule.row ? () => true : (record, evaluate) => combine(rule.match, parts, (part) => partHolds(part, record, evaluate)),
		reasons: (record, evaluate) => [...new Set(those(true, record, evaluate).map((condition) => condition.tell(record, evaluate)))],
		comparisons: (wanted, record, evaluate) => those(wanted, record, evaluate).map((condition) => condition.compare(record, evaluate)),
	};
}

function combine<T>(match: 'all' | 'any', parts: readonly T[], holds: (part: T) => Answer): Answer {
	if (match === 'any') return anyHolds(parts, holds);
	// a rule without conditions would take every lead by accident
	let answer: Answer = parts.length > 0;
	for (const part of parts) {
		const one = holds(part);
		if (one === false) return false;
		if (one === undefined) answer = undefined;
	}
	return answer;
}
