import type { CappedKey, ComparedFields } from './knownPerson';
import { isSharedEmail, isSharedPhone } from './matchKeys';
import {
	compareCompanies, compareEmails, compareFirstNames, compareLastNames, comparePhones, comparePlaces, fold, foldName, textSimilarity,
	type Agreement,
} from './similarity';

/** Kinds of evidence; one kind alone never merges, but for an address of one's own. */
export type Evidence = 'email' | 'phone' | 'name' | 'company' | 'place' | 'externalId';

export interface PairScore {
	/** Probability that both are one person, 0 to 1, after the rules below. */
	score: number;
	/** The best that the rules allow: `match`, `review` (a person must look) or `never`. */
	atMost: 'match' | 'review' | 'never';
	/** In words without personal values, e.g. `same e-mail`, `similar name (0.91)`. */
	because: string[];
	agrees: Evidence[];
}

export interface PairContext {
	/** Whether the phone number is known to be used by people of different names. */
	sharedPhone?: boolean;
	sharedEmail?: boolean;
	/** Whether so many people have this name that it says little. */
	commonName?: boolean;
	sameExternalId?: boolean;
}

/**
 * Bits of evidence per agreement: log2 of how much more often it is seen between two entries of one person than
 * between two persons that share a blocking key (Fellegi and Sunter, "A Theory for Record Linkage", JASA 1969).
 * Set by hand from typical shares of lead forms, not trained on any one list.
 */
const bits = {
	email: { same: 22, close: 10, part: 6, different: -1.5 },
	sharedEmail: { same: 4, different: -1 },
	phone: { same: 13, close: 6, different: -1.5 },
	sharedPhone: { same: 3, different: -0.5 },
	firstName: { same: 6, nickname: 5, close: 3.5, initial: 2, different: -8 },
	lastName: { same: 9, close: 6, part: 5, initial: 1.5, different: -6 },
	company: { same: 6, close: 4.5, part: 3.5, different: -2 },
	city: { same: 3, close: 2, different: -0.7 },
	postalCode: { same: 5, close: 1, different: -1 },
	country: { same: 0.5, different: -1.5 },
} satisfies Record<string, Partial<Record<Agreement, number>>>;

/** Odds that two entries sharing a blocking key are one person, before any field is compared. */
const priorBits = -13;
/** What a name that very many people have is worth less. */
const commonNameBits = -5;
const highestDoubtful = 0.8;
const highestRefused = 0.2;
/** An address of one's own under another name is always worth a look: an invented name, an assistant, a couple. */
const lowestSameEmail = 0.7;

/** A map, because a lead may be called Constructor. */
const generationWords = new Map([
	['jr', 'junior'], ['jnr', 'junior'], ['junior', 'junior'], ['sr', 'senior'], ['snr', 'senior'], ['senior', 'senior'], ['ii', '2'], ['iii', '3'], ['iv', '4'],
]);

