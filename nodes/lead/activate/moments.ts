import { DateTime } from 'luxon';

const withZone = /(Z|[+-]\d{2}(:?\d{2})?)$/i;
/** Years that a lead can come from; anything else is a typing error or a machine's zero date. */
const years = { first: 2000, last: 2100 };

/**
 * Reads an ISO 8601 moment; undefined when it is none. Years before 2000 or after 2100 are not accepted.
 *
 * @param timeZone - Zone of a moment without one of its own; `assumedZone` then tells it.
 */
export function readMoment(text: unknown, timeZone: string): { at: number; assumedZone?: string } | undefined {
	if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(text.trim())) return undefined;
	const trimmed = text.trim();
	const moment = DateTime.fromISO(trimmed, { zone: timeZone });
	if (!moment.isValid || moment.year < years.first || moment.year > years.last) return undefined;
	return withZone.test(trimmed.slice(11)) ? { at: moment.toMillis() } : { at: moment.toMillis(), assumedZone: timeZone };
}

/** Local time for people, e.g. `Mon 23 Nov 09:15`. */
export function sayMoment(at: number, timeZone: string): string {
	return DateTime.fromMillis(at, { zone: timeZone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm');
}

/** ISO 8601 in UTC, so that moments compare as text too. */
export function toMoment(at: number): string {
	return new Date(at).toISOString();
}
