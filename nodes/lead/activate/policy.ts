import type { HandoffRecord, LeadIssue } from '../handoffRecord';
import type { Problem } from '../leadError';
import type { CalendarSettings, ClientSettings, SlaPolicy } from '../settings/clientSettings';
import { dueAfter } from './businessTime';
import { checkCalendar, openCalendar, type ZonedCalendarSettings } from './calendar';

/** What activating a lead needs of the client settings. */
export type ActivationSettings = Pick<ClientSettings, 'timeZone' | 'calendars' | 'defaultCalendar' | 'members' | 'teams' | 'fallbackOwner' | 'stageOwners' | 'slaPolicies'> & {
	/** Member id of who manages leads without a team, where there are no teams. */
	manager?: string;
	/** Member ids of those on call for leads without a team, in the order in which they are called. */
	onCall?: string[];
};

/** The policy that holds for one lead, and the calendar its minutes are counted in. */
export interface ChosenPolicy {
	policy: SlaPolicy;
	calendar: ZonedCalendarSettings;
	/** Why this policy, in words. */
	because: string;
	issues: LeadIssue[];
}

/**
 * Chooses the policy that a rule named, else the first whose conditions hold, else the one without any.
 * Where every policy has conditions and none holds, the one with the shortest target, so that no lead is without a clock.
 * The calendar is the policy's, else the team's, else the client's default.
 */
export function choosePolicy(record: HandoffRecord, settings: ActivationSettings): ChosenPolicy {
	const issues: LeadIssue[] = [];
	const named = record.routing?.slaPolicy;
	const byName = settings.slaPolicies.find((policy) => policy.name === named);
	if (named !== undefined && !byName) {
		issues.push({ field: 'routing.slaPolicy', code: 'SLA_POLICY_UNKNOWN', message: `SLA policy "${named.slice(0, 60)}" is not in the client settings, so another one was taken`, severity: 'warning' });
	}
	const { policy, because } = byName
		? { policy: byName, because: `policy ${byName.name}: named by the rule` }
		: byConditions(record, settings.slaPolicies);
	const team = settings.teams.find(({ name }) => name === record.routing?.team);
	return { policy, calendar: calendarFor(settings, policy, team?.calendar), because, issues };
}

/**
 * What would keep clocks from being started: a calendar that is not there or has no hours, two steps of one name,
 * a target that is never reached within ten years of `now`.
 */
export function checkActivation(settings: ActivationSettings, now: number): Problem[] {
	const problems = settings.calendars.flatMap((calendar) => checkCalendar({ ...calendar, timeZone: calendar.timeZone ?? settings.timeZone }));
	const known = new Set(settings.calendars.map(({ name }) => name));
	const mentioned = [
		{ by: 'The default calendar', name: settings.defaultCalendar },
		...settings.slaPolicies.map((policy) => ({ by: `SLA policy '${policy.name.slice(0, 30)}'`, name: policy.calendar })),
		...settings.teams.map((team) => ({ by: `Team '${team.name.slice(0, 30)}'`, name: team.calendar })),
	];
	for (const { by, name } of mentioned) {
		if (name === undefined || known.has(name)) continue;
		problems.push({ code: 'CALENDAR_UNKNOWN', message: `${by} names an unknown calendar`, description: `Choose one of the "calendars" of the client settings, or add "${name}" to them.` });
	}
	for (const { name, escalation, clocks } of settings.slaPolicies) {
		if ([escalation, ...clocks.map((clock) => clock.escalation)].some((steps) => hasTwice(steps.map((step) => step.name)))) {
			problems.push({ code: 'STEP_NAME_TWICE', message: `SLA policy '${name.slice(0, 30)}' names two steps alike`, description: 'Give each step of its "escalation" a name of its own: a step is remembered as sent by its name.' });
		}
		// the first response is a clock too, under this name
		if (hasTwice(['First Response', ...clocks.map((clock) => clock.name)])) {
			problems.push({ code: 'CLOCK_NAME_TWICE', message: `SLA policy '${name.slice(0, 30)}' names two clocks alike`, description: 'Give each of its "clocks" a name of its own, none of them First Response.' });
		}
	}
	if (problems.length > 0) return problems;
	for (const policy of settings.slaPolicies) {
		const calendars = [undefined, ...settings.teams.map((team) => team.calendar)].map((team) => calendarFor(settings, policy, team));
		const targets = [{ minutes: policy.firstResponseMinutes, roundTheClock: policy.roundTheClock }, ...policy.clocks];
		const never = calendars.find((calendar) => targets.some(({ minutes, roundTheClock: always }) =>
			dueAfter(openCalendar(always ? roundTheClock(calendar) : calendar), now, minutes) === undefined));
		if (never) problems.push(targetNeverReached(policy.name, never.name));
	}
	return problems;
}

