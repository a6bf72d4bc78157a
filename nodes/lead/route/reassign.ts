import { DateTime } from 'luxon';
import type { Owner } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';
import { assignOwner, type AssignedOwner, type AssignInput } from './assignOwner';
import { findAbsence, zoneOf } from './availability';
import { findTeam, toOwner, type People } from './teams';

/** What a lead's way so far leaves open. */
export interface ReassignInput extends Omit<AssignInput, 'turnOf' | 'existingOwner' | 'stickyOwner'> {
	/** Member who has the lead; absent: nobody. */
	owner?: string;
	/** Members who have had it already. */
	had: readonly string[];
	/** Absent: it may be given on once more, however often it was. */
	hops?: { done: number; most: number };
}

/** `owner` absent: nobody else can have it, and it stays where it is. */
export interface NextOwner extends Omit<AssignedOwner, 'owner' | 'assignment'> {
	owner?: Owner;
}

/**
 * Who gets a lead after its owner: the next of its team who is there and has not had it, chosen as the team assigns; when
 * it was given on often enough or nobody of the team is left, the fallback owner; never somebody who had it before.
 */
export function chooseNextOwner(input: ReassignInput): NextOwner {
	const { owner, had, hops, people, pool } = input;
	const before = new Set([...had, ...(owner === undefined ? [] : [owner])]);
	if (hops && hops.done >= hops.most) return toFallback(input, before, [], `it was given on ${hops.done} ${hops.done === 1 ? 'time' : 'times'}, which is the most`);
	const team = teamOf(people, pool.team, owner);
	if (!team) return toFallback(input, before, [], 'the lead belongs to no team');
	if (team.members.every((id) => before.has(id))) return toFallback(input, before, [], `everybody of team ${team.name} has had it`);
	const rest: Team = {
		...team,
		// nobody is told who is away: a team that gives leads to absent members does so only for the first owner
		whenNobodyAvailable: team.whenNobodyAvailable === 'onCall' ? 'onCall' : 'fallback',
		onCall: team.onCall?.filter((id) => !before.has(id)),
	};
	const assigned = assignOwner({ ...input, pool: { ...pool, owner: undefined, team: team.name, except: before }, people: { ...people, teams: [rest] } });
	if (assigned.alarm === undefined) return assigned;
	return toFallback(input, before, assigned.skipped, `nobody else of team ${team.name} can take leads now`);
}

/** The lead's team, else the first one that its owner is in. */
export function teamOf(people: Pick<People, 'teams'>, name: string | undefined, owner: string | undefined): Team | undefined {
	return findTeam(people, name) ?? people.teams.find(({ members }) => owner !== undefined && members.includes(owner));
}

/** Start of the member's next day, until which a silent owner gets no lead; epoch milliseconds. */
export function restsUntil(member: Member, at: Date, people: Pick<People, 'timeZone'>): number {
	return DateTime.fromJSDate(at, { zone: zoneOf(member, people) }).startOf('day').plus({ days: 1 }).toMillis();
}

function toFallback({ people, at }: ReassignInput, before: ReadonlySet<string>, skipped: string[], why: string): NextOwner {
	const fallback = people.members.find(({ id }) => id === people.fallbackOwner);
	if (!fallback || before.has(fallback.id)) return { because: [`${why}, and the fallback owner has had it too, so it stays where it is`], skipped };
	const absence = findAbsence(fallback, { people, team: undefined, at });
	const away = absence && absence.kind !== 'outsideHours' ? ` (${absence.words})` : '';
	return { owner: toOwner(fallback), because: [`${why}, so it is the fallback owner${away}`], skipped };
}
