import type { HandoffRecord } from '../lead/handoffRecord';
import type { AssignInput } from '../lead/route/assignOwner';
import { capPeriods, hasPeriodCap, periodsAt, zoneOf, type LeadCounts } from '../lead/route/availability';
import { membersOf } from '../lead/route/teams';
import type { Team } from '../lead/settings/clientSettings';
import type { AssignmentInput, PeriodStarts, TurnLimits } from '../ledger/ledger';

const dayMs = 86_400_000;
/** Days for which a company or household keeps its owner, when the team does not say. */
const usualStickyDays = 90;

/** What of the ledger counts for a choice in this team, and nothing else: most teams have neither caps nor sticky owners. */
export function askedOf(record: HandoffRecord, team: Team, { people, at, stickyKey }: AssignInput): Omit<AssignmentInput, 'client' | 'test'> {
	const members = membersOf(people, team);
	return {
		pool: team.name,
		at: at.toISOString(),
		leadId: record.leadId,
		counted: members.filter(hasPeriodCap).map((member) => ({ id: member.id, ...toPeriods(at, zoneOf(member, people)) })),
		...(hasPeriodCap(team) ? { team: toPeriods(at, people.timeZone) } : {}),
		open: members.filter((member) => team.assignment === 'leastLoaded' || member.maxOpenLeads !== undefined).map(({ id }) => id),
		...(team.assignment === 'sticky' && stickyKey !== undefined ? { sticky: { key: stickyKey, since: new Date(at.getTime() - (team.stickyDays ?? usualStickyDays) * dayMs).toISOString() } } : {}),
	};
}

/** The caps of the chosen member, to be counted again when the turn is taken; undefined without caps, or when one is reached on purpose. */
export function limitsOf(memberId: string, { people, at }: AssignInput, counts: LeadCounts): TurnLimits | undefined {
	const member = people.members.find(({ id }) => id === memberId);
	if (!member || (!hasPeriodCap(member) && member.maxOpenLeads === undefined)) return undefined;
	const reached = capPeriods.some(({ cap, count }) => (counts[count][memberId] ?? 0) >= (member[cap] ?? Infinity))
		|| (counts.open[memberId] ?? 0) >= (member.maxOpenLeads ?? Infinity);
	return reached ? undefined : { ...toPeriods(at, zoneOf(member, people)), perDay: member.capPerDay, perWeek: member.capPerWeek, perMonth: member.capPerMonth, open: member.maxOpenLeads };
}

function toPeriods(at: Date, timeZone: string): PeriodStarts {
	const { day, week, month } = periodsAt(at, timeZone);
	return { dayFrom: day.toISOString(), weekFrom: week.toISOString(), monthFrom: month.toISOString() };
}
