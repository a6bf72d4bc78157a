/** Longer than other files because it is one thing: which values of a field the conditions on it can tell apart. */
import { DateTime } from 'luxon';
import { readCountry } from '../country';
import { buyingStages, fits, sentiments, submissionStates, urgencies, verdicts } from '../handoffRecord';
import type { CompiledCondition } from './conditions';
import { isWholeField, kindOfField } from './fields';
import { toWords } from './inWords';
import { fold, isMissing, toBounds, toMoment, toYesOrNo } from './meaning';
import { listOf, type Expected } from './operators';
import { foldPostalCode } from './postalCode';

/**
 * One value that stands for all that the conditions on a field answer alike.
 * `value`: a plain value. `missing`: the lead lacks the field. `vague`: what a plain value is not but a form may hold: a
 * range across a bound, text where a number is asked, a number between two whole ones.
 */
export interface FieldValue {
	kind: 'value' | 'missing' | 'vague';
	value: unknown;
	/** e.g. `United Kingdom`, `11 to 49`, `begins with 94`. */
	words: string;
	/** Stretches of numbers that this value stands for, both ends included; so that neighbours can be told as one. */
	stretches?: Stretch[];
	/** Whether it stands for everything that no condition names. */
	other?: boolean;
	/** Its place on the line of numbers, for values that have one. */
	at?: number;
}

/** The values of one field, and for each condition those for which it holds. */
export interface FieldValues {
	cells: FieldValue[];
	/** By place of the condition: places of the cells. */
	holders: number[][];
}

export interface Stretch {
	from: number;
	to: number;
}

/** Above so many texts to be put together, a field is not decided. */
const mostCombinations = 4_096;
/** Longest list of accounts whose values are looked at one by one. */
const mostListed = 200;
const mostRangeBounds = 24;
/** Codes above which the longer and shorter ones around them are left out. */
const mostCodesAround = 60;

const closedFields: Record<string, readonly string[]> = {
	'match.verdict': verdicts, 'intent.urgency': urgencies, 'intent.buyingStage': buyingStages, 'intent.sentiment': sentiments, 'intent.fit': fits,
	'submission.state': submissionStates, 'intent.engine': ['ai', 'rules', 'fallback', 'skipped'],
	'lead.phoneType': ['mobile', 'landline', 'landlineOrMobile', 'tollFree', 'premium', 'voip', 'other'],
};
/** Any of these is as good as another where a country, a text or a code of no rule is needed. */
const spareCountries = ['FR', 'US', 'BR', 'JP', 'ZA', 'NZ', 'MX', 'IN', 'NO', 'KE', 'PE', 'IS'];
const spareSigns = ['x', 'q', 'z', '0', '7', '~', '§', '¤', '¦', '¬', '†', '‡'];

/**
 * The values that conditions on one field can tell apart, one for each combination of answers; undefined when there are
 * too many combinations of texts to look at. Complete for equality, order, beginnings, ends, parts and postal ranges.
 * Does not look at fields that hold several values at once.
 *
 * @param conditions - All on this field alone, none with a pattern.
 */
export function valuesOf(path: string, conditions: readonly CompiledCondition[], timeZone: string, lists?: ReadonlyMap<string, readonly (string | number)[]>): FieldValues | undefined {
	const terms = conditions.map(({ given }): Term => {
		const named = given.operator === 'isInList' || given.operator === 'isNotInList';
		const values = named ? [...(lists?.get(String(given.value).trim().toLowerCase()) ?? [])] : [listed(given.operator, given.value)].flat();
		return { operator: given.operator, values: values as Term['values'] };
	});
	const given = candidatesOf(path, terms, timeZone);
	if (!given) return undefined;
	const looked = new Set<unknown>();
	const candidates = (['value', 'missing', 'vague'] as const).flatMap((kind) => given.filter((one) => one.kind === kind && !looked.has(one.value) && looked.add(one.value)));
	const line = candidates.flatMap(({ at }, place) => (at === undefined ? [] : [{ at, place }])).sort((one, other) => one.at - other.at);
	const width = widthOfCodes(path, terms);
	const holders = conditions.map(({ plain }, place) => (plain ? holdersOf(plain.answer, candidates, line, cutsOf(path, terms[place], width)) : []));
	return joinAlike(candidates, holders);
}

