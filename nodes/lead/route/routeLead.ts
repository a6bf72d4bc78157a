import { ruleTiers, type FixedParts, type HandoffRecord, type RuleTier, type Routing } from '../handoffRecord';
import { isObject } from '../isObject';
import type { OwnerPool } from './assignOwner';
import type { EvaluateExpression } from './conditions';
import { tellConflict } from './explain';
import { hardView } from './fields';
import type { CompiledRule, RuleTable } from './ruleTable';
import { tellWalk, traceEveryRule, type ToldWalk } from './tellWalk';
import { walkRules, type Walk } from './walkRules';

/** A routing before its owner is chosen: `hard` always says what hard rules fixed. */
export type QueuedRouting = Omit<Routing, 'owner' | 'assignment'> & { hard: FixedParts; trace: string[] };

const noHardRule = 'no hard rule fixed a queue';
const noExpressions: EvaluateExpression = () => {
	throw new Error('hard rules hold no expressions');
};

/** How much of what did not decide is written down: what matched and what stayed open, or what each rule said. */
export type TraceDepth = 'decisive' | 'everyRule';

/**
 * First half, before AI: what hard rules say, on the record without anything that AI wrote.
 * Without a match the queue is the fallback queue for now, and every part is open for soft rules.
 */
export function applyHardRules(record: HandoffRecord, table: RuleTable, fallbackQueue: string, trace: TraceDepth = 'decisive'): QueuedRouting {
	const view = hardView(record);
	const walk = walkRules(table.hard, table.hardIndex, view, {}, noExpressions);
	const told = tellWalk(walk, view, noExpressions);
	return {
		...placeOf(walk.decidedBy, fallbackQueue),
		...partsOf(walk.parts, fallbackQueue),
		matchedRules: walk.matched.map(named),
		because: [...(walk.decidedBy ? [] : [noHardRule]), ...told.because],
		trace: [...told.trace, ...(trace === 'everyRule' ? traceEveryRule(walk, table.hard, view, noExpressions) : [])],
		skipped: [],
		readMessageWithAi: walk.applied.every(({ rule }) => rule.readMessageWithAi),
		hard: walk.parts,
		...alarmOf(walk),
	};
}

/**
 * Second half, after AI: soft rules set the parts that hard rules left open, and only these.
 *
 * @param hard - What `applyHardRules` gave, now or in an earlier node.
 * @param evaluate - For soft rules with n8n expressions.
 */
export function finishRules(
	record: HandoffRecord, table: RuleTable, hard: QueuedRouting, fallbackQueue: string, evaluate: EvaluateExpression, trace: TraceDepth = 'decisive',
): { routing: QueuedRouting; pool: OwnerPool } {
	const walk = walkRules(table.soft, table.softIndex, record, hard.hard, evaluate);
	const told = tellWalk(walk, record, evaluate);
	const place = hard.hard.queue !== undefined ? { rule: hard.rule, tier: hard.tier } : placeOf(walk.decidedBy, fallbackQueue);
	const routing: QueuedRouting = {
		...place,
		...partsOf(walk.parts, fallbackQueue),
		matchedRules: [...hard.matchedRules, ...walk.matched.map(named)],
		because: inOrder(hard.hard.queue !== undefined, hard.because.filter((reason) => reason !== noHardRule), walk, told, fallbackQueue),
		trace: [...hard.trace, ...told.trace, ...(trace === 'everyRule' ? traceEveryRule(walk, table.soft, record, evaluate) : [])],
		skipped: [],
		readMessageWithAi: hard.readMessageWithAi,
		hard: hard.hard,
		...(hard.alarm === undefined ? alarmOf(walk) : { alarm: hard.alarm }),
	};
	return { routing, pool: { team: walk.parts.team, owner: walk.parts.owner, skills: walk.parts.skills, blocked: walk.parts.blocked } };
}

/** Two rows of a table that allows one: the lead goes on, and somebody has to mend the table. */
function alarmOf({ conflict }: Walk): Pick<Routing, 'alarm'> {
	return conflict.length > 1 ? { alarm: tellConflict(conflict) } : {};
}

/** The decisive reason stands first. */
function inOrder(hardDecided: boolean, hard: string[], soft: Walk, told: ToldWalk, fallbackQueue: string): string[] {
	if (hardDecided) return [...hard, ...told.because];
	if (soft.decidedBy) return [...told.because, ...hard];
	return [`no rule fixed a queue, so it is the fallback queue ${fallbackQueue}`, ...hard, ...told.because];
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
		skills: Array.isArray(hard.skills) ? hard.skills.filter((skill) => typeof skill === 'string') : undefined,
		blocked: hard.blocked === true ? true : undefined,
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

function placeOf(decidedBy: CompiledRule | undefined, fallbackQueue: string): { queue: string; rule: Routing['rule']; tier: RuleTier } {
	if (!decidedBy) return { queue: fallbackQueue, rule: { number: 0, name: 'Fallback' }, tier: 'fallback' };
	return { queue: decidedBy.sets.queue ?? fallbackQueue, rule: { number: decidedBy.number, name: decidedBy.name }, tier: decidedBy.tier };
}

function partsOf(parts: FixedParts, fallbackQueue: string): Pick<Routing, 'queue' | 'team' | 'sequence' | 'priority' | 'slaPolicy' | 'blocked'> {
	const { queue, team, sequence, slaPolicy, blocked } = parts;
	return { queue: queue ?? fallbackQueue, priority: parts.priority ?? 'normal', ...definedOnly({ team, sequence, slaPolicy, blocked }) };
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
