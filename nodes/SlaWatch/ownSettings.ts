import type { IExecuteFunctions } from 'n8n-workflow';
import { checkActivation, type ActivationSettings } from '../lead/activate/policy';
import { isSpan } from '../lead/activate/spans';
import type { Problem } from '../lead/leadError';
import { isHolidayPlace } from '../lead/publicHolidays';
import { readEscalationCell } from '../lead/settings/rows/escalationCell';
import { isTimeZone, memberSchema, weekdays, type CalendarSettings, type ClockDefinition, type EscalationStep, type Member, type SlaPolicy } from '../lead/settings/clientSettings';
import { quote } from '../lead/shorten';

type Weekday = (typeof weekdays)[number];

/** A policy as the panel holds it. */
interface PolicyParameter {
	name?: unknown;
	firstResponseMinutes?: unknown;
	warnMinutesBefore?: unknown;
	warnAtPercent?: unknown;
	roundTheClock?: boolean;
	priority?: SlaPolicy['appliesTo']['priority'];
	urgency?: SlaPolicy['appliesTo']['urgency'];
	highIntent?: 'any' | 'yes' | 'no';
	intents?: unknown;
	queues?: unknown;
	rules?: unknown;
	escalation?: unknown;
}

interface ClockParameter {
	name?: unknown;
	minutes?: unknown;
	warnMinutesBefore?: unknown;
	warnAtPercent?: unknown;
	startsWith?: ClockDefinition['startsWith'];
	stopsWith?: ClockDefinition['stopsWith'];
	roundTheClock?: boolean;
	escalation?: unknown;
}

interface PersonParameter {
	part?: 'manager' | 'fallbackOwner' | 'onCall' | 'ops';
	name?: unknown;
	email?: unknown;
	slackId?: unknown;
	phone?: unknown;
}

/** Policies, hours and people as they are entered in this node; all that is wrong is added to the problems. */
export function readOwnSettings(ctx: IExecuteFunctions, problems: Problem[]): ActivationSettings {
	const before = problems.length;
	const timeZone = (ctx.getNodeParameter('timeZone', 0, '') as string).trim() || ctx.getTimezone();
	if (!isTimeZone(timeZone)) problems.push({ code: 'TIME_ZONE_UNKNOWN', message: `Time Zone '${timeZone.slice(0, 40)}' is unknown`, description: 'Set "Time Zone" to a name such as Europe/London.' });
	const afterHours = ctx.getNodeParameter('afterHours', 0, 'wait') as SlaPolicy['afterHours'];
	const clocks = readClocks(ctx, problems);
	const usual = readPolicy({
		name: 'First Response', firstResponseMinutes: ctx.getNodeParameter('firstResponseMinutes', 0, 15), warnMinutesBefore: ctx.getNodeParameter('warnMinutesBefore', 0, 5),
		warnAtPercent: ctx.getNodeParameter('policyOptions.warnAtPercent', 0, 0), escalation: ctx.getNodeParameter('policyOptions.escalation', 0, ''),
	}, '', problems);
	const special = (ctx.getNodeParameter('policyOptions.policies.values', 0, []) as PolicyParameter[]).map((policy, index) => readPolicy(policy, ` of policy ${index + 1}`, problems));
	const people = readPeople(ctx, problems);
	if (afterHours === 'onCall' && !people.onCall) problems.push({ code: 'NOBODY_ON_CALL', message: 'After Hours is On Call, and nobody is', description: 'Add a person with the part On Call to "People to Tell", or choose another "After Hours".' });
	const settings: ActivationSettings = {
		timeZone,
		calendars: [readCalendar(ctx, timeZone, problems)],
		members: Object.values(people),
		teams: [],
		...(people.manager ? { manager: people.manager.id } : {}),
		fallbackOwner: people.fallbackOwner?.id ?? '',
		...(people.onCall ? { onCall: [people.onCall.id] } : {}),
		stageOwners: people.ops ? { activate: people.ops.id } : {},
		// those with conditions come first, as in the client settings
		slaPolicies: [...special, usual].map((policy) => ({ ...policy, clocks, afterHours })),
	};
	// the node's own labels first; what is left are names that stand twice and targets that are never reached
	if (problems.length === before) problems.push(...checkActivation(settings, Date.now()));
	return settings;
}

