import { foldText } from '../../foldText';
import { readCell } from './readCell';
import type { TabRow } from './readRows';
import { entryCalled, fold, memberCalled, mergeRow, type Draft, type Entry } from './draft';
import { z } from 'zod/v4';

/**
 * The people, one a row, with the teams they are in. A member is known by id, else by address, else by name; a new one
 * without an id gets one. With a column "Team", the teams are those that rows name, in the order of the rows; what else is
 * known of a team stays.
 */
export function applyTeam(draft: Draft, rows: readonly TabRow[]): void {
	const before = [...draft.list('members')];
	const members: Entry[] = draft.mode === 'replace' ? [] : before;
	const seats: { row: TabRow; member: Entry }[] = [];
	for (const row of rows) {
		const known = memberOf(before, row);
		if (draft.mode === 'remove') {
			if (known) removeMember(draft, members, known);
			else draft.tell(row, 'Name', 'a member who is there');
			continue;
		}
		const again = seats.find(({ member }) => member === known || fold(member.name) === fold(row.values.get('name')))?.member;
		// somebody who is in two teams may have two rows
		if (again && row.values.get('id') === undefined && isSame(again, row)) {
			seats.push({ row, member: again });
			continue;
		}
		const entry = mergeRow(known, row, draft.mode);
		if (fold(entry.name) === '' && fold(entry.email) !== '') entry.name = nameOfAddress(String(entry.email));
		if (fold(entry.name) === '') {
			if (!row.faulty) draft.tell(row, 'Name', 'a name or an email');
			continue;
		}
		entry.id ??= newId(entry, [...members, ...before]);
		draft.origins.set(entry, { tab: row.tab, row: row.number });
		if (draft.mode === 'change' && known) members[members.indexOf(known)] = entry;
		else members.push(entry);
		seats.push({ row, member: entry });
	}
	draft.document.members = members;
	if (draft.mode === 'remove') return;
	seatMembers(draft, seats);
	chooseFallback(draft, seats);
}

function memberOf(members: readonly Entry[], { values }: TabRow): Entry | undefined {
	const id = values.get('id');
	if (id !== undefined) return entryCalled(members, id, ['id']);
	return entryCalled(members, values.get('email'), ['email']) ?? entryCalled(members, values.get('name'), ['name', 'id']);
}

function isSame(member: Entry, { values }: TabRow): boolean {
	return values.get('email') === undefined || fold(values.get('email')) === fold(member.email);
}

function seatMembers(draft: Draft, seats: readonly { row: TabRow; member: Entry }[]): void {
	if (!seats.some(({ row }) => row.values.has(':team'))) {
		for (const seat of seats) readManager(draft, seat, draft.list('teams').filter(({ members }) => Array.isArray(members) && members.includes(seat.member.id)));
		return;
	}
	const known = draft.list('teams');
	const teams: Entry[] = draft.mode === 'replace' ? [] : known;
	const filled = new Set<Entry>();
	for (const seat of seats) {
		const names = (seat.row.values.get(':team') as string[] | undefined) ?? [];
		// a blank cell of a change says nothing, one that names teams says all of them
		if (draft.mode === 'change' && names.length > 0) for (const team of teams) leaveTeam(team, seat.member.id);
		const own = names.map((name) => {
			let team = entryCalled(teams, name);
			if (!team) teams.push((team = { ...(entryCalled(known, name) ?? { name }) }));
			if (draft.mode === 'replace' && !filled.has(team)) team.members = [];
			filled.add(team);
			const ids = Array.isArray(team.members) ? (team.members as unknown[]) : [];
			team.members = ids.includes(seat.member.id) ? ids : [...ids, seat.member.id];
			return team;
		});
		readManager(draft, seat, own);
	}
	draft.document.teams = teams.filter(({ members }) => !Array.isArray(members) || members.length > 0);
}

/** Yes makes this row's member the manager of its teams; a name makes another one that. */
function readManager(draft: Draft, { row, member }: { row: TabRow; member: Entry }, teams: readonly Entry[]): void {
	const given = row.values.get(':manager');
	if (given === undefined) return;
	const word = readCell(z.boolean(), given);
	const manager = word && 'value' in word ? (word.value === true ? member : undefined) : memberCalled(draft.list('members'), given);
	if (word && 'fault' in word && !manager) draft.tell(row, 'Manager', 'yes, no, or the name of a member');
	for (const team of teams) if (manager) team.manager = manager.id;
}

function chooseFallback(draft: Draft, seats: readonly { row: TabRow; member: Entry }[]): void {
	const marked = seats.filter(({ row }) => row.values.get(':fallbackOwner') === true);
	if (marked.length > 1) draft.tell(marked[1].row, 'Fallback Owner', 'yes in one row only');
	if (marked.length > 0) draft.document.fallbackOwner = marked[0].member.id;
	if (draft.document.fallbackOwner !== undefined) return;
	const managers = new Set(draft.list('teams').map(({ manager }) => manager));
	const chosen = seats.find(({ member }) => managers.has(member.id)) ?? seats.find(({ member }) => member.active !== false);
	if (!chosen) return;
	draft.document.fallbackOwner = chosen.member.id;
	draft.warnings.push(`Team: nobody is marked as "Fallback Owner", so it is ${String(chosen.member.name)}`);
}

function removeMember(draft: Draft, members: Entry[], member: Entry): void {
	members.splice(members.indexOf(member), 1);
	for (const team of draft.list('teams')) {
		leaveTeam(team, member.id);
		if (team.manager === member.id) delete team.manager;
	}
	draft.document.teams = draft.list('teams').filter((team) => !Array.isArray(team.members) || team.members.length > 0);
}

function leaveTeam(team: Entry, id: unknown): void {
	if (Array.isArray(team.members)) team.members = (team.members as unknown[]).filter((one) => one !== id);
}

function nameOfAddress(email: string): string {
	return email.split('@')[0].split(/[._-]+/).filter((part) => part !== '').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
}

/** An id that can be read, and that nobody has: of the address, else of the name. */
function newId({ name, email }: Entry, members: readonly Entry[]): string {
	const base = foldText(fold(email) !== '' ? String(email).split('@')[0] : String(name)).replace(/ /g, '-').slice(0, 60) || 'member';
	const isTaken = (id: string) => members.some((member) => fold(member.id) === id);
	let id = base;
	for (let count = 2; isTaken(id); count++) id = `${base}-${count}`;
	return id;
}
