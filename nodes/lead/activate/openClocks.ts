import type { AfterHours, HandoffRecord, LeadIssue, Sla } from '../handoffRecord';
import { LeadError } from '../leadError';
import type { ClockDefinition, SlaPolicy } from '../settings/clientSettings';
import { planAfterHours } from './afterHours';
import { dueAfter, nextOpening } from './businessTime';
import { openCalendar, type ZonedCalendarSettings } from './calendar';
import { clockName, type ClockFacts, type ClockTerms } from './clock';
import { findPeople, openingStep, usualSteps, type People } from './escalation';
import { readMoment, sayMoment, toMoment } from './moments';
import { choosePolicy, roundTheClock, targetNeverReached, type ActivationSettings } from './policy';

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
 * @param handoff Given at the handoff itself, when the policy's way after hours counts.
 * @throws LeadError `TARGET_NEVER_REACHED` when ten years do not hold a target; `checkActivation` finds that before the first lead.
 */
export function openClocks(
	record: HandoffRecord, settings: ActivationSettings, start: { at: number; from: Sla['startedFrom'] }, handoff?: { isAway: (id: string) => boolean },
): { clocks: OpenedClock[]; issues: LeadIssue[]; afterHours?: AfterHours } {
	const chosen = choosePolicy(record, settings);
	const issues = [...chosen.issues];
	if (!record.routing?.owner) {
		issues.push({ field: 'routing.owner', code: 'NOT_ROUTED', message: 'This lead has no owner yet: put Rule Router before SLA Watch', severity: 'warning' });
	}
	const started = `the clock started when the form was ${start.from === 'submittedAt' ? 'submitted' : 'received'}`;
	const by = { policy: chosen.policy.name, calendar: chosen.calendar, because: [chosen.because], people: findPeople(record, settings) };
	const open = (definition: OpenedDefinition) => openClock(by, definition, { ...start, because: started });
	const { plan, issues: afterHoursIssues } = handoff ? planAfterHours(record, settings, chosen, start.at, handoff.isAway) : { issues: [] };
	issues.push(...afterHoursIssues);
	const first = open({ ...firstResponse(chosen.policy), ...(plan?.onCall ? { roundTheClock: true } : {}) });
	if (plan?.opensAt && !plan.onCall) first.terms.opensAt = plan.opensAt;
	if (plan?.do === 'queue' && !first.terms.escalation.some(({ when }) => when === 'opening')) {
		first.terms.escalation = [openingStep, ...(first.terms.escalation.length > 0 ? first.terms.escalation : usualSteps)];
	}
	if (plan?.onCall) {
		first.terms.onCall = { person: { ...plan.onCall, phone: plan.onCall.phone ?? null }, until: plan.opensAt ?? first.facts.dueAt };
		first.terms.because.push(`after hours: ${plan.onCall.name} is on call, so the clock runs at once`);
	}
	const following = chosen.policy.clocks.filter(({ startsWith }) => startsWith === 'firstResponse');
	if (following.length > 0) first.terms.following = { calendar: chosen.calendar, clocks: following };
	return { clocks: [first, ...chosen.policy.clocks.filter(({ startsWith }) => startsWith === 'handoff').map(open)], issues, ...(plan ? { afterHours: plan } : {}) };
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