/** Compares an incoming lead with one known person, field by field, and says why. */
export function scorePair(incoming: ComparedFields, known: ComparedFields, context: PairContext = {}): PairScore {
	const because: string[] = [];
	const agrees = new Set<Evidence>();
	let sum = priorBits;
	const count = (table: Partial<Record<Agreement, number>>, agreement: Agreement, evidence: Evidence, words: Partial<Record<Agreement, string>>): void => {
		const found = agreement === 'missing' ? undefined : table[agreement];
		sum += found ?? 0;
		if (found !== undefined && found >= 2) agrees.add(evidence);
		const said = words[agreement];
		if (said !== undefined && found !== undefined) because.push(said);
	};

	const email = compareEmails(incoming.emailKey, known.emailKey);
	const sharedEmail = context.sharedEmail === true || isSharedEmail(incoming) || isSharedEmail(known);
	count(sharedEmail ? bits.sharedEmail : bits.email, email, 'email', sharedEmail
		? { same: 'same e-mail, but of a mailbox that is not one person\'s' }
		: { same: 'same e-mail', close: 'nearly the same e-mail', part: 'same mailbox name at another provider', different: 'different e-mail' });

	const phone = comparePhones(incoming.phone, known.phone);
	const sharedPhone = context.sharedPhone === true || isSharedPhone(incoming) || isSharedPhone(known);
	count(sharedPhone ? bits.sharedPhone : bits.phone, phone, 'phone', sharedPhone
		? { same: 'same phone, but of a number that several people use' }
		: { same: 'same phone', close: 'nearly the same phone', different: 'different phone' });

	const name = compareWholeNames(incoming, known);
	const nameBits = (bits.firstName[name.first as keyof typeof bits.firstName] ?? 0) + (bits.lastName[name.last as keyof typeof bits.lastName] ?? 0);
	sum += nameBits + (context.commonName === true && nameBits > 0 ? commonNameBits : 0);
	if (nameBits >= 5) agrees.add('name');
	if (name.said !== undefined) because.push(name.said);

	const sameDomain = isText(incoming.companyDomain) && incoming.companyDomain === known.companyDomain;
	const company = sameDomain ? 'same' : compareCompanies(incoming.companyKey, known.companyKey);
	count(bits.company, company, 'company', { same: sameDomain ? 'same company domain' : 'same company', close: 'similar company', part: 'similar company', different: 'different company' });

	const postalCode = comparePlaces(incoming.postalCode, known.postalCode);
	const city = comparePlaces(incoming.city, known.city);
	count(bits.postalCode, postalCode, 'place', { same: 'same postal code' });
	count(bits.city, city, 'place', { same: 'same city', close: 'similar city' });
	count(bits.country, comparePlaces(incoming.country, known.country), 'place', { different: 'different country' });

	if (context.sameExternalId === true) {
		agrees.add('externalId');
		because.unshift('same id');
		return { score: 1, atMost: 'match', because, agrees: [...agrees] };
	}
	const generations = [generationOf(incoming), generationOf(known)];
	const score = 1 / (1 + 2 ** -sum);
	const { atMost, rule } = allow({
		sameEmail: email === 'same' && !sharedEmail,
		contactAgrees: (email === 'same' && !sharedEmail) || email === 'close' || (phone === 'same' && !sharedPhone),
		contactDiffers: email === 'different' || email === 'part' || (phone === 'different' && email !== 'same'),
		otherPerson: name.first === 'different',
		otherGeneration: generations[0] !== generations[1],
		otherGenerationSure: generations[0] !== '' && generations[1] !== '' && generations[0] !== generations[1],
		kinds: agrees.size,
		companyOrPostalCode: company === 'same' || company === 'close' || company === 'part' || postalCode === 'same',
	});
	if (rule !== undefined) because.push(rule);
	const highest = { match: 1, review: highestDoubtful, never: highestRefused }[atMost];
	const lowest = email === 'same' && !sharedEmail && atMost === 'review' ? lowestSameEmail : 0;
	return { score: round(Math.min(Math.max(score, lowest), highest)), atMost, because, agrees: [...agrees] };
}

interface Facts {
	sameEmail: boolean;
	contactAgrees: boolean;
	contactDiffers: boolean;
	otherPerson: boolean;
	otherGeneration: boolean;
	otherGenerationSure: boolean;
	kinds: number;
	companyOrPostalCode: boolean;
}

/** The must-not rules, first one that holds: what no sum of evidence can overrule. */
function allow(facts: Facts): { atMost: PairScore['atMost']; rule?: string } {
	if (facts.otherPerson && facts.sameEmail) return { atMost: 'review', rule: 'the same e-mail under another first name is looked at by a person' };
	if (facts.otherPerson) return { atMost: 'never', rule: 'different first names are different people' };
	if (facts.otherGenerationSure) return { atMost: 'never', rule: 'Jr and Sr are different people' };
	if (facts.otherGeneration && !facts.sameEmail) return { atMost: 'review', rule: 'only one of the names says Jr or Sr' };
	if (facts.sameEmail) return { atMost: 'match' };
	if (facts.kinds < 2) return { atMost: 'review', rule: 'one kind of evidence alone does not merge' };
	if (facts.contactAgrees) return { atMost: 'match' };
	if (facts.contactDiffers) return { atMost: 'review', rule: 'the same name with other contact details is looked at by a person' };
	if (!facts.companyOrPostalCode) return { atMost: 'review', rule: 'name and place alone do not merge' };
	return { atMost: 'match' };
}

interface NameAgreement {
	first: Agreement;
	last: Agreement;
	said?: string;
}

