import { stopWords, type Word } from './words';

/** A text as weighted features; length 1, or empty. */
export type Vector = Map<string, number>;

/** How rare each feature is among the texts it was learned from. */
export interface Rarity {
	weigh(words: readonly Word[]): Vector;
}

/** Learns how rare words, word pairs and runs of four letters are, so that common ones weigh little (TF-IDF). */
export function learnRarity(texts: readonly (readonly Word[])[]): Rarity {
	const seenIn = new Map<string, number>();
	for (const words of texts) {
		for (const feature of countFeatures(words).keys()) seenIn.set(feature, (seenIn.get(feature) ?? 0) + 1);
	}
	const inverse = (feature: string) => Math.log((1 + texts.length) / (1 + (seenIn.get(feature) ?? 0))) + 1;
	return {
		weigh(words) {
			const vector: Vector = new Map();
			for (const [feature, count] of countFeatures(words)) vector.set(feature, (1 + Math.log(count)) * inverse(feature));
			return toLengthOne(vector);
		},
	};
}

/** The middle of several vectors, length 1. */
export function middleOf(vectors: readonly Vector[]): Vector {
	const sum: Vector = new Map();
	for (const vector of vectors) for (const [feature, weight] of vector) sum.set(feature, (sum.get(feature) ?? 0) + weight);
	return toLengthOne(sum);
}

/** Cosine of two vectors of length 1: 0 nothing in common, 1 the same direction. */
export function likeness(a: Vector, b: Vector): number {
	const [small, large] = a.size <= b.size ? [a, b] : [b, a];
	let sum = 0;
	for (const [feature, weight] of small) sum += weight * (large.get(feature) ?? 0);
	return sum;
}

function countFeatures(words: readonly Word[]): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
	let before: string | undefined;
	for (const { folded } of words) {
		if (stopWords.has(folded)) continue;
		add(folded);
		if (before !== undefined) add(`${before} ${folded}`);
		before = folded;
		// a mark at the ends tells a word's beginning from its middle
		const marked = `_${folded}_`;
		for (let at = 0; at + 4 <= marked.length; at++) add(`#${marked.slice(at, at + 4)}`);
	}
	return counts;
}

function toLengthOne(vector: Vector): Vector {
	const length = Math.hypot(...vector.values());
	if (length > 0) for (const [feature, weight] of vector) vector.set(feature, weight / length);
	return vector;
}
