import type { HandoffRecord, Routing } from '../handoffRecord';
import { assignOwner, type AssignedOwner, type OwnerPool } from './assignOwner';
import { capPeriods, hasPeriodCap, periodsAt, zoneOf, type LeadCounts } from './availability';
import type { EvaluateExpression } from './conditions';
import { applyHardRules, finishRules } from './routeLead';
import { assignInputOf, withOwner, type Router } from './router';
import { findTeam, membersOf } from './teams';
import type { Turns } from './turns';

/** What one set of rules and people would have made of one lead. */
export type SimulatedRouting = Pick<Routing, 'queue' | 'team' | 'owner' | 'rule' | 'tier' | 'because' | 'alarm' | 'heldUntil' | 'blocked' | 'priority' | 'slaPolicy'>;

interface Given {
	memberId: string;
	team: string;
	at: Date;
}

/**
 * Plays leads through one set of rules and people, each at the moment at which it came. Turns, caps and open leads are
 * counted from the first of these leads on, in memory: no turn is taken and nothing is written.
 */
export class Simulation {
	private readonly turns = new Map<string, Turns>();
	private readonly sticky = new Map<string, string>();
	private readonly given: Given[] = [];
	private readonly ofLead = new Map<string, string>();

	constructor(private readonly router: Router, private readonly evaluate: EvaluateExpression) {}

	/** The lead's routing; leads are to be given in the order in which they came. */
	route(record: HandoffRecord): Routing {
		const { table, fallbackQueue } = this.router;
		const hard = applyHardRules(record, table, fallbackQueue);
		const { routing, pool } = finishRules(record, table, hard, fallbackQueue, this.evaluate);
		return withOwner(routing, this.assign(record, pool, new Date(record.submission.receivedAt)));
	}

	private assign(record: HandoffRecord, pool: OwnerPool, at: Date): AssignedOwner {
		const input = assignInputOf(record, pool, this.router, { at, remembered: true });
		const team = findTeam(this.router.people, pool.team);
		if (!team) return assignOwner(input);
		const stickyKey = input.stickyKey === undefined ? undefined : `${team.name}\n${input.stickyKey}`;
		const leadKey = `${team.name}\n${record.leadId}`;
		const assigned = assignOwner({
			...input, turns: this.turns.get(team.name) ?? {}, counts: this.countsAt(at, team.name),
			turnOf: this.ofLead.get(leadKey), stickyOwner: stickyKey === undefined ? undefined : this.sticky.get(stickyKey),
		});
		if (assigned.turn) {
			const { memberId, next } = assigned.turn;
			this.turns.set(team.name, next);
			this.ofLead.set(leadKey, memberId);
			this.given.push({ memberId, team: team.name, at });
			if (assigned.turn.sticky && stickyKey !== undefined) this.sticky.set(stickyKey, memberId);
		}
		return assigned;
	}

	private countsAt(at: Date, teamName: string): LeadCounts {
		const { people } = this.router;
		const counts: Record<'today' | 'thisWeek' | 'thisMonth' | 'open', Record<string, number>> & { team: { today: number; thisWeek: number; thisMonth: number } }
			= { today: {}, thisWeek: {}, thisMonth: {}, open: {}, team: { today: 0, thisWeek: 0, thisMonth: 0 } };
		const team = findTeam(people, teamName);
		for (const { memberId } of this.given) counts.open[memberId] = (counts.open[memberId] ?? 0) + 1;
		for (const member of team ? membersOf(people, team).filter(hasPeriodCap) : []) {
			const periods = periodsAt(at, zoneOf(member, people));
			const own = this.given.filter(({ memberId }) => memberId === member.id);
			for (const { count, unit } of capPeriods) counts[count][member.id] = own.filter((one) => one.at >= periods[unit]).length;
		}
		if (team && hasPeriodCap(team)) {
			const periods = periodsAt(at, people.timeZone);
			const own = this.given.filter((one) => one.team === teamName);
			for (const { count, unit } of capPeriods) counts.team[count] = own.filter((one) => one.at >= periods[unit]).length;
		}
		return counts;
	}
}