function readPolicy(given: PolicyParameter, place: string, problems: Problem[]): SlaPolicy {
	const firstResponseMinutes = Number(given.firstResponseMinutes);
	if (!(firstResponseMinutes > 0)) problems.push({ code: 'TARGET_TOO_LOW', message: `First Response Target${place} is not above 0 minutes`, description: `Set "First Response Target (Minutes)"${place} to 1 or more.` });
	const warning = readWarning(given, place, problems);
	const name = String(given.name ?? '').trim();
	if (name === '') problems.push({ code: 'POLICY_WITHOUT_NAME', message: `The name${place} is missing`, description: `Give "Name"${place} a text: the lead shows it, and rules can name it.` });
	const [intents, queues, rules] = [given.intents, given.queues, given.rules].map((text) => readList(text));
	const appliesTo: SlaPolicy['appliesTo'] = {
		...(given.priority?.length ? { priority: given.priority } : {}),
		...(given.urgency?.length ? { urgency: given.urgency } : {}),
		...(intents.length > 0 ? { intents } : {}),
		...(queues.length > 0 ? { queues } : {}),
		...(rules.length > 0 ? { rules } : {}),
		...(given.highIntent === 'yes' || given.highIntent === 'no' ? { highIntent: given.highIntent === 'yes' } : {}),
	};
	if (place !== '' && Object.keys(appliesTo).length === 0) {
		problems.push({ code: 'POLICY_WITHOUT_CONDITION', message: `Nothing says when${place.replace(' of', '')} applies`, description: `Choose at least one condition${place}, such as "Priority"; the policy for all other leads stands above.` });
	}
	return {
		name, firstResponseMinutes, ...warning, roundTheClock: given.roundTheClock === true, appliesTo,
		escalation: readEscalation(given.escalation, place, problems), clocks: [], afterHours: 'wait',
	};
}

function readClocks(ctx: IExecuteFunctions, problems: Problem[]): ClockDefinition[] {
	return (ctx.getNodeParameter('policyOptions.clocks.values', 0, []) as ClockParameter[]).map((given, index) => {
		const place = ` of clock ${index + 1}`;
		const name = String(given.name ?? '').trim();
		const minutes = Number(given.minutes);
		if (name === '') problems.push({ code: 'CLOCK_WITHOUT_NAME', message: `The name${place} is missing`, description: `Give "Name"${place} a text such as Acceptance.` });
		if (!(minutes > 0)) problems.push({ code: 'TARGET_TOO_LOW', message: `Target${place} is not above 0 minutes`, description: `Set "Target (Minutes)"${place} to 1 or more.` });
		return {
			name, minutes, ...readWarning(given, place, problems), startsWith: given.startsWith ?? 'handoff', stopsWith: given.stopsWith ?? 'accepted',
			roundTheClock: given.roundTheClock === true, escalation: readEscalation(given.escalation, place, problems),
		};
	});
}

/** When it is at risk: the earlier of both. */
function readWarning({ warnMinutesBefore: minutes, warnAtPercent: percent }: PolicyParameter | ClockParameter, place: string, problems: Problem[]): Pick<SlaPolicy, 'warnMinutesBefore' | 'warnAtPercent'> {
	const warnMinutesBefore = Number(minutes ?? 0);
	const warnAtPercent = Number(percent ?? 0);
	if (!(warnMinutesBefore >= 0)) problems.push({ code: 'WARNING_TOO_LOW', message: `Warn Before${place} is not 0 minutes or more`, description: `Set "Warn Before (Minutes)"${place} to 0 or more.` });
	if (warnAtPercent !== 0 && !(warnAtPercent >= 1 && warnAtPercent <= 99)) {
		problems.push({ code: 'WARNING_NOT_A_SHARE', message: `Warn at${place} is not 1 to 99 percent`, description: `Set "Warn at (% of Target)"${place} to 1 to 99, or to 0 for none.` });
	}
	return { warnMinutesBefore, ...(warnAtPercent === 0 ? {} : { warnAtPercent }) };
}

function readEscalation(text: unknown, place: string, problems: Problem[]): EscalationStep[] {
	const steps = readEscalationCell(readList(text, /[;\n]/));
	if (!steps) problems.push({ code: 'ESCALATION_NOT_READABLE', message: `Escalation Steps${place} are not readable`, description: `Write "Escalation Steps"${place} as: At risk: owner; Breached: manager; Breached 15: fallback owner.` });
	// who is next in a team stands in the client settings only
	else if (steps.some(({ notify }) => notify === 'nextOwner')) problems.push({ code: 'NEXT_OWNER_WITHOUT_TEAM', message: `Escalation Steps${place} name the next owner`, description: 'Set "Settings From" to Client Settings: the next owner comes from its teams.' });
	return steps ?? [];
}

function readPeople(ctx: IExecuteFunctions, problems: Problem[]): Partial<Record<NonNullable<PersonParameter['part']>, Member>> {
	const people: Partial<Record<NonNullable<PersonParameter['part']>, Member>> = {};
	for (const [index, given] of (ctx.getNodeParameter('policyOptions.people.values', 0, []) as PersonParameter[]).entries()) {
		const [name, email, slackId, phone] = [given.name, given.email, given.slackId, given.phone].map((text) => String(text ?? '').trim());
		const read = memberSchema.safeParse({ id: email || name, name: name || email, email: email || null, ...(slackId ? { slackId } : {}), ...(phone ? { phone } : {}) });
		if (read.success) people[given.part ?? 'manager'] = read.data;
		else if (name === '' && email === '') problems.push({ code: 'PERSON_INVALID', message: `Person ${index + 1} to tell has no name`, description: `Give person ${index + 1} in "People to Tell" a "Name" or an "Email".` });
		else problems.push({ code: 'PERSON_INVALID', message: `Person ${index + 1} to tell can't be read`, description: `Correct person ${index + 1} in "People to Tell": an "Email" such as ann@example.com, a "Phone" such as +44 7700 900123.` });
	}
	return people;
}

