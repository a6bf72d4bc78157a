import { zoneOffset } from './zoneOffset';
import { dayMinutes, readSpans } from './spans';

const minuteMs = 60_000;

/**
 * When the quiet hours end that a moment lies in; undefined when alerts may be given at that moment.
 *
 * @param span - Local time such as `22:00-07:00`, over midnight too, the end not included; absent or not readable: never quiet.
 */
export function quietUntil(span: string | undefined, now: number, timeZone: string): number | undefined {
	const [quiet] = span === undefined ? [] : readSpans([span]);
	if (!quiet) return undefined;
	const offsetAt = zoneOffset(timeZone);
	const minute = Math.floor((((now + offsetAt(now)) / minuteMs) % dayMinutes + dayMinutes) % dayMinutes);
	const within = [minute, minute + dayMinutes].find((one) => quiet.from <= one && one < quiet.to);
	if (within === undefined) return undefined;
	const end = Math.floor(now / minuteMs) * minuteMs + (quiet.to - within) * minuteMs;
	// the clocks may be changed in between
	return end + offsetAt(now) - offsetAt(end);
}
