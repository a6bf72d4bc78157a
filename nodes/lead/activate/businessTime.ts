import type { Calendar, Interval } from './calendar';

const minuteMs = 60_000;
/** Nothing is looked for further away than this, so that a calendar without hours can't hold a run. */
export const tenYearsMs = 3_653 * 86_400_000;

/** Open time from a moment on, in order and without overlap, each interval cut to what lies after `from`; at most ten years of it. */
export function* openIntervals(calendar: Calendar, from: number): Generator<Interval> {
	// one day earlier, because a local date can come twice where clocks are put back over midnight
	const first = calendar.dayOf(from) - 1;
	for (let day = first; (day - first) * 86_400_000 <= tenYearsMs + 2 * 86_400_000; day++) {
		for (const { start, end } of calendar.openOn(day)) {
			if (end > from) yield { start: Math.max(start, from), end };
		}
	}
}

/**
 * Open time between two moments, in milliseconds.
 *
 * @param to - Before `from` counts as zero; more than ten years after it counts as ten years.
 */
export function elapsedBetween(calendar: Calendar, from: number, to: number): number {
	let elapsed = 0;
	if (to <= from) return elapsed;
	for (const { start, end } of openIntervals(calendar, from)) {
		if (start >= to) break;
		elapsed += Math.min(end, to) - start;
	}
	return elapsed;
}

/**
 * First moment by which that many minutes were open since `from`: exactly at closing it is the closing instant.
 * Zero minutes is `from` itself. Undefined when ten years do not hold as many.
 */
export function dueAfter(calendar: Calendar, from: number, minutes: number): number | undefined {
	let left = Math.round(minutes * minuteMs);
	if (left <= 0) return from;
	for (const { start, end } of openIntervals(calendar, from)) {
		if (left <= end - start) return start + left;
		left -= end - start;
	}
	return undefined;
}

/** The moment itself when open, else the next opening; undefined when there is none within ten years. */
export function nextOpening(calendar: Calendar, at: number): number | undefined {
	for (const { start } of openIntervals(calendar, at)) return start;
	return undefined;
}
