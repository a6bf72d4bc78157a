import { foldText } from '../../foldText';
import type { Problem } from '../../leadError';
import { quote, shorten } from '../../shorten';
import { findColumn, foldHeader, type Column } from './columns';
import { ignoredColumns } from './columnNames';
import { conditionField } from './conditionCells';
import { isBlank, readCell } from './readCell';
import { tabByColumns, tabCalled, tabs, type TabName } from './tabs';

/** A row as an item brings it: cells by header. */
export type GivenRow = Record<string, unknown>;

/** A row of a tab that is known, read cell by cell. */
export interface TabRow {
	tab: TabName;
	/** As the sheet numbers it: the first row under the headers is 2. */
	number: number;
	/** Settings of the entry by their place, e.g. `hours.monday`; those of blank cells are `undefined`. */
	values: ReadonlyMap<string, unknown>;
	/** Cells under a header that names a field of leads, by that field; only in rules. */
	conditions: ReadonlyMap<string, unknown>;
	/** Whether a cell could not be read. */
	faulty: boolean;
}

export interface ReadRows {
	rows: TabRow[];
	problems: Problem[];
	/** Columns that nobody knows, each told once. */
	warnings: string[];
}

/**
 * Reads the rows of one or several tabs. Which tab a row belongs to is given, or its column "Tab" says so, or its columns
 * do. Every cell that can't be read is told with its tab, row and column. Rows without anything in them are left out.
 */
export function readRows(given: readonly GivenRow[], tab?: TabName): ReadRows {
	const read: ReadRows = { rows: [], problems: [], warnings: [] };
	const counted = new Map<string, number>();
	for (const [index, row] of given.entries()) {
		const cells = Object.entries(row).filter(([header]) => !isIgnored(header));
		const named = Object.entries(row).find(([header]) => ['tab', 'sheet'].includes(foldHeader(header)))?.[1];
		const own = tab ?? (typeof named === 'string' && named.trim() !== '' ? tabCalled(named) : tabByColumns(cells.map(([header]) => header)));
		const place = String(own ?? named ?? '');
		const number = numberOf(row) ?? (counted.get(place) ?? 1) + 1;
		counted.set(place, number);
		if (cells.every(([, cell]) => isBlank(cell))) continue;
		if (own === undefined) read.problems.push(withoutTab(named, index + 1));
		else readRow({ tab: own, number, cells }, read);
	}
	return read;
}

function readRow({ tab, number, cells }: { tab: TabName; number: number; cells: [string, unknown][] }, read: ReadRows): void {
	const values = new Map<string, unknown>();
	const conditions = new Map<string, unknown>();
	let faulty = false;
	for (const [header, cell] of cells) {
		const column = findColumn(tabs[tab].columns, header);
		const field = column || tab !== 'rules' ? undefined : conditionField(header);
		if (field !== undefined) conditions.set(field, cell);
		if (!column) {
			if (field === undefined) tellUnknown(tab, header, read.warnings);
			continue;
		}
		const result = readCell(column.schema, cell, column.path.at(-1));
		if (result && 'fault' in result) {
			faulty = true;
			read.problems.push(faultyCell(tab, number, header, result.fault));
		} else if (result || !values.has(placeOf(column))) {
			values.set(placeOf(column), result?.value);
		}
	}
	read.rows.push({ tab, number, values, conditions, faulty });
}

/** Where a row's value goes, as a key of `TabRow.values`. */
export function placeOf({ path }: Column): string {
	return path.join('.');
}

/** What is wrong with one cell, named as the operator finds it. */
export function faultyCell(tab: TabName, row: number, column: string, expected: string): Problem {
	return {
		code: 'CELL_NOT_READABLE',
		message: shorten(`${tabs[tab].label}, row ${row}, ${shorten(column.trim(), 24)}: expected ${expected}`, 80),
		description: `In tab "${tabs[tab].label}", row ${row}, write ${expected} in column ${quote(column, 40)}.`,
	};
}

function withoutTab(named: unknown, item: number): Problem {
	const known = Object.values(tabs).map(({ label }) => label).join(', ');
	return typeof named === 'string' && named.trim() !== ''
		? { code: 'TAB_UNKNOWN', message: `Row ${item}: there is no tab ${quote(named, 30)}`, description: `Write one of ${known} in the column "Tab".` }
		: { code: 'TAB_NOT_RECOGNIZED', message: `Row ${item}: its columns are of no known tab`, description: `Choose a "Tab", or add a column "Tab" that names one of ${known}.` };
}

function tellUnknown(tab: TabName, header: string, warnings: string[]): void {
	const words = `${tabs[tab].label}: the column ${quote(header, 40)} is not known and was left out`;
	if (!warnings.includes(words)) warnings.push(words);
}

function isIgnored(header: string): boolean {
	const folded = foldHeader(header);
	return folded === '' || ignoredColumns.has(folded) || ignoredColumns.has(foldText(header));
}

/** n8n's Google Sheets node tells the number of each row. */
function numberOf({ row_number: number }: GivenRow): number | undefined {
	return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}
