import { urgencies, type Intent } from '../handoffRecord';
import type { IntentDefinition } from '../settings/clientSettings';
import { plainLine } from '../shorten';
import type { Taxonomy } from './taxonomy';
import { learnRarity, likeness, middleOf } from './vectors';
import { foldedWords, stopWords, type Word } from './words';

/** What the words of a message say, without any model. */
export interface WordReading {
	intent: IntentDefinition;
	/** True when nothing in the message points to any intent, so that it is the catch-all. */
	outOfScope: boolean;
	/** An intent that fits nearly as well. */
	closeTo?: IntentDefinition;
	/** Whether keywords speak for the intent, and clearly more than for any other. */
	sure: boolean;
	urgency: Intent['urgency'];
	sentiment: Intent['sentiment'];
	/** Keywords as they stand in the message. */
	evidence: string[];
	because: string[];
}

/** Reads one message; the taxonomy's words were prepared once. */
export type FallbackClassifier = (message: string) => WordReading;

/** How much keywords weigh against likeness to the examples, and below which score nothing fits; set on the tests' messages. */
const keywordShare = 0.7;
const outOfScopeBelow = 0.13;
const closeWithin = 0.05;
const sureBy = 0.15;
const mostEvidence = 5;
/** Of a word or phrase as it is told in a reason. */
const longestWord = 60;

const urgencyWords: Record<(typeof urgencies)[number], string[]> = {
	high: [
		'urgent', 'urgently', 'asap', 'as soon as possible', 'immediately', 'right away', 'today', 'emergency', 'by tomorrow', 'this week', 'production is down', 'cannot work',
		'dringend', 'eilig', 'sofort', 'schnellstmöglich', 'so schnell wie möglich', 'heute', 'noch diese woche', 'notfall',
		'urgence', 'urgente', 'au plus vite', 'dès que possible', 'immédiatement', 'aujourd\'hui', 'cette semaine',
	],
	normal: [],
	low: [
		'no rush', 'no hurry', 'not urgent', 'just looking', 'just researching', 'next year', 'at some point', 'for later', 'early stage',
		'keine eile', 'nicht dringend', 'nächstes jahr', 'irgendwann', 'unverbindlich',
		'pas urgent', 'pas pressé', 'rien ne presse', 'l\'année prochaine', 'à titre d\'information',
	],
};
const negativeWords = [
	'unhappy', 'disappointed', 'complaint', 'unacceptable', 'angry', 'terrible', 'frustrated', 'nobody answers', 'still waiting',
	'unzufrieden', 'enttäuscht', 'beschwerde', 'inakzeptabel', 'ärgerlich', 'unverschämt', 'mécontent', 'déçu', 'inacceptable', 'réclamation',
];

/**
 * Reads intents from the words alone: keywords first, then likeness (TF-IDF over words, word pairs and runs of four
 * letters) to each intent's name, description, examples and keywords, away from its counter-examples.
 * Gives no confidence: nothing here was measured on this firm's own leads.
 */
export function createFallbackClassifier({ intents, catchAll }: Taxonomy): FallbackClassifier {
	const choices = intents.filter((intent) => intent !== catchAll);
	const texts = choices.map(({ name, description, examples, keywords }) => [name, description, keywords.join(' '), ...examples].map(foldedWords));
	const rarity = learnRarity(texts.flat());
	const profiles = choices.map((intent, index) => ({
		intent,
		keywords: toPhrases(intent.keywords),
		middle: middleOf(texts[index].map((words) => rarity.weigh(words))),
		counterMiddle: middleOf(intent.counterExamples.map((text) => rarity.weigh(foldedWords(text)))),
	}));
	const urgent = toPhrases(urgencyWords.high);
	const calm = toPhrases(urgencyWords.low);
	const negative = toPhrases(negativeWords);

	return (message) => {
		const words = foldedWords(message);
		const vector = rarity.weigh(words);
		const scored = profiles.map(({ intent, keywords, middle, counterMiddle }) => {
			const hits = findPhrases(words, keywords);
			const weight = hits.reduce((sum, hit) => sum + weightOf(hit), 0);
			const like = likeness(vector, middle);
			const away = Math.max(0, likeness(vector, counterMiddle) - like);
			return { intent, hits, weight, score: like + keywordShare * (1 - Math.exp(-weight / 2)) - away };
		}).sort((a, b) => b.score - a.score);
		const [best, second] = scored;
		const outOfScope = best === undefined || best.score < outOfScopeBelow;
		const intent = outOfScope ? catchAll : best.intent;
		const evidence = outOfScope ? [] : [...new Set(tellingOf(best.hits).map((hit) => message.slice(hit[0].start, hit[hit.length - 1].end)))].slice(0, mostEvidence);
		const margin = outOfScope ? 0 : best.score - (second?.score ?? 0);
		return {
			intent,
			outOfScope,
			closeTo: !outOfScope && second && margin < closeWithin ? second.intent : undefined,
			sure: !outOfScope && best.weight >= 1 && margin >= sureBy,
			// "not urgent" holds "urgent", so the calm words are asked first
			urgency: findPhrases(words, calm).length > 0 ? 'low' : findPhrases(words, urgent).length > 0 ? 'high' : intent.urgency,
			sentiment: findPhrases(words, negative).length > 0 ? 'negative' : 'neutral',
			evidence,
			because: [reasonOf(outOfScope, intent, evidence)],
		};
	};
}

function reasonOf(outOfScope: boolean, { name }: IntentDefinition, evidence: string[]): string {
	if (outOfScope) return 'no words point to any intent';
	if (evidence.length === 0) return `the wording is most like ${name}`;
	return `words that speak for ${name}: ${evidence.map((word) => `"${plainLine(word, longestWord)}"`).join(', ')}`;
}

function toPhrases(keywords: readonly string[]): string[][] {
	const phrases = keywords.map((keyword) => foldedWords(keyword).map(({ folded }) => folded));
	return phrases.filter((phrase) => phrase.length > 0).sort((a, b) => b.length - a.length);
}

/** Where phrases, longest first, stand among the words; no word is used twice, so "appel d'offres" is not also "appel". */
function findPhrases(words: readonly Word[], phrases: readonly string[][]): Word[][] {
	const found: Word[][] = [];
	const used = new Set<number>();
	for (const phrase of phrases) {
		for (let at = 0; at + phrase.length <= words.length; at++) {
			if (!phrase.every((part, step) => !used.has(at + step) && isForm(words[at + step].folded, part))) continue;
			phrase.forEach((_, step) => used.add(at + step));
			found.push(words.slice(at, at + phrase.length));
		}
	}
	return found;
}

/** What is worth quoting: not "we want" beside words that tell more. */
function tellingOf(hits: Word[][]): Word[][] {
	const telling = hits.filter((hit) => weightOf(hit) >= 1);
	return telling.length > 0 ? telling : hits;
}

/** Words that tell something count one each. "We want" alone points to a wish, but to no certain one, and counts half a word. */
function weightOf(hit: readonly Word[]): number {
	return Math.max(0.5, hit.filter(({ folded }) => !stopWords.has(folded)).length);
}

/** The word itself or with an ending of at most two letters, such as a plural. */
function isForm(word: string, keyword: string): boolean {
	return word === keyword || (keyword.length >= 4 && word.startsWith(keyword) && word.length <= keyword.length + 2);
}
