import { chance, fitBoundary, fitWeights, shiftBoundary, softmax, type LabelScores } from './calibration';
import { featuresOf, type Features } from './features';
import { invert, solveSmall } from './linear';
import { learnSimilarity } from './similarity';
import { countWords } from './wordCounts';
import { foldedWords, type Word } from './words';

/** One text to learn from. */
export interface Example {
	text: string;
	/** Index of its label; -1: of none of them. */
	label: number;
	/** True: a name, a description or a list of words, which says what belongs to the label, but is no message to measure with. */
	aside?: boolean;
}

/** What the model says of one text. */
export interface ModelReading {
	/** One for each label; their sum is 1. */
	probabilities: number[];
	/** Chance, 0 to 1, that the text has one of the labels at all. */
	inScope: number;
	/** Cosine with each example, 0 to 1, in their order. */
	likeness: Float64Array;
}

/** Reads the words of one text. */
export type IntentModel = (words: readonly Word[]) => ModelReading;

/** Keeps rare words from being learned by heart. */
const ridge = 1;
/** Starting weights of ridge, centre, words and nearest example, and the line for scope: fitted on two public sets of intents. */
const startWeights = [5, 8, 0.6, 5];
const startBoundary = [-3.5, 0, 3, 4, 1.5];
/** Share of the examples that may count as out of scope when they are left out. */
const mostLostShare = 0.05;
/** Weights settle on far fewer texts than a large set has. */
const mostFitted = 400;

/** Learns at once; for tests, benchmarks and small sets. */
export function learnIntents(examples: readonly Example[], labelCount: number): IntentModel {
	const learning = learnIntentsInSteps(examples, labelCount);
	for (;;) {
		const step = learning.next();
		if (step.done) return step.value;
	}
}

/**
 * Learns to tell labels apart from a handful of texts each, in milliseconds: ridge regression on likeness, the centre of
 * each label, naive Bayes, and the nearest example, each weighted by what it says of texts that were left out.
 * Whether a text has any of the labels is learned by leaving out whole labels. Yields every few milliseconds.
 */
