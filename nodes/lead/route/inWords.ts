import { countryName, readCountry } from '../country';
import { plainLine } from '../shorten';
import { freeBelow, kindOfField } from './fields';
import { isMissing, toBounds } from './meaning';
import { listOf, operators, type ConditionOperator } from './operators';

/** Longest text of a value. */
export const longestValue = 40;
/** A longer list is counted from here on. */
export const mostListed = 4;

/** Paths whose last name alone says too little, or another thing. */
const ownLabels: Record<string, string> = {
	'client': 'client', 'intent.name': 'intent', 'run.test': 'test run', 'quality.score': 'quality score', 'intent.score': 'lead score', 'consent.email': 'consent to e-mail', 'consent.phone': 'consent to calls',
	'consent.sms': 'consent to text messages', 'lead.companySize.min': 'company size', 'lead.companySize.max': 'company size', 'lead.budget.min': 'budget', 'lead.budget.max': 'budget',
	'lead.budget.currency': 'budget currency', 'match.score': 'match score', 'submission.id': 'submission id', 'submission.key': 'submission key', 'submission.state': 'submission state',
};

/** What people call a path: `match.customerStatus` is "customer status", `source.firstTouch.campaign` is "first touch campaign". */
export function labelOfField(path: string): string {
	const free = freeBelow.find((start) => path.startsWith(start));
	if (free) return plainLine(path.slice(free.length), longestValue);
	if (Object.hasOwn(ownLabels, path)) return ownLabels[path];
	const parts = path.split('.').filter((part, index) => index > 0 || path === part).filter((part) => part !== 'flags');
	return parts.map((part) => part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()).join(' ');
}

/** Whether the values of this path are countries. */
export function isCountryField(path: string): boolean {
	return kindOfField(path) === 'country';
}

/** A value as a person reads it, on one line and short; countries of a country field by their English name. */
export function toWords(value: unknown, path = ''): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value)) {
		const told = value.slice(0, mostListed).map((part) => (Array.isArray(part) ? 'a list' : toWords(part, path)));
		return value.length > mostListed ? `${told.join(', ')} and ${value.length - mostListed} others` : told.join(', ');
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
	return (code === null ? undefined : countryName(code)) ?? text;
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
	const { label, operator, value, expected } = condition;
	if (operator === 'isTrue' || operator === 'isFalse') return isMissing(value) ? `${label} is not known` : `${label}: ${operator === 'isTrue' ? 'yes' : 'no'}`;
	const { words, takes } = operators[operator];
	if (isMissing(value) && operator !== 'isEmpty') return `${label} is not known`;
	if (takes === undefined) return `${label} ${words}`;
	if (operator === 'isBetween' || operator === 'isNotBetween') {
		const [low, high] = Array.isArray(expected) ? expected.map((bound) => toWords(bound)) : [];
		return `${label} ${words} ${low} and ${high}`;
	}
	const list = takes === 'a list' ? listOf(expected) : expected;
	const several = Array.isArray(list) && list.length > 1;
	const verb = several ? words.replace(/^is( not)?$/, 'is$1 one of') : words.replace(/ one of$/, '');
	return `${label} ${verb} ${toWords(list, pathOfValues(condition))}`;
}

/** A pattern is tried on the code of a country, not on its name. */
function pathOfValues({ path, operator }: AskedCondition): string {
	return operator === 'matches' || operator === 'notMatches' ? '' : path;
}
