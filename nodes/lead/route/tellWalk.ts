import type { EvaluateExpression } from './conditions';
import { tellDecisiveRule, tellOtherRule, traceConflict, traceLateMatch, traceMatch, traceMiss, traceOpenRules } from './explain';
import type { CompiledRule } from './ruleTable';
import type { Walk } from './walkRules';

/** A walk in words: what decided, for a rep, decisive rule first; and the rest for audit. */
export interface ToldWalk {
	because: string[];
	trace: string[];
}

/** Puts a walk into words. The record must be the one that was walked. */
export function tellWalk(walk: Walk, record: object, evaluate: EvaluateExpression): ToldWalk {
	const told: ToldWalk = { because: [], trace: [] };
	for (const { rule, decided, set, refused } of walk.applied) {
		told.trace.push(traceMatch(rule, rule.comparisons(true, record, evaluate), refused));
		const reasons = rule.reasons(record, evaluate);
		if (decided) told.because.unshift(tellDecisiveRule(rule, reasons));
		else {
			const other = tellOtherRule(rule, set, reasons);
			if (other !== undefined) told.because.push(other);
		}
	}
	told.trace.push(...walk.late.map(traceLateMatch));
	if (walk.conflict.length > 1) told.trace.push(traceConflict(walk.conflict));
	told.trace.push(...traceOpenRules(walk.open, (rule) => rule.comparisons(undefined, record, evaluate)));
	return told;
}

/** The rules that `tellWalk` says nothing of, each with what it asks and the lead does not have; for audit of every rule. */
export function traceEveryRule(walk: Walk, rules: readonly CompiledRule[], record: object, evaluate: EvaluateExpression): string[] {
	const told = new Set<CompiledRule>([...walk.matched, ...walk.open.slice(0, 3)]);
	return rules.filter((rule) => !told.has(rule)).map((rule) => {
		const failed = rule.comparisons(false, record, evaluate);
		return traceMiss(rule, failed.length > 0 ? failed : rule.comparisons(undefined, record, evaluate));
	});
}
