import type { Word } from './words';

/** Features of one text and how often each stands in it; `wword`, `bfirst second` and runs of letters such as `3_qu`. */
export type Features = Map<string, number>;

/** A message says what it wants early; what comes later is signature and fine print, and costs time. */
const mostWords = 400;
/** Words of scripts without spaces come as long runs, whose pairs of signs are their words. */
const dense = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/;

/**
 * Words without their English endings, pairs of neighbours, and runs of three to five letters, which find
 * relatives in languages that put words together (`Angebotsanfrage` and `Angebot`).
 */
export function featuresOf(words: readonly Word[]): Features {
	const features: Features = new Map();
	const add = (feature: string) => features.set(feature, (features.get(feature) ?? 0) + 1);
	let before = '^';
	for (const { folded } of words.slice(0, mostWords)) {
		const root = withoutEnding(folded);
		add(`w${root}`);
		add(`b${before} ${root}`);
		before = root;
		// marks at the ends tell a word's beginning from its middle
		const marked = `_${folded.slice(0, 40)}_`;
		for (let size = dense.test(folded) ? 2 : 3; size <= 5; size++) {
			for (let at = 0; at + size <= marked.length; at++) add(`${size}${marked.slice(at, at + size)}`);
		}
	}
	return features;
}

/** Family of a feature: 0 words, 1 pairs, 2 runs of letters. */
export function familyOf(feature: string): 0 | 1 | 2 {
	return feature[0] === 'w' ? 0 : feature[0] === 'b' ? 1 : 2;
}

function withoutEnding(word: string): string {
	if (word.length > 4) return word.replace(/(?:ings?|ed|es|s|e)$/, '');
	return word.length > 3 ? word.replace(/s$/, '') : word;
}
