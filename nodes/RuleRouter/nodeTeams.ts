import type { IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../lead/leadError';
import { memberSchema, teamSchema, type Member, type Team } from '../lead/settings/clientSettings';

interface MemberParameter {
	id?: string;
	name?: string;
	email?: string;
	weight?: number;
	active?: boolean;
}

interface TeamParameter {
	name?: string;
	assignment?: string;
	whenNobodyAvailable?: string;
	members?: { values?: MemberParameter[] };
}

/** The teams that are entered in the node; a member of two teams is one member, as its first team has it. */
export function readNodeTeams(ctx: IExecuteFunctions): { members: Member[]; teams: Team[]; problems: Problem[] } {
	const members = new Map<string, Member>();
	const teams: Team[] = [];
	const problems: Problem[] = [];
	const given = ctx.getNodeParameter('teams.values', 0, []) as TeamParameter[];
	for (const [index, team] of given.entries()) {
		const ids = (team.members?.values ?? []).flatMap((member, place) => {
			const read = memberSchema.safeParse({ ...member, id: idOf(member), name: nameOf(member), email: textOf(member.email) || null });
			if (!read.success) {
				problems.push({
					code: 'MEMBER_INVALID',
					message: `Member ${place + 1} of team ${index + 1} needs a name and a whole weight from 1`,
					description: `Complete member ${place + 1} in "Members" of team ${index + 1}: "Name" or "Email", and a "Weight" from 1 to 100.`,
				});
				return [];
			}
			if (!members.has(read.data.id)) members.set(read.data.id, read.data);
			return [read.data.id];
		});
		// a team without members is told by checkRules, with its name
		const read = teamSchema.omit({ members: true }).safeParse({ name: textOf(team.name), assignment: team.assignment, whenNobodyAvailable: team.whenNobodyAvailable });
		if (!read.success || teams.some(({ name }) => name === read.data.name)) {
			problems.push({
				code: read.success ? 'TEAM_TWICE' : 'TEAM_INVALID',
				message: read.success ? `Team ${index + 1} has the name of an earlier team` : `Team ${index + 1} has no name, or an assignment that is not known`,
				description: `Give team ${index + 1} in "Teams" a "Name" of its own and choose its "Assignment".`,
			});
		} else {
			teams.push({ ...read.data, members: [...new Set(ids)] });
		}
	}
	return { members: [...members.values()], teams, problems };
}

function idOf(member: MemberParameter): string {
	return textOf(member.id) || textOf(member.email).toLowerCase() || textOf(member.name);
}

function nameOf(member: MemberParameter): string {
	return textOf(member.name) || textOf(member.email);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
