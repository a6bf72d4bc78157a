import { get as editDistance } from 'fast-levenshtein';
import type { Comparable } from './comparable';
import { areNicknames } from './nicknames';
import { isSwappedDigits, softWords, textSimilarity, wordSimilarity } from './similarity';

/**
 * How two values of one field agree, best first; `missing` when one side does not say. Each comparison uses some of them:
 * `same`; `close`: a typing error away; `other`: another form of it (a nickname, a part of a double name, the same mailbox
 * elsewhere); `initial`; `similar`: alike, but no more; `different`.
 */
export const levels = ['missing', 'same', 'close', 'other', 'initial', 'similar', 'different'] as const;
export type Level = (typeof levels)[number];

/** One field of a pair as it was compared. */
export interface Compared {
	/** Name of the comparison; a field that the operator named stands under its key. */
	name: string;
	level: Level;
	/** The value whose frequency says how much an agreement is worth; absent when it says nothing. */
	value?: string;
}

/** Compares two persons, field by field. Order does not matter. */
export function comparePersons(a: Comparable, b: Comparable): Compared[] {
	const names = compareNames(a, b);
	const found: Compared[] = [
		compareEmail(a, b),
		comparePhone(a, b),
		compared('firstName', names.first, ...names.firstValues),
		compared('lastName', names.last, ...names.lastValues),
		compareCompany(a, b),
		compareStreet(a, b),
		compared('houseNumber', compareCode(a.houseNumber, b.houseNumber), a.houseNumber, b.houseNumber),
		compared('city', compareText(a.city, b.city), a.city, b.city),
		compared('postalCode', compareCode(a.postalCode, b.postalCode), a.postalCode, b.postalCode),
		compared('region', compareCode(a.region, b.region), a.region, b.region),
		compared('country', a.country === '' || b.country === '' ? 'missing' : a.country === b.country ? 'same' : 'different', a.country, b.country),
	];
	for (const { key, kind, value } of a.also) {
		const other = b.also.find((one) => one.key === key);
		if (other) found.push(compared(key, compareKind[kind](value, other.value), value, other.value));
	}
	return found;
}

/** Of two forms of a value the same one, whichever side it stands on. */
function compared(name: string, level: Level, one: string, other = one): Compared {
	return { name, level, value: one < other ? one : other };
}

const compareKind = { text: compareText, number: compareNumber, date: compareDate, code: compareCode };

interface NameLevels {
	first: Level;
	last: Level;
	firstValues: [string, string];
	lastValues: [string, string];
	swapped: boolean;
}

const worth: Record<Level, number> = { missing: 0, same: 6, close: 4, other: 4, initial: 1, similar: 1, different: -4 };

/** First and last names, straight or swapped, whichever fits better. */
export function compareNames(a: Comparable, b: Comparable): NameLevels {
	const straight: NameLevels = { first: compareFirst(a.first, b.first, a.given, b.given), last: compareLast(a.last, b.last), firstValues: [a.first, b.first], lastValues: [a.last, b.last], swapped: false };
	if (worth[straight.first] + worth[straight.last] >= 8 || (a.first === '' && a.last === '') || (b.first === '' && b.last === '')) return straight;
	const one = swapOf(a, b);
	const two = swapOf(b, a);
	const swapped = rankOf(one) >= rankOf(two) ? one : two;
	const gain = worth[swapped.first] + worth[swapped.last] - worth[straight.first] - worth[straight.last];
	return gain > 2 && worth[swapped.first] + worth[swapped.last] >= 4 ? swapped : straight;
}

/** The same for both readings of a swap only when they are one. */
function rankOf({ first, last }: NameLevels): number {
	return (worth[first] + worth[last]) * 1_000 - levels.indexOf(first) * 10 - levels.indexOf(last);
}

/** `b` read the other way round. */
function swapOf(a: Comparable, b: Comparable): NameLevels {
	return { first: compareFirst(a.first, b.last, a.given, b.last), last: compareLast(a.last, b.first), firstValues: [a.first, b.last], lastValues: [a.last, b.first], swapped: true };
}

