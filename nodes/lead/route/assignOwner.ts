/** Longer than other files because it is one decision: who gets the lead, in the order in which it is asked. */
import type { Assignment, Owner } from '../handoffRecord';
import type { Member, Team } from '../settings/clientSettings';
import { absenceKinds, findAbsence, findTeamFullness, sayLocal, weightOn, type Absence, type LeadCounts } from './availability';
import { findMember, findTeam, membersOf, toOwner, type People } from './teams';
import { chargeTurn, leastLoaded, memberByHash, nextTurn, type Turns } from './turns';

/** Who may get the lead, as rules fixed it: team by name, owner by member id. Neither: the fallback owner. */
export interface OwnerPool {
	team?: string;
	owner?: string;
	/** What the owner must be able to do. */
	skills?: readonly string[];
	/** Members who have had the lead already and don't get it again. */
	except?: ReadonlySet<string>;
	/** A blocked lead has an owner and takes no turn. */
	blocked?: boolean;
}

export interface AssignInput {
	pool: OwnerPool;
	people: People;
	/** Owner in the CRM or among known records: member id or CRM owner id. */
	existingOwner?: string;
	/** Same person, same key: for the hash. */
	personKey: string;
	/** Same company or household, same key: for sticky teams; absent when it is not known. */
	stickyKey?: string;
	/** Who has the company or household already, as the ledger remembers: a member id. */
	stickyOwner?: string;
	/** ISO 639-1, for teams that prefer members who speak it. */
	language?: string;
	/** Members of the team whose territory the lead lies in, in the team's order; absent when the team has no territories. */
	territoryOf?: readonly string[];
	/** Moment of the assignment, for hours and time off. */
	at: Date;
	/** Turns of the team's rotation; absent when nothing is remembered, then the hash stands in. */
	turns?: Turns;
	/** What each has already; absent when nothing is counted, then no cap holds. */
	counts?: LeadCounts;
	/** Member who already has this lead's turn. */
	turnOf?: string;
}

export interface AssignedOwner {
	owner: Owner;
	assignment: Assignment;
	because: string[];
	skipped: string[];
	/** Set when the fallback owner had to stand in, or when the owner that a rule names can't be it. */
	alarm?: string;
	/** When somebody of the team is expected to be there, epoch milliseconds; only for teams that hold leads. */
	heldUntil?: number;
	/** Whether the lead waits in its queue for somebody to take it. */
	waiting?: boolean;
	/** What is to be written down before the owner is told: the turn, or for a kept owner only that a lead was given. */
	turn?: { memberId: string; next: Turns; sticky: boolean };
}

/** Everything that the steps of one assignment share. */
interface Search {
	input: AssignInput;
	skipped: string[];
	alarm?: string;
}

/** Chooses the owner of a lead; there is always one. Whoever is not chosen is told with the reason. */
export function assignOwner(input: AssignInput): AssignedOwner {
	const search: Search = { input, skipped: [] };
	const { pool, people } = input;
	if (pool.blocked) return blocked(search);
	const named = pool.owner === undefined ? undefined : namedOwner(search, pool.owner);
	if (named) return told(search, named, 'fixed', 'the rule names the owner');
	const team = findTeam(people, pool.team);
	if (team) return fromTeam(search, team);
	if (pool.owner === undefined && pool.team === undefined) return told(search, fallbackMember(people), 'fixed', 'no rule names a team or an owner, so it is the fallback owner');
	return fellThrough(search, pool.team === undefined ? 'the owner that the rule names can\'t take leads now' : `the team ${pool.team} is not there`);
}

/** A person that a rule or a CRM names stays the owner outside hours and when full, but not on leave. */
function namedOwner(search: Search, id: string): Member | undefined {
	const { people } = search.input;
	const member = people.members.find((one) => one.id === id);
	if (!member) {
		search.skipped.push('The owner that the rule names is not a member');
		search.alarm = 'the owner that the rule names is not a member';
		return undefined;
	}
	const absence = lastingAbsence(search, member, undefined);
	if (absence?.kind === 'inactive') search.alarm = 'the owner that the rule names is not active';
	return absence ? undefined : member;
}

