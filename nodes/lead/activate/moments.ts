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

/** Minutes for people, with hours from two hours on, e.g. `4.5 min`, `26 h 40 min`; never days, of which business time has shorter ones. */
export function sayMinutes(minutes: number): string {
	if (minutes < 120) return `${minutes} min`;
	const whole = Math.round(minutes);
	return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}

/** Local date of a moment, e.g. `2026-11-20`. */
export function dayIn(timeZone: string, at: Date): string {
	return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Local time for people, e.g. `Mon 23 Nov 09:15`. */
export function sayMoment(at: number, timeZone: string): string {
	return DateTime.fromMillis(at, { zone: timeZone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm');
}

/** ISO 8601 in UTC, so that moments compare as text too. */
export function toMoment(at: number): string {
	return new Date(at).toISOString();
}

/** A moment as one promises it to a lead, e.g. `today at 09:00`, `tomorrow at 09:00`, `on Monday at 09:00`, `on 4 January at 09:00`. */
export function sayPromise(at: number, now: number, timeZone: string): string {
	const [promised, today] = [at, now].map((moment) => DateTime.fromMillis(moment, { zone: timeZone, locale: 'en-GB' }));
	if (at <= now) return 'right now';
	const days = Math.round(promised.startOf('day').diff(today.startOf('day'), 'days').days);
	const day = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days < 7 ? `on ${promised.toFormat('cccc')}` : `on ${promised.toFormat('d LLLL')}`;
	return `${day} at ${promised.toFormat('HH:mm')}`;
}
