import { DateTime } from 'luxon';
import type { Moment } from '../handoffRecord';
import { LeadError } from '../leadError';

/** Periods that can be chosen by name. Weeks begin on Monday. */
export const periodNames = ['thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'lastDays', 'sinceGoLive', 'range'] as const;
export type PeriodName = (typeof periodNames)[number];

/** From `from`, included, to `to`, not included. */
export interface Period {
	from: Moment;
	to: Moment;
}

export interface PeriodChoice {
	period: PeriodName;
	/** For `lastDays`: whole, above 0. */
	days?: number;
	/** For `range`, in UTC; `to` absent: now. */
	from?: Moment;
	to?: Moment;
	/** When the client went live. */
	liveSince?: Moment;
}

/**
 * The moments of a period, in days, weeks and months of the client's calendar, so that a change of the clocks shifts nothing.
 *
 * @param now - End of a period that is still running.
 * @throws LeadError `DAYS_INVALID`, `NOT_LIVE_YET`, `PERIOD_EMPTY`.
 */
export function readPeriod(choice: PeriodChoice, now: Date, timeZone: string): Period {
	const local = DateTime.fromJSDate(now, { zone: timeZone });
	const between = (from: DateTime, to: DateTime) => ({ from: toMoment(from), to: toMoment(to) });
	switch (choice.period) {
		case 'thisWeek': return between(local.startOf('week'), local);
		case 'lastWeek': return between(local.startOf('week').minus({ weeks: 1 }), local.startOf('week'));
		case 'thisMonth': return between(local.startOf('month'), local);
		case 'lastMonth': return between(local.startOf('month').minus({ months: 1 }), local.startOf('month'));
		case 'lastDays': {
			const days = choice.days ?? 0;
			if (!Number.isInteger(days) || days < 1) throw new LeadError('DAYS_INVALID', '"Days" is not a whole number above 0', 'Set "Days" to 1 or more.');
			return between(local.minus({ days }), local);
		}
		case 'sinceGoLive': {
			if (choice.liveSince === undefined) throw new LeadError('NOT_LIVE_YET', 'This client has not gone live', 'Run "Go Live" of Handoff Ledger, or choose another "Period".');
			const from = new Date(choice.liveSince).toISOString();
			return { from, to: from > now.toISOString() ? from : now.toISOString() };
		}
		case 'range': {
			const period = { from: choice.from ?? '', to: choice.to ?? now.toISOString() };
			if (period.from >= period.to) throw new LeadError('PERIOD_EMPTY', 'The period ends before it begins', 'Set "To" to a moment after "From".');
			return period;
		}
	}
}

/**
 * The period to compare with: the week, month or days before, to the same day and hour while the period is still running;
 * for a range as long a time before it. Undefined for the time since the client went live: before it, there is nothing.
 */
export function periodBefore({ from, to }: Period, choice: PeriodChoice, timeZone: string): Period | undefined {
	const [first, end] = [from, to].map((moment) => DateTime.fromISO(moment, { zone: timeZone }));
	const earlier = (step: { weeks: number } | { months: number } | { days: number }) => ({ from: toMoment(first.minus(step)), to: earliest(toMoment(end.minus(step)), from) });
	switch (choice.period) {
		case 'thisWeek':
		case 'lastWeek': return earlier({ weeks: 1 });
		case 'thisMonth':
		case 'lastMonth': return earlier({ months: 1 });
		case 'lastDays': return earlier({ days: choice.days ?? 0 });
		case 'sinceGoLive': return undefined;
		case 'range': return { from: toMoment(DateTime.fromMillis(2 * first.toMillis() - end.toMillis())), to: from };
	}
}

/** The part of a period in which the client was live; undefined when none of it was. */
export function sinceLive(period: Period, liveSince: Moment | undefined): Period | undefined {
	const start = liveSince === undefined ? period.from : new Date(liveSince).toISOString();
	if (start >= period.to) return undefined;
	return { from: start > period.from ? start : period.from, to: period.to };
}

function earliest(one: Moment, other: Moment): Moment {
	return one < other ? one : other;
}

function toMoment(at: DateTime): Moment {
	return new Date(at.toMillis()).toISOString();
}
