import { z } from 'zod/v4';
import type { ClockStatus, HandoffRecord, LeadIssue, Moment, Sla } from '../handoffRecord';
import { LeadError } from '../leadError';
import { calendarSchema, escalationStepSchema } from '../settings/clientSettings';
import { dueAfter, elapsedBetween, nextOpening } from './businessTime';
import { openCalendar, type Calendar } from './calendar';
import { dueSteps, findPeople, peopleSchema, stepTimes } from './escalation';
import { readMoment, sayMoment, toMoment } from './moments';
import { choosePolicy, targetNeverReached, type ActivationSettings } from './policy';

export const clockName = 'First Response';

const termsSchema = z.object({
	calendar: calendarSchema.required({ timeZone: true }),
	escalation: z.array(escalationStepSchema),
	people: peopleSchema,
	because: z.array(z.string()),
});
/** What a clock was started with: later changes of the settings don't move a target that was promised. */
export type ClockTerms = z.infer<typeof termsSchema>;

/** The moments that a clock's status follows from. */
export interface ClockFacts {
	startedAt: Moment;
	warnAt: Moment;
	dueAt: Moment;
	respondedAt: Moment | null;
}

/** A clock as it stands at one moment. */
export interface ClockReading {
	status: ClockStatus;
	/** Business minutes to one decimal, until now or until the response. */
	elapsedMinutes: number;
	/** Business minutes to one decimal, negative after a breach. */
	remainingMinutes: number;
	/** Last moment that is not yet a breach; undefined when none is seen within ten years. */
	breachAt: number | undefined;
}

/** A clock that was just opened. */
export interface OpenedClock {
	policy: string;
	startedFrom: Sla['startedFrom'];
	facts: ClockFacts;
	terms: ClockTerms;
	issues: LeadIssue[];
}

/**
 * Chooses where the clock starts: when the form was submitted, else when it was received.
 * A submission time that can't be read or lies after the receipt is not used; without a receipt it starts `now`.
 */
export function chooseStart(given: { submittedAt?: unknown; receivedAt?: unknown }, now: number, timeZone: string): { at: number; from: Sla['startedFrom']; issues: LeadIssue[] } {
	const issues: LeadIssue[] = [];
	const zoneIssue = (field: string, read: { assumedZone?: string } | undefined) => {
		if (read?.assumedZone) issues.push({ field, code: 'TIME_ZONE_ASSUMED', message: `This time has no zone, so it was read as ${read.assumedZone}`, severity: 'info' });
	};
	const received = readMoment(given.receivedAt, timeZone);
	const receivedAt = Math.min(received?.at ?? now, now);
	if (given.submittedAt !== undefined && given.submittedAt !== null) {
		const submitted = readMoment(given.submittedAt, timeZone);
		if (submitted && submitted.at <= receivedAt) {
			zoneIssue('submission.submittedAt', submitted);
			return { at: submitted.at, from: 'submittedAt', issues };
		}
		issues.push({ field: 'submission.submittedAt', code: 'SUBMITTED_AT_NOT_USED', message: `The time of submission ${submitted ? 'lies after the receipt' : 'is not readable'}, so the clock starts at the receipt`, severity: 'info' });
	}
	zoneIssue('submission.receivedAt', received);
	if (!received) issues.push({ field: 'submission.receivedAt', code: 'RECEIVED_AT_MISSING', message: 'It is not known when this lead was received, so its clock counts from now', severity: 'warning' });
	return { at: receivedAt, from: 'receivedAt', issues };
}

/**
 * Opens the first response clock of a lead.
 *
 * @throws LeadError `TARGET_NEVER_REACHED` when ten years do not hold the target; `checkActivation` finds that before the first lead.
 */
export function openClock(record: HandoffRecord, settings: ActivationSettings, start: { at: number; from: Sla['startedFrom'] }): OpenedClock {
	const { policy, calendar: calendarSettings, because, issues } = choosePolicy(record, settings);
	const calendar = openCalendar(calendarSettings);
	const target = policy.firstResponseMinutes;
	const beforeWarning = target - (policy.warnMinutesBefore ?? target / 4);
	const opensAt = nextOpening(calendar, start.at);
	const warnAt = beforeWarning > 0 ? dueAfter(calendar, start.at, beforeWarning) : opensAt;
	const dueAt = dueAfter(calendar, start.at, target);
	if (opensAt === undefined || warnAt === undefined || dueAt === undefined) {
		const { code, message, description } = targetNeverReached(policy, calendar.name);
		throw new LeadError(code, message, description);
	}
	if (!record.routing?.owner) {
		issues.push({ field: 'routing.owner', code: 'NOT_ROUTED', message: 'This lead has no owner yet: put Rule Router before SLA Watch', severity: 'warning' });
	}
	return {
		policy: policy.name,
		startedFrom: start.from,
		facts: { startedAt: toMoment(start.at), warnAt: toMoment(warnAt), dueAt: toMoment(dueAt), respondedAt: null },
		terms: {
			calendar: calendarSettings,
			escalation: policy.escalation,
			people: findPeople(record, settings),
			because: [
				because,
				`${calendar.words}: ${target} min from ${sayMoment(opensAt, calendar.timeZone)}`,
				`the clock started when the form was ${start.from === 'submittedAt' ? 'submitted' : 'received'}`,
			],
		},
		issues,
	};
}

