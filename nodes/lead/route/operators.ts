/** Longer than other files because it is the one table of comparisons, each beside what makes it ready. */
import { RE2JS } from 're2js';
import { readCountry } from '../country';
import type { conditionOperators, RuleCondition } from '../settings/clientSettings';
import type { FieldKind } from './fields';
import { fold, toBoolean, toBounds, toMoment, toYesOrNo, type Bounds } from './meaning';
import { foldPostalCode, isInPostalRange, readPostalRange } from './postalCode';

export type ConditionOperator = (typeof conditionOperators)[number];
export type Expected = NonNullable<RuleCondition['value']>;

/** True, false, or undefined when the value cannot be compared. */
export type Answer = boolean | undefined;
export type Test = (value: unknown) => Answer;

/** What a comparison needs to know besides its values. */
export interface ComparisonTerms {
	/** What stands in the field: countries are compared by code, postal codes without their gaps. */
	kind: FieldKind;
	/** For times without a zone of their own. */
	timeZone: string;
	/** Values of a list by its name, trimmed and lower-cased. */
	lists?: ReadonlyMap<string, readonly (string | number)[]>;
}

export interface Operator {
	/** What the rule has to give, in words; absent when the operator takes no value. */
	takes?: string;
	/** Made once per rule; undefined when the rule's value is not what the operator takes. */
	prepare: (expected: Expected | undefined, terms: ComparisonTerms) => Test | undefined;
}

/** Most text that a pattern is tried on; a longer text without a match up to there is unknown, not a miss. */
const patternReach = 20_000;

const equals: Operator = {
	takes: 'a value',
	prepare: (expected, terms) => (isGiven(expected) ? forAny(Array.isArray(expected) ? oneOf(expected, terms) : sameAs(expected, terms)) : undefined),
};
const contains = textOperator((text, part) => text.includes(part));
const startsWith = textOperator((text, part) => text.startsWith(part));
const endsWith = textOperator((text, part) => text.endsWith(part));
const isOneOf: Operator = { ...equals, takes: 'a list', prepare: (expected, terms) => equals.prepare(listOf(expected), terms) };
const matches: Operator = { takes: 'a valid pattern (RE2 syntax: no look-ahead, no back reference)', prepare: (expected) => patternTest(expected) };
const atLeast = orderOperator(({ min, max }, limit) => (min >= limit ? true : max < limit ? false : undefined));
const greaterThan = orderOperator(({ min, max }, limit) => (min > limit ? true : max <= limit ? false : undefined));
const isBetween: Operator = { takes: 'two bounds, the lower one first', prepare: (expected, terms) => betweenTest(expected, terms) };
const isInList: Operator = {
	takes: 'the name of a list of the client settings',
	prepare: (expected, terms) => (typeof expected === 'string' ? listTest(terms.lists?.get(expected.trim().toLowerCase()), terms) : undefined),
};
const isTrue: Operator = { prepare: () => forAny(toBoolean) };
const after = dateOperator((moment, limit) => moment > limit);
const before = dateOperator((moment, limit) => moment < limit);

/**
 * How a rule compares: by meaning, without case and accents. A lead that lacks the field is never asked here:
 * only `isEmpty` and `isNotEmpty` decide on it (`conditions`). A list in the record holds when one of its values holds.
 */
export const operators: Record<ConditionOperator, Operator> = {
	equals, notEquals: not(equals),
	contains, notContains: not(contains),
	startsWith, notStartsWith: not(startsWith),
	endsWith, notEndsWith: not(endsWith),
	matches, notMatches: not(matches),
	isEmpty: { prepare: () => () => false },
	isNotEmpty: { prepare: () => () => true },
	isTrue, isFalse: not(isTrue),
	greaterThan, atMost: not(greaterThan),
	atLeast, lessThan: not(atLeast),
	isBetween, isNotBetween: not(isBetween),
	before, after,
	isOneOf, isNotOneOf: not(isOneOf),
	isInList, isNotInList: not(isInList),
};

/** True when one part holds, undefined when none does but one is unknown, else false. */
export function anyHolds<T>(parts: readonly T[], holds: (part: T) => Answer): Answer {
	let answer: Answer = false;
	for (const part of parts) {
		const one = holds(part);
		if (one === true) return true;
		if (one === undefined) answer = undefined;
	}
	return answer;
}

function not(operator: Operator): Operator {
	return {
		...operator,
		prepare: (expected, terms) => {
			const test = operator.prepare(expected, terms);
			return test && ((value) => invert(test(value)));
		},
	};
}

function invert(answer: Answer): Answer {
	return answer === undefined ? undefined : !answer;
}

function forAny(test: Test): Test {
	return (value) => (Array.isArray(value) ? anyHolds(value, test) : test(value));
}

function sameAs(expected: string | number | boolean, terms: ComparisonTerms): Test {
	const text = fold(String(expected));
	const code = terms.kind === 'country' ? readCountry(String(expected)) : null;
	const postal = terms.kind === 'postalCode' ? foldPostalCode(String(expected)) : '';
	const word = typeof expected === 'string' ? toYesOrNo(expected) : undefined;
	const yesOrNo = typeof expected === 'boolean' || text === 'true' || text === 'false' ? toBoolean(expected) : undefined;
	const bounds = toBounds(expected);
	const moment = toMoment(expected, terms.timeZone);
	return (value) => {
		if (typeof value === 'string' && code !== null) return readCountry(value) === code;
		if (postal !== '' && (typeof value === 'string' || typeof value === 'number')) return foldPostalCode(String(value)) === postal;
		if (word !== undefined && typeof value === 'string' && toYesOrNo(value) !== undefined) return toYesOrNo(value) === word;
		if (yesOrNo !== undefined || typeof value === 'boolean') return compareIfBoth(toBoolean(value), yesOrNo ?? toBoolean(expected), text, value);
		if (typeof value === 'string' && typeof expected === 'string') return fold(value) === text || (moment !== undefined && toMoment(value, terms.timeZone) === moment);
		return bounds && sameBounds(toBounds(value), bounds);
	};
}