function readCalendar(ctx: IExecuteFunctions, timeZone: string, problems: Problem[]): CalendarSettings & { timeZone: string } {
	const option = (name: string): unknown => ctx.getNodeParameter(`policyOptions.${name}`, 0, '');
	const alwaysOpen = ctx.getNodeParameter('open', 0, 'workingHours') === 'always';
	const days = alwaysOpen ? [] : (ctx.getNodeParameter('weekdays', 0, weekdays.slice(0, 5)) as Weekday[]);
	const usual = alwaysOpen ? [] : readList(ctx.getNodeParameter('hours', 0, '09:00-17:30')).map(tidyHours);
	const holidays = readList(ctx.getNodeParameter('holidays', 0, ''));
	const publicHolidays = readList(option('publicHolidays')).map((place) => place.toUpperCase());
	const hours: CalendarSettings['hours'] = Object.fromEntries(days.map((day) => [day, usual]));
	if (!alwaysOpen && days.length === 0) problems.push({ code: 'CALENDAR_WITHOUT_HOURS', message: 'No weekday is chosen', description: 'Choose "Weekdays", or set "Open" to Round the Clock.' });
	if (!alwaysOpen && (usual.length === 0 || !usual.every(isSpan))) problems.push({ code: 'HOURS_NOT_READABLE', message: 'Hours are missing or not readable', description: 'Write "Hours" as 09:00-17:30; several spans are separated by commas, and none may end when it starts.' });
	for (const { day, spans } of readDays(option('hoursByDay'))) {
		const weekday = weekdays.find((one) => day.length >= 3 && one.startsWith(day.toLowerCase()));
		if (weekday && spans) hours[weekday] = spans;
		else problems.push({ code: 'HOURS_NOT_READABLE', message: `Hours by Day: ${quote(day, 20)} is not readable`, description: 'Write "Hours by Day" as Friday 09:00-16:00; Saturday 10:00-12:00, 13:00-15:00; Wednesday closed.' });
	}
	const onDates = (label: string, name: string): { date: string; hours: string[] }[] => readDays(option(name)).flatMap(({ day, spans }) => {
		if (isDate(day) && spans) return [{ date: day, hours: spans }];
		problems.push({ code: 'DATES_NOT_READABLE', message: `${label}: ${quote(day, 20)} is not readable`, description: `Write "${label}" as 2026-12-24 09:00-12:00${name === 'overrides' ? '; 2026-12-31 closed' : '; 2026-12-31 15:00-24:00'}.` });
		return [];
	});
	if (!holidays.every(isDate)) problems.push({ code: 'HOLIDAYS_NOT_READABLE', message: 'Holidays are not readable', description: 'Write "Holidays" as 2026-12-25, several separated by commas.' });
	const unknown = publicHolidays.filter((place) => !isHolidayPlace(place));
	if (unknown.length > 0) problems.push({ code: 'HOLIDAY_PLACE_UNKNOWN', message: `Public Holidays of ${quote(unknown.join(', '), 30)} are not known`, description: 'Write "Public Holidays" as a country or region, such as GB or GB-ENG, several separated by commas.' });
	return {
		name: 'This Node', timeZone, alwaysOpen, hours, holidays, publicHolidays: publicHolidays.filter(isHolidayPlace),
		breaks: onDates('Breaks', 'breaks'), overrides: onDates('Date Overrides', 'overrides'),
	};
}

/** Days with their hours, e.g. `Friday 09:00-16:00; 2026-12-31 closed`; no spans where the hours can't be read. */
function readDays(text: unknown): { day: string; spans?: string[] }[] {
	return readList(text, /[;\n]/).map((entry) => {
		const [, day, rest] = /^(\S+?):?\s+(.+)$/.exec(entry) ?? [];
		if (day === undefined) return { day: entry };
		if (/^closed$/i.test(rest)) return { day, spans: [] };
		const spans = readList(rest).map(tidyHours);
		return spans.every(isSpan) ? { day, spans } : { day: entry };
	});
}

function isDate(text: string): boolean {
	const read = new Date(`${text}T00:00:00Z`);
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}

function readList(text: unknown, separator: RegExp | string = ','): string[] {
	return String(text ?? '').split(separator).map((part) => part.trim()).filter((part) => part !== '');
}

/** Hours as people write them, e.g. `9:00 – 17:30`, in the form that calendars keep. */
export function tidyHours(text: string): string {
	return text.replace(/\s/g, '').replace('–', '-').replace(/(?<=^|-)(?=\d:)/g, '0');
}
