import type { RouterCondition } from '../../../nodes/lead/route/conditions';
import type { RouterRule } from '../../../nodes/lead/route/ruleTable';
import { seeded } from '../../support/seeded';

interface Field {
	path: string;
	/** Every value that a lead of the enumeration can have; null is the lack of one. */
	values: unknown[];
	condition: (random: () => number) => Omit<RouterCondition, 'field'>;
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)];
const whole = (random: () => number, below: number): number => Math.floor(random() * below);
const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, number) => number);
const isMissing = (random: () => number): Omit<RouterCondition, 'field'> => ({ operator: random() < 0.5 ? 'isEmpty' : 'isNotEmpty' });

function numbersBelow(random: () => number, most: number): Omit<RouterCondition, 'field'> {
	const operator = pick(random, ['atLeast', 'greaterThan', 'atMost', 'lessThan', 'isBetween', 'isNotBetween', 'equals', 'notEquals', 'empty'] as const);
	if (operator === 'empty') return isMissing(random);
	const one = whole(random, most);
	if (operator !== 'isBetween' && operator !== 'isNotBetween') return { operator, value: one };
	return { operator, value: [one, one + whole(random, most - one + 1)] };
}

function namesOf(random: () => number, names: readonly string[]): Omit<RouterCondition, 'field'> {
	const operator = pick(random, ['equals', 'notEquals', 'isOneOf', 'isNotOneOf', 'empty'] as const);
	if (operator === 'empty') return isMissing(random);
	if (operator === 'equals' || operator === 'notEquals') return { operator, value: pick(random, names) };
	return { operator, value: names.filter(() => random() < 0.5).concat(pick(random, names)) };
}

function codes(random: () => number): Omit<RouterCondition, 'field'> {
	const operator = pick(random, ['startsWith', 'notStartsWith', 'equals', 'notEquals', 'isBetween', 'isNotBetween', 'empty'] as const);
	if (operator === 'empty') return isMissing(random);
	const code = String(whole(random, 100)).padStart(2, '0');
	if (operator === 'startsWith' || operator === 'notStartsWith') return { operator, value: random() < 0.7 ? code[0] : code };
	if (operator === 'equals' || operator === 'notEquals') return { operator, value: code };
	return { operator, value: [code, String(Number(code) + whole(random, 100 - Number(code))).padStart(2, '0')] };
}

function texts(random: () => number): Omit<RouterCondition, 'field'> {
	const operator = pick(random, ['startsWith', 'contains', 'endsWith', 'notStartsWith', 'notContains', 'notEndsWith', 'equals', 'notEquals', 'empty'] as const);
	if (operator === 'empty') return isMissing(random);
	return { operator, value: Array.from({ length: 1 + whole(random, 2) }, () => pick(random, ['a', 'b'])).join('') };
}

/** All words over a, b and c up to six letters; no condition names a c. */
function words(): string[] {
	let longest = [''];
	const all: string[] = [];
	for (let length = 0; length < 6; length++) {
		longest = longest.flatMap((word) => ['a', 'b', 'c'].map((letter) => word + letter));
		all.push(...longest);
	}
	return all;
}

const statuses = ['customer', 'partner', 'competitor', 'openOpportunity'];
const fields: Field[] = [
	{ path: 'lead.country', values: ['GB', 'IE', 'DE', 'FR', 'US', 'BR', null], condition: (random) => namesOf(random, ['UK', 'Ireland', 'DE', 'france', 'US']) },
	{ path: 'lead.companySize', values: [...upTo(60).map((size) => ({ min: size, max: size })), null], condition: (random) => numbersBelow(random, 50) },
	{ path: 'lead.custom.Seats', values: [-1, ...upTo(40), null], condition: (random) => numbersBelow(random, 30) },
	{ path: 'match.customerStatus', values: [...statuses, 'something', null], condition: (random) => namesOf(random, statuses) },
	{ path: 'lead.postalCode', values: [...upTo(99).map((code) => String(code).padStart(2, '0')), null], condition: codes },
	{ path: 'quality.flags.freeEmail', values: [true, false, null], condition: (random) => (random() < 0.2 ? isMissing(random) : { operator: random() < 0.5 ? 'isTrue' : 'isFalse' }) },
	{ path: 'lead.city', values: [...words(), null], condition: texts },
];

export interface RandomTable {
	rules: RouterRule[];
	fields: { path: string; values: unknown[] }[];
}

/** A table of up to 12 rules over two or three fields, small enough that every lead of it can be gone through. */
export function randomTable(seed: number): RandomTable {
	const random = seeded(seed);
	const chosen: Field[] = [];
	const count = 1 + whole(random, 3);
	while (chosen.length < count) {
		const field = pick(random, fields);
		const leads = chosen.reduce((product, { values }) => product * values.length, field.values.length);
		if (!chosen.includes(field) && leads <= 60_000) chosen.push(field);
		else if (random() < 0.2) break;
	}
	const condition = (): RouterCondition => {
		const field = pick(random, chosen);
		return { field: field.path, ...field.condition(random) } as RouterCondition;
	};
	const rules = Array.from({ length: 2 + whole(random, 11) }, (_, index): RouterRule => {
		const group = random() < 0.15 ? [{ match: random() < 0.5 ? 'any' as const : 'all' as const, conditions: [condition(), condition()] }] : undefined;
		return {
			name: `Rule ${index + 1}`, tier: 'hard', match: random() < 0.2 ? 'any' : 'all',
			conditions: Array.from({ length: 1 + whole(random, 3) }, condition), ...(group ? { groups: group } : {}),
			queue: `Queue ${whole(random, 4)}`, owner: `member ${whole(random, 3)}`, readMessageWithAi: true, continue: random() < 0.1,
		};
	});
	return { rules, fields: chosen.map(({ path, values }) => ({ path, values })) };
}