/** Asks a condition of each value; of those on the line only once between two points at which its answer can change. */
function holdersOf(answer: (value: unknown) => boolean | undefined, candidates: readonly FieldValue[], line: readonly { at: number; place: number }[], cuts: readonly number[] | undefined): number[] {
	const found: number[] = [];
	candidates.forEach(({ at, value }, place) => { if ((at === undefined || !cuts) && answer(value) === true) found.push(place); });
	if (!cuts) return found;
	let next = 0;
	const take = (isInside: (at: number) => boolean): void => {
		const first = next;
		while (next < line.length && isInside(line[next].at)) next++;
		if (next === first || answer(candidates[line[first].place].value) !== true) return;
		for (let place = first; place < next; place++) found.push(line[place].place);
	};
	for (const cut of cuts) {
		take((at) => at < cut);
		take((at) => at === cut);
	}
	take(() => true);
	return found;
}

/** Where the answer of a condition can change on the line, ascending; undefined for those that look at the digits and not at the number. */
function cutsOf(path: string, { operator, values }: Term, width: number): number[] | undefined {
	if (['contains', 'notContains', 'endsWith', 'notEndsWith', 'isInList', 'isNotInList', 'isTrue', 'isFalse'].includes(operator)) return undefined;
	if (kindOfField(path) === 'postalCode') {
		const codes = values.map((value) => foldPostalCode(String(value)));
		if (codes.some((code) => !/^\d+$/.test(code) || code.length > width)) return operator === 'isEmpty' || operator === 'isNotEmpty' ? [] : undefined;
		const ends = codes.flatMap((code) => { const room = 10 ** (width - code.length); return [Number(code) * room, Number(code) * room + room - 1]; });
		return [...new Set(ends)].sort((one, other) => one - other);
	}
	if (operator === 'startsWith' || operator === 'notStartsWith') return undefined;
	const bounds = values.map(toBounds);
	if (bounds.some((one) => one === undefined)) return undefined;
	return [...new Set(bounds.flatMap((one) => (one ? [one.min, one.max] : [])).filter(Number.isFinite))].sort((one, other) => one - other);
}

/** Values for which the same conditions hold are one; what the lead lacks is told apart from every value, whatever the conditions say of it. */
function joinAlike(candidates: readonly FieldValue[], held: readonly number[][]): FieldValues {
	const marks = candidates.map(() => ({ low: 0, high: 0 }));
	held.forEach((places, condition) => {
		const [low, high] = [scatter(condition * 2 + 1), scatter(condition * 2 + 2)];
		for (const place of places) {
			marks[place].low ^= low;
			marks[place].high ^= high;
		}
	});
	const seen = new Map<string, number>();
	const cells: FieldValue[] = [];
	const cellOf = candidates.map((candidate, place) => {
		const signature = `${marks[place].low} ${marks[place].high}`;
		const key = candidate.kind === 'missing' ? `missing ${signature}` : signature;
		const known = seen.get(key) ?? (candidate.kind === 'vague' ? seen.get(`missing ${signature}`) : undefined);
		if (known === undefined) {
			seen.set(key, cells.push({ ...candidate, ...(candidate.stretches ? { stretches: [...candidate.stretches] } : {}) }) - 1);
			return cells.length - 1;
		}
		const cell = cells[known];
		if (cell.stretches && candidate.stretches && cell.kind === candidate.kind) cell.stretches.push(...candidate.stretches);
		return known;
	});
	return {
		cells: cells.map((cell) => ({ ...cell, words: cell.stretches ? sayStretches(cell.stretches) : cell.words })),
		holders: held.map((places) => [...new Set(places.map((place) => cellOf[place]))]),
	};
}

/** A number as 32 bits that look like chance (MurmurHash3's finalizer), so that sums of conditions tell sets of them apart. */
function scatter(number: number): number {
	let mixed = Math.imul(number, 0x9e3779b1);
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return mixed ^ (mixed >>> 16);
}

/** Digits of the longest code of digits that conditions on a postal code name. */
function widthOfCodes(path: string, terms: readonly Term[]): number {
	if (kindOfField(path) !== 'postalCode') return 0;
	return Math.max(1, ...terms.flatMap(({ values }) => values.map((value) => foldPostalCode(String(value)).length)));
}

interface Term {
	operator: CompiledCondition['given']['operator'];
	values: (string | number | boolean)[];
}

function listed(operator: Term['operator'], value: Expected | undefined): Expected | undefined | [] {
	return value === undefined ? [] : operator === 'isOneOf' || operator === 'isNotOneOf' ? listOf(value) : value;
}

