import type { WordReading } from './fallbackClassifier';

export interface ReviewInput {
	/** Intent that was decided. */
	intent: string;
	/** Name of the taxonomy's catch-all. */
	catchAll: string;
	/** 0 to 1, absent when nothing was measured. */
	confidence?: number;
	/** A model's own figure, 0 to 1: too sure to be a confidence, but telling when it is low. */
	ownDoubt?: number;
	/** Below it, a person should look. */
	threshold: number;
	/** What the words alone say. */
	words: WordReading;
	/** Whether a model read the message. */
	readByModel: boolean;
	/** Why no usable answer came, when a model was asked. */
	failure?: string;
	repaired: boolean;
	suspectedInjection: boolean;
	/** Whether the message holds a quote that the model gave. */
	hasEvidence: boolean;
	/** Kinds of claims in the model's words that the lead did not write. */
	claims: readonly string[];
	/** ISO 639-1 of a message in a language that nobody vouches for. */
	uncoveredLanguage?: string;
	/** Why every such lead is looked at. */
	always?: string;
}

/** Why a person should look at this intent; empty when there is no doubt. The lead goes on in any case. */
export function reviewReasons(input: ReviewInput): string[] {
	const { intent, catchAll, confidence, ownDoubt, threshold, words, readByModel, failure } = input;
	const reasons: string[] = [];
	if (input.always !== undefined) reasons.push(input.always);
	if (failure !== undefined) reasons.push(`not read by AI: ${failure}`);
	if (input.suspectedInjection) reasons.push('the message may try to instruct its reader');
	if (input.uncoveredLanguage !== undefined) reasons.push(`the message is in a language that is not covered (${input.uncoveredLanguage})`);
	if (confidence !== undefined && confidence < threshold) reasons.push(`confidence ${confidence.toFixed(2)} is below ${threshold.toFixed(2)}`);
	if (!readByModel) {
		if (words.closeTo) reasons.push(`the words fit ${words.closeTo.name} nearly as well as ${words.intent.name}`);
		return reasons;
	}
	if (confidence === undefined && ownDoubt !== undefined && ownDoubt < threshold) reasons.push(`the model itself was not sure (${ownDoubt.toFixed(2)})`);
	if (words.sure && words.intent.name !== intent) reasons.push(`the model read ${intent}, the words speak for ${words.intent.name}`);
	if (input.repaired) reasons.push('the model\'s first answer could not be used');
	if (!input.hasEvidence && intent !== catchAll) reasons.push('no quote of the model stands in the message');
	if (input.claims.length > 0) reasons.push(`the model's summary named ${list(input.claims)} that the lead did not write`);
	return reasons;
}

function list(kinds: readonly string[]): string {
	return kinds.map((kind) => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`)).join(', ');
}
