import { DateTime } from 'luxon';
import type { Owner } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';

/** Who can get a lead, from client settings or from the node. */
export interface People {
	members: readonly Member[];
	teams: readonly Team[];
	/** Member id: owner of every lead that nobody else can take. */
	fallbackOwner: string;
	/** In which the dates of time off count. */
	timeZone: string;
}

/** Member by id, else by CRM owner id; undefined when nobody has it. */
export function findMember(people: Pick<People, 'members'>, id: string): Member | undefined {
	return people.members.find((member) => member.id === id) ?? people.members.find((member) => member.crmId === id);
}

export function findTeam(people: Pick<People, 'teams'>, name: string | undefined): Team | undefined {
	return people.teams.find((team) => team.name === name);
}

/** Members of a team in its order; ids that nobody has are left out. */
export function membersOf(people: Pick<People, 'members'>, team: Team): Member[] {
	return team.members.flatMap((id) => people.members.find((member) => member.id === id) ?? []);
}

/**
 * Why a member can't take a lead now, e.g. `Mia: away until 2026-12-01`; undefined when the member can.
 * Time off counts by the local date in the client's zone, first and last day included.
 */
export function reasonAway(member: Member, people: People, at: Date): string | undefined {
	if (!member.active) return `${member.name}: not active`;
	const today = DateTime.fromJSDate(at, { zone: people.timeZone }).toISODate() ?? '';
	const away = member.timeOff.find(({ from, to }) => from <= today && today <= to);
	return away && `${member.name}: away until ${away.to}`;
}

export function toOwner({ id, name, email, slackId, crmId, bookingUrl }: Member): Owner {
	return { id, name, email, ...(slackId ? { slackId } : {}), ...(crmId ? { crmId } : {}), ...(bookingUrl ? { bookingUrl } : {}) };
}