function compareFirst(one: string, other: string, givenOne: string, givenOther: string): Level {
	if (one === '' || other === '') return 'missing';
	if (one === other) return one.length === 1 ? 'initial' : 'same';
	const wordsOne = one.split(' ');
	const wordsOther = other.split(' ');
	const [a] = wordsOne;
	const [b] = wordsOther;
	if (wordsOne.join('') === wordsOther.join('')) return 'same';
	if (a === b) return a.length === 1 ? 'initial' : wordsOne.length > 1 && wordsOther.length > 1 ? 'close' : 'same';
	if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different';
	if (areNicknames(givenOne, givenOther)) return 'other';
	if (isClose(a, b)) return 'close';
	// "Mary Ann" goes by "Ann"; "J. Robert" by "Robert"
	if ((wordsOne.length > 1 && wordsOne.includes(b)) || (wordsOther.length > 1 && wordsOther.includes(a))) return 'other';
	return isSimilar(a, b) ? 'similar' : 'different';
}

function compareLast(one: string, other: string): Level {
	if (one === '' || other === '') return 'missing';
	const a = one.replaceAll(' ', '');
	const b = other.replaceAll(' ', '');
	if (a === b) return a.length === 1 ? 'initial' : 'same';
	if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different';
	if (isClose(a, b)) return 'close';
	const wordsOne = one.split(' ');
	const wordsOther = other.split(' ');
	if ((wordsOne.length > 1 || wordsOther.length > 1) && wordsOne.some((word) => word.length > 3 && wordsOther.includes(word))) return 'other';
	return isSimilar(a, b) ? 'similar' : 'different';
}

/** One wrong, missing or extra letter, or two swapped ones; two in a long word that begins alike. */
function isClose(a: string, b: string): boolean {
	const shortest = Math.min(a.length, b.length);
	if (shortest < 3 || Math.abs(a.length - b.length) > 2) return false;
	const edits = editDistance(a, b);
	if (edits === 1) return shortest > 3 || a[0] === b[0];
	if (edits !== 2) return false;
	return isSwappedDigits(a, b) || (shortest >= 6 && wordSimilarity(a, b) >= 0.9);
}

function isSimilar(a: string, b: string): boolean {
	return wordSimilarity(a, b) >= 0.8 || textSimilarity(a, b) >= 0.6;
}

function compareEmail(a: Comparable, b: Comparable): Compared {
	const name = 'email';
	if (a.mailDomain === '' || b.mailDomain === '') return { name, level: 'missing' };
	const sameDomain = a.mailDomain === b.mailDomain;
	if (sameDomain && a.mailbox === b.mailbox) return { name, level: 'same', value: `${a.mailbox}@${a.mailDomain}` };
	const mailbox = sameDomain ? mailboxTypo(a.mailbox, b.mailbox) : a.mailbox === b.mailbox ? 0 : mailboxTypo(a.mailbox, b.mailbox);
	const domain = sameDomain ? 0 : apartByDigits(a.mailDomain, b.mailDomain, 1 - textSimilarity(a.mailDomain, b.mailDomain));
	if (mailbox < 0.2 && domain < 0.2) return { name, level: 'close' };
	if (a.mailbox === b.mailbox && a.mailbox.length >= 5) return { name, level: 'other' };
	return { name, level: mailbox < 0.4 && domain < 0.4 ? 'similar' : 'different' };
}

/** 0 to 1, the share of letters that differ. */
function mailboxTypo(one: string, other: string): number {
	if (one === other) return 0;
	const edits = editDistance(one, other);
	const share = edits / Math.max(one.length, other.length, 1);
	return apartByDigits(one, other, edits === 1 && Math.min(one.length, other.length) >= 4 && share >= 0.2 ? 0.19 : share);
}

/** Digits tell people and firms apart ("anna1" and "anna2", "case-1" and "case-2"): other digits are no slip of the keyboard. */
function apartByDigits(one: string, other: string, distance: number): number {
	return one.replace(/\D/g, '') !== other.replace(/\D/g, '') ? Math.max(distance, 0.25) : distance;
}

