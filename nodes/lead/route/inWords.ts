import { countryName, readCountry } from '../country';
import { fill } from '../fill';
import { plainLine } from '../shorten';
import { freeBelow, kindOfField } from './fields';
import { isMissing, toBounds } from './meaning';
import { listOf, operators, type ConditionOperator } from './operators';
import { englishRules } from './words/english';

const longestValue = 40;
/** A longer list is counted from here on. */
const mostListed = 4;

/** What people call a path: `match.customerStatus` is "customer status", `source.firstTouch.campaign` is "first touch campaign". */
export function labelOfField(path: string, words = englishRules): string {
	const free = freeBelow.find((start) => path.startsWith(start));
	if (free) return plainLine(path.slice(free.length), longestValue);
	const own = [words, englishRules].find(({ labels }) => Object.hasOwn(labels, path));
	if (own) return own.labels[path];
	const parts = path.split('.').filter((part, index) => index > 0 || path === part).filter((part) => part !== 'flags');
	return parts.map((part) => part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()).join(' ');
}

/** Whether the values of this path are countries. */
export function isCountryField(path: string): boolean {
	return kindOfField(path) === 'country';
}

/** A value as a person reads it, on one line and short; countries of a country field by their name. Ranges, which only leads have, are English. */
export function toWords(value: unknown, path = '', words = englishRules): string {
	if (typeof value === 'boolean') return value ? words.yes : words.no;
	if (Array.isArray(value)) {
		const told = value.slice(0, mostListed).map((part) => (Array.isArray(part) ? 'a list' : toWords(part, path, words)));
		return told.join(', ') + (value.length > mostListed ? fill(words.others, { n: String(value.length - mostListed) }) : '');
	}
	if (typeof value === 'object' && value !== null) {
		const bounds = toBounds(value);
		if (!bounds) return 'a value';
		if (bounds.min === bounds.max) return String(bounds.min);
		if (bounds.max === Infinity) return `${bounds.min} or more`;
		return bounds.min === -Infinity ? `up to ${bounds.max}` : `${bounds.min} to ${bounds.max}`;
	}
	const text = plainLine(String(value ?? ''), longestValue);
	const code = isCountryField(path) ? readCountry(text) : null;
	return (code === null ? undefined : countryName(code, words.locale)) ?? text;
}

/** One condition as it was asked of one lead. */
export interface AskedCondition {
	path: string;
	label: string;
	operator: ConditionOperator;
	/** What the lead has. */
	value: unknown;
	/** What the rule gives. */
	expected: unknown;
}

/** For a rep: what the lead has that made a condition hold, e.g. `country is United Kingdom`, `company size 1000 or more`, `high intent: yes`. */
export function tellValue(condition: AskedCondition): string {
	const { path, label, operator, value } = condition;
	if (isMissing(value) || operator === 'isTrue' || operator === 'isFalse') return tellQuestion(condition);
	// of a long text only the part that was asked for tells anything
	if (typeof value === 'string' && value.length > longestValue) return tellQuestion(condition);
	const words = toWords(value, path);
	if (typeof value === 'boolean') return `${label}: ${words}`;
	if (typeof value === 'number' && path.endsWith('.min')) return `${label} ${words} or more`;
	if (typeof value === 'number' && path.endsWith('.max')) return `${label} up to ${words}`;
	return typeof value === 'string' || Array.isArray(value) ? `${label} is ${words}` : `${label} ${words}`;
}

/** For audit: the condition with both sides, e.g. `company size is at least 500 (1000 or more)`, `customer status is not known`. */
export function tellComparison(condition: AskedCondition): string {
	const { path, operator, value, expected } = condition;
	const question = tellQuestion(condition);
	if (isMissing(value) || operator === 'isTrue' || operator === 'isFalse') return question;
	const found = toWords(value, pathOfValues(condition));
	return found.toLowerCase() === toWords(expected, path).toLowerCase() ? question : `${question} (${found})`;
}

function tellQuestion(condition: AskedCondition): string {
	if (isMissing(condition.value) && condition.operator !== 'isEmpty') return `${condition.label} is not known`;
	return sayQuestion(condition);
}

/** What a condition asks, whoever is asked: `company size is at least 500`, `high intent: yes`. */
export function sayQuestion(condition: Omit<AskedCondition, 'value'>, words = englishRules): string {
	const { label, operator, expected } = condition;
	if (operator === 'isTrue' || operator === 'isFalse') return `${label}: ${operator === 'isTrue' ? words.yes : words.no}`;
	const { takes } = operators[operator];
	if (takes === undefined) return `${label} ${words.operators[operator]}`;
	if (operator === 'isBetween' || operator === 'isNotBetween') {
		const bounds = Array.isArray(expected) ? expected.map((bound) => toWords(bound, '', words)) : [];
		return `${label} ${words.operators[operator]} ${bounds.join(words.and)}`;
	}
	const list = takes === 'a list' ? listOf(expected) : expected;
	// several values are asked for as a list, and a list of one as a value
	const verb = Array.isArray(list) && list.length > 1 ? asList[operator] : asValue[operator];
	return `${label} ${words.operators[verb ?? operator]} ${toWords(list, pathOfValues(condition), words)}`;
}

const asList: Partial<Record<ConditionOperator, 'isOneOf' | 'isNotOneOf'>> = { equals: 'isOneOf', notEquals: 'isNotOneOf' };
const asValue: Partial<Record<ConditionOperator, 'equals' | 'notEquals'>> = { isOneOf: 'equals', isNotOneOf: 'notEquals' };

/** A pattern is tried on the code of a country, not on its name. */
function pathOfValues({ path, operator }: Pick<AskedCondition, 'path' | 'operator'>): string {
	return operator === 'matches' || operator === 'notMatches' ? '' : path;
}
