import { foldText } from '../foldText';
import { gluedForms, isFormAnywhere, isFormAtEnd, isFormAtStart, longestFormWords } from './legalForms';

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
	const spoken = withoutGlued(name.normalize('NFKC').replace(/['’`´]/g, '').replace(/\b(?:t\s*\/\s*a|d\s*\/\s*b\s*\/\s*a|dba|trading as)\b.*/i, ' '));
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
	let words = given;
	// a name in brackets or quotes behind the form says nothing more: "Acme Ltd (UK)" keeps UK, its form stands in the middle
	for (let taken = true; taken && words.length > 0; ) {
		taken = false;
		for (let length = Math.min(longestFormWords, words.length); length > 0; length--) {
			if (!isFormAtEnd(words.slice(words.length - length))) continue;
			words = words.slice(0, words.length - length);
			while (words.length > 0 && /^(?:[&+,;\-–—/|]+|and|und|et)$/i.test(words[words.length - 1])) words = words.slice(0, -1);
			taken = true;
			break;
		}
	}
	for (let length = Math.min(5, words.length - 1); length > 0; length--) {
		if (!isFormAtStart(words.slice(0, length))) continue;
		words = words.slice(length);
		break;
	}
	for (let at = 1; at < words.length - 1; at++) {
		const length = [3, 2, 1].find((count) => at + count < words.length && isFormAnywhere(words.slice(at, at + count)));
		if (length !== undefined) words = [...words.slice(0, at), ...words.slice(at + length)];
	}
	return words;
}

/** Forms that are written right beside a name, at one of its ends. */
function withoutGlued(name: string): string {
	let text = name.trim();
	for (const form of gluedForms) {
		const bare = form.normalize('NFKC');
		if (text.length > bare.length && text.startsWith(bare)) text = text.slice(bare.length).trim();
		if (text.length > bare.length && text.endsWith(bare)) text = text.slice(0, -bare.length).trim();
	}
	return text;
}