function candidatesOf(path: string, terms: readonly Term[], timeZone: string): FieldValue[] | undefined {
	const kind = kindOfField(path);
	const missing: FieldValue = { kind: 'missing', value: null, words: 'not known' };
	const use = usesOf(terms, timeZone);
	if (kind === 'boolean') return [{ kind: 'value', value: true, words: 'yes' }, { kind: 'value', value: false, words: 'no' }, missing];
	if (kind === 'number') return [...numbers(use.numbers, isWholeField(path), (number) => number), missing];
	if (kind === 'range') {
		const ranges = terms.flatMap(({ values }) => values.flatMap((value) => toBounds(value) ?? [])).filter(({ min, max }) => min < max)
			.map(({ min, max }): FieldValue => ({ kind: 'value', value: { min: Number.isFinite(min) ? min : null, max: Number.isFinite(max) ? max : null }, words: `the range ${min} to ${max}` }));
		return [...numbers(use.numbers, isWholeField(path), (number) => ({ min: number, max: number }), true), ...ranges, missing, ...rangesAcross(use.numbers)];
	}
	if (kind === 'date') return [...moments(use.moments), missing];
	if (kind === 'postalCode') {
		const codes = postalCodes(terms);
		return codes && [...codes, missing, { kind: 'vague', value: 'no code', words: 'no postal code' }];
	}
	if (Object.hasOwn(closedFields, path)) return [...closedFields[path].map((word): FieldValue => ({ kind: 'value', value: word, words: word })), ...named(path, terms), missing];
	const texts = textsOf(path, terms);
	if (!texts) return undefined;
	const onlyNumbers = kind === 'free' && use.numbers.length > 0 && !use.texts;
	const onlyYesOrNo = kind === 'free' && use.yesOrNo && !use.texts && use.numbers.length === 0;
	const onlyDates = kind === 'free' && use.moments.length > 0 && !use.texts && use.numbers.length === 0;
	const asText = (one: FieldValue): FieldValue => (onlyNumbers || onlyYesOrNo || onlyDates ? { ...one, kind: 'vague', words: 'some other text' } : one);
	const asNumber = (number: number): unknown => (kind === 'text' || kind === 'country' ? String(number) : number);
	return [
		...named(path, terms),
		...(use.yesOrNo ? [{ kind: 'value', value: kind === 'free' ? true : 'yes', words: 'yes' } as FieldValue, { kind: 'value', value: kind === 'free' ? false : 'no', words: 'no' } as FieldValue] : []),
		...(use.numbers.length > 0 ? numbers(use.numbers, false, asNumber) : []), ...moments(use.moments),
		...texts.map(asText), missing,
	];
}

/** What the conditions take the field for. */
function usesOf(terms: readonly Term[], timeZone: string): { numbers: number[]; moments: number[]; yesOrNo: boolean; texts: boolean } {
	const found = { numbers: new Set<number>(), moments: new Set<number>(), yesOrNo: false, texts: false };
	for (const { operator, values } of terms) {
		if (operator === 'isTrue' || operator === 'isFalse') found.yesOrNo = true;
		for (const value of values) {
			const bounds = toBounds(value);
			const moment = toMoment(value, timeZone);
			if (typeof value === 'boolean' || (typeof value === 'string' && toYesOrNo(value) !== undefined)) found.yesOrNo = true;
			if (bounds) for (const bound of [bounds.min, bounds.max]) if (Number.isFinite(bound)) found.numbers.add(bound);
			if (moment !== undefined) found.moments.add(moment);
			const ordered = ['greaterThan', 'atLeast', 'lessThan', 'atMost', 'isBetween', 'isNotBetween', 'before', 'after'].includes(operator);
			if (!ordered && typeof value === 'string' && (bounds === undefined || !['equals', 'notEquals', 'isOneOf', 'isNotOneOf'].includes(operator)) && moment === undefined && toYesOrNo(value) === undefined) found.texts = true;
		}
	}
	const sorted = (numbers: Set<number>): number[] => [...numbers].sort((one, other) => one - other);
	return { ...found, numbers: sorted(found.numbers), moments: sorted(found.moments) };
}

/** Each value that a condition names. */
function named(path: string, terms: readonly Term[]): FieldValue[] {
	return terms.flatMap(({ operator, values }) => (['equals', 'notEquals', 'isOneOf', 'isNotOneOf', 'isInList', 'isNotInList'].includes(operator) ? values.slice(0, mostListed + 1) : []))
		.filter((value) => !isMissing(value))
		.map((value): FieldValue => {
			const code = kindOfField(path) === 'country' && typeof value === 'string' ? readCountry(value) : null;
			return { kind: 'value', value: code ?? value, words: toWords(value, path) };
		});
}

/**
 * Each number that a condition names, and one of each stretch between them. Between neighbouring whole numbers nothing is a plain value.
 *
 * @param natural - Whether nothing lies below zero, as with sizes and amounts.
 */
