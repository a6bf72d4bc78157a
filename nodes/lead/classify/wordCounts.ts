import type { Features } from './features';

/** Added to each count, so that a word that a label never had does not rule it out. */
const smoothing = 0.2;

/** Naive Bayes over features that are there or not. */
export interface WordCounts {
	/** One score a label, to be compared with each other; grows with the square root of the text's length. */
	score(features: Features): Float64Array;
	/** The score of one label for a text of its own, as if that text had not been counted. */
	scoreWithout(features: Features, label: number): number;
}

/** Counts in how many texts of each label a feature stands. */
export function countWords(texts: readonly Features[], labels: readonly number[], labelCount: number): WordCounts {
	// label and count by turns: twice as fast to walk as a map
	const postings = new Map<string, number[]>();
	const totals = new Float64Array(labelCount);
	texts.forEach((features, index) => {
		const label = labels[index];
		totals[label] += features.size;
		for (const feature of features.keys()) {
			let counts = postings.get(feature);
			if (!counts) postings.set(feature, (counts = []));
			const at = placeOf(counts, label);
			if (at === -1) counts.push(label, 1);
			else counts[at + 1]++;
		}
	});
	const space = smoothing * Math.max(1, postings.size);
	const prior = totals.map((total) => Math.log(total + space));
	const grown = Array.from({ length: 64 }, (_, count) => logGrown(count));
	return {
		score(features) {
			const scores = new Float64Array(labelCount);
			let known = 0;
			for (const feature of features.keys()) {
				const counts = postings.get(feature);
				if (!counts) continue;
				known++;
				for (let at = 0; at < counts.length; at += 2) scores[counts[at]] += grown[counts[at + 1]] ?? logGrown(counts[at + 1]);
			}
			const scale = 1 / Math.sqrt(Math.max(1, features.size));
			for (let label = 0; label < labelCount; label++) scores[label] = (scores[label] - known * prior[label]) * scale;
			return scores;
		},
		scoreWithout(features, label) {
			let sum = 0;
			let known = 0;
			for (const feature of features.keys()) {
				const counts = postings.get(feature);
				if (!counts) continue;
				known++;
				const at = placeOf(counts, label);
				if (at !== -1) sum += logGrown(counts[at + 1] - 1);
			}
			return (sum - known * Math.log(Math.max(0, totals[label] - features.size) + space)) / Math.sqrt(Math.max(1, features.size));
		},
	};
}

function logGrown(count: number): number {
	return Math.log((count + smoothing) / smoothing);
}

function placeOf(counts: readonly number[], label: number): number {
	for (let at = 0; at < counts.length; at += 2) if (counts[at] === label) return at;
	return -1;
}