/** What the enumeration of all leads of a table finds. */
export interface Enumerated {
	/** Numbers of the rules that decide for no lead. */
	unreachable: number[];
	/** Numbers of pairs that take some lead both, earlier first, with different owners. */
	overlaps: string[];
	gaps: number;
	/** Whether no rule takes this lead; by path. */
	isGap: (lead: Record<string, unknown>) => boolean;
}

/** Goes through every lead of a table with comparisons of its own, so that it knows nothing of what it checks. */
export function enumerate({ rules, fields: columns }: RandomTable): Enumerated {
	const reached = new Set<number>();
	const overlaps = new Set<string>();
	let gaps = 0;
	const answers = rules.map((rule) => answersOf(rule, columns));
	const places = columns.map(() => 0);
	const matches = (rule: RouterRule, index: number): boolean => {
		const parts = answers[index].map(({ match, conditions }) => conditions[match === 'any' ? 'some' : 'every'](({ column, holds }) => holds[places[column]]));
		return rule.match === 'any' ? parts.some(Boolean) : parts.every(Boolean);
	};
	for (;;) {
		const matched = rules.flatMap((rule, index) => (matches(rule, index) ? [index] : []));
		if (matched.length === 0) gaps++;
		for (const index of matched) {
			reached.add(index);
			if (!rules[index].continue) break;
		}
		for (const [at, earlier] of matched.entries()) for (const later of matched.slice(at + 1)) if (rules[earlier].owner !== rules[later].owner) overlaps.add(`${earlier + 1}-${later + 1}`);
		let column = 0;
		while (column < places.length && ++places[column] === columns[column].values.length) places[column++] = 0;
		if (column === places.length) break;
	}
	return {
		unreachable: rules.flatMap((_, index) => (reached.has(index) ? [] : [index + 1])),
		overlaps: [...overlaps],
		gaps,
		isGap: (lead) => !rules.some((rule) => {
			const parts = partsOf(rule).map(({ match, conditions }) => conditions[match === 'any' ? 'some' : 'every'](({ field, operator, value }) => holds(lead[field], operator, value, field)));
			return rule.match === 'any' ? parts.some(Boolean) : parts.every(Boolean);
		}),
	};
}

function partsOf(rule: RouterRule): { match: 'all' | 'any'; conditions: RouterCondition[] }[] {
	return [...rule.conditions.map((condition) => ({ match: 'all' as const, conditions: [condition] })), ...(rule.groups ?? [])];
}

function answersOf(rule: RouterRule, columns: RandomTable['fields']): { match: 'all' | 'any'; conditions: { column: number; holds: boolean[] }[] }[] {
	return partsOf(rule).map(({ match, conditions }) => ({
		match,
		conditions: conditions.map(({ field, operator, value }) => {
			const column = columns.findIndex(({ path }) => path === field);
			return { column, holds: columns[column].values.map((one) => holds(one, operator, value, field)) };
		}),
	}));
}

const countries: Record<string, string> = { uk: 'GB', ireland: 'IE', france: 'FR' };

function holds(given: unknown, operator: RouterCondition['operator'], expected: RouterCondition['value'], field: string): boolean {
	if (operator === 'isEmpty') return given === null;
	if (given === null) return false;
	if (operator === 'isNotEmpty') return true;
	const value = typeof given === 'object' ? (given as { min: number }).min : given;
	if (operator === 'isTrue') return value === true;
	if (operator === 'isFalse') return value === false;
	const wanted = [expected].flat().map((one) => (field === 'lead.country' ? (countries[String(one).toLowerCase()] ?? one) : one)) as (string | number)[];
	const [first, last] = wanted;
	const text = String(value);
	switch (operator) {
		case 'equals': case 'isOneOf': return wanted.some((one) => one === value);
		case 'notEquals': case 'isNotOneOf': return wanted.every((one) => one !== value);
		case 'atLeast': return (value as number) >= (first as number);
		case 'greaterThan': return (value as number) > (first as number);
		case 'atMost': return (value as number) <= (first as number);
		case 'lessThan': return (value as number) < (first as number);
		case 'isBetween': return (value as number) >= (first as number) && (value as number) <= (last as number);
		case 'isNotBetween': return (value as number) < (first as number) || (value as number) > (last as number);
		case 'startsWith': return text.startsWith(String(first));
		case 'notStartsWith': return !text.startsWith(String(first));
		case 'contains': return text.includes(String(first));
		case 'notContains': return !text.includes(String(first));
		case 'endsWith': return text.endsWith(String(first));
		case 'notEndsWith': return !text.endsWith(String(first));
		default: throw new Error(`the enumeration knows no ${operator}`);
	}
}
