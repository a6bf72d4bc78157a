import { stages } from '../handoffRecord';
import { quote } from '../shorten';
import { weekdays, type CalendarSettings, type ClientSettings, type Member, type Team } from './clientSettings';
import { sayDate, sayDays, sayList, splitName } from './settingWords';

/** Something that is allowed, and that an operator would want to know. */
export interface SettingsWarning {
	/** e.g. `NOBODY_ON_WEEKDAY`; stable. */
	code: string;
	message: string;
	/** What to do about it. */
	description: string;
}

/** Days that absences and holidays are looked for ahead. */
const daysAhead = 60;

/**
 * What is allowed in settings that pass the check, and yet leaves leads waiting or people in the dark.
 *
 * @param today - Local date in the client's zone, e.g. `2026-11-25`: what lies before it warns of nothing.
 */
export function settingsWarnings(settings: ClientSettings, today: string): SettingsWarning[] {
	return [
		...settings.teams.flatMap((team) => [...withoutManager(team, settings), ...uncoveredDays(team, settings), ...everybodyAway(team, settings, today)]),
		...withoutTeam(settings),
		...withoutHolidays(settings, today),
		...withoutStageOwners(settings),
		...withStageOwnersGone(settings),
		...withoutTeamForQueue(settings),
		...unreachable(settings),
	];
}

function withoutManager({ name, manager }: Team, { slaPolicies }: ClientSettings): SettingsWarning[] {
	if (manager !== undefined) return [];
	const asked = slaPolicies.some(({ escalation }) => escalation.length === 0 || escalation.some(({ notify }) => notify === 'manager'));
	return [warning('TEAM_WITHOUT_MANAGER', `Team ${quote(name, 40)} has no manager`, asked ? 'Escalations to the manager go to the fallback owner instead: set "manager".' : 'Set "manager", to whom escalations can go.')];
}

function membersOf(team: Team, { members }: ClientSettings): Member[] {
	return team.members.flatMap((id) => members.filter((member) => member.id === id && member.active));
}

function calendarNamed(name: string | undefined, { calendars, defaultCalendar }: ClientSettings): CalendarSettings {
	return calendars.find((one) => one.name === (name ?? defaultCalendar)) ?? calendars[0];
}

function isOpen({ alwaysOpen, hours }: CalendarSettings, day: (typeof weekdays)[number]): boolean {
	return alwaysOpen || (hours[day] ?? []).length > 0;
}

/** A working day without anybody, and any day on which the team's clocks run and nobody works. */
function uncoveredDays(team: Team, settings: ClientSettings): SettingsWarning[] {
	const members = membersOf(team, settings);
	if (members.length === 0) return [];
	const clocks = calendarNamed(team.calendar, settings);
	const alone = weekdays.filter((day, index) => (index < 5 || isOpen(clocks, day)) && !members.some((member) => isOpen(calendarNamed(member.calendar ?? team.calendar, settings), day)));
	if (alone.length === 0) return [];
	return [warning('NOBODY_ON_WEEKDAY', `Nobody of team ${quote(team.name, 30)} works on ${sayList(alone.map(capital))}`, 'Leads of that day wait for the next working one: give a member a "calendar" with hours on it, or leave it so.')];
}

function everybodyAway(team: Team, settings: ClientSettings, today: string): SettingsWarning[] {
	const members = membersOf(team, settings);
	if (members.length === 0) return [];
	const away = daysFrom(today, daysAhead).filter((date) => members.every(({ timeOff }) => timeOff.some(({ from, to }) => from <= date && date <= to)));
	if (away.length === 0) return [];
	const until = away.findIndex((date, index) => index > 0 && date !== daysFrom(away[index - 1], 2)[1]);
	const last = away[(until === -1 ? away.length : until) - 1];
	return [warning('EVERYBODY_AWAY', `All of team ${quote(team.name, 30)} are away ${sayDays({ from: away[0], to: last })}`, `Add a member who is there, or see that ${team.whenNobodyAvailable === 'anyone' ? 'somebody who is away answers' : 'the fallback owner answers'} the leads of these days.`)];
}