/** Reads a clock at a moment. Elapsed equal to the target is not yet a breach; after a response it stands still. */
export function readClock(facts: ClockFacts, calendar: Calendar, now: number): ClockReading {
	const dueAt = Date.parse(facts.dueAt);
	const respondedAt = facts.respondedAt === null ? undefined : Date.parse(facts.respondedAt);
	const until = respondedAt ?? now;
	const over = elapsedBetween(calendar, dueAt, until);
	const left = elapsedBetween(calendar, until, dueAt);
	let status: ClockStatus;
	if (respondedAt !== undefined) status = over > 0 ? 'met_late' : 'met';
	else if (over > 0) status = 'breached';
	else status = now >= Date.parse(facts.warnAt) ? 'at_risk' : 'running';
	return {
		status,
		elapsedMinutes: toMinutes(elapsedBetween(calendar, Date.parse(facts.startedAt), until)),
		remainingMinutes: toMinutes(over > 0 ? -over : left),
		breachAt: nextOpening(calendar, dueAt),
	};
}

/** The `sla` section of a clock as it stands at a moment. */
export function toSla(
	clock: ClockFacts & { policy: string; name: string; id?: string; startedFrom: Sla['startedFrom']; confirmedSteps?: readonly string[] },
	terms: ClockTerms,
	now: number,
): Sla {
	const reading = readClock(clock, openCalendar(terms.calendar), now);
	return {
		policy: clock.policy,
		clock: clock.name,
		...(clock.id === undefined ? {} : { clockId: clock.id }),
		startedAt: clock.startedAt,
		startedFrom: clock.startedFrom,
		dueAt: clock.dueAt,
		warnAt: clock.warnAt,
		status: reading.status,
		elapsedMinutes: reading.elapsedMinutes,
		remainingMinutes: reading.remainingMinutes,
		nextCheckAt: nextCheckAt(clock, terms, now, clock.confirmedSteps ?? []),
		because: terms.because,
	};
}

/**
 * When the clock needs to be looked at again: the next step or the breach, whichever comes first;
 * now when a step is due; null after a response, or when nothing is left to be told.
 *
 * @param settled - Names of steps that need no look of their own: confirmed, given up, or claimed until a known time.
 */
export function nextCheckAt(facts: ClockFacts, terms: ClockTerms, now: number, settled: readonly string[]): Moment | null {
	if (facts.respondedAt !== null) return null;
	const calendar = openCalendar(terms.calendar);
	const { status, breachAt } = readClock(facts, calendar, now);
	const times = stepTimes(terms.escalation, calendar, Date.parse(facts.warnAt), breachAt);
	if (dueSteps(times, status, now, settled).length > 0) return toMoment(now);
	const ahead = times.filter(({ step, at }) => at > now && (step.when === 'breached' || status !== 'breached') && !settled.includes(step.name)).map(({ at }) => at);
	if (status === 'running') ahead.push(Date.parse(facts.warnAt));
	if (status !== 'breached' && breachAt !== undefined) ahead.push(breachAt);
	return ahead.length === 0 ? null : toMoment(Math.min(...ahead));
}

/** Terms as a ledger gives them back; what can't be read is counted round the clock and says so. */
export function readTerms(stored: unknown): ClockTerms {
	const read = termsSchema.safeParse(stored);
	if (read.success) return read.data;
	return {
		calendar: { name: 'Always Open', timeZone: 'UTC', alwaysOpen: true, hours: {}, holidays: [], publicHolidays: [], breaks: [], overrides: [] },
		escalation: [],
		people: {},
		because: ['what this clock was started with could not be read, so its minutes count round the clock'],
	};
}

function toMinutes(ms: number): number {
	// `|| 0` turns minus zero into zero
	return Math.round(ms / 6_000) / 10 || 0;
}
