import type { Comparable } from './comparable';
import type { Level } from './comparisons';
import { isFreeDomain } from './email';

/** What keeps people apart whatever the sum of the evidence says; each can be switched off. */
export const apartRules = ['firstName', 'generation', 'oneEvidence', 'otherContact', 'roleMailbox', 'sharedPhone'] as const;
export type ApartRule = (typeof apartRules)[number];

/** What makes two entries one person whatever the sum of the evidence says, if no rule keeps them apart. */
export const togetherRules = ['email', 'id', 'phoneAndName'] as const;
export type TogetherRule = (typeof togetherRules)[number];

export interface MatchRules {
	apart: ReadonlySet<ApartRule>;
	together: ReadonlySet<TogetherRule>;
}

/** Everything keeps apart; an id or an own e-mail address joins. */
export const usualRules: MatchRules = { apart: new Set(apartRules), together: new Set<TogetherRule>(['email', 'id']) };

/** The best that the rules allow: `match`, `review` (a person must look) or `never`. */
export type AtMost = 'match' | 'review' | 'never';

/** What the rules look at. */
export interface PairFacts {
	a: Comparable;
	b: Comparable;
	level(name: string): Level;
	/** Whether an agreement on e-mail or phone is one of a mailbox or number of many. */
	sharedEmail: boolean;
	sharedPhone: boolean;
	/** Whether a first name is so rare in the list, and so like the other, that it may be a typing error. */
	mistypedFirstName: boolean;
	/** Number of kinds of evidence that agree. */
	kinds: number;
}

/** What the rules make of a pair, with the rule that decided in words. */
export interface Ruling {
	atMost: AtMost;
	/** Lifts the score to a match. */
	together: boolean;
	rule?: string;
}

/** The first rule that holds. Never-match pairs and equal ids are settled before. */
export function applyRules(facts: PairFacts, rules: MatchRules): Ruling {
	const { a, b, level } = facts;
	const sameEmail = level('email') === 'same' && !facts.sharedEmail;
	const samePhone = level('phone') === 'same' && !facts.sharedPhone;
	const agreesApart = hasOwnField(facts);
	const apart = (rule: ApartRule): boolean => rules.apart.has(rule);
	const ruling = (atMost: AtMost, rule: string): Ruling => ({ atMost, together: false, rule });

	if (apart('firstName') && level('firstName') === 'different' && !agreesApart) {
		if (sameEmail) return ruling('review', 'the same e-mail under another first name is looked at by a person');
		if (facts.mistypedFirstName && facts.kinds > 1) return ruling('review', 'a first name that nobody else has may be a typing error, so a person looks');
		if (isOneHousehold(facts)) return ruling('review', 'another first name at the same address may be a household, so a person looks');
		return ruling('never', 'different first names are different people');
	}
	if (apart('generation') && a.generation !== b.generation) {
		if (a.generation !== '' && b.generation !== '') return ruling('never', 'Jr and Sr are different people');
		if (!sameEmail) return ruling('review', 'only one of the names says Jr or Sr');
	}
	if (sameEmail && level('firstName') === 'different') return { atMost: 'match', together: false };
	if (sameEmail) return { atMost: 'match', together: rules.together.has('email') };
	if (apart('oneEvidence')) {
		if (facts.kinds < 2) return ruling('review', 'one kind of evidence alone does not merge');
		if (!samePhone && !agreesApart && !isClose(level('email')) && !placesThem(facts)) return ruling('review', 'name and town alone do not merge');
		if (level('firstName') === 'missing' && level('lastName') === 'missing' && !agreesApart) {
			// two entries of one firm have no name either; two mailboxes there without a name may be anybody's
			const isOfFirms = a.first + a.last + b.first + b.last === '' && (samePhone || level('email') === 'missing' || level('email') === 'same');
			if (!isOfFirms) return ruling('review', 'nothing says who it is');
		}
		if (level('firstName') === 'initial' && !samePhone && !agreesApart) return ruling('review', 'an initial fits many first names');
	}
	if (apart('otherContact') && !samePhone && !agreesApart) {
		const apartMail = isOther(level('email'));
		if (apartMail && a.mailDomain === b.mailDomain) return ruling('review', 'two mailboxes at one provider or company may be two people of one name');
		// a private address beside one at work is usual; two of other companies or providers are not, also with one mailbox name
		if ((apartMail || level('email') === 'other') && !isFreeDomain(a.mailDomain) && !isFreeDomain(b.mailDomain)) return ruling('review', 'the same name with an address somewhere else is looked at by a person');
		if (apartMail && level('phone') === 'different') return ruling('review', 'the same name with another e-mail and another phone is looked at by a person');
		if (level('company') === 'different' && (apartMail || level('phone') === 'different')) return ruling('review', 'the same name at another company is looked at by a person');
	}
	const together = rules.together.has('phoneAndName') && samePhone && !['different', 'missing', 'similar'].includes(level('lastName')) && level('firstName') !== 'missing';
	return { atMost: 'match', together };
}

/** A field of the operator that tells people apart (a day of birth, a customer number) agrees. */
function hasOwnField({ a, level }: PairFacts): boolean {
	return a.also.some(({ key, kind }) => (kind === 'date' || kind === 'code') && (level(key) === 'same' || level(key) === 'close'));
}

function isOneHousehold({ level }: PairFacts): boolean {
	return ['same', 'close'].includes(level('street')) && ['same', 'close'].includes(level('city')) && ['same', 'close'].includes(level('postalCode'));
}

function placesThem({ level }: PairFacts): boolean {
	return ['same', 'close', 'other'].includes(level('company')) || ['same', 'close'].includes(level('street')) || level('postalCode') === 'same';
}

function isClose(level: Level): boolean {
	return level === 'close' || level === 'other';
}

function isOther(level: Level): boolean {
	return level === 'different' || level === 'similar';
}
