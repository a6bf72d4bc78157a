/** One token of an answer and the logarithm of its probability. */
export interface AnswerToken {
	text: string;
	logprob: number;
}

/**
 * Chance, 0 to 1, that the model gave to the intent that it named: the product over the tokens of that name. Undefined when
 * the tokens don't hold the answer as it came, or hold `"intent"` more than once.
 */
export function chanceOfIntent(tokens: readonly AnswerToken[], intent: string): number | undefined {
	const whole = tokens.map(({ text }) => text).join('');
	const pattern = /"intent"\s*:\s*"/g;
	const found = [...whole.matchAll(pattern)];
	if (found.length !== 1) return undefined;
	const start = found[0].index + found[0][0].length;
	const written = JSON.stringify(intent).slice(1, -1);
	if (!whole.startsWith(`${written}"`, start)) return undefined;
	let at = 0;
	let sum = 0;
	for (const { text, logprob } of tokens) {
		const end = at + text.length;
		if (end > start && at < start + written.length) sum += logprob;
		at = end;
	}
	const chance = Math.exp(sum);
	return Number.isFinite(chance) && chance <= 1 + 1e-6 ? Math.min(1, chance) : undefined;
}