function withoutTeam({ members, teams, fallbackOwner, rules }: ClientSettings): SettingsWarning[] {
	const used = new Set([fallbackOwner, ...teams.flatMap((team) => [...team.members, team.manager]), ...rules.map(({ owner }) => owner)]);
	const idle = members.filter(({ id, active }) => active && !used.has(id));
	if (idle.length === 0) return [];
	return [warning('MEMBER_IN_NO_TEAM', `${sayFew(idle)} can get no lead`, 'Add them to the "members" of a team, or let a rule name them.')];
}

function withoutHolidays({ calendars }: ClientSettings, today: string): SettingsWarning[] {
	const lastDay = daysFrom(today, 366)[365];
	return calendars.filter(({ alwaysOpen, publicHolidays, holidays, overrides }) => !alwaysOpen && publicHolidays.length === 0 && ![...holidays, ...overrides.map(({ date }) => date)].some((date) => date >= today && date <= lastDay))
		.map(({ name, holidays }) => warning('NO_KNOWN_HOLIDAYS', `Calendar ${quote(name, 24)} knows no holiday${holidays.length === 0 ? '' : ` after ${sayDate(today)}`}`, 'Name a country or region in "publicHolidays", or add dates to "holidays": clocks run through days that it does not know.'));
}

function withStageOwnersGone({ stageOwners, members }: ClientSettings): SettingsWarning[] {
	const gone = new Set(members.filter(({ active }) => !active).map(({ id }) => id));
	const stranded = Object.entries(stageOwners).filter(([, owner]) => gone.has(owner)).map(([stage]) => splitName(stage));
	if (stranded.length === 0) return [];
	return [warning('STAGE_OWNER_INACTIVE', `The owner of ${stranded.length === 1 ? 'a stage is' : `${stranded.length} stages is`} not active`, `Name somebody else in "stageOwners" for ${sayList(stranded)}: nobody answers for that stage now.`)];
}

function withoutStageOwners({ stageOwners }: ClientSettings): SettingsWarning[] {
	const missing = [...stages, 'firstContact' as const, 'accepted' as const].filter((stage) => stageOwners[stage] === undefined);
	if (missing.length === 0) return [];
	return [warning('STAGE_WITHOUT_OWNER', `${missing.length} ${missing.length === 1 ? 'stage has' : 'stages have'} no owner`, `Set "stageOwners" for ${sayList(missing.map(splitName))}: who answers for that stage.`)];
}

function withoutTeamForQueue({ rules, teams }: ClientSettings): SettingsWarning[] {
	const names = new Set(teams.map(({ name }) => name));
	const continued = rules.some((rule) => rule.continue && (rule.team ?? rule.owner) !== undefined);
	return rules.flatMap((rule, index) => {
		if (continued || rule.queue === undefined || rule.team !== undefined || rule.owner !== undefined || names.has(rule.queue)) return [];
		return [warning('QUEUE_WITHOUT_TEAM', `Rule ${index + 1} gives a queue that no team has`, `Add a team called ${quote(rule.queue, 40)}, or name a "team" or an "owner" in the rule: else the fallback owner gets its leads.`)];
	});
}

function unreachable({ members }: ClientSettings): SettingsWarning[] {
	const silent = members.filter(({ active, email, slackId, phone }) => active && !email && !slackId && !phone);
	if (silent.length === 0) return [];
	return [warning('MEMBER_CANNOT_BE_TOLD', `${sayFew(silent)} can't be alerted`, 'Set "email", "slackId" or "phone": without one no alert can reach them.')];
}

/** Two names, and that there are others. */
function sayFew(members: readonly Member[]): string {
	const names = members.slice(0, 2).map(({ name }) => quote(name, 16));
	return members.length > 2 ? `${names.join(', ')} and ${members.length - 2} others` : sayList(names);
}

/** Dates from one on, itself first. */
function daysFrom(date: string, days: number): string[] {
	const first = Date.parse(`${date}T00:00:00Z`);
	return Array.from({ length: days }, (_none, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10));
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function warning(code: string, message: string, description: string): SettingsWarning {
	return { code, message, description };
}
