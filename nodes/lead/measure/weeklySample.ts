import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Moment } from '../handoffRecord';

/** Leads that are checked each week, so that routing accuracy rests on more than on complaints. */
export const usualSampleSize = 20;

/** A week of the client: its ISO name, e.g. `2026-W48`, and its bounds, the first included. */
export interface Week {
	name: string;
	from: Moment;
	to: Moment;
}

/** The last whole week, Monday to Sunday, before a moment, in the client's zone. */
export function lastWeek(at: Date, timeZone: string): Week {
	const to = DateTime.fromJSDate(at, { zone: timeZone }).startOf('week');
	const from = to.minus({ weeks: 1 });
	return { name: from.toFormat("kkkk-'W'WW"), from: from.toUTC().toISO() ?? '', to: to.toUTC().toISO() ?? '' };
}

/**
 * Draws leads at random, the same ones whenever the same week of the same client is drawn: those whose keyed hash is lowest.
 * No lead is more likely than another, whatever its queue or owner.
 *
 * @param size Most leads that are drawn, from 1.
 */
export function drawSample<Lead extends { leadId: string }>(leads: readonly Lead[], { client, week, size }: { client: string; week: string; size: number }): Lead[] {
	const ranked = leads.map((lead) => ({ lead, rank: createHash('sha256').update(`${client}\n${week}\n${lead.leadId}`).digest('hex') }));
	return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).slice(0, size).map(({ lead }) => lead);
}

/** What is asked of a drawn lead. */
export function sampleQuestion({ queue, owner }: { queue: string | null; owner: { name: string } | null }, week: string): string {
	return `drawn for the weekly check of ${week}: was queue ${queue ?? 'none'}, owner ${owner?.name ?? 'nobody'} right?`;
}