function lastingAbsence({ input, skipped }: Search, member: Member, team: Team | undefined): Absence | undefined {
	const absence = findAbsence(member, { people: input.people, team, at: input.at });
	if (!absence || absence.kind === 'outsideHours') return undefined;
	if (!skipped.includes(absence.words)) skipped.push(absence.words);
	return absence;
}

function fromTeam(search: Search, team: Team): AssignedOwner {
	const { input, skipped } = search;
	const { people, counts } = input;
	const earlier = earlierOwner(search, team) ?? keptOwner(search, team);
	if (earlier) return earlier;
	const full = findTeamFullness(team, counts);
	if (full) {
		skipped.push(full);
		return nobodyHere(search, team, [], full);
	}
	const members = membersOf(people, team).map((member) => ({ ...member, weight: weightOn(member, input.at, people) }));
	const absences = new Map<string, Absence>();
	const here: Member[] = [];
	const suited: Member[] = [];
	for (const member of members) {
		const absence = findAbsence(member, { people, team, at: input.at, counts });
		if (absence) absences.set(member.id, absence);
		else here.push(member);
		const lacking = (input.pool.skills ?? []).filter((skill) => !hasSkill(member, skill));
		if (input.pool.except?.has(member.id)) skipped.push(`${member.name}: has had this lead`);
		else if (absence) {
			if (!skipped.includes(absence.words)) skipped.push(absence.words);
		} else if (lacking.length > 0) skipped.push(`${member.name}: lacks ${lacking.join(', ')}`);
		else suited.push(member);
	}
	if (suited.length > 0) return choose(search, team, here, suited);
	const able = members.filter((member) => absences.has(member.id) && !input.pool.except?.has(member.id) && (input.pool.skills ?? []).every((skill) => hasSkill(member, skill)));
	return nobodyHere(search, team, able.map((member) => ({ member, absence: absences.get(member.id) as Absence })));
}

/** A second enquiry on an open lead stays with who has the lead, also outside hours, and takes no second turn. */
function earlierOwner(search: Search, team: Team): AssignedOwner | undefined {
	const { turnOf, people } = search.input;
	const member = membersOf(people, team).find(({ id }) => id === turnOf);
	if (!member || lastingAbsence(search, member, team)) return undefined;
	return told(search, member, kindOfTurn(team), `this lead's turn in team ${team.name} was taken before`);
}

/** The owner that the person has already, and the one that has the company or household. */
function keptOwner(search: Search, team: Team): AssignedOwner | undefined {
	const { input, skipped } = search;
	const { people } = input;
	if (team.assignment === 'existingOwner' && input.existingOwner !== undefined) {
		const member = findMember(people, input.existingOwner);
		if (!member) skipped.push('The existing owner is not a member');
		else if (!lastingAbsence(search, member, team)) {
			const charged = team.existingOwnerCounts && input.turns && input.turnOf === undefined ? chargeTurn(membersOf(people, team), input.turns, member) : undefined;
			return { ...told(search, member, 'existingOwner', 'the person already has this owner'), ...(charged ? { turn: { memberId: member.id, next: charged, sticky: false } } : {}) };
		}
	}
	const stickyOwner = team.assignment === 'sticky' ? membersOf(people, team).find(({ id }) => id === input.stickyOwner) : undefined;
	if (!stickyOwner || lastingAbsence(search, stickyOwner, team)) return undefined;
	return {
		...told(search, stickyOwner, 'sticky', `the ${team.stickyBy ?? 'company'} already has this owner in team ${team.name}`),
		...(input.turns && input.turnOf === undefined ? { turn: { memberId: stickyOwner.id, next: { ...input.turns }, sticky: true } } : {}),
	};
}

