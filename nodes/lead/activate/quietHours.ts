import { zoneOffset } from './zoneOffset';
import { dayMinutes, readSpans } from './spans';

/**
 * Whether alerts wait at a moment.
 *
 * @param span - Local time such as `22:00-07:00`, over midnight too; absent or not readable: never quiet.
 */
export function isQuiet(span: string | undefined, now: number, timeZone: string): boolean {
	const [quiet] = span === undefined ? [] : readSpans([span]);
	if (!quiet) return false;
	const minute = Math.floor((((now + zoneOffset(timeZone)(now)) / 60_000) % dayMinutes + dayMinutes) % dayMinutes);
	return [minute, minute + dayMinutes].some((one) => quiet.from <= one && one < quiet.to);
}
