import type { FixedParts } from '../handoffRecord';
import type { EvaluateExpression } from './conditions';
import type { Part } from './explain';
import { placesOf, type RuleIndex, type RuleOutcomes } from './ruleIndex';
import type { CompiledRule } from './ruleTable';

/** A rule that matched before the walk stopped, and what came of it. */
export interface AppliedRule {
	rule: CompiledRule;
	/** Whether it set the queue. */
	decided: boolean;
	/** Parts that it set, and parts that it wanted to set and earlier rules had fixed. */
	set: Part[];
	refused: Part[];
}

/** What the rules of one kind say of one lead, without a word of it written: `tellWalk` makes the words from it and the record. */
export interface Walk {
	parts: FixedParts;
	/** The rule that set the queue. */
	decidedBy?: CompiledRule;
	/** All rules that match, also those after the one that stopped the walk. */
	matched: CompiledRule[];
	applied: AppliedRule[];
	/** Rules that match after the one that stopped the walk. */
	late: CompiledRule[];
	/** Rules before the stop that a value keeps open which the lead lacks. */
	open: CompiledRule[];
	/** Rows that match where their table allows one only; none of them was applied. */
	conflict: CompiledRule[];
	/** How every rule and every condition stands to the lead. */
	outcomes: RuleOutcomes;
}

/** A part once set stays set: so earlier rules win over later ones, and hard rules over soft ones. */
export function walkRules(rules: readonly CompiledRule[], index: RuleIndex, record: object, fixed: FixedParts, evaluate: EvaluateExpression): Walk {
	const outcomes = index.ask(record, evaluate);
	const walk: Walk = { parts: fixed, matched: [], applied: [], late: [], open: [], conflict: [], outcomes };
	for (const place of placesOf(outcomes.matched)) walk.matched.push(rules[place]);
	const rows = walk.matched.filter((rule) => rule.unique);
	if (rows.length > 1) walk.conflict = rows;
	let stoppedAt = Infinity;
	for (const rule of walk.matched) {
		if (walk.conflict.length > 0 && rule.unique) continue;
		if (stoppedAt !== Infinity) {
			walk.late.push(rule);
			continue;
		}
		applyRule(walk, rule);
		if (!rule.continue) stoppedAt = rules.indexOf(rule);
	}
	for (const place of placesOf(outcomes.open)) {
		if (place > stoppedAt) break;
		walk.open.push(rules[place]);
	}
	return walk;
}

function applyRule(walk: Walk, rule: CompiledRule): void {
	const before = walk.parts;
	const { sets } = rule;
	const queueRefused = sets.queue !== undefined && before.queue !== undefined && sets.queue !== before.queue;
	walk.parts = setOpenParts(before, sets, queueRefused);
	const applied: AppliedRule = { rule, decided: sets.queue !== undefined && before.queue === undefined, set: [], refused: [] };
	for (const part of Object.keys(sets) as Part[]) {
		if (sets[part] === undefined) continue;
		if (before[part] === undefined && walk.parts[part] !== undefined) applied.set.push(part);
		else if (walk.parts[part] !== sets[part]) applied.refused.push(part);
	}
	walk.applied.push(applied);
	if (applied.decided) walk.decidedBy = rule;
}

/** Team and owner are one part: who may get the lead is said by one rule, and not by one whose queue was refused. */
function setOpenParts(parts: FixedParts, sets: FixedParts, queueRefused: boolean): FixedParts {
	const peopleOpen = parts.team === undefined && parts.owner === undefined && !queueRefused;
	const next: FixedParts = { ...parts };
	const set = <Name extends Part>(part: Name, open: boolean): void => {
		if (open && next[part] === undefined && sets[part] !== undefined) next[part] = sets[part];
	};
	set('queue', true);
	set('team', peopleOpen);
	set('owner', peopleOpen);
	set('sequence', true);
	set('priority', true);
	set('slaPolicy', true);
	set('skills', !queueRefused);
	set('blocked', !queueRefused && parts.queue === undefined);
	return next;
}
