import type { IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../lead/leadError';
import { isTimeZone, memberSchema, teamSchema, type Member, type Team } from '../lead/settings/clientSettings';

interface MemberParameter {
	id?: string;
	name?: string;
	email?: string;
	weight?: number;
	active?: boolean;
	options?: {
		calendar?: string; crmId?: string; slackId?: string; timeZone?: string; timeOff?: string; languages?: string; skills?: string;
		capPerDay?: number; capPerWeek?: number; capPerMonth?: number; maxOpenLeads?: number;
	};
}

interface TeamParameter {
	name?: string;
	assignment?: string;
	territories?: { values?: Record<string, string>[] };
	whenNobodyAvailable?: string;
	onCall?: string;
	members?: { values?: MemberParameter[] };
	options?: {
		calendar?: string; manager?: string; stickyBy?: string; stickyDays?: number; existingOwnerCounts?: boolean; preferLanguage?: boolean;
		capPerDay?: number; capPerWeek?: number; capPerMonth?: number;
	};
}

/** The teams that are entered in the node; a member of two teams is one member, as its first team has it. */
export function readNodeTeams(ctx: IExecuteFunctions): { members: Member[]; teams: Team[]; problems: Problem[] } {
	const members = new Map<string, Member>();
	const teams: Team[] = [];
	const problems: Problem[] = [];
	const given = ctx.getNodeParameter('teams.values', 0, []) as TeamParameter[];
	for (const [index, team] of given.entries()) {
		const ids = (team.members?.values ?? []).flatMap((member, place) => {
			const read = readMember(member, `member ${place + 1} of team ${index + 1}`, problems);
			if (read && !members.has(read.id)) members.set(read.id, read);
			return read ? [read.id] : [];
		});
		const read = readTeam(team, [...new Set(ids)], index + 1, teams, problems);
		if (read) teams.push(read);
	}
	return { members: [...members.values()], teams, problems };
}

function readMember(member: MemberParameter, place: string, problems: Problem[]): Member | undefined {
	const { calendar, crmId, slackId, timeZone, timeOff, languages, skills, ...caps } = member.options ?? {};
	const leaves = listOf(timeOff).map((entry) => /^(\d{4}-\d{2}-\d{2})(?:\s*\.\.\s*(\d{4}-\d{2}-\d{2}))?$/.exec(entry));
	const capital = `M${place.slice(1)}`;
	if (leaves.some((leave) => leave === null || (leave[2] !== undefined && leave[2] < leave[1]))) {
		problems.push({ code: 'TIME_OFF_INVALID', message: `${capital} has time off that can't be read`, description: `Write "Time Off" of ${place} as 2026-12-24..2027-01-02, with commas between several.` });
	}
	const spoken = listOf(languages).map((language) => language.toLowerCase());
	if (spoken.some((language) => !/^[a-z]{2}$/.test(language))) {
		problems.push({ code: 'LANGUAGE_INVALID', message: `${capital} has a language that can't be read`, description: `Write "Languages" of ${place} as two letters each, such as en, de.` });
	}
	const zone = textOf(timeZone);
	if (zone !== '' && !isTimeZone(zone)) {
		problems.push({ code: 'TIME_ZONE_UNKNOWN', message: `${capital} has an unknown time zone`, description: `Give ${place} a "Time Zone" such as Europe/London.` });
	}
	const read = memberSchema.safeParse(given({
		id: idOf(member), name: nameOf(member), email: textOf(member.email) || null, weight: member.weight, active: member.active,
		calendar: textOf(calendar), crmId: textOf(crmId), slackId: textOf(slackId), timeZone: isTimeZone(zone) ? zone : '',
		timeOff: leaves.flatMap((leave) => (leave ? [{ from: leave[1], to: leave[2] ?? leave[1] }] : [])),
		languages: spoken.filter((language) => language.length === 2), skills: listOf(skills), ...caps,
	}));
	if (read.success) return read.data;
	problems.push({
		code: 'MEMBER_INVALID',
		message: `${capital} needs a name and a whole weight from 1`,
		description: `Complete ${place} in "Members": "Name" or "Email", a "Weight" from 1 to 100, and caps that are whole numbers.`,
	});
	return undefined;
}

function readTeam(team: TeamParameter, members: string[], number: number, earlier: readonly Team[], problems: Problem[]): Team | undefined {
	const territories = (team.territories?.values ?? []).map((territory) => given(Object.fromEntries(Object.entries(territory).map(([part, text]) => [part, textOf(text)]))));
	const { calendar, manager, ...others } = team.options ?? {};
	// a team without members is told by checkRules, with its name
	const read = teamSchema.omit({ members: true }).safeParse(given({
		name: textOf(team.name), assignment: team.assignment, whenNobodyAvailable: team.whenNobodyAvailable, onCall: listOf(team.onCall),
		...(team.assignment === 'territory' ? { territories } : {}), calendar: textOf(calendar), manager: textOf(manager), ...others,
	}));
	if (read.success && !earlier.some(({ name }) => name === read.data.name)) return { ...read.data, members };
	problems.push({
		code: read.success ? 'TEAM_TWICE' : 'TEAM_INVALID',
		message: read.success ? `Team ${number} has the name of an earlier team` : `Team ${number} has no name, or a setting that can't be read`,
		description: `Give team ${number} in "Teams" a "Name" of its own, choose its "Assignment", name a member in each of its "Territories" and whole numbers as caps.`,
	});
	return undefined;
}

/** Without what was left empty. */
function given(parts: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
}

function listOf(text: unknown): string[] {
	return textOf(text).split(/[,;\n]/).map((entry) => entry.trim()).filter((entry) => entry !== '');
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