function compareIfBoth(value: boolean | undefined, expected: boolean | undefined, text: string, raw: unknown): Answer {
	if (value !== undefined && expected !== undefined) return value === expected;
	return typeof raw === 'string' ? fold(raw) === text : undefined;
}

function sameBounds(value: Bounds | undefined, expected: Bounds): Answer {
	if (!value) return undefined;
	if (value.min === expected.min && value.max === expected.max) return true;
	// a range that only touches the number may or may not be it
	return value.max < expected.min || value.min > expected.max || value.min === value.max ? false : undefined;
}

function oneOf(expected: (string | number)[], terms: ComparisonTerms): Test {
	const tests = expected.map((one) => sameAs(one, terms));
	return (value) => anyHolds(tests, (test) => test(value));
}

function textOperator(holds: (text: string, part: string) => boolean): Operator {
	return {
		takes: 'a text',
		prepare: (expected, { kind }) => {
			if (!isGiven(expected)) return undefined;
			const folded = kind === 'postalCode' ? (text: string) => foldPostalCode(text).toLowerCase() : fold;
			const parts = [expected].flat().map((part) => folded(String(part)));
			if (parts.includes('')) return undefined;
			return forAny((value) => {
				const text = textOf(value);
				return text === undefined ? undefined : parts.some((part) => holds(folded(text), part));
			});
		},
	};
}

function patternTest(expected: Expected | undefined): Test | undefined {
	if (typeof expected !== 'string' || expected === '') return undefined;
	const [, inner] = /^\/(.*)\/[a-z]*$/s.exec(expected) ?? [undefined, expected];
	let pattern: RE2JS;
	try {
		pattern = RE2JS.compile(inner ?? expected, RE2JS.CASE_INSENSITIVE);
	} catch {
		return undefined;
	}
	return forAny((value) => {
		const text = textOf(value);
		if (text === undefined) return undefined;
		if (pattern.matcher(text.slice(0, patternReach)).find()) return true;
		return text.length > patternReach ? undefined : false;
	});
}

function orderOperator(decide: (value: Bounds, limit: number) => Answer): Operator {
	return {
		takes: 'a number or a date',
		prepare: (expected, { timeZone }) => {
			const bounds = toBounds(expected);
			if (bounds && bounds.min === bounds.max) {
				return forAny((value) => {
					const found = toBounds(value);
					return found && decide(found, bounds.min);
				});
			}
			const limit = toMoment(expected, timeZone);
			return limit === undefined ? undefined : forAny((value) => {
				const moment = toMoment(value, timeZone);
				return moment === undefined ? undefined : decide({ min: moment, max: moment }, limit);
			});
		},
	};
}

/** Both bounds are included. */
function betweenTest(expected: Expected | undefined, { kind, timeZone }: ComparisonTerms): Test | undefined {
	if (!Array.isArray(expected) || expected.length !== 2) return undefined;
	if (kind === 'postalCode') {
		const range = readPostalRange(String(expected[0]), String(expected[1]));
		return range && forAny((value) => (typeof value === 'string' || typeof value === 'number' ? isInPostalRange(String(value), range) : undefined));
	}
	const [low, high] = expected.map(toBounds);
	const [from, to] = low && high ? [low.min, high.max] : expected.map((bound) => toMoment(bound, timeZone));
	if (from === undefined || to === undefined || !(from <= to)) return undefined;
	const boundsOf = low && high ? toBounds : (value: unknown): Bounds | undefined => {
		const moment = toMoment(value, timeZone);
		return moment === undefined ? undefined : { min: moment, max: moment };
	};
	return forAny((value) => {
		const found = boundsOf(value);
		if (!found) return undefined;
		if (found.min >= from && found.max <= to) return true;
		return found.max < from || found.min > to ? false : undefined;
	});
}

/** A list may hold thousands of accounts, so its plain texts are looked up and not walked through. */
function listTest(values: readonly (string | number)[] | undefined, terms: ComparisonTerms): Test | undefined {
	if (!values) return undefined;
	const known = new Set(values.map((value) => keyInList(String(value), terms)));
	return forAny((value) => {
		const text = textOf(value);
		return text === undefined ? undefined : known.has(keyInList(text, terms));
	});
}

/** `https://www.Acme.com/` and `acme.com` are one account. */
function keyInList(text: string, { kind }: ComparisonTerms): string {
	if (kind === 'country') return readCountry(text) ?? fold(text);
	if (kind === 'postalCode') return foldPostalCode(text);
	return fold(text).replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/\/$/, '');
}

function dateOperator(holds: (moment: number, limit: number) => boolean): Operator {
	return {
		takes: 'a date such as 2026-12-25',
		prepare: (expected, { timeZone }) => {
			const limit = toMoment(expected, timeZone);
			return limit === undefined ? undefined : forAny((value) => {
				const moment = toMoment(value, timeZone);
				return moment === undefined ? undefined : holds(moment, limit);
			});
		},
	};
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A list as the rule gives it; text is taken apart at commas, semicolons and line breaks. */
export function listOf<T>(expected: T): T | string[] {
	return typeof expected === 'string' ? expected.split(/[,;\n]/).map((one) => one.trim()).filter((one) => one !== '') : expected;
}

function isGiven(expected: Expected | undefined): expected is Expected {
	return expected !== undefined && expected !== '' && !(Array.isArray(expected) && expected.length === 0);
}
