import { familyOf, type Features } from './features';

/** Share of each family in the length of a vector: words, pairs, runs of letters. Set on public sets of intents. */
const familyWeights = [1, 0.7, 1.2];

/** Finds how alike a new text is to each of the texts that were learned. */
export interface Similarity {
	/** Cosine with each learned text, 0 to 1, in their order. */
	to(features: Features): Float64Array;
	/** The same for a learned text, by its place. */
	ofLearned(index: number): Float64Array;
}

/** A feature that was learned: how rare it is, and by turns the texts that hold it and its weight there. */
interface Known {
	rarity: number;
	lastLabel: number;
	labels: number;
	postings: number[];
}

/** A feature that was never seen only makes the vector longer, and is not in it. */
interface Weighed {
	known: Known;
	weight: number;
	family: number;
}

/**
 * Learns texts as vectors. A feature weighs more the fewer labels it stands in (inverse label frequency): with a
 * handful of examples each, that tells labels apart better than how many texts it stands in.
 *
 * @param labels - Label of each text, from 0; texts of one label stand together.
 */
export function learnSimilarity(texts: readonly Features[], labels: readonly number[], labelCount: number): Similarity {
	const features = new Map<string, Known>();
	texts.forEach((text, index) => {
		for (const feature of text.keys()) {
			let known = features.get(feature);
			if (!known) features.set(feature, (known = { rarity: 0, lastLabel: -1, labels: 0, postings: [] }));
			if (known.lastLabel === labels[index]) continue;
			known.lastLabel = labels[index];
			known.labels++;
		}
	});
	const rarityOf = (inLabels: number) => Math.log((1 + labelCount) / (1 + inLabels)) + 1;
	for (const known of features.values()) known.rarity = rarityOf(known.labels);
	const unseen = rarityOf(0);

	/** Weights of length 1: each family is brought to its share first, so that many letters don't outvote few words. */
	const vectorOf = (text: Features): Weighed[] => {
		const squares = [0, 0, 0];
		const vector: Weighed[] = [];
		for (const [feature, count] of text) {
			const known = features.get(feature);
			const family = familyOf(feature);
			const weight = (count === 1 ? 1 : 1 + Math.log(count)) * (known?.rarity ?? unseen);
			squares[family] += weight * weight;
			if (known) vector.push({ known, weight, family });
		}
		const length = Math.hypot(...squares.map((sum, family) => (sum > 0 ? familyWeights[family] : 0))) || 1;
		const scales = squares.map((sum, family) => (sum > 0 ? familyWeights[family] / Math.sqrt(sum) / length : 0));
		for (const one of vector) one.weight *= scales[one.family];
		return vector;
	};
	const vectors = texts.map(vectorOf);
	vectors.forEach((vector, index) => { for (const { known, weight } of vector) known.postings.push(index, weight); });
	const likenessOf = (vector: readonly Weighed[]): Float64Array => {
		const likeness = new Float64Array(texts.length);
		for (const { known, weight } of vector) {
			const { postings } = known;
			for (let at = 0; at < postings.length; at += 2) likeness[postings[at]] += weight * postings[at + 1];
		}
		return likeness;
	};
	return { to: (text) => likenessOf(vectorOf(text)), ofLearned: (index) => likenessOf(vectors[index]) };
}
