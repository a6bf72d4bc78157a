import type { Problem } from '../leadError';
import { isTimeZone, type Member, type Team } from '../settings/clientSettings';
import { quote, shorten } from '../shorten';
import { capPeriods } from './availability';
import { readCell } from './cells';
import type { RouterRule } from './ruleTable';
import { membersOf, type People } from './teams';

interface PeopleToCheck {
	rules: readonly RouterRule[];
	people: People;
	/** Whether people stand in the node, so that its labels are named. */
	inNode: boolean;
}

/** What is wrong with the members, and with the teams that a rule can send leads to. */
export function checkPeople({ rules, people, inNode }: PeopleToCheck): Problem[] {
	const where = (label: string, key: string): string => (inNode ? `"${label}"` : `"${key}" in the client settings`);
	const used = new Set(rules.flatMap(({ team, queue, owner }) => team ?? (owner === undefined ? queue ?? [] : [])));
	const teams = people.teams.filter(({ name }) => used.has(name));
	return [
		...people.members.flatMap((member) => checkMember(member, where)),
		...teams.flatMap((team) => checkTeam(team, people, where)),
		...rules.flatMap((rule, index) => checkSkills(rule, index + 1, people)),
	];
}

type Where = (label: string, key: string) => string;

function checkMember(member: Member, where: Where): Problem[] {
	const problems: Problem[] = [];
	const name = quote(member.name, 30);
	if (member.timeZone !== undefined && !isTimeZone(member.timeZone)) {
		problems.push(problem('TIME_ZONE_UNKNOWN', `Member ${name} has an unknown time zone`, `Give member ${name} a time zone such as Europe/London in ${where('Time Zone', 'timeZone')}.`));
	}
	const leaves = [...member.timeOff].sort((one, other) => (one.from < other.from ? -1 : 1));
	const overlap = leaves.findIndex((leave, place) => place > 0 && leaves.slice(0, place).some(({ to }) => leave.from <= to));
	if (overlap > 0) {
		const [first, second] = [leaves.slice(0, overlap).find(({ to }) => leaves[overlap].from <= to) ?? leaves[0], leaves[overlap]];
		problems.push(problem('TIME_OFF_OVERLAPS', `Member ${name} has time off twice on ${second.from}`, `Join ${first.from} to ${first.to} and ${second.from} to ${second.to} into one entry of ${where('Time Off', 'timeOff')} of member ${name}.`));
	}
	return problems;
}

function checkTeam(team: Team, people: People, where: Where): Problem[] {
	const name = quote(team.name, 30);
	const list = where('Members', 'members');
	const members = membersOf(people, team);
	if (members.length === 0) return [problem('TEAM_EMPTY', `Team ${name} has no members`, `Add members to team ${name} in ${list}.`)];
	const active = members.filter((member) => member.active);
	if (active.length === 0) return [problem('TEAM_INACTIVE', `Nobody of team ${name} is active`, `Set a member of team ${name} to active in ${list}.`)];
	const problems: Problem[] = [];
	const noLeads = (one: Member | Team): boolean => capPeriods.some(({ cap }) => one[cap] === 0);
	if (noLeads(team) || active.every((member) => noLeads(member) || member.maxOpenLeads === 0)) {
		problems.push(problem('TEAM_AT_CAP', `All members of team ${name} are at their cap`, `Raise a cap of 0 of team ${name} or of one of its members in ${list}: nobody of the team could ever get a lead.`));
	}
	if (team.whenNobodyAvailable === 'onCall') {
		const onCall = (team.onCall ?? []).filter((id) => people.members.some((member) => member.id === id && member.active));
		if (onCall.length === 0) problems.push(problem('ON_CALL_EMPTY', `Nobody is on call for team ${name}`, `Name active members in ${where('On Call', 'onCall')} of team ${name}, or choose another policy in ${where('When Nobody Is Available', 'whenNobodyAvailable')}.`));
	}
	if (team.assignment === 'territory') problems.push(...checkTerritories(team, name, where));
	return problems;
}

function checkTerritories(team: Team, name: string, where: Where): Problem[] {
	const setting = where('Territories', 'territories');
	if ((team.territories ?? []).length === 0) return [problem('TERRITORY_MISSING', `Team ${name} has no territories`, `Add ${setting} to team ${name}, or choose another "Assignment".`)];
	return (team.territories ?? []).flatMap((territory, index) => {
		const place = `territory ${index + 1} of team ${name}`;
		const problems: Problem[] = [];
		if (!team.members.includes(territory.member)) problems.push(problem('TERRITORY_MEMBER_UNKNOWN', shorten(`T${place.slice(1)} belongs to nobody of the team`, 80), `Let ${place} in ${setting} name a member of the team: ${team.members.slice(0, 8).join(', ')}.`));
		for (const part of territoryParts) {
			const { problem: found } = readCell(territory[part], `lead.${part}`);
			if (found !== undefined) problems.push(problem('TERRITORY_INVALID', shorten(`T${place.slice(1)}, ${part}: the cell ${found}`, 80), `Correct "${part}" of ${place} in ${setting}: the cell ${shorten(found, 200)}.`));
		}
		return problems;
	});
}

/** What a territory can ask of a lead. */
export const territoryParts = ['country', 'region', 'postalCode', 'city'] as const;

function checkSkills(rule: RouterRule, number: number, people: People): Problem[] {
	const team = people.teams.find(({ name }) => name === (rule.team ?? rule.queue));
	if (!team || rule.owner !== undefined || (rule.skills ?? []).length === 0) return [];
	const members = membersOf(people, team).filter(({ active }) => active);
	const can = members.some((member) => (rule.skills ?? []).every((skill) => (member.skills ?? []).some((one) => one.trim().toLowerCase() === skill.trim().toLowerCase())));
	if (can) return [];
	return [{ rule: number, ...problem('SKILL_MISSING', `Rule ${number} asks for skills that nobody of its team has`, `Give a member of team ${quote(team.name, 30)} the "skills" ${(rule.skills ?? []).join(', ')}, or correct them in rule ${number}.`) }];
}

function problem(code: string, message: string, description: string): Problem {
	return { code, message, description };
}
