import { countryName, readCountry } from '../country';
import { fill } from '../fill';
import { plainLine } from '../shorten';
import { isCountryField, labelOfField, longestValue, mostListed, toWords } from './inWords';
import { listOf, operators, type ConditionOperator } from './operators';
import type { RouterCondition } from './conditions';
import { blockedQueue, type RouterGroup, type RouterRule } from './ruleTable';

/** How rules are said in a language. `{when}`, `{what}`, `{field}`, `{value}`, `{low}`, `{high}` and `{n}` are filled in. */
export interface SentenceWords {
	/** For names of countries. */
	locale: string;
	sentence: string;
	always: string;
	and: string;
	or: string;
	yes: string;
	no: string;
	expression: string;
	others: string;
	between: string;
	notBetween: string;
	/** Between field and value; without one for those that take none. */
	operators: Record<Exclude<ConditionOperator, 'isTrue' | 'isFalse' | 'isBetween' | 'isNotBetween'>, string>;
	blocked: string;
	queue: string;
	/** Stands before the first part when there is no queue. */
	goes: string;
	member: string;
	team: string;
	skills: string;
	priority: string;
	priorities: Record<'high' | 'normal' | 'low', string>;
	slaPolicy: string;
	sequence: string;
	notRead: string;
	goesOn: string;
	nothing: string;
	/** By path; a path that is not named keeps its English label. */
	labels: Record<string, string>;
}

export const englishSentences: SentenceWords = {
	locale: 'en', sentence: 'If {when}, {what}.', always: 'Always, {what}.', and: ' and ', or: ' or ', yes: 'yes', no: 'no', expression: 'an expression holds', others: ' and {n} others',
	between: '{field} is between {low} and {high}', notBetween: '{field} is not between {low} and {high}',
	operators: Object.fromEntries(Object.entries(operators).map(([name, { words }]) => [name, words])) as SentenceWords['operators'],
	blocked: 'the lead is blocked in queue {value}', queue: 'the lead goes to queue {value}', goes: 'the lead goes ', member: 'to member {value}', team: 'to team {value}', skills: 'to somebody with {value}',
	priority: 'with priority {value}', priorities: { high: 'high', normal: 'normal', low: 'low' }, slaPolicy: 'with SLA policy {value}', sequence: 'with sequence {value}',
	notRead: ' and AI does not read the message', goesOn: ' and the next rules are tried too', nothing: 'nothing happens', labels: {},
};

/**
 * A rule as one sentence, e.g. `If country is United Kingdom and company size is at least 500, the lead goes to queue UK
 * Enterprise, to team Team A, with priority high.`
 */
export function ruleSentence(rule: RouterRule, words = englishSentences): string {
	const parts = [...rule.conditions.map((condition) => sayCondition(condition, words)), ...(rule.groups ?? []).map((group) => sayGroup(group, words))];
	const what = whatHappens(rule, words);
	return parts.length === 0 ? fill(words.always, { what }) : fill(words.sentence, { when: parts.join(rule.match === 'any' ? words.or : words.and), what });
}

function whatHappens({ block, queue, team, owner, priority, slaPolicy, sequence, skills, readMessageWithAi, ...rule }: RouterRule, words: SentenceWords): string {
	const parts: string[] = [];
	const say = (part: 'blocked' | 'queue' | 'member' | 'team' | 'skills' | 'priority' | 'slaPolicy' | 'sequence', value: string) => parts.push(fill(words[part], { value }));
	if (block) say('blocked', queue ?? blockedQueue);
	else if (queue !== undefined) say('queue', queue);
	if (owner !== undefined) say('member', owner);
	else if (team !== undefined) say('team', team);
	if (skills && skills.length > 0) say('skills', skills.join(words.and));
	if (priority !== undefined) say('priority', words.priorities[priority]);
	if (slaPolicy !== undefined) say('slaPolicy', slaPolicy);
	if (sequence !== undefined) say('sequence', sequence);
	const more = [...(readMessageWithAi ? [] : [words.notRead]), ...(rule.continue ? [words.goesOn] : [])];
	if (parts.length === 0 && more.length === 0) return words.nothing;
	return (block || queue !== undefined ? '' : words.goes) + parts.join(', ') + more.join('');
}

function sayGroup({ match, conditions }: RouterGroup, words: SentenceWords): string {
	return `(${conditions.map((condition) => sayCondition(condition, words)).join(match === 'any' ? words.or : words.and)})`;
}

function sayCondition(condition: RouterCondition, words: SentenceWords): string {
	if (condition.fieldExpression !== undefined || condition.valueExpression !== undefined) return words.expression;
	const labelOf = (path: string) => words.labels[path] ?? labelOfField(path);
	const { field, operator, valueField } = condition;
	const label = labelOf(field);
	if (operator === 'isTrue' || operator === 'isFalse') return `${label}: ${operator === 'isTrue' ? words.yes : words.no}`;
	const expected = valueField === undefined ? condition.value : labelOf(valueField);
	if (operator === 'isBetween' || operator === 'isNotBetween') {
		const [low, high] = Array.isArray(expected) ? expected.map((bound) => sayValue(bound, '', words)) : [];
		return fill(operator === 'isBetween' ? words.between : words.notBetween, { field: label, low, high });
	}
	if (operators[operator].takes === undefined) return `${label} ${words.operators[operator]}`;
	const list = operators[operator].takes === 'a list' ? listOf(expected) : expected;
	const isList = Array.isArray(list) && list.length > 1;
	// a pattern is tried on the code of a country, not on its name
	const path = operator === 'matches' || operator === 'notMatches' ? '' : field;
	return `${label} ${words.operators[isList ? several[operator] ?? operator : single[operator] ?? operator]} ${sayValue(list, path, words)}`;
}

const several: Partial<Record<ConditionOperator, 'isOneOf' | 'isNotOneOf'>> = { equals: 'isOneOf', notEquals: 'isNotOneOf' };
const single: Partial<Record<ConditionOperator, 'equals' | 'notEquals'>> = { isOneOf: 'equals', isNotOneOf: 'notEquals' };

/** As `toWords` says it; lists, yes and no, and countries in the language. */
function sayValue(value: unknown, path: string, words: SentenceWords): string {
	if (typeof value === 'boolean') return value ? words.yes : words.no;
	if (Array.isArray(value)) {
		const told = value.slice(0, mostListed).map((part: unknown) => (Array.isArray(part) ? toWords(part) : sayValue(part, path, words)));
		return told.join(', ') + (value.length > mostListed ? fill(words.others, { n: String(value.length - mostListed) }) : '');
	}
	const code = typeof value === 'string' && isCountryField(path) ? readCountry(plainLine(value, longestValue)) : null;
	return code === null ? toWords(value) : countryIn(code, words.locale);
}

function countryIn(code: string, locale: string): string {
	return (locale === 'en' ? countryName(code) : new Intl.DisplayNames(locale, { type: 'region' }).of(code)) ?? code;
}
