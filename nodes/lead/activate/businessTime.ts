import { blockDays, type Calendar, type Interval } from './calendar';

const minuteMs = 60_000;
/** Nothing is looked for further away than these ten years, so that a calendar without hours can't hold a run. */
const mostDays = 3_653;

/** Open time from a moment on, in order and without overlap, each interval cut to what lies after `from`; at most ten years of it. */
export function* openIntervals(calendar: Calendar, from: number): Generator<Interval> {
	// one day earlier, because a local date can come twice where clocks are put back over midnight
	const first = calendar.dayOf(from) - 1;
	for (let day = first; day <= first + mostDays + 2; day++) {
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
	if (to <= from) return 0;
	const [first, last] = [calendar.dayOf(from) - 1, Math.min(calendar.dayOf(to), calendar.dayOf(from) + mostDays) + 1];
	// around both ends a day may lie partly outside; those between lie wholly inside
	const [wholeFrom, wholeTo] = [first + 3, last - 2];
	let elapsed = 0;
	for (let day = first; day <= last; day++) {
		if (day === wholeFrom && wholeTo > wholeFrom) {
			elapsed += calendar.openTime(wholeFrom, wholeTo);
			day = wholeTo;
		}
		for (const { start, end } of calendar.openOn(day)) elapsed += Math.max(0, Math.min(end, to) - Math.max(start, from));
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
	const first = calendar.dayOf(from) - 1;
	const last = first + mostDays + 2;
	let day = first;
	while (day <= last) {
		// the first days may lie partly before `from`; later ones that don't reach the target are passed over by their sums
		const next = day < first + 3 ? day : passOver(calendar, day, last, left);
		left -= calendar.openTime(day, next);
		for (const { start, end } of calendar.openOn(next)) {
			const opens = Math.max(start, from);
			if (end <= opens) continue;
			if (left <= end - opens) return opens + left;
			left -= end - opens;
		}
		day = next + 1;
	}
	return undefined;
}

/** The first day from `day` on by whose end as much was open, at most `last`. */
function passOver(calendar: Calendar, day: number, last: number, wanted: number): number {
	let left = wanted;
	let step = blockDays;
	while (day < last) {
		const end = Math.min(Math.floor(day / step) * step + step, last);
		const time = calendar.openTime(day, end);
		if (time < left) {
			left -= time;
			day = end;
		} else if (step > 1) {
			step = 1;
		} else {
			break;
		}
	}
	return day;
}

/** The moment itself when open, else the next opening; undefined when there is none within ten years. */
export function nextOpening(calendar: Calendar, at: number): number | undefined {
	for (const { start } of openIntervals(calendar, at)) return start;
	return undefined;
}
