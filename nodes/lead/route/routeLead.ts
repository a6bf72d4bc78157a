import { ruleTiers, type FixedParts, type HandoffRecord, type RuleTier, type Routing } from '../handoffRecord';
import { isObject } from '../isObject';
import type { OwnerPool } from './assignOwner';
import type { EvaluateExpression } from './conditions';
import { tellDecisiveRule, tellOtherRule, traceLateMatch, traceMatch, traceOpenRules, type Part } from './explain';
import { hardView } from './fields';
import type { CompiledRule, RuleTable } from './ruleTable';

/** A routing before its owner is chosen: `hard` always says what hard rules fixed. */
export type QueuedRouting = Omit<Routing, 'owner' | 'assignment' | 'alarm'> & { hard: FixedParts; trace: string[] };

const noHardRule = 'no hard rule fixed a queue';
const noExpressions: EvaluateExpression = () => {
	throw new Error('hard rules hold no expressions');
};

/**
 * First half, before AI: what hard rules say, on the record without anything that AI wrote.
 * Without a match the queue is the fallback queue for now, and every part is open for soft rules.
 */
export function applyHardRules(record: HandoffRecord, table: RuleTable, fallbackQueue: string): QueuedRouting {
	const walk = walkRules(table.hard, hardView(record), {}, noExpressions);
	return {
		...placeOf(walk.decidedBy, fallbackQueue),
		...partsOf(walk.parts, fallbackQueue),
		matchedRules: walk.matched.map(named),
		because: [...(walk.decidedBy ? [] : [noHardRule]), ...walk.because],
		trace: walk.trace,
		skipped: [],
		readMessageWithAi: walk.applied.every((rule) => rule.readMessageWithAi),
		hard: walk.parts,
	};
}

/**
 * Second half, after AI: soft rules set the parts that hard rules left open, and only these.
 *
 * @param hard - What `applyHardRules` gave, now or in an earlier node.
 * @param evaluate - For soft rules with n8n expressions.
 */
export function finishRules(
	record: HandoffRecord, table: RuleTable, hard: QueuedRouting, fallbackQueue: string, evaluate: EvaluateExpression,
): { routing: QueuedRouting; pool: OwnerPool } {
	const walk = walkRules(table.soft, record, hard.hard, evaluate);
	const place = hard.hard.queue !== undefined ? { rule: hard.rule, tier: hard.tier } : placeOf(walk.decidedBy, fallbackQueue);
	const routing: QueuedRouting = {
		...place,
		...partsOf(walk.parts, fallbackQueue),
		matchedRules: [...hard.matchedRules, ...walk.matched.map(named)],
		because: inOrder(hard.hard.queue !== undefined, hard.because.filter((reason) => reason !== noHardRule), walk, fallbackQueue),
		trace: [...hard.trace, ...walk.trace],
		skipped: [],
		readMessageWithAi: hard.readMessageWithAi,
		hard: hard.hard,
	};
	return { routing, pool: { team: walk.parts.team, owner: walk.parts.owner } };
}

/** The decisive reason stands first. */
function inOrder(hardDecided: boolean, hard: string[], soft: Walk, fallbackQueue: string): string[] {
	if (hardDecided) return [...hard, ...soft.because];
	if (soft.decidedBy) return [...soft.because, ...hard];
	return [`no rule fixed a queue, so it is the fallback queue ${fallbackQueue}`, ...hard, ...soft.because];
}

/**
 * The first half as another node wrote it on the item, or undefined when it is not one.
 * Only for leads that no ledger knows; takes nothing but parts of the right type, and never an owner.
 */
export function readHardRouting(routing: Routing | undefined, fallbackQueue: string): QueuedRouting | undefined {
	if (!routing || !isObject(routing.hard)) return undefined;
	const { hard } = routing;
	const parts: FixedParts = definedOnly({
		queue: textOrNone(hard.queue), team: textOrNone(hard.team), owner: textOrNone(hard.owner),
		sequence: textOrNone(hard.sequence), slaPolicy: textOrNone(hard.slaPolicy),
		priority: priorities.find((priority) => priority === hard.priority),
	});
	const rule = parts.queue !== undefined && Number.isInteger(routing.rule.number) && typeof routing.rule.name === 'string' ? routing.rule : undefined;
	return {
		...(rule ? { rule: { number: rule.number, name: rule.name }, tier: 'hard' as const } : placeOf(undefined, fallbackQueue)),
		...partsOf(parts, fallbackQueue),
		matchedRules: routing.matchedRules.filter((one) => isObject(one) && typeof one.name === 'string' && ruleTiers.includes(one.tier)),
		because: routing.because.filter((reason) => typeof reason === 'string'),
		trace: (routing.trace ?? []).filter((step) => typeof step === 'string'),
		skipped: [],
		readMessageWithAi: routing.readMessageWithAi !== false,
		hard: parts,
	};
}

