import { toComparable } from './comparable';
import { comparePersons, type Compared, type Level } from './comparisons';
import type { ComparedFields } from './knownPerson';
import { isSharedEmail, isSharedPhone } from './matchKeys';
import { applyRules, usualRules, type AtMost, type MatchRules } from './matchRules';
import { textSimilarity } from './similarity';
import { usualWeights, type Weights } from './weights';
import { evidenceOf, inWords, type Evidence } from './evidenceWords';

export interface PairScore {
	/** Probability that both are one person, 0 to 1, after the rules. */
	score: number;
	/** The sum of the evidence before the rules, in bits; above 0 likelier one person than not. */
	bits: number;
	atMost: AtMost;
	/** In words without personal values, e.g. `same e-mail`, `similar name`. */
	because: string[];
	agrees: Evidence[];
}

export interface PairContext {
	/** Default: the usual ones, among few persons. */
	weights?: Weights;
	/** Default: all that keeps apart, and an own e-mail or id joins. */
	rules?: MatchRules;
	/** Whether the phone number is known to be used by people of different names. */
	sharedPhone?: boolean;
	sharedEmail?: boolean;
	sameExternalId?: boolean;
	/** Whether a person said that these two are not one. */
	neverMatch?: boolean;
	/** How many of the known persons have the lead's whole name. */
	namesakes?: number;
	/** The known person has this key, although its newest values are others. */
	holdsEmail?: boolean;
	holdsPhone?: boolean;
}

/** What an address or number of many is worth, in bits. */
const sharedBits = 3;
const highestDoubtful = 0.8;
const highestRefused = 0.2;
/** An address of one's own under another name is always worth a look: an invented name, an assistant, a couple. */
const lowestSameEmail = 0.7;
/** Above every match threshold. */
const surely = 0.999;
/** A first name that fewer than one in 4,000 have, in a list that shows it. */
const rareShare = 1 / 4000;

/** Compares an incoming lead with one known person, field by field, and says why. */
export function scorePair(incoming: ComparedFields, known: ComparedFields, context: PairContext = {}): PairScore {
	const a = toComparable(incoming);
	const b = toComparable(known);
	const { weights = usualWeights(0), rules = usualRules } = context;
	const found = comparePersons(a, b).filter(({ level }) => level !== 'missing').map((one) => holding(one, context));
	const levels = new Map(found.map(({ name, level }) => [name, level]));
	const level = (name: string): Level => levels.get(name) ?? 'missing';
	const sharedEmail = rules.apart.has('roleMailbox') && (context.sharedEmail === true || isSharedEmail(incoming) || isSharedEmail(known));
	const sharedPhone = rules.apart.has('sharedPhone') && (context.sharedPhone === true || isSharedPhone(incoming) || isSharedPhone(known));
	const shares = (name: string): boolean => (name === 'email' && sharedEmail) || (name === 'phone' && sharedPhone);

	let bits = weights.priorBits;
	const because: string[] = [];
	const agrees = new Set<Evidence>();
	for (const one of found) {
		// the domain of a mailbox of many is no second agreement
		if (one.name === 'company' && one.level === 'same' && sharedEmail && level('email') === 'same') continue;
		const isShared = shares(one.name) && one.level === 'same';
		const worth = isShared ? Math.min(sharedBits, weights.bits(one)) : weights.bits(one);
		bits += worth;
		if (worth >= 2) agrees.add(evidenceOf(one.name));
		const said = inWords(one, isShared, level);
		if (said !== undefined) because.push(said);
	}
	bits += correctCommonName(level, found, weights, context.namesakes);
	if (!isNameEvidence(level)) agrees.delete('name');
	if (context.sameExternalId === true) {
		agrees.add('externalId');
		if (rules.together.has('id') && context.neverMatch !== true) return { score: 1, bits, atMost: 'match', because: ['same id', ...because], agrees: [...agrees] };
	}
	if (context.neverMatch === true) return { score: 0, bits, atMost: 'never', because: ['a person said that these two are not one', ...because], agrees: [...agrees] };
	const { atMost, together, rule } = applyRules({
		a, b, level, sharedEmail, sharedPhone, kinds: agrees.size,
		mistypedFirstName: (isRare(weights, a.first) || isRare(weights, b.first)) && (a.first[0] === b.first[0] || textSimilarity(a.first, b.first) >= 0.5),
	}, rules);
	if (rule !== undefined) because.push(rule);
	const highest = { match: 1, review: highestDoubtful, never: highestRefused }[atMost];
	const lowest = together ? surely : level('email') === 'same' && !sharedEmail && atMost === 'review' ? lowestSameEmail : 0;
	return { score: round(Math.min(Math.max(1 / (1 + 2 ** -bits), lowest), highest)), bits, atMost, because, agrees: [...agrees] };
}

/** The whole name says no more than how few have it. Not above 0. */
function correctCommonName(level: (name: string) => Level, found: readonly Compared[], weights: Weights, namesakes = 0): number {
	if (weights.persons === undefined || namesakes < 2 || level('firstName') !== 'same' || level('lastName') !== 'same') return 0;
	const counted = found.filter(({ name }) => name === 'firstName' || name === 'lastName').reduce((sum, one) => sum + weights.bits(one), 0);
	return Math.min(0, Math.log2(weights.persons / namesakes) - counted);
}

/** An address or number that the person had before is as good as the present one. */
function holding(one: Compared, { holdsEmail, holdsPhone }: PairContext): Compared {
	if (one.level === 'same' || !((one.name === 'email' && holdsEmail) || (one.name === 'phone' && holdsPhone))) return one;
	return { name: one.name, level: 'same' };
}

function isNameEvidence(level: (name: string) => Level): boolean {
	const fits = (one: Level): boolean => one !== 'different' && one !== 'missing' && one !== 'similar';
	// a last name alone is a family's
	return fits(level('firstName')) && (fits(level('lastName')) || level('lastName') === 'missing') && (level('firstName') !== 'initial' || (fits(level('lastName')) && level('lastName') !== 'initial'));
}

function isRare(weights: Weights, first: string): boolean {
	const share = first === '' ? undefined : weights.shareOf?.('firstName', first);
	return share !== undefined && share <= rareShare;
}

/** Whether two persons cannot be one by their first names: they only share a number or a mailbox. */
export function haveDifferentFirstNames(one: ComparedFields, other: ComparedFields): boolean {
	const compared = comparePersons(toComparable(one), toComparable(other));
	return compared.some(({ name, level }) => name === 'firstName' && level === 'different');
}

function round(score: number): number {
	return Math.round(score * 1000) / 1000;
}