/** Among those who are there and can do it. */
function choose(search: Search, team: Team, here: Member[], able: Member[], because: string[] = []): AssignedOwner {
	const { input } = search;
	const speaking = team.preferLanguage && input.language !== undefined ? able.filter(({ languages }) => languages.some((one) => one.toLowerCase() === input.language?.toLowerCase())) : [];
	const suited = speaking.length > 0 ? speaking : able;
	if (speaking.length > 0 && speaking.length < able.length) because.push(`speaks ${languageName(input.language ?? '')}`);
	if (team.preferLanguage && input.language !== undefined && speaking.length === 0) because.push(`nobody who is there speaks ${languageName(input.language)}`);
	const chosen = chooseOne(search, team, here, suited);
	for (const other of able) {
		if (other.id === chosen.owner.id) continue;
		search.skipped.push(suited.includes(other) ? `${other.name}: ${passedOver[chosen.assignment]}` : `${other.name}: does not speak ${languageName(input.language ?? '')}`);
	}
	return { ...chosen, because: [...because, ...chosen.because], skipped: search.skipped };
}

/** Why one who could have taken the lead did not get it. */
const passedOver: Record<Assignment, string> = {
	fixed: 'stands further down in the team', rotation: 'available, not next in turn', leastLoaded: 'available, has more open leads for the weight',
	hash: 'available, has other persons', sticky: 'available, has other companies', existingOwner: 'available, is not the existing owner', territory: 'available, has other territories',
};

function chooseOne(search: Search, team: Team, here: Member[], suited: Member[]): AssignedOwner {
	const { input } = search;
	const chosen = (member: Member, assignment: Assignment, because: string, next?: Turns): AssignedOwner => ({
		...told(search, member, assignment, because),
		...(input.turns && input.turnOf === undefined ? { turn: { memberId: member.id, next: next ?? { ...input.turns }, sticky: team.assignment === 'sticky' } } : {}),
	});
	const byTurn = (): AssignedOwner => {
		if (input.turns === undefined) return chosen(memberByHash(suited, input.personKey), 'hash', `without a ledger no turns are kept: same person, same owner in team ${team.name}`);
		const { member, next } = nextTurn(here, input.turns, suited.length === here.length ? here : suited);
		if (input.turnOf !== undefined) return told(search, member, 'rotation', `who had this lead's turn can't take it now: next in team ${team.name}`);
		return chosen(member, 'rotation', `next turn in team ${team.name}`, next);
	};
	switch (team.assignment) {
		case 'fixed':
			return chosen(suited[0], 'fixed', `first available member of team ${team.name}`);
		case 'hash':
			return chosen(memberByHash(suited, input.personKey), 'hash', `same person, same owner in team ${team.name}`);
		case 'leastLoaded':
			if (input.counts === undefined) return chosen(memberByHash(suited, input.personKey), 'hash', `without a ledger no open leads are counted: same person, same owner in team ${team.name}`);
			return chosen(leastLoaded(suited, input.counts.open), 'leastLoaded', `fewest open leads for the weight in team ${team.name}`);
		case 'sticky':
			return chooseSticky(team, suited, input, chosen, byTurn);
		case 'territory': {
			const owners = input.territoryOf ?? [];
			const member = owners.flatMap((id) => suited.find((one) => one.id === id) ?? []).at(0);
			if (member) return chosen(member, 'territory', `the lead lies in the territory of ${member.name}`);
			const by = byTurn();
			return { ...by, because: [owners.length > 0 ? 'who has the territory can\'t take the lead now' : `no territory of team ${team.name} covers the lead`, ...by.because] };
		}
		case 'rotation':
		case 'existingOwner':
			return byTurn();
	}
}

