import type { Moment } from '../handoffRecord';
import type { ReadLead } from './readLead';
import { readMoment, type AssumedZone } from './readMoment';

/** Beyond this a figure may be milliseconds, and a page may have stood open overnight: it tells nothing. */
const mostSeconds = 1_000;

/** Seconds from the form's appearance to its sending, 0 to 1,000; undefined when the form tells neither, or nothing plausible. */
export function readSecondsToSubmit(fields: ReadLead['fields'], { submittedAt, now, zone }: { submittedAt: Moment | undefined; now: Date; zone: AssumedZone }): number | undefined {
	const counted = /^\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:s|sec|secs|seconds)?\s*$/i.exec(fields.timeToSubmit?.[0]?.slice(0, 40) ?? '')?.[1];
	if (counted !== undefined) return plausible(Number(counted));
	const loadedAt = readMoment(fields.loadedAt?.[0] ?? null, 'submission', { now, zone }).at;
	return loadedAt === undefined ? undefined : plausible((Date.parse(submittedAt ?? now.toISOString()) - Date.parse(loadedAt)) / 1000);
}

function plausible(seconds: number): number | undefined {
	return seconds >= 0 && seconds < mostSeconds ? seconds : undefined;
}