/** One lead under two sets of rules. */
export interface ComparedLead {
	leadId: string;
	receivedAt: string;
	/** Absent when there is nothing to compare with. */
	before?: SimulatedRouting;
	after: SimulatedRouting;
	/** What differs, in words, e.g. `owner Mia Hart → Tom Reed`; empty when nothing does. */
	differences: string[];
}

/** Plays the leads through both, oldest first. */
export function compareRouters(records: readonly HandoffRecord[], routers: { before?: Router; after: Router }, evaluate: EvaluateExpression): ComparedLead[] {
	const before = routers.before && new Simulation(routers.before, evaluate);
	const after = new Simulation(routers.after, evaluate);
	return [...records]
		.sort((one, other) => (one.submission.receivedAt < other.submission.receivedAt ? -1 : 1))
		.map((record) => {
			const [old, fresh] = [before?.route(record), after.route(record)];
			return {
				leadId: record.leadId, receivedAt: record.submission.receivedAt,
				...(old ? { before: partOf(old) } : {}), after: partOf(fresh), differences: old ? differencesOf(old, fresh) : [],
			};
		});
}

function partOf({ queue, team, owner, rule, tier, because, alarm, heldUntil, blocked, priority, slaPolicy }: Routing): SimulatedRouting {
	return Object.fromEntries(Object.entries({ queue, team, owner, rule, tier, because, alarm, heldUntil, blocked, priority, slaPolicy }).filter(([, value]) => value !== undefined)) as unknown as SimulatedRouting;
}

function differencesOf(before: Routing, after: Routing): string[] {
	const parts: [string, unknown, unknown][] = [
		['queue', before.queue, after.queue], ['owner', before.owner?.name, after.owner?.name], ['rule', before.rule.name, after.rule.name],
		['priority', before.priority, after.priority], ['SLA policy', before.slaPolicy, after.slaPolicy],
	];
	return parts.filter(([, one, other]) => one !== other).map(([name, one, other]) => `${name} ${sayPart(one)} → ${sayPart(other)}`);
}

function sayPart(part: unknown): string {
	return typeof part === 'string' ? part : 'none';
}

/** Leads of one owner under each set of rules. */
export interface OwnerShare {
	owner: string;
	before?: number;
	after: number;
	/** Of all leads, in percent, to one decimal. */
	beforePercent?: number;
	afterPercent: number;
}

/** Share per owner, largest first. */
export function sharesOf(leads: readonly ComparedLead[]): OwnerShare[] {
	const compared = leads.some(({ before }) => before !== undefined);
	const owners = new Map<string, { name: string; before: number; after: number }>();
	const count = (routing: SimulatedRouting | undefined, side: 'before' | 'after'): void => {
		if (!routing?.owner) return;
		const known = owners.get(routing.owner.id) ?? { name: routing.owner.name, before: 0, after: 0 };
		known[side]++;
		owners.set(routing.owner.id, known);
	};
	for (const { before, after } of leads) {
		count(before, 'before');
		count(after, 'after');
	}
	const percent = (number: number): number => Math.round((number / Math.max(1, leads.length)) * 1000) / 10;
	return [...owners.values()].sort((one, other) => other.after - one.after || other.before - one.before).map(({ name, before, after }) => ({
		owner: name, ...(compared ? { before, beforePercent: percent(before) } : {}), after, afterPercent: percent(after),
	}));
}

/** The whole comparison in figures. */
export interface SimulationSummary {
	leads: number;
	changed: number;
	changedOwner: number;
	changedQueue: number;
	/** Leads that no rule takes, before and after. */
	gapsBefore?: number;
	gapsAfter: number;
	alarmsAfter: number;
}

export function summarize(leads: readonly ComparedLead[]): SimulationSummary {
	const compared = leads.some(({ before }) => before !== undefined);
	const differs = (part: string): number => leads.filter(({ differences }) => differences.some((difference) => difference.startsWith(`${part} `))).length;
	return {
		leads: leads.length, changed: leads.filter(({ differences }) => differences.length > 0).length, changedOwner: differs('owner'), changedQueue: differs('queue'),
		...(compared ? { gapsBefore: leads.filter(({ before }) => before?.tier === 'fallback').length } : {}),
		gapsAfter: leads.filter(({ after }) => after.tier === 'fallback').length,
		alarmsAfter: leads.filter(({ after }) => after.alarm !== undefined).length,
	};
}
