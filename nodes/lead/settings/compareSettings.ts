import type { ClientSettings } from './clientSettings';
import { compareEntry, same, type FieldDifference, type NameMember } from './compareEntry';
import { plainLine, quote } from '../shorten';

/** One difference between two versions of a client's settings. */
export interface SettingsDifference {
	/** e.g. `Members`, `Rules`, `General`. */
	part: string;
	/** What happened, as a whole sentence without a full stop: `Ada Example: time off 24 Dec 2026 to 2 Jan 2027 added`. */
	change: string;
	before: unknown;
	after: unknown;
}

type ListKey = 'calendars' | 'members' | 'teams' | 'rules' | 'intents' | 'slaPolicies';

/** The lists of the document: what the part and one entry are called, and by what an entry is known. */
const lists: { key: ListKey; part: string; one: string; known: 'id' | 'name' }[] = [
	{ key: 'calendars', part: 'Calendars', one: 'Calendar', known: 'name' },
	{ key: 'members', part: 'Members', one: 'Member', known: 'id' },
	{ key: 'teams', part: 'Teams', one: 'Team', known: 'name' },
	{ key: 'rules', part: 'Rules', one: 'Rule', known: 'name' },
	{ key: 'intents', part: 'Intents', one: 'Intent', known: 'name' },
	{ key: 'slaPolicies', part: 'SLA Policies', one: 'SLA policy', known: 'name' },
];

interface Named {
	id?: string;
	name: string;
}

/**
 * What differs between two versions, in the operator's words and in the order of the document; empty when nothing does.
 * An entry whose name changed and nothing else is told as renamed; rules are told as moved by as few moves as do it.
 */
export function compareSettings(before: ClientSettings, after: ClientSettings): SettingsDifference[] {
	const nameMember: NameMember = (id) => plainLine([...after.members, ...before.members].find((member) => member.id === id)?.name ?? id, 60);
	const general = compareEntry(before, after, nameMember, lists.map(({ key }) => key)).map((one) => told('General', capital(one.words), one));
	return [...general, ...lists.flatMap((list) => compareList(list, before, after, nameMember))];
}

function compareList({ key, part, one, known }: (typeof lists)[number], before: ClientSettings, after: ClientSettings, nameMember: NameMember): SettingsDifference[] {
	const old: readonly Named[] = before[key];
	const now: readonly Named[] = after[key];
	const keyOf = (entry: Named) => (entry[known] ?? entry.name).toLowerCase();
	const say = (entry: Named): string => {
		if (key === 'members') return plainLine(entry.name, 60);
		return key === 'rules' ? `Rule ${(now.includes(entry) ? now : old).indexOf(entry) + 1} ${quote(plainLine(entry.name, 60), 60)}` : `${one} ${quote(plainLine(entry.name, 60), 60)}`;
	};
	const added = now.filter((entry) => !old.some((other) => keyOf(other) === keyOf(entry)));
	const removed = old.filter((entry) => !now.some((other) => keyOf(other) === keyOf(entry)));
	const renamed = new Map<Named, Named>();
	for (const entry of added) {
		const other = removed.find((candidate) => ![...renamed.values()].includes(candidate) && same({ ...candidate, [known]: '' }, { ...entry, [known]: '' }));
		if (other) renamed.set(entry, other);
	}

	const found: SettingsDifference[] = [];
	for (const entry of now) {
		const earlier = renamed.get(entry) ?? old.find((other) => keyOf(other) === keyOf(entry));
		if (renamed.has(entry) && earlier) found.push(told(part, known === 'id' ? `${say(entry)}: ID from ${quote(earlier.id ?? '', 60)} to ${quote(entry.id ?? '', 60)}` : `${say(earlier)} renamed to ${quote(plainLine(entry.name, 60), 60)}`, { before: earlier[known], after: entry[known] }));
		else if (earlier) found.push(...compareEntry(earlier, entry, nameMember).map((difference) => told(part, `${say(entry)}: ${difference.words}`, difference)));
		else found.push(told(part, key === 'members' ? `Member ${say(entry)} added` : `${say(entry)} added`, { before: null, after: entry }));
	}
	for (const entry of removed.filter((other) => ![...renamed.values()].includes(other))) {
		found.push(told(part, key === 'members' ? `Member ${say(entry)} removed` : `${say(entry)} removed`, { before: entry, after: null }));
	}
	return key === 'rules' ? [...found, ...moves(old, now, keyOf, part)] : found;
}

/** Rules decide from top to bottom, so their order is a setting; those that keep their order among each other did not move. */
function moves(old: readonly Named[], now: readonly Named[], keyOf: (entry: Named) => string, part: string): SettingsDifference[] {
	const places = new Map(old.map((entry, index) => [keyOf(entry), index]));
	const kept = now.filter((entry) => places.has(keyOf(entry)));
	const inOrder = new Set(longestRising(kept.map((entry) => places.get(keyOf(entry)) ?? 0)));
	return kept.flatMap((entry, index) => {
		if (inOrder.has(index)) return [];
		const [from, to] = [(places.get(keyOf(entry)) ?? 0) + 1, now.indexOf(entry) + 1];
		return from === to ? [] : [told(part, `Rule ${to} ${quote(plainLine(entry.name, 60), 60)} moved from ${from} to ${to}`, { before: from, after: to })];
	});
}

/** Indexes of a longest run of rising values, not necessarily side by side. */
function longestRising(values: readonly number[]): number[] {
	const lengths: number[] = [];
	const previous: number[] = [];
	for (const [index, value] of values.entries()) {
		lengths[index] = 1;
		previous[index] = -1;
		for (let earlier = 0; earlier < index; earlier++) {
			if (values[earlier] >= value || lengths[earlier] + 1 <= lengths[index]) continue;
			lengths[index] = lengths[earlier] + 1;
			previous[index] = earlier;
		}
	}
	const rising: number[] = [];
	for (let index = lengths.indexOf(Math.max(0, ...lengths)); index >= 0; index = previous[index]) rising.unshift(index);
	return rising;
}

function told(part: string, change: string, { before, after }: Pick<FieldDifference, 'before' | 'after'>): SettingsDifference {
	return { part, change, before: before ?? null, after: after ?? null };
}

function capital(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}
