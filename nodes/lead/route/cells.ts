import { RE2JS } from 're2js';
import { readCountry } from '../country';
import type { RouterCondition } from './conditions';
import { kindOfField, type FieldKind } from './fields';
import { toBoolean, toBounds, toMoment } from './meaning';
import type { ConditionOperator } from './operators';
import { readPostalRange } from './postalCode';

export type CellValue = string | number | boolean | null | undefined;

/** What a cell asks of its field: all of `all`, and one of `any` if there are some. A cell that takes any value asks nothing. */
export interface ReadCell {
	all: RouterCondition[];
	any: RouterCondition[];
	/** Why the cell can't be read, with what to write instead; then it asks nothing. */
	problem?: string;
}

/** One entry of a cell, between commas. */
interface Entry {
	operator: ConditionOperator;
	value?: RouterCondition['value'];
}

/** Words and signs that begin an entry, longest first where one begins another. */
const beginnings: [RegExp, ConditionOperator][] = [
	[/^(does not|doesn't|not) (start|starts|begin|begins) with\s+/i, 'notStartsWith'], [/^(starts|start|begins|begin) with\s+/i, 'startsWith'],
	[/^(does not|doesn't|not) (end|ends) with\s+/i, 'notEndsWith'], [/^(ends|end) with\s+/i, 'endsWith'],
	[/^(does not|doesn't|not) (contain|contains)\s+/i, 'notContains'], [/^(contains|contain)\s+/i, 'contains'],
	[/^(does not|doesn't|not) (match|matches)\s+/i, 'notMatches'], [/^(matches|match)\s+/i, 'matches'],
	[/^(is )?not in list\s+/i, 'isNotInList'], [/^(is )?in list\s+/i, 'isInList'],
	[/^(on or after|>=|≥)\s*/i, 'atLeast'], [/^(on or before|<=|≤)\s*/i, 'atMost'],
	[/^(!=|<>|≠)\s*/, 'notEquals'], [/^is not\s+/i, 'notEquals'], [/^>\s*/, 'greaterThan'], [/^<\s*/, 'lessThan'],
	[/^after\s+(?=\d)/i, 'after'], [/^before\s+(?=\d)/i, 'before'], [/^=+\s*/, 'equals'],
];
const negative = new Set<ConditionOperator>(['notEquals', 'notStartsWith', 'notEndsWith', 'notContains', 'notMatches', 'isNotInList', 'isNotBetween', 'isNotEmpty']);
/** Further entries without a sign of their own go on with these: `starts with 94, 95`. */
const goesOn = new Set<ConditionOperator>(['notEquals', 'startsWith', 'notStartsWith', 'endsWith', 'notEndsWith', 'contains', 'notContains']);
const orders = new Set<ConditionOperator>(['atLeast', 'atMost', 'greaterThan', 'lessThan', 'after', 'before']);
const listed: Partial<Record<ConditionOperator, ConditionOperator>> = {
	equals: 'isOneOf', notEquals: 'isNotOneOf', startsWith: 'startsWith', endsWith: 'endsWith', contains: 'contains',
	notStartsWith: 'notStartsWith', notEndsWith: 'notEndsWith', notContains: 'notContains',
};
const longestCell = 5_000;

/**
 * Reads a cell such as `UK, IE`, `>= 50`, `10..49`, `500+`, `!= partner`, `starts with 94, 95`, `in list Key Accounts`,
 * `empty`, `not empty`, `yes`; nothing, `any`, `*` and `-` take any value. Entries between commas are alternatives, those
 * that say "not" all have to hold. A value with a comma stands in quotes.
 */
export function readCell(cell: CellValue, field: string): ReadCell {
	const text = cell === null || cell === undefined ? '' : String(cell).trim();
	if (text === '' || /^(any|\*|-)$/i.test(text)) return { all: [], any: [] };
	const fail = (problem: string): ReadCell => ({ all: [], any: [], problem });
	if (text.length > longestCell) return fail(`is longer than ${longestCell} characters; use a list of the client settings`);
	const kind = kindOfField(field);
	const tokens = splitEntries(text);
	if (tokens.length === 0) return fail('holds only commas');
	if ((kind === 'number' || kind === 'range') && tokens.length > 1 && tokens.slice(1).every((token) => /^\d{3}$/.test(token)) && /^\D{0,3}\d{1,3}$/.test(tokens[0])) {
		return fail('could be one number or several; write 1200 without a comma, or a space after each comma and "=" before each number');
	}
	const entries: Entry[] = [];
	let last: ConditionOperator | undefined;
	for (const token of tokens) {
		const read = readEntry(token, kind, last);
		if ('problem' in read) return fail(read.problem);
		entries.push(read);
		last = read.operator;
	}
	const lower = entries.find(({ operator }) => operator === 'atLeast' || operator === 'greaterThan');
	const upper = entries.find(({ operator }) => operator === 'atMost' || operator === 'lessThan');
	if (lower && upper && Number(lower.value) <= Number(upper.value)) return fail(`takes every value; for both bounds at once write ${String(lower.value)}..${String(upper.value)}`);
	return { all: merge(entries.filter(({ operator }) => negative.has(operator)), field), any: merge(entries.filter(({ operator }) => !negative.has(operator)), field) };
}

function readEntry(token: string, kind: FieldKind, last: ConditionOperator | undefined): Entry | { problem: string } {
	const quoted = /^"([^"]*)"$/.exec(token)?.[1];
	if (quoted !== undefined) return { operator: 'equals', value: quoted };
	if (/^(is )?empty$/i.test(token)) return { operator: 'isEmpty' };
	if (/^(is )?not empty$/i.test(token)) return { operator: 'isNotEmpty' };
	const [sign, operator] = beginnings.find(([beginning]) => beginning.test(token)) ?? [undefined, undefined];
	const given = sign ? token.replace(sign, '').trim() : token;
	const value = /^"([^"]*)"$/.exec(given)?.[1] ?? given;
	if (value === '') return { problem: `has nothing after "${token}"` };
	if (sign === undefined && last !== undefined && orders.has(last)) return { problem: `has "${token}" after a bound; write each bound with its sign, or 10..49` };
	if (operator === undefined || operator === 'equals') {
		const range = readRange(value, kind);
		if (range) return range;
		if (operator === undefined && last !== undefined && goesOn.has(last)) return typed(last, value, kind);
	}
	if (operator === 'matches' || operator === 'notMatches') return isPattern(value) ? { operator, value } : { problem: `has a pattern that can't be read: ${value}` };
	if (operator !== undefined && orders.has(operator)) return readBound(operator, value, kind);
	return typed(operator ?? 'equals', value, kind);
}

/** `10..49`, `94000..94999`, `2026-01-01..2026-03-31`; with a dash only between numbers. */
function readRange(value: string, kind: FieldKind): Entry | { problem: string } | undefined {
	const [, from, to] = /^(\S.*?)\s*\.\.\s*(\S.*)$/.exec(value) ?? (kind === 'number' || kind === 'range' ? /^(\d[\d.]*)\s*[-–]\s*(\d[\d.]*)$/.exec(value) : null) ?? [];
	if (from === undefined) {
		const [, least] = (kind === 'number' || kind === 'range' || kind === 'free' ? /^(\d[\d.]*)\s*\+$/.exec(value) : null) ?? [];
		return least === undefined ? undefined : { operator: 'atLeast', value: Number(least) };
	}
	if (kind === 'postalCode') return readPostalRange(from, to) ? { operator: 'isBetween', value: [from, to] } : { problem: `has a range of postal codes that can't be read: ${value}; both ends must be of one build, such as 94000..94999 or SW1..SW20` };
	const [low, high] = [toBounds(from), toBounds(to)];
	if (low && high) return low.min <= high.max ? { operator: 'isBetween', value: [low.min, high.max] } : { problem: `has a range that ends before it begins: ${value}` };
	const [start, end] = [toMoment(from, 'UTC'), toMoment(to, 'UTC')];
	if (start !== undefined && end !== undefined) return start <= end ? { operator: 'isBetween', value: [from, to] } : { problem: `has a range that ends before it begins: ${value}` };
	return { problem: `has a range that is neither of numbers nor of dates: ${value}` };
}

function readBound(operator: ConditionOperator, value: string, kind: FieldKind): Entry | { problem: string } {
	const number = toBounds(value.replaceAll(/(?<=\d)[ _](?=\d{3}\b)/g, ''));
	const dated = toMoment(value, 'UTC') !== undefined;
	if (operator === 'after' || operator === 'before') return dated ? { operator, value } : { problem: `has no date after "${operator}": ${value}` };
	if (kind === 'country' || kind === 'boolean') return { problem: `has a bound, but the field holds ${kind === 'country' ? 'countries' : 'yes or no'}: ${value}` };
	if (kind === 'date' ? dated : dated && kind === 'free') return { operator, value };
	if (number && number.min === number.max && kind !== 'date') return { operator, value: number.min };
	return { problem: `has a bound that is ${kind === 'date' ? 'no date' : 'no number'}: ${value}` };
}

/** A single value, as far as the field says what it can be. */
function typed(operator: ConditionOperator, value: string, kind: FieldKind): Entry | { problem: string } {
	const equality = operator === 'equals' || operator === 'notEquals';
	if (!equality) return { operator, value };
	if (kind === 'number' || kind === 'range') {
		const bounds = toBounds(value);
		return bounds && bounds.min === bounds.max ? { operator, value: bounds.min } : { problem: `needs a number: ${value}` };
	}
	if (kind === 'boolean') {
		const yes = toBoolean(value);
		return yes === undefined ? { problem: `needs yes or no: ${value}` } : { operator: yes === (operator === 'equals') ? 'isTrue' : 'isFalse' };
	}
	if (kind === 'country' && readCountry(value) === null) return { problem: `names no country: ${value}` };
	if (kind === 'date' && toMoment(value, 'UTC') === undefined) return { problem: `needs a date such as 2026-12-25: ${value}` };
	return { operator, value };
}

/** Entries of one kind are one condition with a list. */
function merge(entries: Entry[], field: string): RouterCondition[] {
	const merged: RouterCondition[] = [];
	for (const { operator, value } of entries) {
		const list = listed[operator];
		const same = list && value !== undefined ? merged.find((one) => one.operator === operator) : undefined;
		if (same) same.value = [...[same.value ?? []].flat() as (string | number)[], value as string | number];
		else merged.push(value === undefined ? { field, operator } : { field, operator, value });
	}
	return merged.map((condition) => (Array.isArray(condition.value) && condition.operator !== 'isBetween' ? { ...condition, operator: listed[condition.operator] ?? condition.operator } : condition));
}

function isPattern(value: string): boolean {
	try {
		RE2JS.compile(/^\/(.*)\/[a-z]*$/s.exec(value)?.[1] ?? value, RE2JS.CASE_INSENSITIVE);
		return true;
	} catch {
		return false;
	}
}

/** Between commas, semicolons and line breaks; those in quotes and in a pattern between slashes are part of the entry. */
function splitEntries(text: string): string[] {
	return (text.match(/(?:"[^"]*"|(?<=match(?:es)?\s)\/(?:\\.|[^/\\])*\/|[^,;\n"])+|"/g) ?? []).map((entry) => entry.trim()).filter((entry) => entry !== '');
}
