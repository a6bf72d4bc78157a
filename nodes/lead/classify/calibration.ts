/** Scores of one text: for each label one row of the same measures. */
export type LabelScores = Float64Array[];

const rounds = 60;
const step = 0.5;
/** How strongly few examples are kept near the weights that public sets gave. */
const pull = 0.3;

/**
 * Weights of several measures, so that their weighted sum through a softmax gives honest probabilities for texts that
 * were left out of learning. Starts at `start` and moves only as far as the examples carry it.
 */
export function fitWeights(texts: readonly { scores: LabelScores; label: number }[], start: readonly number[]): number[] {
	const weights = [...start];
	if (texts.length === 0) return weights;
	const speed = start.map((value) => value * value);
	for (let round = 0; round < rounds; round++) {
		const gradient = weights.map((weight, at) => (pull * (weight - start[at])) / speed[at]);
		for (const { scores, label } of texts) {
			const probabilities = softmax(scores, weights);
			for (let at = 0; at < weights.length; at++) {
				let expected = 0;
				for (let other = 0; other < probabilities.length; other++) expected += probabilities[other] * scores[other][at];
				gradient[at] += (expected - scores[label][at]) / texts.length;
			}
		}
		for (let at = 0; at < weights.length; at++) weights[at] = Math.max(start[at] / 10, weights[at] - step * speed[at] * gradient[at]);
	}
	return weights;
}

/** Probability of each label under weighted measures. */
export function softmax(scores: LabelScores, weights: readonly number[]): number[] {
	const chances = new Array<number>(scores.length);
	let highest = -Infinity;
	for (let label = 0; label < scores.length; label++) {
		let sum = 0;
		for (let at = 0; at < weights.length; at++) sum += weights[at] * scores[label][at];
		chances[label] = sum;
		if (sum > highest) highest = sum;
	}
	let total = 0;
	for (let label = 0; label < chances.length; label++) total += (chances[label] = Math.exp(chances[label] - highest));
	for (let label = 0; label < chances.length; label++) chances[label] /= total;
	return chances;
}

/** A line that parts texts of a known label from others: its offset first, then one weight for each measure. */
export type Boundary = readonly number[];

/** Fits that line to both kinds, each kind counting as much as the other; few texts stay near `start`. */
export function fitBoundary(inside: readonly number[][], outside: readonly number[][], start: Boundary): number[] {
	const line = [...start];
	if (inside.length === 0 || outside.length === 0) return line;
	// texts beyond some tens don't pull harder against the start than their number says
	const trust = (inside.length + outside.length) / 40;
	for (let round = 0; round < rounds * 3; round++) {
		const gradient = line.map((weight, at) => (weight - start[at]) / (20 * (1 + trust)));
		for (const [kind, texts] of [[1, inside], [0, outside]] as const) {
			for (const measures of texts) {
				const error = (chance(measures, line) - kind) / (2 * texts.length);
				gradient[0] += error;
				for (let at = 0; at < measures.length; at++) gradient[at + 1] += error * measures[at];
			}
		}
		for (let at = 0; at < line.length; at++) line[at] -= 4 * gradient[at];
	}
	return line;
}

/** The same line, moved so that of the known texts this share at most is on its wrong side. Needs ten of them to move. */
export function shiftBoundary(line: Boundary, inside: readonly number[][], share: number): number[] {
	const [offset, ...weights] = line;
	if (inside.length < 10) return [...line];
	const sums = inside.map((measures) => measures.reduce((sum, measure, at) => sum + measure * weights[at], offset)).sort((a, b) => a - b);
	return [offset - sums[Math.floor(sums.length * share)], ...weights];
}

/** Chance, 0 to 1, that a text is inside. */
export function chance(measures: readonly number[], line: Boundary): number {
	const sum = measures.reduce((total, measure, at) => total + measure * line[at + 1], line[0]);
	return 1 / (1 + Math.exp(-sum));
}
