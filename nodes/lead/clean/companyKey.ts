import { foldText } from '../foldText';
import { foldFormWords, gluedForms, isFormAnywhere, isFormAtEnd, isFormAtStart, longestFormWords } from './legalForms';

/** Longer names are sentences; their end is kept as it is. */
const mostWords = 40;

/**
 * A firm's name as it is spoken, without its legal form, else as written: `Hello, World, Ltd.` gives `Hello, World`.
 * Empty when nothing but legal forms is there. Forms in scripts without spaces between words stay, because they are spoken.
 */
export function companyBasename(name: string): string {
	const words = withoutForms(name.trim().split(/\s+/).slice(0, mostWords));
	return words.join(' ').replace(/[\s,;:!?\-–—/|&+]+$/u, '').replace(/^[\s,;:\-–—/|&+]+/u, '').replace(/^\((.*)\)$/u, '$1');
}

/**
 * Company name folded for comparison, without legal form: `ACME Services, Ltd.` gives `acme services`.
 * `&`, `+`, `und`, `et`, `y`, `e`, `en` between words all give `and`. Never empty: a name that is only a legal form stays.
 */
export function companyKey(name: string): string {
	const spoken = (isWestern(name) ? name : withoutGlued(name.normalize('NFKC'))).replace(/['’`´]/g, '').replace(/\b(?:t\s*\/\s*a|d\s*\/\s*b\s*\/\s*a|dba|trading as)\b.*/i, ' ');
	const base = companyBasename(spoken) || spoken;
	const words = foldText(base.replace(/[&+]/g, ' and '))
		.split(' ')
		.map((word, index, all) => (index > 0 && index < all.length - 1 && /^(?:und|et|y|en)$/.test(word) ? 'and' : word))
		.filter(Boolean);
	let end = words.length;
	while (end > 1 && words[end - 1] === 'and') end--;
	const start = end > 1 && words[0] === 'the' ? 1 : 0;
	return words.slice(start, end).join(' ') || foldText(name) || name.trim().toLowerCase();
}

function withoutForms(given: string[]): string[] {
	const keys = foldFormWords(given);
	let start = 0;
	let end = given.length;
	for (let length = formAtEnd(given, keys, end); length > 0; length = formAtEnd(given, keys, end)) {
		end -= length;
		while (end > 0 && (keys[end - 1] === '' || keys[end - 1] === 'and')) end--;
	}
	for (let length = Math.min(5, end - 1); length > 0; length--) {
		if (!isFormAtStart(keys.slice(0, length).join(''), given.slice(0, length))) continue;
		start = length;
		break;
	}
	const words: string[] = [];
	for (let at = start; at < end; at++) {
		// "Acme GmbH Berlin", but never the first or last word
		const length = at > start ? [3, 2, 1].find((count) => at + count < end && isFormAnywhere(keys.slice(at, at + count).join(''))) : undefined;
		if (length === undefined) words.push(given[at]);
		else at += length - 1;
	}
	return words;
}

/** How many of the last words are a legal form, at most; 0 when they are none. */
function formAtEnd(words: string[], keys: string[], end: number): number {
	let longest = 0;
	let key = '';
	for (let length = 1; length <= Math.min(longestFormWords, end); length++) {
		key = keys[end - length] + key;
		// `&` begins no form
		if (keys[end - length] !== '' && isFormAtEnd(key, words.slice(end - length, end))) longest = length;
	}
	return longest;
}

const composedForms = gluedForms.map((form) => form.normalize('NFKC'));

/** Latin letters only: no form is written right beside the name. */
function isWestern(name: string): boolean {
	return /^[\x20-\u024f]*$/.test(name);
}

/** Forms that are written right beside a name, at one of its ends. */
function withoutGlued(name: string): string {
	let text = name.trim();
	for (const bare of composedForms) {
		if (text.length > bare.length && text.startsWith(bare)) text = text.slice(bare.length).trim();
		if (text.length > bare.length && text.endsWith(bare)) text = text.slice(0, -bare.length).trim();
	}
	return text;
}
