import { foldedWords, stopWords, type Word } from './words';

/** Phrases as folded words, the longest first; empty ones are left out. */
export function toPhrases(texts: readonly string[]): string[][] {
	const phrases = texts.map((text) => foldedWords(text).map(({ folded }) => folded));
	return phrases.filter((phrase) => phrase.length > 0).sort((a, b) => b.length - a.length);
}

/** The words of a message, and where those with one beginning stand: a message is asked for a thousand phrases. */
export interface IndexedWords {
	words: readonly Word[];
	places: ReadonlyMap<string, readonly number[]>;
}

const beginning = 3;

/** Makes the words of a message ready for many phrases. */
export function indexWords(words: readonly Word[]): IndexedWords {
	const places = new Map<string, number[]>();
	words.forEach(({ folded }, at) => {
		const start = folded.slice(0, beginning);
		const list = places.get(start);
		if (list) list.push(at);
		else places.set(start, [at]);
	});
	return { words, places };
}

/** Where phrases, longest first, stand among the words; no word is used twice, so "appel d'offres" is not also "appel". */
export function findPhrases({ words, places }: IndexedWords, phrases: readonly string[][]): Word[][] {
	const found: Word[][] = [];
	const used = new Set<number>();
	for (const phrase of phrases) {
		for (const at of places.get(phrase[0].slice(0, beginning)) ?? []) {
			if (at + phrase.length > words.length) continue;
			if (!phrase.every((part, step) => !used.has(at + step) && isForm(words[at + step].folded, part))) continue;
			phrase.forEach((_, step) => used.add(at + step));
			found.push(words.slice(at, at + phrase.length));
		}
	}
	return found;
}

/** What is worth quoting: not "we want" beside words that tell more. */
export function tellingOf(hits: Word[][]): Word[][] {
	const telling = hits.filter((hit) => weightOf(hit) >= 1);
	return telling.length > 0 ? telling : hits;
}

/** Words that tell something count one each. "We want" alone points to a wish, but to no certain one, and counts half a word. */
export function weightOf(hit: readonly Word[]): number {
	return Math.max(0.5, hit.filter(({ folded }) => !stopWords.has(folded)).length);
}

/** The word itself or with an ending of at most two letters, such as a plural. */
function isForm(word: string, keyword: string): boolean {
	return word === keyword || (keyword.length >= 4 && word.length <= keyword.length + 2 && word.startsWith(keyword));
}