function numbers(cuts: readonly number[], whole: boolean, toValue: (number: number) => unknown, natural = whole): FieldValue[] {
	if (cuts.length === 0) return [{ kind: 'value', value: toValue(10), words: 'any number', other: true, stretches: [{ from: -Infinity, to: Infinity }] }];
	const wholeCuts = cuts.every(Number.isInteger);
	const found: FieldValue[] = [];
	const add = (number: number, from: number, to: number, vague = false): void => {
		found.push({ kind: vague ? 'vague' : 'value', value: toValue(number), words: '', stretches: [{ from, to }], at: number });
	};
	const first = cuts[0];
	const below = wholeCuts || first <= 0 ? first - 1 : first / 2;
	if (!(natural && below < 0)) add(below, natural ? 0 : -Infinity, wholeCuts ? first - 1 : first);
	cuts.forEach((cut, place) => {
		add(cut, cut, cut);
		const next = cuts[place + 1];
		if (next === undefined) add(wholeCuts ? cut + 1 : cut + 1, wholeCuts ? cut + 1 : cut, Infinity);
		else if (wholeCuts && next - cut > 1) {
			add(Math.floor((cut + next) / 2), cut + 1, next - 1);
		} else if (!wholeCuts) add((cut + next) / 2, cut, next);
		else if (!whole) add((cut + next) / 2, cut, next, true);
	});
	return found;
}

/** Ranges that begin in one stretch and end in another, as forms with sizes such as `50-200` give them. */
function rangesAcross(cuts: readonly number[]): FieldValue[] {
	const points = [...new Set([...cuts.flatMap((cut) => [cut - 1, cut]), (cuts.at(-1) ?? 0) + 1])].filter((point) => point >= 0).slice(0, mostRangeBounds);
	return points.flatMap((min, place) => points.slice(place + 1).map((max): FieldValue => ({ kind: 'vague', value: { min, max }, words: `a range such as ${min} to ${max}` })));
}

function moments(cuts: readonly number[]): FieldValue[] {
	const day = 86_400_000;
	const found: FieldValue[] = [];
	const add = (at: number, words: string): void => { found.push({ kind: 'value', value: DateTime.fromMillis(at, { zone: 'utc' }).toISO(), words }); };
	const say = (at: number): string => DateTime.fromMillis(at, { zone: 'utc' }).toISODate() ?? '';
	cuts.forEach((cut, place) => {
		if (place === 0) add(cut - day, `before ${say(cut)}`);
		add(cut, `at ${say(cut)}`);
		const next = cuts[place + 1];
		add(next === undefined ? cut + day : (cut + next) / 2, next === undefined ? `after ${say(cut)}` : `between ${say(cut)} and ${say(next)}`);
	});
	return found;
}

/**
 * Texts put together of the beginnings, parts and ends that conditions ask for, with signs between them that no condition
 * holds: whatever a text does, the one made of its longest beginning, its parts and its longest end does too.
 */
function textsOf(path: string, terms: readonly Term[]): FieldValue[] | undefined {
	const those = (...operators: Term['operator'][]): string[] => [...new Set(terms.flatMap(({ operator, values }) => (operators.includes(operator) ? values.map((value) => fold(String(value))) : [])))].filter((text) => text !== '');
	const starts = those('startsWith', 'notStartsWith');
	const parts = those('contains', 'notContains');
	const ends = those('endsWith', 'notEndsWith');
	if ((starts.length + 1) * (ends.length + 1) * 2 ** Math.min(20, parts.length) > mostCombinations) return undefined;
	const all = [...starts, ...parts, ...ends, ...terms.flatMap(({ values }) => values.map((value) => fold(String(value))))];
	const sign = spareSigns.find((one) => !all.some((text) => text.includes(one))) ?? '\u2603';
	const found: FieldValue[] = [];
	for (const start of ['', ...starts]) {
		for (const end of ['', ...ends]) {
			for (let chosen = 0; chosen < 2 ** parts.length; chosen++) {
				const inside = parts.filter((_, place) => (chosen & (1 << place)) !== 0);
				const words = [start === '' ? '' : `begins with ${start}`, inside.length === 0 ? '' : `contains ${inside.join(' and ')}`, end === '' ? '' : `ends with ${end}`].filter((text) => text !== '').join(', ');
				const other = words === '';
				const value = other ? spareText(path, all, sign) : [start, ...inside, end].join(sign);
				found.push({ kind: 'value', value, words: other ? 'something else' : words, ...(other ? { other } : {}) });
			}
		}
	}
	return found;
}

