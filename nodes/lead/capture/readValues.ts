import { toOneLine } from '../foldText';
import { isObject } from '../isObject';

/** One value of a payload with the words that stand beside it. */
export interface GivenValue {
	/** Keys from the outside in, e.g. `['contact', 'e-mail']`. */
	path: string[];
	/** As text; lists of plain values are joined with a comma. */
	text: string;
	/** As given when it was a plain number or truth value. */
	plain: string | number | boolean;
}

/** Bounds of one payload, against hostile input. What lies outside is only in the raw payload. */
export const mostValues = 500;
const longestPath = 8;
/** Lists in lists add no name to the path. */
const deepest = 16;
/** A box's key may be the whole sentence beside it. */
const longestKey = 1_000;

/** Keys under which answer lists hold the question and the answer, in order of trust. */
const questionKeys = ['label', 'title', 'question', 'name', 'field_name', 'fieldName', 'column_name', 'key', 'id'];
const answerKeys = ['value', 'values', 'answer', 'text', 'content', 'string_value'];

export interface ReadValues {
	values: GivenValue[];
	/** Paths of what was asked and left empty: `""` or an empty list. Null says nothing, not even that. Bounded like the values. */
	empty: string[][];
	/** Whether something lay outside the bounds. */
	cut: boolean;
	/** Number of leads in a list of leads; only the first is read. */
	leads: number;
}

/** Every plain value of a payload, whatever its shape, in the order given. Never throws. */
export function readValues(payload: unknown): ReadValues {
	const found: ReadValues = { values: [], empty: [], cut: false, leads: 1 };
	walk(payload, [], found, 0);
	return found;
}

/** Several readings as one, in this order. */
export function joinValues(readings: Iterable<ReadValues>): ReadValues {
	const joined: ReadValues = { values: [], empty: [], cut: false, leads: 1 };
	for (const { values, empty, cut, leads } of readings) {
		const room = mostValues - joined.values.length;
		joined.values.push(...values.slice(0, room));
		joined.empty.push(...empty.slice(0, mostValues - joined.empty.length));
		joined.cut ||= cut || values.length > room;
		joined.leads = Math.max(joined.leads, leads);
	}
	return joined;
}

/** A payload that came as text: JSON or a URL-encoded form; anything else as it is. */
export function parseText(payload: unknown): unknown {
	if (typeof payload !== 'string') return payload;
	const text = payload.trim();
	if (/^[{[]/.test(text)) {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return payload;
		}
	}
	if (/^[^\s=&]{1,200}=[^\s]*$/.test(text.slice(0, 2_000)) && !/^https?:/i.test(text)) return readUrlEncoded(text);
	return payload;
}

/** A key that comes twice is a list, as ticked boxes of one question are sent. */
function readUrlEncoded(text: string): Record<string, unknown> {
	const fields = new Map<string, string | string[]>();
	for (const [key, value] of [...new URLSearchParams(text)].slice(0, mostValues + 1)) {
		const earlier = fields.get(key);
		fields.set(key, earlier === undefined ? value : [...[earlier].flat(), value]);
	}
	return Object.fromEntries(fields);
}

/** What lies too deep is left out alone; what follows is still read. */
function walk(value: unknown, path: string[], found: ReadValues, depth: number): void {
	if (value === null || value === undefined) return;
	if (value === '') return keepEmpty(path, found);
	if (found.values.length >= mostValues || path.length > longestPath || depth > deepest) {
		found.cut = true;
		return;
	}
	if (Array.isArray(value)) return walkList(value, path, found, depth);
	if (value instanceof Date) return keep(Number.isNaN(value.getTime()) ? '' : value.toISOString(), path, found);
	if (typeof value === 'object') {
		for (const [key, inner] of Object.entries(value)) {
			walk(inner, [...path, ...keyParts(key)], found, depth + 1);
			if (isFull(found)) return;
		}
		return;
	}
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') keep(value, path, found);
	else if (typeof value === 'bigint') keep(String(value), path, found);
}

function isFull({ values, cut }: ReadValues): boolean {
	return cut && values.length >= mostValues;
}

function walkList(list: unknown[], path: string[], found: ReadValues, depth: number): void {
	if (list.length === 0) return keepEmpty(path, found);
	const plain = list.filter((one) => ['string', 'number', 'boolean'].includes(typeof one));
	if (plain.length === list.length) {
		const [only] = plain as (string | number | boolean)[];
		return keep(plain.length === 1 && typeof only === 'boolean' ? only : plain.slice(0, mostValues).join(', '), path, found);
	}
	const answers = list.map(readAnswer);
	if (answers.every((answer) => answer !== undefined)) {
		for (const { question, answer } of answers) {
			walk(answer, [...path, ...keyParts(question)], found, depth + 1);
			if (isFull(found)) return;
		}
		return;
	}
	const objects = list.filter(isObject);
	if (path.length === 0 && objects.length === list.length) {
		found.leads = list.length;
		return walk(list[0], path, found, depth + 1);
	}
	list.forEach((one, index) => walk(one, index === 0 ? path : [...path, String(index + 1)], found, depth + 1));
}

/** One entry of an answer list such as `{ label: "E-mail", value: "…" }`. */
function readAnswer(entry: unknown): { question: string; answer: unknown } | undefined {
	if (!isObject(entry)) return undefined;
	const question = questionKeys.map((key) => (Object.hasOwn(entry, key) ? entry[key] : undefined)).find((one) => typeof one === 'string' && one !== '');
	const answerKey = answerKeys.find((key) => Object.hasOwn(entry, key));
	return typeof question === 'string' && answerKey !== undefined ? { question, answer: entry[answerKey] } : undefined;
}

function keep(value: string | number | boolean, path: string[], found: ReadValues): void {
	if (typeof value === 'string' && value.trim() === '') return keepEmpty(path, found);
	found.values.push({ path, text: String(value), plain: value });
}

function keepEmpty(path: string[], found: ReadValues): void {
	if (path.length > 0 && found.empty.length < mostValues) found.empty.push(path);
}

/** `form_fields[email]` and `contact.email` are paths too; a question with a full stop is not. */
function keyParts(key: string): string[] {
	const name = toOneLine(key.slice(0, longestKey));
	const bracketed = /^([\w-]+)((?:\[[\w -]*\])+)$/.exec(name);
	if (bracketed) return [bracketed[1], ...[...bracketed[2].matchAll(/\[([\w -]*)\]/g)].map((match) => match[1]).filter(Boolean)];
	if (/^\w+(?:\.\w+)+$/.test(name)) return name.split('.');
	return [name];
}
