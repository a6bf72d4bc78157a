import type { Moment } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';
import { sharesDiffer } from './shareInterval';

/** One lead as it was given to a member of a team; the ledger's assigned leads are of this shape. */
export interface GivenLead {
	openedAt: Moment;
	/** Its team, else its queue. */
	team: string | null;
	ownerId: string | null;
	highIntent: boolean;
	/** Members who were not chosen, each with the reason, e.g. `Mia: away until 2026-12-01`. */
	skipped: string[];
}

/** How one member of a team came off in a period. */
export interface MemberFairness {
	team: string;
	ownerId: string;
	owner: string;
	weight: number;
	/** Share of the team's turns that the weight promises, 0 to 1. */
	weightShare: number;
	leads: number;
	/** Share of the team's leads, 0 to 1; null when it had none. */
	leadShare: number | null;
	/** Leads more or fewer than the weight promises. */
	difference: number;
	/** Whether the difference is more than chance explains: more than 1.96 standard deviations. */
	isClear: boolean;
	/** Share of the team's leads of high intent, and of its other leads. */
	hotShare: number | null;
	coldShare: number | null;
	/** Whether these two differ by more than chance explains. */
	hotIsClear: boolean;
	/** Leads by the hour of the client's day in which they were opened, 0 to 23. */
	byHour: number[];
	/** Why this member was passed over, most frequent first. */
	skipped: { reason: string; times: number }[];
	because: string;
}

interface Count {
	leads: number;
	hot: number;
	byHour: number[];
	skipped: Map<string, number>;
}

/** Counts leads one after the other, so that a million need no room; `read` tells what came of it. */
export class FairnessCount {
	private readonly teams = new Map<string, { team: Team; members: Member[]; counts: Map<string, Count> }>();

	/**
	 * @param hourOf - Hour of the client's day, 0 to 23, of a moment in epoch milliseconds.
	 */
	constructor(settings: { teams: readonly Team[]; members: readonly Member[] }, private readonly hourOf: (at: number) => number) {
		for (const team of settings.teams) {
			const members = team.members.flatMap((id) => settings.members.find((member) => member.id === id) ?? []);
			this.teams.set(team.name, { team, members, counts: new Map(members.map(({ id }) => [id, { leads: 0, hot: 0, byHour: Array<number>(24).fill(0), skipped: new Map() }])) });
		}
	}

	/** Counts one lead; one of no team, or of somebody outside its team, says nothing about fairness. */
	add({ openedAt, team, ownerId, highIntent, skipped }: GivenLead): void {
		const of = this.teams.get(team ?? '');
		if (!of) return;
		const count = of.counts.get(ownerId ?? '');
		if (count) {
			count.leads++;
			if (highIntent) count.hot++;
			count.byHour[this.hourOf(Date.parse(openedAt))]++;
		}
		for (const words of skipped) {
			const reason = reasonOf(words);
			const passed = reason && of.members.find(({ name }) => words.startsWith(`${name}: `));
			const ofMember = passed && of.counts.get(passed.id);
			if (ofMember && reason) ofMember.skipped.set(reason, (ofMember.skipped.get(reason) ?? 0) + 1);
		}
	}

	/** One row for each member of each team of two or more, in the order of the settings. */
	read(): MemberFairness[] {
		return [...this.teams.values()].filter(({ members }) => members.length > 1).flatMap(({ team, members, counts }) => {
			const all = [...counts.values()];
			const [leads, hot] = [sum(all.map((count) => count.leads)), sum(all.map((count) => count.hot))];
			const weights = sum(members.map(({ weight }) => weight));
			return members.map((member) => rowOf(team.name, member, counts.get(member.id) as Count, { leads, hot, weights }));
		});
	}
}

function rowOf(team: string, { id, name, weight }: Member, count: Count, whole: { leads: number; hot: number; weights: number }): MemberFairness {
	const weightShare = weight / whole.weights;
	const difference = count.leads - whole.leads * weightShare;
	const isClear = Math.abs(difference) > 1.96 * Math.sqrt(whole.leads * weightShare * (1 - weightShare));
	const cold = { hits: count.leads - count.hot, count: whole.leads - whole.hot };
	const hotIsClear = sharesDiffer({ hits: count.hot, count: whole.hot }, cold);
	const skipped = [...count.skipped].map(([reason, times]) => ({ reason, times })).sort((a, b) => b.times - a.times || (a.reason < b.reason ? -1 : 1));
	const share = (hits: number, of: number) => (of === 0 ? null : hits / of);
	return {
		team, ownerId: id, owner: name, weight, weightShare, leads: count.leads, leadShare: share(count.leads, whole.leads),
		difference: Math.round(difference * 10) / 10, isClear,
		hotShare: share(count.hot, whole.hot), coldShare: share(cold.hits, cold.count), hotIsClear, byHour: count.byHour, skipped,
		because: becauseOf({ leads: count.leads, whole: whole.leads, difference, isClear, hotIsClear, hotter: count.hot * cold.count > cold.hits * whole.hot, skipped }),
	};
}

interface Judged {
	leads: number;
	whole: number;
	difference: number;
	isClear: boolean;
	hotIsClear: boolean;
	/** Whether the share of hot leads is the larger one. */
	hotter: boolean;
	skipped: MemberFairness['skipped'];
}

function becauseOf({ leads, whole, difference, isClear, hotIsClear, hotter, skipped }: Judged): string {
	if (whole === 0) return 'The team had no leads';
	const promised = Math.round((leads - difference) * 10) / 10;
	const by = isClear ? (difference > 0 ? 'more than' : 'fewer than') : 'about as many as';
	const why = isClear && difference < 0 && skipped.length > 0 ? `; passed over because ${skipped.slice(0, 2).map(({ reason, times }) => `${reason} (${times} times)`).join(', ')}` : '';
	const hot = hotIsClear ? `; gets ${hotter ? 'more' : 'fewer'} of the hot leads than of the others` : '';
	return `${leads} leads, ${by} the weight promises (${promised})${why}${hot}`;
}

/** Kinds of reasons, so that dates and numbers do not make each one its own; undefined when the member was only not next. */
function reasonOf(words: string): string | undefined {
	const reason = words.slice(words.indexOf(': ') + 2);
	if (/^(available|stands further down)/.test(reason)) return undefined;
	if (/^\d+ of \d+ leads/.test(reason)) return `full (${reason.replace(/^\d+ of \d+ leads ?/, '')})`;
	return reason.replace(/ until .*$/, '').replace(/, back .*$/, '').slice(0, 80);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
