import type { conditionOperators } from '../../settings/clientSettings';

type Asking = Exclude<(typeof conditionOperators)[number], 'isTrue' | 'isFalse'>;

/** How rules are said in a language. `{when}`, `{what}`, `{value}` and `{n}` are filled in. */
export interface RuleWords {
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
	/** Between field and value, or behind the field. */
	operators: Record<Asking, string>;
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
	/** What people call a field, by its path; one that is not named is called as in English, at last by the words of its path. */
	labels: Record<string, string>;
}