function chooseSticky(team: Team, suited: Member[], input: AssignInput, chosen: (member: Member, assignment: Assignment, because: string) => AssignedOwner, byTurn: () => AssignedOwner): AssignedOwner {
	const what = team.stickyBy ?? 'company';
	if (input.stickyKey === undefined) return chosen(memberByHash(suited, input.personKey), 'sticky', `${what} not known: same person, same owner in team ${team.name}`);
	if (input.turns === undefined) return chosen(memberByHash(suited, input.stickyKey), 'sticky', `same ${what}, same owner in team ${team.name}`);
	const by = byTurn();
	return { ...by, assignment: 'sticky', because: [`first lead of its ${what}`, ...by.because] };
}

function kindOfTurn(team: Team): Assignment {
	return team.assignment === 'existingOwner' ? 'rotation' : team.assignment;
}

/** What the team has decided for when nobody of it can take a lead. */
function nobodyHere(search: Search, team: Team, absent: { member: Member; absence: Absence }[], reason = `nobody of team ${team.name} can take leads now`): AssignedOwner {
	const { input } = search;
	const { people } = input;
	switch (team.whenNobodyAvailable) {
		case 'anyone': {
			for (const kind of absenceKinds.filter((one) => one !== 'inactive')) {
				const those = absent.filter(({ absence }) => absence.kind === kind).map(({ member }) => member);
				if (those.length > 0) return choose(search, team, those, those, [`nobody of team ${team.name} is available, so an absent member gets it`]);
			}
			return fellThrough(search, reason);
		}
		case 'hold': {
			const endings = absent.flatMap(({ member, absence }) => (absence.endsAt === undefined ? [] : [{ at: absence.endsAt, member }]));
			if (endings.length === 0) return fellThrough(search, reason);
			const first = endings.reduce((best, one) => (one.at < best.at ? one : best));
			const zone = people.hoursOf?.(first.member, team)?.timeZone ?? people.timeZone;
			return {
				...told(search, fallbackMember(people), 'fixed', `held for team ${team.name} until ${sayLocal(first.at, zone)}, when ${first.member.name} is there; the fallback owner has it until then`),
				heldUntil: first.at,
			};
		}
		case 'queue': {
			const manager = people.members.find(({ id }) => id === team.manager);
			const owner = manager && !lastingAbsence(search, manager, team) ? manager : fallbackMember(people);
			return { ...told(search, owner, 'fixed', `${reason}, so it waits in the queue and ${owner === manager ? 'the manager' : 'the fallback owner'} answers for it`), waiting: true };
		}
		case 'onCall': {
			const onCall = (team.onCall ?? []).flatMap((id) => people.members.find((member) => member.id === id) ?? []).find((member) => !lastingAbsence(search, member, team));
			return onCall ? told(search, onCall, 'fixed', `${reason}, so it is who is on call`) : fellThrough(search, `${reason}, and nobody is on call`);
		}
		case 'fallback':
			return fellThrough(search, reason);
	}
}

function blocked(search: Search): AssignedOwner {
	const { pool, people } = search.input;
	const named = pool.owner === undefined ? undefined : namedOwner(search, pool.owner);
	return told(search, named ?? fallbackMember(people), 'fixed', 'blocked, so nobody is alerted and no turn is taken; the owner can release it');
}

function told({ skipped, alarm }: Search, member: Member, assignment: Assignment, because: string): AssignedOwner {
	return { owner: toOwner(member), assignment, because: [because], skipped, ...(alarm === undefined ? {} : { alarm }) };
}

function fellThrough(search: Search, alarm: string): AssignedOwner {
	return { ...told(search, fallbackMember(search.input.people), 'fixed', `${alarm}, so it is the fallback owner`), alarm };
}

function hasSkill(member: Member, skill: string): boolean {
	return (member.skills ?? []).some((one) => one.trim().toLowerCase() === skill.trim().toLowerCase());
}

function languageName(code: string): string {
	try {
		return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
	} catch {
		return code;
	}
}

/** `checkRules` refuses settings without one before the first lead. */
function fallbackMember(people: People): Member {
	const member = people.members.find(({ id }) => id === people.fallbackOwner);
	if (!member) throw new Error('the fallback owner was not checked');
	return member;
}
