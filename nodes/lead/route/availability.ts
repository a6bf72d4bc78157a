import { DateTime } from 'luxon';
import type { Moment } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';
import type { Hours, People } from './teams';

/** What a ledger has counted, by member id; absent when nothing is counted. */
export interface LeadCounts {
	/** Leads assigned since the member's day and week began. */
	today: Readonly<Record<string, number>>;
	thisWeek: Readonly<Record<string, number>>;
	/** Open leads, those included that were assigned a moment ago. */
	open: Readonly<Record<string, number>>;
	/** Leads that the team took since the client's day and week began. */
	team: { today: number; thisWeek: number };
	/** Members who are out of rotation because they left a lead unanswered, and until when. */
	resting?: Readonly<Record<string, Moment>>;
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

/** Starts of the day and of the week, Monday, on which a moment falls. */
export function periodsAt(at: Date, timeZone: string): { day: Date; week: Date } {
	const local = DateTime.fromJSDate(at, { zone: timeZone });
	return { day: local.startOf('day').toJSDate(), week: local.startOf('week').toJSDate() };
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
	const { id, name, capPerDay, capPerWeek, maxOpenLeads } = member;
	if (capPerDay === undefined && capPerWeek === undefined && maxOpenLeads === undefined) return undefined;
	const local = DateTime.fromJSDate(at, { zone });
	const full = (count: number | undefined, most: number | undefined, what: string, endsAt?: number): Absence | undefined =>
		most !== undefined && (count ?? 0) >= most ? { kind: 'full', words: `${name}: ${count ?? 0} of ${most} leads ${what}`, endsAt } : undefined;
	return full(counts.thisWeek[id], capPerWeek, 'this week', local.startOf('week').plus({ weeks: 1 }).toMillis())
		?? full(counts.today[id], capPerDay, 'today', local.startOf('day').plus({ days: 1 }).toMillis())
		?? full(counts.open[id], maxOpenLeads, 'open');
}

/** Why a team can take no lead at all, e.g. `team Sales: 20 of 20 leads today`. */
export function findTeamFullness(team: Team, counts: LeadCounts | undefined): string | undefined {
	if (!counts) return undefined;
	if (team.capPerWeek !== undefined && counts.team.thisWeek >= team.capPerWeek) return `team ${team.name}: ${counts.team.thisWeek} of ${team.capPerWeek} leads this week`;
	if (team.capPerDay !== undefined && counts.team.today >= team.capPerDay) return `team ${team.name}: ${counts.team.today} of ${team.capPerDay} leads today`;
	return undefined;
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
