import type { Owner } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';

/** Working hours, ready to be asked; moments in epoch milliseconds. */
export interface Hours {
	timeZone: string;
	isOpen: (at: number) => boolean;
	/** The moment itself when open; undefined when there is no opening within ten years. */
	nextOpening: (at: number) => number | undefined;
}

/** Who can get a lead, from client settings or from the node. */
export interface People {
	members: readonly Member[];
	teams: readonly Team[];
	/** Member id: owner of every lead that nobody else can take. */
	fallbackOwner: string;
	/** In which the dates of time off count. */
	timeZone: string;
	/** Working hours of a member in a team: the member's own, else the team's; absent or undefined: always at work. */
	hoursOf?: (member: Member, team: Team | undefined) => Hours | undefined;
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

export function toOwner({ id, name, email, slackId, crmId, bookingUrl }: Member): Owner {
	return { id, name, email, ...(slackId ? { slackId } : {}), ...(crmId ? { crmId } : {}), ...(bookingUrl ? { bookingUrl } : {}) };
}
