import { z } from 'zod/v4';
import type { ClockStatus, HandoffRecord, LeadIssue, Moment, Sla } from '../handoffRecord';
import { LeadError } from '../leadError';
import { calendarSchema, clockSchema, escalationStepSchema, type ClockDefinition, type SlaPolicy } from '../settings/clientSettings';
import { dueAfter, elapsedBetween, nextOpening } from './businessTime';
import { openCalendar, type Calendar, type ZonedCalendarSettings } from './calendar';
import { dueSteps, findPeople, peopleSchema, stepTimes, type People } from './escalation';
import { readMoment, sayMoment, toMoment } from './moments';
import { movedBy, openPause, runningBetween, type Pause } from './pauses';
import { choosePolicy, roundTheClock, targetNeverReached, type ActivationSettings } from './policy';

export const clockName = 'First Response';

const termsSchema = z.object({
	calendar: calendarSchema.required({ timeZone: true }),
	escalation: z.array(escalationStepSchema),
	people: peopleSchema,
	/** What stops the clock; absent for the first response. */
	stopsWith: z.enum(['accepted', 'contacted', 'meetingBooked']).optional(),
	/** Clocks that start with the first human answer, and the calendar they count in. */
	following: z.object({ calendar: calendarSchema.required({ timeZone: true }), clocks: z.array(clockSchema) }).optional(),
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

/** A clock that was just opened. */
export interface OpenedClock {
	name: string;
	policy: string;
	startedFrom: Sla['startedFrom'];
	facts: ClockFacts;
	terms: ClockTerms;
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
 * Opens the clocks of a lead that start with its handoff: the first response first, then those that the policy names.
 *
 * @throws LeadError `TARGET_NEVER_REACHED` when ten years do not hold a target; `checkActivation` finds that before the first lead.
 */
export function openClocks(record: HandoffRecord, settings: ActivationSettings, start: { at: number; from: Sla['startedFrom'] }): { clocks: OpenedClock[]; issues: LeadIssue[] } {
	const chosen = choosePolicy(record, settings);
	const issues = [...chosen.issues];
	if (!record.routing?.owner) {
		issues.push({ field: 'routing.owner', code: 'NOT_ROUTED', message: 'This lead has no owner yet: put Rule Router before SLA Watch', severity: 'warning' });
	}
	const started = `the clock started when the form was ${start.from === 'submittedAt' ? 'submitted' : 'received'}`;
	const by = { policy: chosen.policy.name, calendar: chosen.calendar, because: [chosen.because], people: findPeople(record, settings) };
	const open = (definition: OpenedDefinition) => openClock(by, definition, { ...start, because: started });
	const first = open(firstResponse(chosen.policy));
	const following = chosen.policy.clocks.filter(({ startsWith }) => startsWith === 'firstResponse');
	if (following.length > 0) first.terms.following = { calendar: chosen.calendar, clocks: following };
	return { clocks: [first, ...chosen.policy.clocks.filter(({ startsWith }) => startsWith === 'handoff').map(open)], issues };
}

/** Opens the clocks that start with the first human answer, e.g. for the next touch, by what the first clock was started with. */
export function openFollowing(first: { policy: string; terms: ClockTerms }, respondedAt: number): OpenedClock[] {
	const { following, people } = first.terms;
	if (!following) return [];
	const by = { policy: first.policy, calendar: following.calendar, because: [`policy ${first.policy}`], people };
	return following.clocks.map((definition) => openClock(by, definition, { at: respondedAt, from: 'receivedAt', because: 'the clock started with the first human answer' }));
}

type OpenedDefinition = Pick<ClockDefinition, 'name' | 'minutes' | 'warnMinutesBefore' | 'warnAtPercent' | 'roundTheClock' | 'escalation'> & { stopsWith?: ClockDefinition['stopsWith'] };

function firstResponse({ firstResponseMinutes, warnMinutesBefore, warnAtPercent, roundTheClock, escalation }: SlaPolicy): OpenedDefinition {
	return { name: clockName, minutes: firstResponseMinutes, warnMinutesBefore, warnAtPercent, roundTheClock, escalation };
}

function openClock(
	{ policy, calendar: ofPolicy, because, people }: { policy: string; calendar: ZonedCalendarSettings; because: string[]; people: People },
	definition: OpenedDefinition,
	start: { at: number; from: Sla['startedFrom']; because: string },
): OpenedClock {
	const calendarSettings = definition.roundTheClock ? roundTheClock(ofPolicy) : ofPolicy;
	const calendar = openCalendar(calendarSettings);
	const target = definition.minutes;
	const beforeWarning = minutesBeforeWarning(definition);
	const opensAt = nextOpening(calendar, start.at);
	const warnAt = beforeWarning > 0 ? dueAfter(calendar, start.at, beforeWarning) : opensAt;
	const dueAt = dueAfter(calendar, start.at, target);
	if (opensAt === undefined || warnAt === undefined || dueAt === undefined) {
		const { code, message, description } = targetNeverReached(policy, calendar.name);
		throw new LeadError(code, message, description);
	}
	return {
		name: definition.name,
		policy,
		startedFrom: start.from,
		facts: { startedAt: toMoment(start.at), warnAt: toMoment(warnAt), dueAt: toMoment(dueAt), respondedAt: null, pauses: [] },
		terms: {
			calendar: calendarSettings,
			escalation: definition.escalation,
			people,
			...(definition.stopsWith === undefined ? {} : { stopsWith: definition.stopsWith }),
			because: [...because, `${calendar.words}: ${target} min from ${sayMoment(opensAt, calendar.timeZone)}`, start.because],
		},
	};
}

/** Minutes that run before the warning: the earlier of what the definition says, else three quarters of the target. */
function minutesBeforeWarning({ minutes, warnMinutesBefore, warnAtPercent }: OpenedDefinition): number {
	const said = [
		...(warnMinutesBefore === undefined ? [] : [minutes - warnMinutesBefore]),
		...(warnAtPercent === undefined ? [] : [(minutes * warnAtPercent) / 100]),
	];
	return said.length === 0 ? minutes * 0.75 : Math.min(...said);
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
	const times = stepTimes(terms.escalation, calendar, Date.parse(facts.warnAt), breachAt, facts.pauses);
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
