import { isObject } from '../../isObject';
import type { Problem } from '../../leadError';
import { tabs, type TabName } from './tabs';
import { faultyCell, type TabRow } from './readRows';

export type Entry = Record<string, unknown>;
export type ListKey = 'calendars' | 'members' | 'teams' | 'rules' | 'intents' | 'slaPolicies';

/** What rows do to what is there: take its place, add to it or change it, or take it away. */
export type RowsMode = 'replace' | 'change' | 'remove';

/** A settings document while rows are written into it. */
export class Draft {
	readonly problems: Problem[] = [];
	readonly warnings: string[] = [];
	/** Where an entry came from: the row that stands behind `Rule 4` or `Team 'Sales'`. */
	readonly origins = new Map<Entry, { tab: TabName; row: number }>();

	constructor(readonly document: Entry, readonly mode: RowsMode) {}

	/** A list of the document; made when there is none. */
	list(key: ListKey): Entry[] {
		if (!Array.isArray(this.document[key])) this.document[key] = [];
		return this.document[key] as Entry[];
	}

	tell(row: TabRow, column: string, expected: string): void {
		this.problems.push(faultyCell(row.tab, row.number, column, expected));
	}
}

/** What the row says of one entry, on top of what is known of it: a blank cell gives the default back, unless rows only change things. */
export function mergeRow(known: Entry | undefined, { values, tab }: TabRow, mode: RowsMode): Entry {
	const entry: Entry = structuredClone(known ?? {});
	for (const { path } of tabs[tab].columns) {
		const place = path.join('.');
		if (path[0].startsWith(':') || !values.has(place)) continue;
		const value = values.get(place);
		if (value === undefined && mode === 'change') continue;
		// by its name a change only says which entry is meant
		if (mode === 'change' && (place === 'name' || place === 'id') && fold(value) === fold(entry[place])) continue;
		put(entry, path, value);
	}
	return entry;
}

function put(entry: Entry, [first, ...rest]: readonly string[], value: unknown): void {
	if (rest.length > 0) {
		const inner = isObject(entry[first]) ? entry[first] : {};
		put(inner, rest, value);
		entry[first] = inner;
	} else if (value === undefined) {
		delete entry[first];
	} else {
		entry[first] = value;
	}
}

/** The entry of a list that is called so, whatever the case; undefined when none is. */
export function entryCalled(entries: readonly Entry[], name: unknown, keys: readonly string[] = ['name']): Entry | undefined {
	const folded = fold(name);
	if (folded === '') return undefined;
	for (const key of keys) {
		const found = entries.find((entry) => fold(entry[key]) === folded);
		if (found) return found;
	}
	return undefined;
}

/** The member whom an id, an address or a name means. */
export function memberCalled(members: readonly Entry[], name: unknown): Entry | undefined {
	return entryCalled(members, name, ['id', 'email', 'name']);
}

/** Names for comparison: without case and white space at the ends. */
export function fold(name: unknown): string {
	return typeof name === 'string' ? name.trim().toLowerCase() : '';
}