/** The problem of a target that ten years of this calendar do not hold. */
export function targetNeverReached(policy: string, calendar: string): Problem {
	return {
		code: 'TARGET_NEVER_REACHED',
		message: `SLA policy '${policy.slice(0, 30)}' has a target beyond ten years`,
		description: `Lower the minutes of the policy, or give calendar "${calendar}" more open hours.`,
	};
}

/** The same calendar with every minute of every day open: for a clock that must not sleep. */
export function roundTheClock({ name, timeZone }: ZonedCalendarSettings): ZonedCalendarSettings {
	return { name, timeZone, alwaysOpen: true, hours: {}, holidays: [], publicHolidays: [], breaks: [], overrides: [] };
}

function hasTwice(names: string[]): boolean {
	return new Set(names.map((name) => name.toLowerCase())).size < names.length;
}

function byConditions(record: HandoffRecord, policies: SlaPolicy[]): { policy: SlaPolicy; because: string } {
	for (const policy of policies) {
		const held = heldConditions(record, policy);
		if (held && held.length > 0) return { policy, because: `policy ${policy.name}: ${held.join(', ')}` };
	}
	const withoutConditions = policies.find((policy) => heldConditions(record, policy)?.length === 0);
	if (withoutConditions) return { policy: withoutConditions, because: `policy ${withoutConditions.name}: the one for all leads` };
	const shortest = policies.reduce((one, other) => (other.firstResponseMinutes < one.firstResponseMinutes ? other : one));
	return { policy: shortest, because: `policy ${shortest.name}: no policy's conditions hold, so the shortest target` };
}

/** The conditions that hold, in words; undefined when one does not. What is unknown of a lead holds for nothing. */
function heldConditions({ routing, intent }: HandoffRecord, { appliesTo }: SlaPolicy): string[] | undefined {
	const held: string[] = [];
	const conditions: [string, unknown, readonly unknown[] | undefined][] = [
		['priority', routing?.priority, appliesTo.priority],
		['urgency', intent?.urgency, appliesTo.urgency],
		['intent', intent?.name, appliesTo.intents],
		['queue', routing?.queue, appliesTo.queues],
		['high intent', intent?.highIntent, appliesTo.highIntent === undefined ? undefined : [appliesTo.highIntent]],
	];
	if (appliesTo.rules !== undefined) {
		const matched = routing?.matchedRules.find(({ name }) => appliesTo.rules?.includes(name));
		if (!matched) return undefined;
		held.push(`rule "${matched.name}" matched`);
	}
	for (const [name, value, allowed] of conditions) {
		if (allowed === undefined) continue;
		if (value === undefined || !allowed.includes(value)) return undefined;
		held.push(`${name} is ${value === true ? 'yes' : value === false ? 'no' : String(value)}`);
	}
	return held;
}

function calendarFor(settings: ActivationSettings, policy: SlaPolicy, teamCalendar: string | undefined): ZonedCalendarSettings {
	const name = policy.calendar ?? teamCalendar ?? settings.defaultCalendar;
	const calendar: CalendarSettings = settings.calendars.find((one) => one.name === name) ?? settings.calendars[0];
	return { ...calendar, timeZone: calendar.timeZone ?? settings.timeZone };
}
