import { z } from 'zod/v4';
import type { ClockStatus, Moment, Sla } from '../handoffRecord';
import { calendarSchema, clockSchema, escalationStepSchema } from '../settings/clientSettings';
import { elapsedBetween, nextOpening } from './businessTime';
import { openCalendar, type Calendar } from './calendar';
import { dueSteps, peopleSchema, personSchema, stepTimes } from './escalation';
import { toMoment } from './moments';
import { movedBy, openPause, runningBetween, type Pause } from './pauses';

/** The clock that every lead has. */
export const clockName = 'First Response';

const termsSchema = z.object({
	calendar: calendarSchema.required({ timeZone: true }),
	escalation: z.array(escalationStepSchema),
	people: peopleSchema,
	/** When the calendar opens for a lead that came in while it was closed. */
	opensAt: z.string().optional(),
	/** Who is told in place of the owner until the team is there. */
	onCall: z.object({ person: personSchema, until: z.string() }).optional(),
	/** What stops the clock; absent for the first response. */
	stopsWith: z.enum(['accepted', 'contacted', 'meetingBooked']).optional(),
	/** Clocks that start with the first human answer, and the calendar they count in. */
	following: z.object({ calendar: calendarSchema.required({ timeZone: true }), clocks: z.array(clockSchema) }).optional(),
	because: z.array(z.string()),
});
/** What a clock was started with: later changes of the settings don't move a target that was promised. */
export type ClockTerms = z.infer<typeof termsSchema>;

/** Who is told at a moment in place of the owner; undefined when the owner is. */
export function onCallAt({ onCall }: Pick<ClockTerms, 'onCall'>, now: number): NonNullable<ClockTerms['onCall']>['person'] | undefined {
	return onCall && now < Date.parse(onCall.until) ? onCall.person : undefined;
}

/** The moments that a clock's status follows from. */
export interface ClockFacts {
	startedAt: Moment;
	warnAt: Moment;
	dueAt: Moment;
	respondedAt: Moment | null;
	/** In order; only the last one may still last. */
	pauses: readonly Pause[];
}

/** A clock as it stands at one moment. */
export interface ClockReading {
	status: ClockStatus;
	/** Business minutes to one decimal, until now or until the response, pauses left out. */
	elapsedMinutes: number;
	/** Business minutes to one decimal, negative after a breach. */
	remainingMinutes: number;
	/** Last moment that is not yet a breach; undefined when none is seen within ten years. */
	breachAt: number | undefined;
}

/**
 * The clock with a pause from that moment on, or undefined when it stands still already or has been answered.
 *
 * @param until - When the pause ends by itself; absent when somebody must end it.
 */
export function pauseClock(facts: ClockFacts, pause: { at: number; until?: number; reason: string }): ClockFacts | undefined {
	if (facts.respondedAt !== null || openPause(facts.pauses, pause.at)) return undefined;
	const { at, until, reason } = pause;
	return { ...facts, pauses: [...facts.pauses, { from: toMoment(at), ...(until === undefined ? {} : { until: toMoment(until) }), reason }] };
}

/**
 * The clock without its lasting pause: as much business time is left as there was. Undefined when none lasts.
 *
 * @param at - A pause that was to end by itself before it ends then.
 */
export function resumeClock(facts: ClockFacts, calendar: Calendar, at: number): ClockFacts | undefined {
	const last = facts.pauses.at(-1);
	if (last === undefined || last.to !== undefined) return undefined;
	const from = Date.parse(last.from);
	const to = Math.max(from, Math.min(at, last.until === undefined ? Infinity : Date.parse(last.until)));
	const move = (moment: Moment) => toMoment(movedBy(calendar, { from, to }, Date.parse(moment)));
	return { ...facts, warnAt: move(facts.warnAt), dueAt: move(facts.dueAt), pauses: [...facts.pauses.slice(0, -1), { ...last, to: toMoment(to) }] };
}

/** Reads a clock at a moment. Elapsed equal to the target is not yet a breach; after a response it stands still. */
export function readClock(given: ClockFacts, calendar: Calendar, now: number): ClockReading {
	const paused = given.respondedAt === null ? openPause(given.pauses, now) : undefined;
	// a pause that ended by itself has moved the due time, although nobody has written that yet
	const facts = paused ? given : resumeClock(given, calendar, given.respondedAt === null ? now : Date.parse(given.respondedAt)) ?? given;
	const dueAt = Date.parse(facts.dueAt);
	const respondedAt = facts.respondedAt === null ? undefined : Date.parse(facts.respondedAt);
	const until = respondedAt ?? (paused ? Date.parse(paused.from) : now);
	const over = runningBetween(calendar, facts.pauses, dueAt, until);
	const left = elapsedBetween(calendar, until, dueAt);
	let status: ClockStatus;
	if (respondedAt !== undefined) status = over > 0 ? 'met_late' : 'met';
	else if (paused) status = 'paused';
	else if (over > 0) status = 'breached';
	else status = now >= Date.parse(facts.warnAt) ? 'at_risk' : 'running';
	return {
		status,
		elapsedMinutes: toMinutes(runningBetween(calendar, facts.pauses, Date.parse(facts.startedAt), until)),
		remainingMinutes: toMinutes(over > 0 ? -over : left),
		breachAt: nextOpening(calendar, dueAt),
	};
}

/**
 * When each step of a clock falls due.
 *
 * @param breachAt As `readClock` gives it.
 */
export function stepTimesOf({ warnAt, pauses }: Pick<ClockFacts, 'warnAt' | 'pauses'>, { escalation, calendar, opensAt }: ClockTerms, breachAt: number | undefined): ReturnType<typeof stepTimes> {
	return stepTimes(escalation, openCalendar(calendar), { ...(opensAt === undefined ? {} : { opensAt: Date.parse(opensAt) }), warnAt: Date.parse(warnAt), breachAt }, pauses);
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
	const paused = openPause(facts.pauses, now);
	if (paused) return paused.until ?? null;
	const calendar = openCalendar(terms.calendar);
	const { status, breachAt } = readClock(facts, calendar, now);
	const times = stepTimesOf(facts, terms, breachAt);
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
