import { foldText } from '../../foldText';
import { isObject } from '../../isObject';

/** An export as rows under the names of its columns. */
export interface AuditTable {
	columns: string[];
	/** `row` is the place of the item that it came from, from 0. */
	rows: { row: number; cells: Record<string, unknown> }[];
	/** Lines that hold nothing, and lines that only name columns. */
	emptyLines: number;
	headingLines: number;
}

/** How far down a line of column names is looked for. */
const deepestHeading = 8;
const mostColumns = 300;
/** A longer text is no name of a column. */
const longestName = 80;
/** Numbers, dates, phones and addresses need no look into the names of columns. */
const isPlainlyValue = /^\s*[+\d]|@/;

interface Line {
	row: number;
	cells: [string, unknown][];
}

/**
 * Reads the lines of an export as it comes from a sheet: objects by column, or lists of cells (`{ row: [...] }`, as n8n gives a file
 * without a header row). Finds the line of column names where it is not the first one, as under a title or a line of groups; leaves
 * out empty lines, a second line of names, and names that are repeated further down.
 *
 * @param isKnown - Whether a text is a usual name of a column.
 */
export function readAuditTable(items: readonly unknown[], isKnown: (name: string) => boolean): AuditTable {
	const lines = items.map(readLine);
	const filled = lines.filter(({ cells }) => cells.some(([, value]) => !isBlank(value)));
	const keyNames = countKnown((filled[0]?.cells ?? []).map(([key]) => key), isKnown);
	const best = filled.slice(0, deepestHeading).map((line) => ({ line, known: headingWords(line, isKnown) }))
		.reduce<{ line: Line; known: number } | undefined>((most, one) => (one.known > (most?.known ?? Math.max(keyNames, 1)) ? one : most), undefined);
	const heading = best?.line;
	const renamed = heading ? nameColumns(heading) : undefined;
	const table: AuditTable = { columns: [], rows: [], emptyLines: lines.length - filled.length, headingLines: 0 };
	const columns = new Set<string>();
	for (const line of filled) {
		const isAbove = heading !== undefined && line.row <= heading.row;
		if (isAbove || repeatsHeading(line, renamed, isKnown)) {
			table.headingLines++;
			continue;
		}
		const cells: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
		for (const [key, value] of line.cells) {
			const name = renamed?.get(key) ?? key;
			columns.add(name);
			// of two columns with one name the first that says something counts
			if (isBlank(cells[name])) cells[name] = value;
		}
		table.rows.push({ row: line.row, cells });
	}
	table.columns = [...columns].slice(0, mostColumns);
	return table;
}

function readLine(item: unknown, row: number): Line {
	if (!isObject(item)) return { row, cells: [] };
	const cells = listOfCells(item);
	if (cells) return { row, cells: cells.slice(0, mostColumns) };
	// fields of a CRM's record stand one deeper
	const inner = isObject(item.properties) ? item.properties : isObject(item.fields) ? item.fields : undefined;
	return { row, cells: Object.entries(inner ? { ...item, properties: undefined, fields: undefined, ...inner } : item).slice(0, mostColumns) };
}

/** Cells without names: `{ row: ["…"] }`, or `{ row: { 0: "…" } }` without the empty ones. */
function listOfCells(item: Record<string, unknown>): [string, unknown][] | undefined {
	const [only, ...others] = Object.values(item);
	if (others.length > 0 || (!Array.isArray(only) && !isObject(only))) return undefined;
	const cells = Object.entries(only);
	return cells.every(([place]) => /^\d+$/.test(place)) ? cells.map(([place, value]) => [`Column ${Number(place) + 1}`, value]) : undefined;
}

export function isBlank(value: unknown): boolean {
	return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function countKnown(names: readonly string[], isKnown: (name: string) => boolean): number {
	return names.filter((name) => name !== '' && isKnown(name)).length;
}

/** How many cells of a line are usual names of columns; 0 when most of it is something else. */
function headingWords({ cells }: Line, isKnown: (name: string) => boolean): number {
	const texts = cells.map(([, value]) => value).filter((value) => !isBlank(value));
	const known = countKnown(texts.filter((value): value is string => typeof value === 'string' && value.length <= longestName), isKnown);
	return known * 2 >= texts.length ? known : 0;
}

function nameColumns({ cells }: Line): Map<string, string> {
	return new Map(cells.map(([key, value]) => [key, typeof value === 'string' && value.trim() !== '' ? value.trim() : key]));
}

/** A line that says the names of its columns again, or most of the names that columns usually have. */
function repeatsHeading({ cells }: Line, renamed: Map<string, string> | undefined, isKnown: (name: string) => boolean): boolean {
	const texts = cells.filter(([, value]) => !isBlank(value));
	const saysAgain = ([key, value]: [string, unknown]): boolean => typeof value === 'string' && foldText(value) !== '' && foldText(value) === foldText(renamed?.get(key) ?? key);
	const isUsual = ([, value]: [string, unknown]): boolean => typeof value === 'string' && value.length <= longestName && !isPlainlyValue.test(value) && isKnown(value);
	return areAtLeast(Math.floor(texts.length / 2) + 1, texts, saysAgain) || areAtLeast(Math.max(3, Math.ceil(texts.length * 0.7)), texts, isUsual);
}

/** Whether so many of them are so; stops as soon as that is sure, because nearly every line of an export is no heading. */
function areAtLeast<T>(least: number, all: readonly T[], is: (one: T) => boolean): boolean {
	let still = least;
	for (let index = 0; still > 0 && still <= all.length - index; index++) if (is(all[index])) still--;
	return still === 0;
}
