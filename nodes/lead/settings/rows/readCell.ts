import { z } from 'zod/v4';
import { readCountry } from '../../country';
import { foldText, removeInvisible } from '../../foldText';
import { unwrapped } from '../knownKeys';
import { splitName } from '../settingWords';
import { tidyDate } from './tidyDate';
import { tidySpan } from './tidySpan';

/** What a cell holds: a value that the schema takes, or what was expected instead; undefined when it is blank. */
export type ReadCell = { value: unknown } | { fault: string } | undefined;

/** Lists whose entries are sentences, which have commas of their own. */
const sentences = new Set(['examples', 'counterExamples']);

/**
 * Reads a cell of a sheet, or a field of a form, as the schema wants it: yes and no, numbers, words of a fixed list, dates
 * and hours as people write them, several values separated by commas, semicolons, bars or line breaks. Lists of sentences
 * are separated by bars and line breaks only. Of a text that fits as it stands nothing is changed but white space around it.
 */
export function readCell(schema: z.ZodType, cell: unknown, key = ''): ReadCell {
	const inner = unwrapped(schema);
	if (inner instanceof z.ZodArray) return readList(inner.element as z.ZodType, cell, key);
	const text = textOf(cell);
	if (text === undefined) return { fault: 'a value, not a list or an object' };
	if (text === '') return undefined;
	if (inner instanceof z.ZodBoolean) return readYesNo(text);
	if (inner instanceof z.ZodEnum) return readWord(inner.options.map(String), text);
	if (inner instanceof z.ZodNumber) return accept(inner, [readNumber(text)], 'a number');
	const date = tidyDate(text);
	if (date === 'ambiguous' && !inner.safeParse(text).success) return { fault: 'a date that can be read in one way only, such as 2026-12-25' };
	return accept(inner, [text, date, tidySpan(text), text.toLowerCase(), text.toUpperCase(), readCountry(text)], 'another value');
}

/** Whether there is nothing in a cell. */
export function isBlank(cell: unknown): boolean {
	return Array.isArray(cell) ? cell.every(isBlank) : textOf(cell) === '';
}

/** The entries of a cell that holds several. */
export function splitCell(cell: unknown, key = ''): string[] {
	const parts = Array.isArray(cell) ? cell.map(textOf) : [textOf(cell)];
	return parts.flatMap((part) => {
		if (part === undefined) return [];
		const separator = sentences.has(key) ? /[|\n]/ : /[;|\n]/.test(part) ? /[;|\n]/ : /,/;
		return part.split(separator).map((one) => one.trim()).filter((one) => one !== '');
	});
}

function readList(element: z.ZodType, cell: unknown, key: string): ReadCell {
	const parts = splitCell(cell, key);
	if (parts.length === 0) return undefined;
	const values: unknown[] = [];
	for (const part of parts) {
		const read = readCell(element, part);
		if (read && 'fault' in read) return read;
		if (read) values.push(read.value);
	}
	return { value: values };
}

function accept(schema: z.ZodType, candidates: readonly unknown[], otherwise: string): ReadCell {
	for (const candidate of candidates) {
		if (candidate === undefined || candidate === null) continue;
		const read = schema.safeParse(candidate);
		if (read.success) return { value: read.data };
	}
	const first = candidates[0] === undefined ? undefined : schema.safeParse(candidates[0]).error?.issues[0]?.message;
	return { fault: first?.replace(/^Invalid input: (expected )?/, '') ?? otherwise };
}

const yes = new Set(['yes', 'y', 'true', 'on', 'x', '1', 'active', 'ja', 'wahr', 'aktiv', 'oui', 'vrai', 'si', 'verdadero']);
const no = new Set(['no', 'n', 'false', 'off', '0', 'inactive', 'nein', 'falsch', 'inaktiv', 'non', 'faux', 'falso']);

function readYesNo(text: string): ReadCell {
	const word = text === '✓' || text === '✔' ? 'yes' : foldText(text);
	if (yes.has(word)) return { value: true };
	return no.has(word) ? { value: false } : { fault: 'yes or no' };
}

/** Words of fixed lists in the languages that sheets are kept in. */
const translated: Record<string, string> = {
	hoch: 'high', haute: 'high', alta: 'high', mittel: 'normal', normale: 'normal', niedrig: 'low', basse: 'low', baja: 'low',
	hart: 'hard', weich: 'soft', alle: 'all', einer: 'any', reihum: 'rotation', fest: 'fixed',
};

function readWord(words: readonly string[], text: string): ReadCell {
	const folded = foldText(text);
	const wanted = words.find((word) => [word, splitName(word)].some((one) => foldText(one) === folded)) ?? words.find((word) => word === translated[folded]);
	return wanted === undefined ? { fault: `one of ${words.map(splitName).join(', ')}` } : { value: wanted };
}

function readNumber(text: string): number | undefined {
	const [, digits] = /^([+-]?\d+(?:[.,]\d+)?)\s*(?:min(?:ute[ns]?|s)?\.?|days?|tage?)?$/i.exec(text) ?? [];
	return digits === undefined ? undefined : Number(digits.replace(',', '.'));
}

/** The text of a cell without white space around it; undefined when it is no text, number or yes and no. */
function textOf(cell: unknown): string | undefined {
	if (cell === undefined || cell === null) return '';
	if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
	return typeof cell === 'string' ? removeInvisible(cell).trim() : undefined;
}
