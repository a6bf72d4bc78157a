import { z } from 'zod/v4';
import { foldText } from '../../foldText';
import { unwrapped, wordsOf } from '../knownKeys';
import { labelOfSetting, splitName } from '../settingWords';
import { columnNames } from './columnNames';

/** A setting that one cell can hold. */
export interface Column {
	/** Where its value goes in an entry, e.g. `['hours', 'monday']`. */
	path: readonly string[];
	schema: z.ZodType;
	/** Folded headers that mean it, the likeliest first. */
	headers: readonly string[];
}

/**
 * The settings of an entry that a row can hold, read from the schema itself, so that a setting that comes into the schema is
 * a column at once: single values, lists of them, and what lies one object deeper, as the conditions of an SLA policy do.
 * Lists of objects have no column; they are rows of a tab of their own.
 */
export function columnsOf(schema: z.ZodType, except: readonly string[] = []): Column[] {
	const columns: Column[] = [];
	for (const [key, inner] of entriesOf(schema)) {
		if (except.includes(key)) continue;
		const deeper = entriesOf(inner);
		if (deeper.length > 0) columns.push(...deeper.filter(([, one]) => isCell(one)).map(([name, one]) => deepColumn(key, name, one)));
		else if (isCell(inner)) columns.push({ path: [key], schema: inner, headers: headersOf(key) });
	}
	return columns;
}

/** The column that a header means: by its own name before by another one; undefined when none does. */
export function findColumn(columns: readonly Column[], header: string): Column | undefined {
	const folded = foldHeader(header);
	return columns.find(({ headers }) => headers[0] === folded) ?? columns.find(({ headers }) => headers.includes(folded));
}

/** A header for comparison: case, marks, spaces and what stands in brackets don't count; `row_number` is two words. */
export function foldHeader(header: string): string {
	return foldText(header.replace(/_/g, ' ').replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/\(.*?\)/g, ' '));
}

/** Headers that mean a setting by its name in the document. */
export function headersOf(key: string): string[] {
	return [...new Set([foldHeader(key), foldHeader(labelOfSetting(key)), ...(Object.hasOwn(columnNames, key) ? columnNames[key] : [])])];
}

function deepColumn(key: string, name: string, schema: z.ZodType): Column {
	// an owner of a stage is called so, an hour of a day by the day alone
	const own = key === 'stageOwners' ? [`owner of ${splitName(name)}`, `${splitName(name)} owner`] : headersOf(name);
	return { path: [key, name], schema, headers: [...own, `${foldHeader(key)} ${foldHeader(name)}`] };
}

function entriesOf(schema: z.ZodType): [string, z.ZodType][] {
	const inner = unwrapped(schema);
	if (inner instanceof z.ZodObject) return Object.entries(inner.shape as Record<string, z.ZodType>);
	if (!(inner instanceof z.ZodRecord)) return [];
	return wordsOf(inner.keyType as z.ZodType).map((word) => [word, inner.valueType as z.ZodType]);
}

function isCell(schema: z.ZodType): boolean {
	const inner = unwrapped(schema);
	if (inner instanceof z.ZodArray) return isCell(inner.element as z.ZodType) && !(unwrapped(inner.element as z.ZodType) instanceof z.ZodArray);
	return !(inner instanceof z.ZodObject || inner instanceof z.ZodRecord);
}
