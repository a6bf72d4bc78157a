import type { Moment } from '../handoffRecord';
import { dueAfter, elapsedBetween } from './businessTime';
import type { Calendar } from './calendar';

/** A stretch in which a clock stood still. */
export interface Pause {
	from: Moment;
	/** Absent while it lasts. */
	to?: Moment;
	/** When it is to end by itself; absent when somebody must end it. */
	until?: Moment;
	reason: string;
}

/** The pause that lasts at a moment; one that was to end by itself before it does not. */
export function openPause(pauses: readonly Pause[], now: number): Pause | undefined {
	const last = pauses.at(-1);
	if (last === undefined || last.to !== undefined || Date.parse(last.from) > now) return undefined;
	return last.until !== undefined && Date.parse(last.until) <= now ? undefined : last;
}

/** Open time between two moments in which the clock ran, in milliseconds. */
export function runningBetween(calendar: Calendar, pauses: readonly Pause[], from: number, to: number): number {
	if (to <= from) return 0;
	const paused = pauses.reduce((sum, pause) => sum + elapsedBetween(calendar, Math.max(from, Date.parse(pause.from)), Math.min(to, endOf(pause))), 0);
	return elapsedBetween(calendar, from, to) - paused;
}

/**
 * A moment that was promised, moved by what a pause took from it: as much open time is left at the end of the pause as
 * there was at its beginning. A moment before the pause stays.
 */
export function movedBy(calendar: Calendar, pause: { from: number; to: number }, moment: number): number {
	if (moment <= pause.from) return moment;
	const left = elapsedBetween(calendar, pause.from, moment);
	return dueAfter(calendar, pause.to, left / 60_000) ?? moment;
}

function endOf({ to, until }: Pause): number {
	const end = to ?? until;
	return end === undefined ? Infinity : Date.parse(end);
}
