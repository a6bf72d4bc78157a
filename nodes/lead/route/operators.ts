import { RE2JS } from 're2js';
import { readCountry } from '../country';
import type { conditionOperators, RuleCondition } from '../settings/clientSettings';
import { fold, toBoolean, toBounds, toMoment, type Bounds } from './meaning';

export type ConditionOperator = (typeof conditionOperators)[number];
export type Expected = NonNullable<RuleCondition['value']>;

/** True, false, or undefined when the value cannot be compared. */
export type Answer = boolean | undefined;
export type Test = (value: unknown) => Answer;

/** What a comparison needs to know besides its values. */
export interface ComparisonTerms {
	/** Values are countries, so that `UK` is `GB`. */
	country: boolean;
	/** For times without a zone of their own. */
	timeZone: string;
}

export interface Operator {
	/** Stands between field and value in a sentence. */
	words: string;
	/** What the rule has to give, in words; absent when the operator takes no value. */
	takes?: string;
	/** Made once per rule; undefined when the rule's value is not what the operator takes. */
	prepare: (expected: Expected | undefined, terms: ComparisonTerms) => Test | undefined;
}

/** Most text that a pattern is tried on; a longer text without a match up to there is unknown, not a miss. */
const patternReach = 20_000;

const equals: Operator = {
	words: 'is', takes: 'a value',
	prepare: (expected, terms) => (isGiven(expected) ? forAny(Array.isArray(expected) ? oneOf(expected, terms) : sameAs(expected, terms)) : undefined),
};
const contains = textOperator('contains', (text, part) => text.includes(part));
const startsWith = textOperator('starts with', (text, part) => text.startsWith(part));
const endsWith = textOperator('ends with', (text, part) => text.endsWith(part));
const isOneOf: Operator = { ...equals, words: 'is one of', takes: 'a list', prepare: (expected, terms) => equals.prepare(listOf(expected), terms) };
const matches: Operator = { words: 'matches', takes: 'a valid pattern (RE2 syntax: no look-ahead, no back reference)', prepare: (expected) => patternTest(expected) };
const atLeast = orderOperator('is at least', ({ min, max }, limit) => (min >= limit ? true : max < limit ? false : undefined));
const greaterThan = orderOperator('is more than', ({ min, max }, limit) => (min > limit ? true : max <= limit ? false : undefined));
const isTrue: Operator = { words: 'is yes', prepare: () => forAny(toBoolean) };
const after: Operator = { ...dateOperator((moment, limit) => moment > limit), words: 'is after' };
const before: Operator = { ...dateOperator((moment, limit) => moment < limit), words: 'is before' };

/**
 * How a rule compares: by meaning, without case and accents. A lead that lacks the field is never asked here:
 * only `isEmpty` and `isNotEmpty` decide on it (`conditions`). A list in the record holds when one of its values holds.
 */
export const operators: Record<ConditionOperator, Operator> = {
	equals, notEquals: not(equals, 'is not'),
	contains, notContains: not(contains, 'does not contain'),
	startsWith, notStartsWith: not(startsWith, 'does not start with'),
	endsWith, notEndsWith: not(endsWith, 'does not end with'),
	matches, notMatches: not(matches, 'does not match'),
	isEmpty: { words: 'is empty', prepare: () => () => false },
	isNotEmpty: { words: 'is not empty', prepare: () => () => true },
	isTrue, isFalse: not(isTrue, 'is no'),
	greaterThan, atMost: not(greaterThan, 'is at most'),
	atLeast, lessThan: not(atLeast, 'is less than'),
	before, after,
	isOneOf, isNotOneOf: not(isOneOf, 'is not one of'),
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

function not(operator: Operator, words: string): Operator {
	return {
		...operator,
		words,
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
	const code = terms.country ? readCountry(String(expected)) : null;
	const yesOrNo = typeof expected === 'boolean' || text === 'true' || text === 'false' ? toBoolean(expected) : undefined;
	const bounds = toBounds(expected);
	const moment = toMoment(expected, terms.timeZone);
	return (value) => {
		if (typeof value === 'string' && code !== null) return readCountry(value) === code;
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

function textOperator(words: string, holds: (text: string, part: string) => boolean): Operator {
	return {
		words, takes: 'a text',
		prepare: (expected) => {
			if (!isGiven(expected) || Array.isArray(expected)) return undefined;
			const part = fold(String(expected));
			return forAny((value) => {
				const text = textOf(value);
				return text === undefined ? undefined : holds(fold(text), part);
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

function orderOperator(words: string, decide: (value: Bounds, limit: number) => Answer): Operator {
	return {
		words, takes: 'a number or a date',
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

function dateOperator(holds: (moment: number, limit: number) => boolean): Omit<Operator, 'words'> {
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