function spareText(path: string, all: readonly string[], sign: string): string {
	if (kindOfField(path) === 'country') {
		const taken = new Set(all.map((text) => readCountry(text)));
		const free = spareCountries.find((code) => !taken.has(code) && !all.some((text) => code.toLowerCase().includes(text)));
		if (free) return free;
	}
	const readable = ['Something Else', 'Other'].find((text) => !all.some((one) => text.toLowerCase().includes(one) || one.includes(text.toLowerCase())));
	return readable ?? sign.repeat(3);
}

/** Codes that stand at, before and after each bound and beginning; digits are filled up to the longest code that is asked for. */
function postalCodes(terms: readonly Term[]): FieldValue[] | undefined {
	const codes = [...new Set(terms.flatMap(({ values }) => values.map((value) => foldPostalCode(String(value)))))].filter((code) => code !== '');
	const digits = codes.filter((code) => /^\d+$/.test(code));
	const width = widthOfCodes('lead.postalCode', terms);
	// digits that are shorter or longer than the others are a beginning, or ZIP+4, but no code of their own
	const kindOf = (value: string): FieldValue['kind'] => (digits.length > 0 && /^\d/.test(value) && !(/^\d+$/.test(value) && value.length === width) ? 'vague' : 'value');
	const placeOf = (code: string): Pick<FieldValue, 'at'> => (/^\d+$/.test(code) && code.length === width ? { at: Number(code) } : {});
	const found: FieldValue[] = codes.map((code) => ({ kind: kindOf(code), value: code, words: code, ...placeOf(code) }));
	const add = (value: string): void => { found.push({ kind: kindOf(value), value, words: `such as ${value}`, ...placeOf(value) }); };
	for (const code of digits) {
		const room = 10 ** (width - code.length);
		const first = Number(code) * room;
		for (const number of [first - 1, first, first + room - 1, first + room]) if (number >= 0 && number < 10 ** width) add(String(number).padStart(width, '0'));
		if (digits.length <= mostCodesAround) for (const shorter of [code.slice(0, -1)]) if (shorter !== '') found.push({ kind: 'vague', value: shorter, words: `a shorter code such as ${shorter}` });
	}
	for (const code of codes.length <= mostCodesAround ? codes : codes.filter((one) => !/^\d+$/.test(one))) {
		const [, letters, number] = /^([A-Z]+)(\d{1,3})$/.exec(code) ?? [];
		if (letters !== undefined) for (const near of [Number(number) - 1, Number(number), Number(number) + 1]) if (near >= 0) for (const end of [' 1AA', '']) add(`${letters}${near}${end}`);
		// a letter more, in case that the code is a beginning; its neighbours in the alphabet, in case that it bounds a range
		for (const next of ['0', '9', 'A', 'Z']) add(code + next);
		const lastSign = code.charCodeAt(code.length - 1);
		for (const near of [lastSign - 1, lastSign + 1]) if (/[A-Z0-9]/.test(String.fromCharCode(near))) add(code.slice(0, -1) + String.fromCharCode(near));
	}
	const parts = terms.filter(({ operator }) => ['contains', 'notContains', 'endsWith', 'notEndsWith'].includes(operator));
	const texts = textsOf('lead.postalCode', terms);
	if (!texts) return undefined;
	if (parts.length > 0) found.push(...texts.map((one) => ({ ...one, value: String(one.value).toUpperCase() })));
	const spare = digits.length > 0 ? Array.from({ length: 10 }, (_, digit) => String(digit).repeat(width)) : [];
	for (const other of [...spare, 'ZZ9 9ZZ', 'QQQ']) found.push({ kind: digits.length > 0 && !/^\d/.test(other) ? 'vague' : 'value', value: other, words: 'another code', other: true, ...placeOf(other) });
	return found;
}

/** Neighbouring stretches are told as one, e.g. `up to 9 or 50 or more`. */
export function sayStretches(stretches: readonly Stretch[]): string {
	const joined: Stretch[] = [];
	for (const stretch of [...stretches].sort((one, other) => one.from - other.from || one.to - other.to)) {
		const last = joined.at(-1);
		if (last && (stretch.from <= last.to || (Number.isInteger(last.to) && stretch.from - last.to === 1))) last.to = Math.max(last.to, stretch.to);
		else joined.push({ ...stretch });
	}
	return joined.map(({ from, to }) => {
		if (from === to) return String(from);
		if (from === -Infinity || from === 0) return to === Infinity ? 'any number' : `up to ${to}`;
		return to === Infinity ? `${from} or more` : `${from} to ${to}`;
	}).join(' or ');
}