const priorities = ['high', 'normal', 'low'] as const;

interface Walk {
	parts: FixedParts;
	/** The rule that set the queue. */
	decidedBy?: CompiledRule;
	/** All rules that match, also those after the one that stopped the walk. */
	matched: CompiledRule[];
	/** The matched rules that could set something. */
	applied: CompiledRule[];
	/** What decided: first the rule that set the queue, then what others set. */
	because: string[];
	trace: string[];
}

/** A part once set stays set: so earlier rules win over later ones, and hard rules over soft ones. */
function walkRules(rules: readonly CompiledRule[], record: object, fixed: FixedParts, evaluate: EvaluateExpression): Walk {
	const walk: Walk = { parts: { ...fixed }, matched: [], applied: [], because: [], trace: [] };
	const openRules: CompiledRule[] = [];
	let stopped = false;
	for (const rule of rules) {
		const holds = rule.holds(record, evaluate);
		if (holds === undefined && !stopped) openRules.push(rule);
		if (holds !== true) continue;
		walk.matched.push(rule);
		if (stopped) walk.trace.push(traceLateMatch(rule));
		else applyRule(walk, rule, record, evaluate);
		stopped ||= !rule.continue;
	}
	walk.trace.push(...traceOpenRules(openRules, (rule) => rule.comparisons(undefined, record, evaluate)));
	return walk;
}

function applyRule(walk: Walk, rule: CompiledRule, record: object, evaluate: EvaluateExpression): void {
	const before = walk.parts;
	const queueRefused = rule.sets.queue !== undefined && before.queue !== undefined && rule.sets.queue !== before.queue;
	walk.parts = setOpenParts(before, rule.sets, queueRefused);
	walk.applied.push(rule);
	const wanted = (Object.keys(rule.sets) as Part[]).filter((part) => rule.sets[part] !== undefined);
	walk.trace.push(traceMatch(rule, rule.comparisons(true, record, evaluate), wanted.filter((part) => walk.parts[part] !== rule.sets[part])));
	if (rule.sets.queue !== undefined && before.queue === undefined) {
		walk.decidedBy = rule;
		walk.because.unshift(tellDecisiveRule(rule, rule.reasons(record, evaluate)));
	} else {
		const told = tellOtherRule(rule, wanted.filter((part) => before[part] === undefined && walk.parts[part] !== undefined), rule.reasons(record, evaluate));
		if (told !== undefined) walk.because.push(told);
	}
}

/** Team and owner are one part: who may get the lead is said by one rule, and not by one whose queue was refused. */
function setOpenParts(parts: FixedParts, sets: FixedParts, queueRefused: boolean): FixedParts {
	const peopleOpen = parts.team === undefined && parts.owner === undefined && !queueRefused;
	return definedOnly({
		queue: parts.queue ?? sets.queue,
		team: peopleOpen ? sets.team : parts.team,
		owner: peopleOpen ? sets.owner : parts.owner,
		sequence: parts.sequence ?? sets.sequence,
		priority: parts.priority ?? sets.priority,
		slaPolicy: parts.slaPolicy ?? sets.slaPolicy,
	});
}

function placeOf(decidedBy: CompiledRule | undefined, fallbackQueue: string): { queue: string; rule: Routing['rule']; tier: RuleTier } {
	if (!decidedBy) return { queue: fallbackQueue, rule: { number: 0, name: 'Fallback' }, tier: 'fallback' };
	return { queue: decidedBy.sets.queue ?? fallbackQueue, rule: { number: decidedBy.number, name: decidedBy.name }, tier: decidedBy.tier };
}

function partsOf(parts: FixedParts, fallbackQueue: string): Pick<Routing, 'queue' | 'team' | 'sequence' | 'priority' | 'slaPolicy'> {
	const { queue, team, sequence, slaPolicy } = parts;
	return { queue: queue ?? fallbackQueue, priority: parts.priority ?? 'normal', ...definedOnly({ team, sequence, slaPolicy }) };
}

function named({ number, name, tier }: CompiledRule): Routing['matchedRules'][number] {
	return { number, name, tier };
}

function definedOnly<T extends object>(parts: T): T {
	return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

function textOrNone(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
