import { DateTime } from 'luxon';
import type { LeadIssue, Moment } from '../handoffRecord';

/** No form was filled in before. */
const earliest = Date.UTC(2000, 0, 1);
/** Clocks of two servers differ; a moment inside counts as now. */
const clockDifferenceMs = 5 * 60_000;

export interface AssumedZone {
	timeZone: string;
	/** Where it comes from, in words: `the client` or `the workflow`. */
	from: string;
}

/**
 * When a form says it was sent, as a moment with a zone. A time without a zone is read in the assumed one, and the
 * assumption is recorded. Absent when it can't be read without doubt (`03/04/2026`), lies ahead, or before 2000.
 *
 * @param documented - Zone of times without one, where the form tool's documentation says it: nothing is assumed then.
 */
export function readMoment(given: string | number | null, field: string, { now, zone, documented }: { now: Date; zone: AssumedZone; documented?: string }): { at?: Moment; issues: LeadIssue[] } {
	if (given === null || given === '') return { issues: [] };
	const read = typeof given === 'number' ? ofEpoch(given) : ofText(given.trim(), documented ?? zone.timeZone);
	if (!read?.time.isValid) return { issues: [issue(field, 'NOT_READABLE', 'The time could not be read without doubt and was left out')] };
	const milliseconds = read.time.toMillis();
	if (milliseconds > now.getTime() + clockDifferenceMs) return { issues: [issue(field, 'IN_FUTURE', 'The time lies in the future and was left out')] };
	if (milliseconds < earliest) return { issues: [issue(field, 'TOO_OLD', 'The time lies before the year 2000 and was left out')] };
	const at = new Date(Math.min(milliseconds, now.getTime())).toISOString();
	if (!read.assumed || documented !== undefined) return { at, issues: [] };
	return { at, issues: [{ field, code: 'TIME_ZONE_ASSUMED', message: `The time has no zone; it was read in ${zone.timeZone}, the zone of ${zone.from}`, severity: 'info' }] };
}

function ofText(text: string, zone: string): { time: DateTime; assumed: boolean } | undefined {
	if (/^\d{10}(?:\d{3})?$/.test(text)) return ofEpoch(Number(text));
	const iso = text.replace(/^(\d{4}-\d{2}-\d{2})[ T](?=\d)/, '$1T').replace(/ (?=[+-]\d{2}:?\d{2}$)/, '').replace(/ ?(?:UTC|GMT)$/, 'Z');
	const hasZone = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(iso.replace(/^\d{4}-\d{2}-\d{2}/, ''));
	if (/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(iso)) return { time: DateTime.fromISO(iso, { zone }), assumed: !hasZone };
	// `Fri, 20 Nov 2026 18:30:00 +0000`
	const mail = DateTime.fromRFC2822(text);
	if (mail.isValid) return { time: mail, assumed: false };
	// `November 20, 2026 6:31 pm`, as WordPress writes it in English: the month in words leaves no doubt
	const words = /^\p{L}{3,9}\.? \d{1,2},? \d{4} \d{1,2}:\d{2}(?: ?[ap]m)?$/iu.test(text) ? text.replace(/[,.]/g, '').replace(/ ?([ap]m)$/i, ' $1') : '';
	const dated = ['LLLL d yyyy h:mm a', 'LLLL d yyyy H:mm', 'LLL d yyyy h:mm a', 'LLL d yyyy H:mm'].map((format) => DateTime.fromFormat(words, format, { zone, locale: 'en' })).find((time) => time.isValid);
	return dated && { time: dated, assumed: true };
}

/** Seconds up to the year 5138, milliseconds beyond. */
function ofEpoch(given: number): { time: DateTime; assumed: boolean } | undefined {
	if (!Number.isFinite(given) || Math.abs(given) > 8.64e15) return undefined;
	return { time: DateTime.fromMillis(given < 1e11 ? given * 1000 : given), assumed: false };
}

function issue(field: string, code: string, message: string): LeadIssue {
	return { field, code: `TIME_${code}`, message, severity: 'warning' };
}
