import type { Intent } from '../handoffRecord';
import type { IntentDefinition } from '../settings/clientSettings';
import { plainLine } from '../shorten';
import { learnIntentsInSteps, type Example, type IntentModel, type ModelReading } from './intentModel';
import { findPhrases, indexWords, tellingOf, toPhrases, weightOf } from './phrases';
import type { Taxonomy } from './taxonomy';
import { prepareTone, sentimentOf, stageOf, urgencyOf } from './tone';
import { foldedWords, type Word } from './words';

/** What the words of a message say, without any model. */
export interface WordReading {
	intent: IntentDefinition;
	/** True when nothing in the message points to any intent, so that it is the catch-all. */
	outOfScope: boolean;
	/** Chance, 0 to 1, that the reading is right, as far as the taxonomy's own examples tell. */
	likelihood: number;
	/** Whether that chance rests on enough examples to be told. */
	calibrated: boolean;
	/** An intent that fits nearly as well. */
	closeTo?: IntentDefinition;
	/** Whether keywords speak for the intent, and clearly more than for any other. */
	sure: boolean;
	urgency: Intent['urgency'];
	sentiment: Intent['sentiment'];
	buyingStage: Intent['buyingStage'];
	/** Keywords as they stand in the message. */
	evidence: string[];
	because: string[];
}

/** Reads one message; the taxonomy's words were prepared once. */
export type FallbackClassifier = (message: string) => WordReading;

/** Fewer labelled messages than this measure nothing; the same as in Evaluate. */
export const fewestForCalibration = 50;
/** How much all keywords together can move a choice, and the doubt whether there is any; in natural logarithms of odds. */
const keywordPull = 5;
const keywordScope = 4;
/** How much a counter-example that is nearer than every example takes away, times how much nearer it is. */
const counterPull = 12;
const closeWithin = 0.6;
const sureFrom = 0.75;
const mostEvidence = 5;
/** Of a word or phrase as it is told in a reason. */
const longestWord = 60;
/** More examples than this are not learned from: learning takes time with their cube. */
const mostExamples = 30;
const keywordsInOneText = 12;

/** Learns at once. */
export function createFallbackClassifier(taxonomy: Taxonomy): FallbackClassifier {
	const learning = createFallbackClassifierInSteps(taxonomy);
	for (;;) {
		const step = learning.next();
		if (step.done) return step.value;
	}
}

/**
 * Reads intents from the words alone: what was learned from each intent's examples, name, description and keywords,
 * keywords as they stand in the message, and away from counter-examples. Examples of the catch-all show what is out of scope.
 * Yields every few milliseconds while it learns.
 */
export function* createFallbackClassifierInSteps({ intents, catchAll }: Taxonomy): Generator<void, FallbackClassifier> {
	const choices = intents.filter((intent) => intent !== catchAll);
	const examples = choices.flatMap((intent, label) => examplesOf(intent, label));
	const others = { from: examples.length, to: examples.length + Math.min(mostExamples, catchAll.examples.length) };
	examples.push(...messagesOf(catchAll.examples, -1));
	const counters = choices.map(({ counterExamples }) => {
		const from = examples.length;
		examples.push(...messagesOf(counterExamples, -1).map((example) => ({ ...example, aside: true })));
		return { from, to: examples.length };
	});
	const model: IntentModel | undefined = choices.length > 0 ? yield* learnIntentsInSteps(examples, choices.length) : undefined;
	const keywords = choices.map((intent) => toPhrases([...intent.keywords, ...intent.decidingKeywords]));
	const tone = prepareTone(toPhrases);
	const calibrated = examples.filter(({ label, aside }) => label >= 0 && !aside).length >= fewestForCalibration;

	return (message) => {
		const words = foldedWords(message);
		const indexed = indexWords(words);
		const reading = model?.(words) ?? { probabilities: [], inScope: 0, likeness: new Float64Array() };
		const scored = choices.map((intent, label) => {
			const hits = findPhrases(indexed, keywords[label]);
			const weight = hits.reduce((sum, hit) => sum + weightOf(hit), 0);
			const away = awayFrom(reading, examples, label, counters[label]);
			return { intent, hits, weight, odds: reading.probabilities[label] * Math.exp(keywordPull * reach(weight) - away), away };
		}).sort((a, b) => b.odds - a.odds);
		const total = scored.reduce((sum, { odds }) => sum + odds, 0) || 1;
		const [best, second] = scored;
		const awayToOthers = best === undefined ? 0 : awayFrom(reading, examples, choices.indexOf(best.intent), others);
		const inScope = best === undefined ? 0 : moved(reading.inScope, keywordScope * reach(best.weight) - best.away - awayToOthers);
		const outOfScope = inScope < 0.5;
		const intent = outOfScope ? catchAll : best.intent;
		const evidence = outOfScope ? [] : evidenceOf(message, best.hits);
		const likelihood = outOfScope ? 1 - inScope : inScope * best.odds / total;
		const has = (phrases: readonly string[][]) => findPhrases(indexed, phrases).length > 0;
		return {
			intent, outOfScope, likelihood, calibrated,
			closeTo: !outOfScope && second && second.odds > best.odds * closeWithin ? second.intent : undefined,
			sure: !outOfScope && best.weight >= 1 && likelihood >= sureFrom,
			urgency: urgencyOf(has, tone, intent.urgency),
			sentiment: sentimentOf(has, tone),
			buyingStage: stageOf(has, tone, intent.buyingStage),
			evidence,
			because: [reasonOf(outOfScope, intent, evidence)],
		};
	};
}

function examplesOf({ name, description, keywords, examples }: IntentDefinition, label: number): Example[] {
	const told: string[] = [name, description];
	for (let at = 0; at < keywords.length; at += keywordsInOneText) told.push(keywords.slice(at, at + keywordsInOneText).join(', '));
	return [...told.map((text) => ({ text, label, aside: true })), ...messagesOf(examples, label)];
}

function messagesOf(texts: readonly string[], label: number): Example[] {
	return texts.slice(0, mostExamples).map((text) => ({ text, label }));
}

/** How much nearer a counter-example is than every example. */
function awayFrom({ likeness }: ModelReading, examples: readonly Example[], label: number, { from, to }: { from: number; to: number }): number {
	let counter = 0;
	for (let at = from; at < to; at++) counter = Math.max(counter, likeness[at]);
	if (counter === 0) return 0;
	let own = 0;
	for (let at = 0; at < examples.length; at++) if (examples[at].label === label && !examples[at].aside) own = Math.max(own, likeness[at]);
	return counterPull * Math.max(0, counter - own);
}

/** 0 without keywords, near 1 with four words of them. */
function reach(weight: number): number {
	return 1 - Math.exp(-weight / 2);
}

function moved(chance: number, by: number): number {
	const bounded = Math.min(1 - 1e-9, Math.max(1e-9, chance));
	return 1 / (1 + Math.exp(-(Math.log(bounded / (1 - bounded)) + by)));
}

function evidenceOf(message: string, hits: Word[][]): string[] {
	return [...new Set(tellingOf(hits).map((hit) => message.slice(hit[0].start, hit[hit.length - 1].end)))].slice(0, mostEvidence);
}

function reasonOf(outOfScope: boolean, { name }: IntentDefinition, evidence: string[]): string {
	if (outOfScope) return 'no words point to any intent';
	if (evidence.length === 0) return `the wording is most like ${name}`;
	return `words that speak for ${name}: ${evidence.map((word) => `"${plainLine(word, longestWord)}"`).join(', ')}`;
}
