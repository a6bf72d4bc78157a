import { get as editDistance } from 'fast-levenshtein';
import jaroWinkler from 'talisman/metrics/jaro-winkler';
import { foldText } from '../foldText';
import { areNicknames } from './nicknames';

/** Longest text that is compared; lead text can be a megabyte. */
const longestCompared = 200;

const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Text for comparison: small letters, no diacritics, words parted by one space; `O'Neil` is one word. */
export function fold(text: string | null | undefined): string {
	if (!text) return '';
	const lower = text.length > longestCompared ? text.slice(0, longestCompared).toLowerCase() : text.toLowerCase();
	// most values are plain, and lists of known records are long
	return plain.test(lower) ? lower : foldText(lower.replace(/['’`´]/g, ''));
}

/** As `fold`, and German ae, oe, ue as a, o, u: `Müller`, `Mueller` and `Muller` become one. */
export function foldName(text: string | null | undefined): string {
	return withoutUmlauts(fold(text));
}

/** The same for text that is folded already. */
export function withoutUmlauts(folded: string): string {
	return folded.includes('e') ? folded.replace(/([aou])e/g, '$1') : folded;
}

/** 0 to 1 for short words, where the beginning counts most (Jaro–Winkler). Both folded. */
export function wordSimilarity(one: string, other: string): number {
	return one === '' || other === '' ? 0 : jaroWinkler(one, other);
}

/** 0 to 1 for longer text, by the share of letters that need an edit (Levenshtein). Both folded. */
export function textSimilarity(one: string, other: string): number {
	const longest = Math.max(one.length, other.length);
	return longest === 0 ? 0 : 1 - editDistance(one, other) / longest;
}

/** How two values agree, best first; `missing` when one side does not say. */
export type Agreement = 'same' | 'nickname' | 'close' | 'part' | 'initial' | 'different' | 'missing';

/** Names of at least this many letters may differ in one of them and still be close. */
const shortestWithTypo = 4;
const closeWord = 0.9;

/** Compares two first names: the same, a nickname, an initial, nearly the same, or another. */
export function compareFirstNames(one: string | null | undefined, other: string | null | undefined): Agreement {
	const a = foldName(one);
	const b = foldName(other);
	if (a === '' || b === '') return 'missing';
	if (a.replaceAll(' ', '') === b.replaceAll(' ', '')) return 'same';
	const [firstOfA] = a.split(' ');
	const [firstOfB] = b.split(' ');
	if (firstOfA === firstOfB) return firstOfA.length === 1 ? 'initial' : 'same';
	if (firstOfA.length === 1 || firstOfB.length === 1) return firstOfA[0] === firstOfB[0] ? 'initial' : 'different';
	// the table is folded without the German step, so that "joel" or "samuel" are found in it
	if (areNicknames(fold(one).split(' ')[0], fold(other).split(' ')[0])) return 'nickname';
	return isCloseWord(firstOfA, firstOfB) ? 'close' : 'different';
}

/** Compares two last names: the same, one a part of a double name, an initial, nearly the same, or another. */
export function compareLastNames(one: string | null | undefined, other: string | null | undefined): Agreement {
	const a = foldName(one);
	const b = foldName(other);
	if (a === '' || b === '') return 'missing';
	const joinedA = a.replaceAll(' ', '');
	const joinedB = b.replaceAll(' ', '');
	if (joinedA === joinedB) return joinedA.length === 1 ? 'initial' : 'same';
	if (joinedA.length === 1 || joinedB.length === 1) return joinedA[0] === joinedB[0] ? 'initial' : 'different';
	if (isCloseWord(joinedA, joinedB)) return 'close';
	const partsOfB = b.split(' ');
	return a.split(' ').some((part) => part.length > 3 && partsOfB.includes(part)) ? 'part' : 'different';
}

function isCloseWord(one: string, other: string): boolean {
	const shortest = Math.min(one.length, other.length);
	if (shortest < shortestWithTypo) return false;
	const edits = editDistance(one, other);
	if (edits === 1) return true;
	const isTransposed = edits === 2 && one.length === other.length && sortLetters(one) === sortLetters(other);
	return isTransposed || (edits === 2 && shortest >= 6 && wordSimilarity(one, other) >= closeWord);
}

function sortLetters(word: string): string {
	return [...word].sort().join('');
}

/** Compares two company keys, see `companyKey`. */
export function compareCompanies(one: string | null | undefined, other: string | null | undefined): Agreement {
	const a = fold(one);
	const b = fold(other);
	if (a === '' || b === '') return 'missing';
	if (a.replaceAll(' ', '') === b.replaceAll(' ', '')) return 'same';
	if (a.length >= 5 && b.length >= 5 && textSimilarity(a, b) >= 0.85) return 'close';
	const shorter = a.length < b.length ? a : b;
	const longer = a.length < b.length ? b : a;
	return shorter.length >= 5 && longer.startsWith(`${shorter} `) ? 'part' : 'different';
}

/**
 * Compares two phone numbers. A number without a country code agrees with one whose end it is, from 7 digits.
 * `close` is one wrong digit or two swapped ones, from 8 digits.
 */
export function comparePhones(one: string | null | undefined, other: string | null | undefined): Agreement {
	const a = nationalDigits(one);
	const b = nationalDigits(other);
	if (a === '' || b === '') return 'missing';
	if (a === b) return 'same';
	const shorter = a.length < b.length ? a : b;
	const longer = a.length < b.length ? b : a;
	const bothInternational = isInternational(one) && isInternational(other);
	if (!bothInternational && shorter.length >= 7 && longer.length - shorter.length <= 4 && longer.endsWith(shorter)) return 'same';
	if (shorter.length < 8 || shorter.length !== longer.length) return 'different';
	const edits = editDistance(a, b);
	return edits === 1 || (edits === 2 && sortLetters(a) === sortLetters(b)) ? 'close' : 'different';
}

function isInternational(phone: string | null | undefined): boolean {
	return (phone ?? '').trim().startsWith('+');
}

/** Digits without trunk zeros, empty when too few to be a number. */
export function nationalDigits(phone: string | null | undefined): string {
	const digits = (phone ?? '').slice(0, 40).replace(/\D/g, '').replace(/^0+/, '');
	return digits.length >= 6 ? digits : '';
}

/** Compares two places or codes by their text. */
export function comparePlaces(one: string | null | undefined, other: string | null | undefined): Agreement {
	const a = foldName(one).replaceAll(' ', '');
	const b = foldName(other).replaceAll(' ', '');
	if (a === '' || b === '') return 'missing';
	if (a === b) return 'same';
	return isCloseWord(a, b) ? 'close' : 'different';
}

/** Compares two e-mail keys. `close` is a typing error in one part, `part` the same mailbox name elsewhere. */
export function compareEmails(one: string | null | undefined, other: string | null | undefined): Agreement {
	const a = (one ?? '').trim().toLowerCase().slice(0, longestCompared);
	const b = (other ?? '').trim().toLowerCase().slice(0, longestCompared);
	if (!a.includes('@') || !b.includes('@')) return 'missing';
	if (a === b) return 'same';
	const [localA, domainA] = splitAddress(a);
	const [localB, domainB] = splitAddress(b);
	if (domainA === domainB) return isTypo(localA, localB) ? 'close' : 'different';
	if (localA !== localB || localA.length < 5) return 'different';
	return isTypo(domainA, domainB) ? 'close' : 'part';
}

/** One edit or two swapped letters; digits at the end tell different people apart ("anna1", "anna2"). */
function isTypo(one: string, other: string): boolean {
	if (Math.min(one.length, other.length) < 5) return false;
	if (one.replace(/\D/g, '') !== other.replace(/\D/g, '')) return false;
	const edits = editDistance(one, other);
	return edits === 1 || (edits === 2 && (sortLetters(one) === sortLetters(other) || Math.min(one.length, other.length) >= 10));
}

function splitAddress(address: string): [string, string] {
	const at = address.lastIndexOf('@');
	return [address.slice(0, at), address.slice(at + 1)];
}

/** Whether two texts of one length hold the same letters or digits: with two edits, two swapped ones. */
export function isSwappedDigits(one: string, other: string): boolean {
	return one.length === other.length && sortLetters(one) === sortLetters(other);
}

/** 0 to 1: how much of the words of one are found in the other, in any order, typing errors allowed; long words count more. */
export function softWords(one: readonly string[], other: readonly string[]): number {
	const [few, many] = one.length <= other.length ? [one, other] : [other, one];
	const left = [...many];
	let agreed = 0;
	let all = 0;
	for (const word of few) {
		let best = 0;
		let at = -1;
		for (let index = 0; index < left.length; index++) {
			const alike = word === left[index] ? 1 : Math.abs(word.length - left[index].length) > 3 ? 0 : textSimilarity(word, left[index]);
			if (alike > best) [best, at] = [alike, index];
		}
		const weight = Math.sqrt(word.length);
		all += weight;
		if (best < 0.7) continue;
		agreed += best * weight;
		left.splice(at, 1);
	}
	for (const word of left) all += 0.5 * Math.sqrt(word.length);
	return all === 0 ? 0 : agreed / all;
}
