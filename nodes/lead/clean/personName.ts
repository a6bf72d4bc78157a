import { foldText } from '../foldText';
import type { LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { cutText, repairLine } from './text';

export interface PersonName {
	firstName: string | null;
	lastName: string | null;
	/** As it is written to the person: without honorific, with Jr or III. */
	fullName: string | null;
}

const longestName = 120;

/** Forms of address and titles before a name, folded, in the seven languages of the forms. */
const honorifics = new Set([
	'mr', 'mrs', 'ms', 'miss', 'mx', 'sir', 'madam', 'dr', 'doctor', 'prof', 'professor', 'rev', 'hon', 'herr', 'herrn', 'frau', 'fr', 'hr', 'dipl', 'ing', 'mag',
	'm', 'mme', 'mlle', 'monsieur', 'madame', 'mademoiselle', 'me', 'sr', 'sra', 'srta', 'senor', 'senora', 'senorita', 'don', 'dona', 'sig', 'sigra', 'signor',
	'signora', 'dott', 'dottssa', 'avv', 'dhr', 'mevr', 'mw', 'meneer', 'mevrouw', 'drs', 'senhor', 'senhora',
]);
/** These are also names or initials: only an honorific when written with a full stop or in full form before two more words. */
const doubtfulHonorifics = new Set(['m', 'me', 'fr', 'hr', 'mag', 'ing', 'don', 'dona', 'hon', 'sig', 'rev', 'dipl']);
const suffixes = new Set(['jr', 'sr', 'jnr', 'snr', 'ii', 'iii', 'iv', 'phd', 'md', 'mba', 'msc', 'bsc', 'esq', 'cpa', 'dds', 'obe', 'mbe', 'cfa', 'pmp']);
/** Words that begin a family name. */
const particles = new Set([
	'van', 'von', 'vom', 'zu', 'zum', 'zur', 'der', 'den', 'de', 'del', 'della', 'delle', 'degli', 'dei', 'di', 'da', 'das', 'do', 'dos', 'du', 'des', 'la', 'le', 'las', 'los',
	'ter', 'ten', 'te', 'op', "'t", 'bin', 'ibn', 'al', 'el', 'abu', 'ben', 'st', 'saint', 'santa', 'af', 'av', 'y', 'e', 'i', 'mac', 'mc',
]);
/** Particles that stay small when a shouted name gets its case back. */
const lowerParticles = new Set(['van', 'von', 'vom', 'zu', 'zum', 'zur', 'der', 'den', 'de', 'del', 'della', 'di', 'da', 'das', 'do', 'dos', 'du', 'des', 'la', 'le', 'ter', 'ten', 'te', 'y', 'e', 'bin', 'ibn', 'af', 'av']);

/**
 * First, last and full name from whatever the form asked for.
 * Case is mended only where a name is all capitals or all small; names in other scripts than Latin stay as they are and
 * are not taken apart, because their order can't be known. One word alone is a first name only when the form said so.
 */
export function readPersonName(given: { fullName: string | null; firstName: string | null; lastName: string | null }): Cleaned<PersonName> {
	const issues: LeadIssue[] = [];
	const clean = (text: string | null) => (text === null ? '' : cutText(repairLine(text), longestName).text);
	let first = clean(given.firstName);
	let last = clean(given.lastName);
	const whole = clean(given.fullName);
	// one of two fields that holds everything, e.g. "Ada Lovelace" in First Name
	const single = last === '' && first.includes(' ') ? first : first === '' && last.includes(' ') && !startsWithParticle(last) ? last : first !== '' && first === last && first.includes(' ') ? first : '';
	const text = single || (first === '' && last === '' ? whole : '');
	let suffix = '';
	if (text !== '') ({ first, last, suffix } = splitName(text));
	else {
		first = stripHonorifics(first.split(' ')).join(' ');
		last = last === '' ? '' : stripHonorifics(last.split(' ')).join(' ');
	}
	first = repairCase(first);
	last = repairCase(last);
	// a name in another script was not taken apart
	const full = [first, last, suffix].filter(Boolean).join(' ') || text;
	if (full !== '' && !/\p{L}/u.test(full)) {
		issues.push({ field: 'lead.fullName', code: 'NAME_NOT_READABLE', message: 'The name holds no letters', severity: 'warning' });
		return { value: { firstName: null, lastName: null, fullName: null }, issues, changes: changed('lead.fullName', full, null, 'no letters') };
	}
	return {
		value: { firstName: first || null, lastName: last || null, fullName: full || null },
		issues,
		changes: [
			...changed('lead.firstName', given.firstName, first || null, 'name without title, case mended'),
			...changed('lead.lastName', given.lastName, last || null, 'name without title, case mended'),
			...(text === '' ? [] : changed('lead.fullName', given.fullName, full || null, 'name without title, case mended')),
		],
	};
}

function splitName(text: string): { first: string; last: string; suffix: string } {
	if (!isLatin(text)) return { first: '', last: '', suffix: '' };
	const suffixFound: string[] = [];
	// nicknames in brackets or double quotes are no part of the name
	const parts = text.replace(/\s*(?:\([^()]*\)|"[^"]*")\s*/g, ' ').split(',').map((part) => part.trim()).filter(Boolean);
	// "Ada Lovelace, PhD, MBA" but not "Lovelace, Ada"
	while (parts.length > 1 && (isSuffix(parts[parts.length - 1]) || (parts[0].includes(' ') && /^[A-Z]{2,5}$/.test(parts[parts.length - 1])))) suffixFound.unshift(parts.pop() as string);
	if (parts.length === 0) return { first: text, last: '', suffix: '' };
	const takeSuffixes = (words: string[], least: number) => {
		while (words.length > least && isSuffix(words[words.length - 1])) suffixFound.unshift(words.pop() as string);
		return words;
	};
	if (parts.length > 1) {
		const last = takeSuffixes(stripHonorifics(parts[0].split(' ')), 1);
		const first = takeSuffixes(stripHonorifics(parts.slice(1).join(' ').split(' ')), 1);
		return { first: first.join(' '), last: last.join(' '), suffix: suffixFound.join(' ') };
	}
	const words = takeSuffixes(stripHonorifics(parts[0].split(' ')), 2);
	const at = startOfFamilyName(words);
	return { first: words.slice(0, at).join(' '), last: words.slice(at).join(' '), suffix: suffixFound.join(' ') };
}

/** Where the family name begins: at its first particle, else at the last word. One word is a first name. */
function startOfFamilyName(words: string[]): number {
	const at = words.findIndex((word, index) => index > 0 && index < words.length - 1 && particles.has(word.toLowerCase().replace(/^st\.$/, 'st')));
	if (at < 0) return Math.max(1, words.length - 1);
	// "Juan García y Vega": the word before "y" belongs to the family name; "John e Smith" has an initial
	if (/^[yei]$/i.test(words[at])) return at > 1 ? at - 1 : words.length - 1;
	return at;
}

function isSuffix(word: string): boolean {
	return suffixes.has(foldWord(word));
}

function stripHonorifics(words: string[]): string[] {
	let from = 0;
	while (from < words.length - 1 && isHonorific(words[from], words.length - from)) from++;
	return words.slice(from);
}

function isHonorific(word: string, left: number): boolean {
	const folded = foldWord(word);
	if (!honorifics.has(folded)) return false;
	// "M. Dupont" is Monsieur; "M Jones" may be Mary
	return !doubtfulHonorifics.has(folded) || (word.endsWith('.') && (folded.length > 1 || left === 2));
}

/** Capitals where names have them, only when the writer used none or nothing else. */
export function repairCase(name: string): string {
	const letters = name.replace(/[^\p{L}]/gu, '');
	if (letters === '' || !isLatin(name)) return name;
	const isShouted = letters === letters.toUpperCase() && letters.length > 2;
	const isWhispered = letters === letters.toLowerCase();
	if (!isShouted && !isWhispered) return name;
	return name
		.toLowerCase()
		.split(' ')
		.map((word, index) => {
			if (lowerParticles.has(word) && (index > 0 || word.length > 1)) return word;
			if (suffixes.has(word) && /^(?:ii|iii|iv|phd|md|mba)$/.test(word)) return word.toUpperCase();
			return word
				.replace(/(^|[-'’.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
				.replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`)
				// contractions, not names: "D'Angelo" keeps its capital, "Jean's" does not get one
				.replace(/(['’])S$/u, "$1s");
		})
		.join(' ');
}

function startsWithParticle(name: string): boolean {
	return particles.has(name.split(' ')[0].toLowerCase());
}

function isLatin(text: string): boolean {
	return !/(?!\p{Script=Latin})[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/u.test(text);
}

function foldWord(word: string): string {
	return foldText(word).replaceAll(' ', '');
}