export function* learnIntentsInSteps(examples: readonly Example[], labelCount: number): Generator<void, IntentModel> {
	const texts = examples.map(({ text }) => featuresOf(foldedWords(text)));
	// texts of no label are rows without a label of their own
	const labels = examples.map(({ label }) => (label < 0 ? labelCount : label));
	const similarity = learnSimilarity(texts, labels, labelCount + 1);
	const size = texts.length;
	const kernel = new Float64Array(size * size);
	for (let row = 0; row < size; row++) {
		kernel.set(similarity.ofLearned(row), row * size);
		yield;
	}
	const regularized = kernel.slice();
	for (let row = 0; row < size; row++) regularized[row * size + row] += ridge;
	const inverse = yield* invert(regularized, size);
	const target = (row: number, label: number) => (labels[row] === label ? 1 : 0) - 1 / labelCount;
	const dual = new Float64Array(size * labelCount);
	for (let row = 0; row < size; row++) {
		let sum = 0;
		for (let other = 0; other < size; other++) {
			const weight = inverse[row * size + other];
			sum += weight;
			if (labels[other] < labelCount) dual[row * labelCount + labels[other]] += weight;
		}
		for (let label = 0; label < labelCount; label++) dual[row * labelCount + label] -= sum / labelCount;
		yield;
	}

	const members = Array.from({ length: labelCount }, (_, label) => labels.flatMap((one, row) => (one === label ? [row] : [])));
	const norms = members.map((rows) => rows.reduce((sum, row) => sum + rows.reduce((inner, other) => inner + kernel[row * size + other], 0), 0));
	const counts = countWords(texts.filter((_, row) => labels[row] < labelCount), labels.filter((label) => label < labelCount), labelCount);

	function scoresOf(features: Features, likeness: Float64Array): LabelScores {
		const byRidge = new Float64Array(labelCount);
		for (let row = 0; row < size; row++) {
			if (likeness[row] !== 0) for (let label = 0; label < labelCount; label++) byRidge[label] += likeness[row] * dual[row * labelCount + label];
		}
		const byWords = counts.score(features);
		return members.map((rows, label) => {
			let sum = 0;
			let nearest = 0;
			for (const row of rows) {
				sum += likeness[row];
				nearest = Math.max(nearest, likeness[row]);
			}
			return Float64Array.of(byRidge[label], norms[label] > 0 ? sum / Math.sqrt(norms[label]) : 0, byWords[label], nearest);
		});
	}

	/** The scores of a learned text, as if it had not been learned. */
	function scoresWithout(row: number): LabelScores {
		const own = labels[row];
		const likeness = kernel.slice(row * size, (row + 1) * size);
		likeness[row] = 0;
		const scores = scoresOf(texts[row], likeness);
		for (let label = 0; label < labelCount; label++) scores[label][0] = target(row, label) - dual[row * labelCount + label] / inverse[row * size + row];
		if (own < labelCount) {
			const alike = members[own].reduce((sum, other) => sum + likeness[other], 0);
			const norm = norms[own] - 2 * alike - kernel[row * size + row];
			scores[own][1] = norm > 1e-9 ? alike / Math.sqrt(norm) : 0;
			scores[own][2] = counts.scoreWithout(texts[row], own);
		}
		return scores;
	}

	/** The scores of a label's texts, as if the whole label had not been learned; without that label. */
	function scoresWithoutLabel(label: number): LabelScores[] {
		const rows = members[label];
		const block = Float64Array.from(rows.flatMap((row) => rows.map((other) => inverse[row * size + other])));
		const right = Float64Array.from(rows.flatMap((row) => Array.from({ length: labelCount }, (_, one) => dual[row * labelCount + one])));
		const moved = solveSmall(block, right, rows.length, labelCount);
		return rows.map((row, at) => {
			const scores = scoresOf(texts[row], kernel.subarray(row * size, (row + 1) * size));
			for (let other = 0; other < labelCount; other++) scores[other][0] = target(row, other) - moved[at * labelCount + other];
			scores.splice(label, 1);
			return scores;
		});
	}

	const leftOut: { scores: LabelScores; label: number }[] = [];
	for (let row = 0; row < size; row++) {
		// a label of one text can't be known without it
		if (labels[row] < labelCount && members[labels[row]].length > 1 && !examples[row].aside) leftOut.push({ scores: scoresWithout(row), label: labels[row] });
		yield;
	}
	const weights = labelCount > 1 ? fitWeights(everyNth(leftOut, mostFitted), startWeights) : startWeights;
	yield;
	const inside = leftOut.map(({ scores }) => scopeMeasures(scores, weights));
	const outside = labels.flatMap((label, row) => (label === labelCount && !examples[row].aside ? [scopeMeasures(scoresWithout(row), weights)] : []));
	if (labelCount > 2) {
		for (let label = 0; label < labelCount; label++) {
			if (members[label].length > 0) outside.push(...scoresWithoutLabel(label).filter((_, at) => !examples[members[label][at]].aside).map((scores) => scopeMeasures(scores, weights)));
			yield;
		}
	}
	const boundary = shiftBoundary(fitBoundary(inside, outside, startBoundary), inside, mostLostShare);

	return (words) => {
		const features = featuresOf(words);
		const likeness = similarity.to(features);
		const scores = scoresOf(features, likeness);
		return { probabilities: softmax(scores, weights), inScope: chance(scopeMeasures(scores, weights), boundary), likeness };
	};
}

function everyNth<T>(list: readonly T[], most: number): T[] {
	const pace = Math.ceil(list.length / most);
	return list.filter((_, at) => at % pace === 0);
}

/** What tells a text of any label from one of none: how sure the choice is, and how near the best of it. */
function scopeMeasures(scores: LabelScores, weights: readonly number[]): number[] {
	const highest = (at: number) => Math.max(...scores.map((row) => row[at]));
	return [highest(0), highest(1), highest(3), Math.max(...softmax(scores, weights))];
}
