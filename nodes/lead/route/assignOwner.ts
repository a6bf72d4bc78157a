import type { Assignment, Owner } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';
import { findMember, findTeam, membersOf, reasonAway, toOwner, type People } from './teams';
import { leastLoaded, memberByHash, nextTurn, type Turns } from './turns';

/** Who may get the lead, as rules fixed it: team by name, owner by member id. Neither: the fallback owner. */
export interface OwnerPool {
	team?: string;
	owner?: string;
}

export interface AssignInput {
	pool: OwnerPool;
	people: People;
	/** Owner in the CRM or among known records: member id or CRM owner id. */
	existingOwner?: string;
	/** Same person, same key: for the hash. */
	personKey: string;
	/** Same company, same key: for sticky teams; absent when the company is not known. */
	companyKey?: string;
	/** Moment of the assignment, for time off. */
	at: Date;
	/** Turns of the team's rotation; absent when nothing is remembered, then the hash stands in. */
	turns?: Turns;
	/** Open leads per member id; absent when nothing is counted, then the hash stands in. */
	openLeads?: Readonly<Record<string, number>>;
	/** Member who already has this lead's turn. */
	turnOf?: string;
}

export interface AssignedOwner {
	owner: Owner;
	assignment: Assignment;
	because: string[];
	skipped: string[];
	/** Set when the fallback owner had to stand in. */
	alarm?: string;
	/** The turn to be taken before the owner is told; absent when no rotation was asked. */
	turn?: { memberId: string; next: Turns };
}

/** Chooses the owner of a lead; there is always one. Away members are skipped, each with the reason. */
export function assignOwner(input: AssignInput): AssignedOwner {
	const { pool, people, at } = input;
	const skipped: string[] = [];
	const isHere = (member: Member): boolean => {
		const away = reasonAway(member, people, at);
		if (away !== undefined && !skipped.includes(away)) skipped.push(away);
		return away === undefined;
	};

	if (pool.owner !== undefined) {
		const member = people.members.find((one) => one.id === pool.owner);
		if (!member) skipped.push('The owner that the rule names is not a member');
		else if (isHere(member)) return fixed(member, 'the rule names the owner', skipped);
	}
	const team = findTeam(people, pool.team);
	if (!team) {
		if (pool.owner === undefined && pool.team === undefined) return fixed(fallbackMember(people), 'no rule names a team or an owner, so it is the fallback owner', skipped);
		const alarm = pool.team === undefined ? 'the owner that the rule names can\'t take leads now' : `the team ${pool.team} is not there`;
		return fellThrough(people, alarm, skipped);
	}

	if (team.assignment === 'existingOwner' && input.existingOwner !== undefined) {
		const member = findMember(people, input.existingOwner);
		if (!member) skipped.push('The existing owner is not a member');
		else if (isHere(member)) return { owner: toOwner(member), assignment: 'existingOwner', because: ['the person already has this owner'], skipped };
	}
	const members = membersOf(people, team);
	const here = members.filter(isHere);
	if (here.length > 0) return chooseFrom(here, team, input, skipped);
	const active = members.filter((member) => member.active);
	if (active.length > 0 && team.whenNobodyAvailable === 'anyone') {
		const chosen = chooseFrom(active, team, input, skipped);
		return { ...chosen, because: [`nobody of team ${team.name} is available, so an absent member gets it`, ...chosen.because] };
	}
	return fellThrough(people, `nobody of team ${team.name} can take leads now`, skipped);
}

function chooseFrom(members: Member[], team: Team, input: AssignInput, skipped: string[]): AssignedOwner {
	const chosen = (member: Member, assignment: Assignment, because: string): AssignedOwner => ({ owner: toOwner(member), assignment, because: [because], skipped });
	switch (team.assignment) {
		case 'fixed':
			return chosen(members[0], 'fixed', `first available member of team ${team.name}`);
		case 'hash':
			return chosen(memberByHash(members, input.personKey), 'hash', `same person, same owner in team ${team.name}`);
		case 'sticky':
			return chosen(memberByHash(members, input.companyKey ?? input.personKey), 'sticky', input.companyKey === undefined
				? `company not known: same person, same owner in team ${team.name}`
				: `same company, same owner in team ${team.name}`);
		case 'leastLoaded':
			if (input.openLeads === undefined) return chosen(memberByHash(members, input.personKey), 'hash', `without a ledger no open leads are counted: same person, same owner in team ${team.name}`);
			return chosen(leastLoaded(members, input.openLeads), 'leastLoaded', `fewest open leads for the weight in team ${team.name}`);
		case 'rotation':
		case 'existingOwner':
			return chooseByTurn(members, team, input, chosen);
	}
}

function chooseByTurn(members: Member[], team: Team, input: AssignInput, chosen: (member: Member, assignment: Assignment, because: string) => AssignedOwner): AssignedOwner {
	const earlier = members.find(({ id }) => id === input.turnOf);
	if (earlier) return chosen(earlier, 'rotation', `this lead's turn in team ${team.name} was taken before`);
	if (input.turns === undefined) return chosen(memberByHash(members, input.personKey), 'hash', `without a ledger no turns are kept: same person, same owner in team ${team.name}`);
	const { member, next } = nextTurn(members, input.turns);
	if (input.turnOf !== undefined) return chosen(member, 'rotation', `who had this lead's turn can't take it now: next in team ${team.name}`);
	return { ...chosen(member, 'rotation', `next turn in team ${team.name}`), turn: { memberId: member.id, next } };
}

function fixed(member: Member, because: string, skipped: string[]): AssignedOwner {
	return { owner: toOwner(member), assignment: 'fixed', because: [because], skipped };
}

function fellThrough(people: People, alarm: string, skipped: string[]): AssignedOwner {
	return { ...fixed(fallbackMember(people), `${alarm}, so it is the fallback owner`, skipped), alarm };
}

/** `checkRules` refuses settings without one before the first lead. */
function fallbackMember(people: People): Member {
	const member = people.members.find(({ id }) => id === people.fallbackOwner);
	if (!member) throw new Error('the fallback owner was not checked');
	return member;
}
