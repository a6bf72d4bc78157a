import type { IntentDefinition } from '../settings/clientSettings';
import { findPhrases, indexWords, toPhrases } from './phrases';
import { foldedWords } from './words';

/** Words of which one is enough, by intent. */
export type DecidingWords = readonly { intent: IntentDefinition; phrases: string[][] }[];

/** The deciding words as phrases, once. */
export function prepareDeciding(intents: readonly IntentDefinition[]): DecidingWords {
	return intents.filter(({ decidingKeywords }) => decidingKeywords.length > 0).map((intent) => ({ intent, phrases: toPhrases(intent.decidingKeywords) }));
}

/** The intent that a word of the message decides for, with that word as it stands there; none when words of two intents do. */
export function findDeciding(deciding: DecidingWords, message: string): { intent: IntentDefinition; said: string } | undefined {
	if (deciding.length === 0) return undefined;
	const words = indexWords(foldedWords(message));
	const found = deciding.flatMap(({ intent, phrases }) => {
		const [hit] = findPhrases(words, phrases);
		return hit ? [{ intent, said: message.slice(hit[0].start, hit[hit.length - 1].end) }] : [];
	});
	return found.length === 1 ? found[0] : undefined;
}