function comparePhone(a: Comparable, b: Comparable): Compared {
	const name = 'phone';
	if (a.phone === '' || b.phone === '') return { name, level: 'missing' };
	if (a.phone === b.phone) return { name, level: 'same', value: a.phone };
	const [shorter, longer] = a.phone.length < b.phone.length ? [a.phone, b.phone] : [b.phone, a.phone];
	const comparable = !(a.isInternational && b.isInternational);
	if (comparable && shorter.length >= 7 && longer.length - shorter.length <= 4 && longer.endsWith(shorter)) return { name, level: 'same', value: longer };
	if (shorter.length < 7 || longer.length - shorter.length > 2) return { name, level: 'different' };
	const edits = editDistance(a.phone, b.phone);
	if (edits === 1 || (edits === 2 && isSwappedDigits(a.phone, b.phone))) return { name, level: 'close' };
	return { name, level: edits <= 3 && shorter.length >= 9 ? 'similar' : 'different' };
}

function compareCompany(a: Comparable, b: Comparable): Compared {
	const name = 'company';
	const sameDomain = a.companyDomain !== '' && a.companyDomain === b.companyDomain;
	if (a.company === '' || b.company === '') return { name, level: sameDomain ? 'same' : 'missing', value: a.companyDomain };
	if (sameDomain || a.company === b.company || a.companyWords.join('') === b.companyWords.join('')) return compared(name, 'same', a.company, b.company);
	const alike = softWords(a.companyWords, b.companyWords);
	return { name, level: alike >= 0.85 ? 'close' : alike >= 0.65 ? 'other' : alike >= 0.4 ? 'similar' : 'different' };
}

function compareStreet(a: Comparable, b: Comparable): Compared {
	const name = 'street';
	if (a.street === '' && a.secondStreet === '') return { name, level: 'missing' };
	let best: Level = compareText(a.street, b.street);
	let value = a.street;
	if (best !== 'same') {
		for (const [one, other] of [[a.street, b.secondStreet], [a.secondStreet, b.street], [a.secondStreet, b.secondStreet]]) {
			const level = compareText(one, other);
			if (worth[level] > Math.max(worth[best], 1)) [best, value] = [level, one];
		}
	}
	return { name, level: best, ...(best === 'same' ? { value } : {}) };
}

/** Free text, e.g. a town or a street: letters first, then words in any order. */
function compareText(one: string, other: string): Level {
	if (one === '' || other === '') return 'missing';
	if (one === other) return 'same';
	const a = one.replaceAll(' ', '');
	const b = other.replaceAll(' ', '');
	if (a === b) return 'same';
	const alike = textSimilarity(a, b);
	if (alike >= 0.8) return 'close';
	const words = one.includes(' ') || other.includes(' ') ? softWords(one.split(' '), other.split(' ')) : 0;
	if (words >= 0.85) return 'close';
	return alike >= 0.6 || words >= 0.6 ? 'similar' : 'different';
}

function compareCode(one: string, other: string): Level {
	if (one === '' || other === '') return 'missing';
	if (one === other) return 'same';
	const edits = editDistance(one, other);
	return (edits === 1 && Math.max(one.length, other.length) > 2) || (edits === 2 && isSwappedDigits(one, other)) ? 'close' : 'different';
}

function compareNumber(one: string, other: string): Level {
	const a = Number(one);
	const b = Number(other);
	if (a === b) return 'same';
	const apart = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
	return apart <= 0.02 ? 'close' : apart <= 0.1 ? 'similar' : 'different';
}

/** Days as eight digits, year first. `close`: one digit, or day and month swapped; `similar`: two of year, month and day. */
function compareDate(one: string, other: string): Level {
	if (one === other) return 'same';
	const edits = editDistance(one, other);
	if (edits === 1 || (edits === 2 && isSwappedDigits(one, other))) return 'close';
	if (one.length !== 8 || other.length !== 8) return edits === 2 ? 'similar' : 'different';
	const a = [one.slice(0, 4), one.slice(4, 6), one.slice(6)];
	const b = [other.slice(0, 4), other.slice(4, 6), other.slice(6)];
	if (a[0] === b[0] && a[1] === b[2] && a[2] === b[1]) return 'close';
	const equal = a.filter((part, index) => part === b[index]).length;
	return equal === 2 || edits === 2 ? 'similar' : 'different';
}
