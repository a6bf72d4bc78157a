import type { HandoffRecord } from '../lead/handoffRecord';
import type { AssignInput } from '../lead/route/assignOwner';
import { periodsAt, zoneOf, type LeadCounts } from '../lead/route/availability';
import { membersOf } from '../lead/route/teams';
import type { Member, Team } from '../lead/settings/clientSettings';
import type { AssignmentInput, TurnLimits } from '../ledger/ledger';

const dayMs = 86_400_000;
/** Days for which a company or household keeps its owner, when the team does not say. */
const usualStickyDays = 90;

/** What of the ledger counts for a choice in this team, and nothing else: most teams have neither caps nor sticky owners. */
export function askedOf(record: HandoffRecord, team: Team, { people, at, stickyKey }: AssignInput): Omit<AssignmentInput, 'client' | 'test'> {
	const members = membersOf(people, team);
	const periodsOf = (member: Member): { dayFrom: string; weekFrom: string } => toPeriods(at, zoneOf(member, people));
	return {
		pool: team.name,
		at: at.toISOString(),
		leadId: record.leadId,
		counted: members.filter(hasTurnCap).map((member) => ({ id: member.id, ...periodsOf(member) })),
		...(team.capPerDay === undefined && team.capPerWeek === undefined ? {} : { team: toPeriods(at, people.timeZone) }),
		open: members.filter((member) => team.assignment === 'leastLoaded' || member.maxOpenLeads !== undefined).map(({ id }) => id),
		...(team.assignment === 'sticky' && stickyKey !== undefined ? { sticky: { key: stickyKey, since: new Date(at.getTime() - (team.stickyDays ?? usualStickyDays) * dayMs).toISOString() } } : {}),
	};
}

/** The caps of the chosen member, to be counted again when the turn is taken; undefined without caps, or when one is reached on purpose. */
export function limitsOf(memberId: string, { people, at }: AssignInput, counts: LeadCounts): TurnLimits | undefined {
	const member = people.members.find(({ id }) => id === memberId);
	if (!member || (!hasTurnCap(member) && member.maxOpenLeads === undefined)) return undefined;
	const reached = (counts.today[memberId] ?? 0) >= (member.capPerDay ?? Infinity)
		|| (counts.thisWeek[memberId] ?? 0) >= (member.capPerWeek ?? Infinity)
		|| (counts.open[memberId] ?? 0) >= (member.maxOpenLeads ?? Infinity);
	return reached ? undefined : { ...toPeriods(at, zoneOf(member, people)), perDay: member.capPerDay, perWeek: member.capPerWeek, open: member.maxOpenLeads };
}

function hasTurnCap({ capPerDay, capPerWeek }: Member): boolean {
	return capPerDay !== undefined || capPerWeek !== undefined;
}

function toPeriods(at: Date, timeZone: string): { dayFrom: string; weekFrom: string } {
	const { day, week } = periodsAt(at, timeZone);
	return { dayFrom: day.toISOString(), weekFrom: week.toISOString() };
}
