import { DateTime } from 'luxon';
import type { Moment } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';
import type { Hours, People } from './teams';

/** What a ledger has counted, by member id; absent when nothing is counted. */
export interface LeadCounts {
	/** Leads assigned since the member's day, week and month began. */
	today: Readonly<Record<string, number>>;
	thisWeek: Readonly<Record<string, number>>;
	thisMonth: Readonly<Record<string, number>>;
	/** Open leads, those included that were assigned a moment ago. */
	open: Readonly<Record<string, number>>;
	/** Leads that the team took since the client's day, week and month began. */
	team: { today: number; thisWeek: number; thisMonth: number };
	/** Members who are out of rotation because they left a lead unanswered, and until when. */
	resting?: Readonly<Record<string, Moment>>;
}

/** The periods in which leads are capped, the longest first: what is told of one who is full is what lasts longest. */
export const capPeriods = [
	{ cap: 'capPerMonth', count: 'thisMonth', unit: 'month', words: 'this month' },
	{ cap: 'capPerWeek', count: 'thisWeek', unit: 'week', words: 'this week' },
	{ cap: 'capPerDay', count: 'today', unit: 'day', words: 'today' },
] as const;

/** Whether a member or a team may take only so many leads in a day, a week or a month. */
export function hasPeriodCap(one: Pick<Member | Team, (typeof capPeriods)[number]['cap']>): boolean {
	return capPeriods.some(({ cap }) => one[cap] !== undefined);
}

/**
 * Why a member can't take a lead, from what weighs least to what weighs most: outside working hours, full, resting,
 * on leave, not active. Where a team gives leads to absent members, it takes those of the lightest kind.
 */
export const absenceKinds = ['outsideHours', 'full', 'resting', 'onLeave', 'inactive'] as const;

export interface Absence {
	kind: (typeof absenceKinds)[number];
	/** e.g. `Mia Hart: away until 2026-12-01`. */
	words: string;
	/** When it is expected to end, epoch milliseconds; absent when nobody can know. */
	endsAt?: number;
}

/** Where and when availability is asked. */
export interface Asking {
	people: People;
	team: Team | undefined;
	at: Date;
	counts?: LeadCounts;
}

/** Zone in which a member's days, weeks and time off count. */
export function zoneOf(member: Member, people: Pick<People, 'timeZone'>): string {
	return member.timeZone ?? people.timeZone;
}

/** Starts of the day, of the week, Monday, and of the month on which a moment falls. */
export function periodsAt(at: Date, timeZone: string): Record<(typeof capPeriods)[number]['unit'], Date> {
	const local = DateTime.fromJSDate(at, { zone: timeZone });
	return { day: local.startOf('day').toJSDate(), week: local.startOf('week').toJSDate(), month: local.startOf('month').toJSDate() };
}

/**
 * Why a member can't take a lead now; undefined when the member can.
 * Time off counts by the local date in the member's zone, first and last day included.
 */
export function findAbsence(member: Member, asking: Asking): Absence | undefined {
	const { people, team, at, counts } = asking;
	if (!member.active) return { kind: 'inactive', words: `${member.name}: not active` };
	const hours = people.hoursOf?.(member, team);
	const zone = zoneOf(member, people);
	const leave = member.timeOff.length === 0 ? undefined : leaveOn(member, localDate(at, zone));
	if (leave) return { kind: 'onLeave', words: `${member.name}: away until ${leave.to}`, endsAt: backFrom(member, leave.to, zone, hours) };
	const rests = counts?.resting?.[member.id];
	if (rests !== undefined) {
		const until = Date.parse(rests);
		return { kind: 'resting', words: `${member.name}: out of rotation until ${sayLocal(until, zone)}, left a lead unanswered`, endsAt: until };
	}
	const full = counts && findFullness(member, at, zone, counts);
	if (full) return full;
	if (!hours || hours.isOpen(at.getTime())) return undefined;
	const opening = hours.nextOpening(at.getTime());
	const until = opening === undefined ? '' : ` until ${sayLocal(opening, hours.timeZone)}`;
	const endsAt = opening === undefined ? undefined : firstWorkingMoment(member, opening, zone, hours);
	return { kind: 'outsideHours', words: `${member.name}: outside working hours${until}`, endsAt };
}

function findFullness(member: Member, at: Date, zone: string, counts: LeadCounts): Absence | undefined {
	const { id, name, maxOpenLeads } = member;
	for (const { cap, count, unit, words } of capPeriods) {
		const taken = counts[count][id] ?? 0;
		const most = member[cap];
		if (most === undefined || taken < most) continue;
		const endsAt = DateTime.fromJSDate(at, { zone }).startOf(unit).plus({ [unit]: 1 }).toMillis();
		return { kind: 'full', words: `${name}: ${taken} of ${most} leads ${words}`, endsAt };
	}
	const open = counts.open[id] ?? 0;
	return maxOpenLeads !== undefined && open >= maxOpenLeads ? { kind: 'full', words: `${name}: ${open} of ${maxOpenLeads} leads open` } : undefined;
}

/** Why a team can take no lead at all, e.g. `team Sales: 20 of 20 leads today`. */
export function findTeamFullness(team: Team, counts: LeadCounts | undefined): string | undefined {
	const full = counts && capPeriods.find(({ cap, count }) => counts.team[count] >= (team[cap] ?? Infinity));
	return full && `team ${team.name}: ${counts.team[full.count]} of ${team[full.cap]} leads ${full.words}`;
}

/** A member's weight with the ramp-up of that day: half of it at 50 percent. Whole weights stay whole after the ramp-up. */
export function weightOn(member: Member, at: Date, people: Pick<People, 'timeZone'>): number {
	const steps = member.rampUp ?? [];
	if (steps.length === 0) return member.weight;
	const today = localDate(at, zoneOf(member, people));
	const step = [...steps].sort((one, other) => (one.until < other.until ? -1 : 1)).find(({ until }) => today <= until);
	return step ? (member.weight * step.percent) / 100 : member.weight;
}

/** e.g. `Mon 23 Nov 09:00`. */
export function sayLocal(at: number, timeZone: string): string {
	return DateTime.fromMillis(at, { zone: timeZone, locale: 'en-GB' }).toFormat('ccc d LLL HH:mm');
}

function localDate(at: Date | number, zone: string): string {
	return (typeof at === 'number' ? DateTime.fromMillis(at, { zone }) : DateTime.fromJSDate(at, { zone })).toISODate() ?? '';
}

function leaveOn(member: Member, date: string): Member['timeOff'][number] | undefined {
	return member.timeOff.find(({ from, to }) => from <= date && date <= to);
}

/** First moment of work after the last day of leave, which another leave may follow. */
function backFrom(member: Member, lastDay: string, zone: string, hours: Hours | undefined): number | undefined {
	const morning = DateTime.fromISO(lastDay, { zone }).plus({ days: 1 }).toMillis();
	const opening = hours ? hours.nextOpening(morning) : morning;
	return opening === undefined ? undefined : firstWorkingMoment(member, opening, zone, hours);
}

function firstWorkingMoment(member: Member, opening: number, zone: string, hours: Hours | undefined): number | undefined {
	const leave = leaveOn(member, localDate(opening, zone));
	return leave ? backFrom({ ...member, timeOff: member.timeOff.filter((one) => one !== leave) }, leave.to, zone, hours) : opening;
}