function compareWholeNames(one: ComparedFields, other: ComparedFields): NameAgreement {
	const a = splitName(one);
	const b = splitName(other);
	const straight = { first: compareFirstNames(a.first, b.first), last: compareLastNames(a.last, b.last) };
	// both ways of reading the swap, so that the order of the two does not matter
	const swaps = [
		{ first: compareFirstNames(a.first, b.last), last: compareLastNames(a.last, b.first) },
		{ first: compareFirstNames(a.last, b.first), last: compareLastNames(a.first, b.last) },
	].filter((swap) => ![swap.first, swap.last].some((agreement) => agreement === 'different' || agreement === 'missing'));
	const swapped = swaps.sort((x, y) => worth(y) - worth(x))[0];
	const isSwapped = swapped !== undefined && worth(swapped) > worth(straight);
	const { first, last } = isSwapped ? swapped : straight;
	if (first === 'missing' && last === 'missing') return { first, last };
	return { first, last, said: sayName({ first, last }, isSwapped, textSimilarity(foldName(`${a.first} ${a.last}`), foldName(isSwapped ? `${b.last} ${b.first}` : `${b.first} ${b.last}`))) };
}

function worth({ first, last }: NameAgreement): number {
	return (bits.firstName[first as keyof typeof bits.firstName] ?? 0) + (bits.lastName[last as keyof typeof bits.lastName] ?? 0);
}

function sayName({ first, last }: NameAgreement, isSwapped: boolean, similarity: number): string {
	const swapped = isSwapped ? ', first and last name swapped' : '';
	if (first === 'same' && last === 'same') return `same name${swapped}`;
	if (first === 'different' && last === 'different') return 'different name';
	if (first === 'different') return last === 'missing' ? 'different first name' : `different first name, ${last === 'same' ? 'same' : 'similar'} last name`;
	if (last === 'different') return first === 'missing' ? 'different last name' : `${first === 'same' ? 'same' : 'similar'} first name, different last name`;
	if (last === 'missing') return first === 'same' ? 'same first name' : 'similar first name';
	if (first === 'missing') return last === 'same' ? 'same last name' : 'similar last name';
	if (first === 'nickname') return `nickname of the same name${swapped}`;
	if (first === 'initial') return `same initial and ${last === 'same' ? 'last name' : 'similar last name'}${swapped}`;
	return `similar name (${similarity.toFixed(2)})${swapped}`;
}

const honorifics = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'herr', 'frau', 'mme', 'sir']);

/** First and last name without title and generation; from the full name when they were not told apart. */
function splitName({ firstName, lastName, fullName }: ComparedFields): { first: string; last: string } {
	if (isText(firstName) && isText(lastName)) return { first: telling(firstName), last: telling(lastName) };
	const only = firstName ?? lastName ?? fullName;
	const commaParts = (fullName ?? only ?? '').split(',').map(telling).filter((part) => part !== '');
	if (commaParts.length === 2) return { first: commaParts[1], last: commaParts[0] };
	const words = telling(isText(fullName) ? fullName : only).split(' ').filter((word) => word !== '');
	if (words.length > 1) return { first: words.slice(0, -1).join(' '), last: words[words.length - 1] };
	return isText(firstName) ? { first: words.join(' '), last: '' } : { first: '', last: words.join(' ') };
}

function telling(name: string | null | undefined): string {
	return fold(name).split(' ').filter((word) => !honorifics.has(word) && !generationWords.has(word)).join(' ');
}

function generationOf({ firstName, lastName, fullName }: ComparedFields): string {
	const words = fold(`${fullName ?? ''} ${firstName ?? ''} ${lastName ?? ''}`).split(' ');
	return words.map((word) => generationWords.get(word)).find((generation) => generation !== undefined) ?? '';
}

/** Whether two persons cannot be one by their first names: they only share a number or a mailbox. */
export function haveDifferentFirstNames(one: ComparedFields, other: ComparedFields): boolean {
	return compareWholeNames(one, other).first === 'different';
}

/** Whether so many persons share the name's blocking key that it says little. */
export function isCommonName(cappedKeys: readonly CappedKey[]): boolean {
	return cappedKeys.some(({ kind }) => kind === 'block:name');
}

function isText(value: string | null | undefined): value is string {
	return typeof value === 'string' && value !== '';
}

function round(score: number): number {
	return Math.round(score * 1000) / 1000;
}
