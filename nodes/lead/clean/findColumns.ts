import { isObject } from '../isObject';
import { foldColumn } from './alsoFields';
import { rowParts, usualNames, type RowPart } from './knownRows';

/** Columns are looked for in so many rows: a search result names in each row only what is filled. */
const mostRowsLookedAt = 200;
const mostNamed = 40;
const wrappers = ['properties', 'fields', 'attributes'];

export interface FoundColumns {
	/** The column that each part is read from, by its name in the rows. */
	read: Partial<Record<RowPart, string>>;
	/** Columns that are not read, at most 40: one of them may need a mapping. */
	unread: string[];
	/** Parts whose mapped column is in no row. */
	missing: RowPart[];
}

/** Says how rows are understood, before or after they are read. What is in `mapping` goes before the usual names. */
export function findColumns(rows: readonly unknown[], mapping: Partial<Record<RowPart, string>>): FoundColumns {
	const names = new Map<string, string>();
	for (const row of rows.slice(0, mostRowsLookedAt)) {
		if (!isObject(row)) continue;
		for (const holder of [row, ...wrappers.map((wrapper) => row[wrapper])]) {
			if (!isObject(holder)) continue;
			for (const name of Object.keys(holder).slice(0, 300)) {
				const folded = foldColumn(name);
				if (!names.has(folded) && !(holder === row && wrappers.includes(name))) names.set(folded, name);
			}
		}
	}
	const found: FoundColumns = { read: {}, unread: [], missing: [] };
	const used = new Set<string>();
	for (const part of rowParts) {
		const mapped = mapping[part];
		const folded = mapped !== undefined ? foldColumn(mapped) : usualNames[part].find((name) => names.has(name));
		const name = folded === undefined ? undefined : names.get(folded);
		if (name !== undefined) found.read[part] = name;
		else if (mapped !== undefined) found.missing.push(part);
		if (folded !== undefined) used.add(folded);
	}
	found.unread = [...names].filter(([folded]) => !used.has(folded)).map(([, name]) => name).slice(0, mostNamed);
	return found;
}
