import type { HandoffRecord, Intent } from '../handoffRecord';
import type { IntentDefinition } from '../settings/clientSettings';
import { plainLine } from '../shorten';
import { answerSchema, type AnswerSchema } from './answerSchema';
import { askForAnswer, type AnswerCache, type Asked, type KeptAnswer } from './askForAnswer';
import { findDeciding, prepareDeciding, type DecidingWords } from './decidingWords';
import { quotesAt } from './evidence';
import { createFallbackClassifierInSteps, type FallbackClassifier, type WordReading } from './fallbackClassifier';
import { createMask } from './mask';
import { hasWords, readableMessage, type ReadableMessage } from './message';
import type { AskModel, Usage } from './modelReply';
import { buildPrompt, promptVersion } from './prompt';
import { reviewReasons } from './review';
import { composeSummary } from './summary';
import type { Taxonomy } from './taxonomy';
import type { TokenBudget } from './tokenBudget';

/** A taxonomy made ready once for many leads. */
export interface PreparedTaxonomy extends Taxonomy {
	schema: AnswerSchema;
	readWords: FallbackClassifier;
	deciding: DecidingWords;
}

export interface ClassifyInput {
	record: HandoffRecord;
	taxonomy: PreparedTaxonomy;
	/** Absent: no model is used. */
	ask?: AskModel;
	/** Answers that were read before; absent: every lead is asked about. */
	answers?: AnswerCache;
	budget?: TokenBudget;
	/** Why a model, though there is one, must not read this lead; in words. */
	skipBecause?: string;
	/** Random, new for each lead. */
	marker: string;
	/** ISO 639-1 of the rep's language. */
	language: string;
	/** Confidence below which a person should look, where the intent has none of its own. */
	confidenceThreshold: number;
	maxMessageCharacters: number;
	/** From 1. */
	draws: number;
	/** True: a person looks at every lead of this client. */
	alwaysReview?: boolean;
	/** ISO 639-1; empty: all that a model reads, and all that the intents' own words are in. */
	coveredLanguages: readonly string[];
	/** ISO 639-1 of the intents' own words: what the rules can read. */
	wordLanguages: readonly string[];
}

export interface Classified {
	intent: Intent;
	/** Why a person should look; empty when there is no doubt. */
	reasons: string[];
}

/** Prepares what is the same for every lead, at once. */
export function prepareTaxonomy(taxonomy: Taxonomy): PreparedTaxonomy {
	const preparing = prepareTaxonomyInSteps(taxonomy);
	for (;;) {
		const step = preparing.next();
		if (step.done) return step.value;
	}
}

/** Prepares what is the same for every lead; yields every few milliseconds. */
export function* prepareTaxonomyInSteps(taxonomy: Taxonomy): Generator<void, PreparedTaxonomy> {
	const readWords = yield* createFallbackClassifierInSteps(taxonomy);
	return { ...taxonomy, schema: answerSchema(taxonomy), readWords, deciding: prepareDeciding(taxonomy.intents) };
}

/**
 * What the lead wants, always one intent of the taxonomy. Words that decide alone are asked first; then a model reads the
 * message when there is one and the lead is not excused. Whatever goes wrong with it, the words of the taxonomy decide and a
 * reason for review says so.
 */
export async function classifyLead(input: ClassifyInput): Promise<Classified> {
	const message = readableMessage(input.record.lead.message, input.maxMessageCharacters);
	const words = input.taxonomy.readWords(message.text);
	const deciding = findDeciding(input.taxonomy.deciding, message.text);
	const skipBecause = input.skipBecause ?? (hasWords(message.text) ? undefined : 'the message holds no words');
	if (skipBecause !== undefined) return fromWords(input, message, deciding ? decided(words, deciding) : words, 'skipped', [skipBecause]);
	if (deciding) return fromWords(input, message, decided(words, deciding), 'rules', []);
	if (!input.ask) return fromWords(input, message, words, 'rules', []);
	const { asked, restore, hidden, fromCache } = await askOrRemember(input, input.ask, message);
	if (asked.status === 'overBudget') return fromWords(input, message, words, 'rules', [asked.reason]);
	if (asked.status === 'failed') return fromWords(input, message, words, 'fallback', [asked.reason], asked);
	return fromAnswer(input, message, words, { ...asked, restore, hidden, fromCache });
}

const longestField = 120;

interface Remembered {
	asked: Asked;
	restore: (text: string) => string;
	/** The message as the model saw it. */
	hidden: string;
	fromCache: boolean;
}

async function askOrRemember(input: ClassifyInput, ask: AskModel, message: ReadableMessage): Promise<Remembered> {
	const { record: { lead }, taxonomy, marker, language, draws, answers, budget } = input;
	const texts = [message.text, plainLine(lead.serviceInterest ?? '', longestField), plainLine(lead.jobTitle ?? '', longestField)];
	const mask = createMask(lead, texts);
	const [hidden, serviceInterest, jobTitle] = texts.map((text) => mask.hide(text));
	const written = { message: hidden, serviceInterest, jobTitle };
	const restore = (text: string) => mask.restore(text);
	const question = JSON.stringify([promptVersion, draws, language, taxonomy.intents.map(({ name, description, examples, counterExamples }) => [name, description, examples, counterExamples]), written]);
	const known = await answers?.find(question);
	if (known) return { asked: { status: 'answered', kept: known }, restore, hidden, fromCache: true };
	const asked = await askForAnswer({ messages: buildPrompt({ taxonomy, marker, language, written }), schema: taxonomy.schema, message: hidden, draws }, ask, budget);
	if (asked.status === 'answered') await answers?.keep(question, asked.kept);
	return { asked, restore, hidden, fromCache: false };
}

interface Answered {
	kept: KeptAnswer;
	usage?: Usage;
	restore: (text: string) => string;
	hidden: string;
	fromCache: boolean;
}

function fromAnswer(input: ClassifyInput, message: ReadableMessage, words: WordReading, { kept, usage, restore, hidden, fromCache }: Answered): Classified {
	const { record, taxonomy, language } = input;
	const { answer, repaired, agreement, confidence, confidenceFrom } = kept;
	const definition = taxonomy.intents.find(({ name }) => name === answer.intent) ?? taxonomy.catchAll;
	const evidence = quotesAt(kept.quotes, hidden).map(restore);
	const { summary, claims } = composeSummary({ record, useCase: restore(answer.useCase), message: message.text, urgency: answer.urgency, nextStep: definition.nextStep, language });
	const read = /^[a-z]{2}$/.test(answer.language ?? '') ? answer.language : record.lead.language;
	return {
		intent: {
			name: definition.name,
			highIntent: definition.highIntent,
			...(confidence === undefined ? {} : { confidence: rounded(confidence), confidenceFrom }),
			urgency: answer.urgency,
			buyingStage: answer.buyingStage,
			sentiment: answer.sentiment,
			fit: answer.fit,
			language: read,
			summary,
			nextStep: definition.nextStep,
			evidence,
			engine: 'ai',
			because: [
				evidence.length > 0 ? 'read by AI, with words of the message as evidence' : 'read by AI, without evidence',
				...(fromCache ? ['the same text was read before, and that answer holds'] : []),
				...(agreement ? [`${agreement[0]} of ${agreement[1]} draws agreed`] : []),
				...(repaired ? ['the second answer was used'] : []),
				...cutReason(message),
			],
			...(usage ? { usage } : {}),
			...(fromCache ? { fromCache } : {}),
			promptVersion,
		},
		reasons: reviewReasons({
			...reviewContext(input, definition, words), confidence, ownDoubt: answer.confidence ?? undefined, readByModel: true, repaired, claims,
			uncoveredLanguage: uncovered(read, input.coveredLanguages),
			suspectedInjection: suspectsInjection(record, message) || answer.givesInstructions, hasEvidence: evidence.length > 0,
		}),
	};
}

function fromWords(
	input: ClassifyInput, message: ReadableMessage, words: WordReading,
	engine: 'rules' | 'fallback' | 'skipped', because: string[], asked?: Extract<Asked, { status: 'failed' }>,
): Classified {
	const { record, language } = input;
	const { intent, urgency, buyingStage } = words;
	const { summary } = composeSummary({ record, message: message.text, urgency, nextStep: intent.nextStep, language });
	const hasConfidence = words.calibrated && engine !== 'skipped';
	return {
		intent: {
			name: intent.name,
			// nothing was recognised, so nothing is known about how much the lead wants
			...(words.outOfScope ? {} : { highIntent: intent.highIntent }),
			...(hasConfidence ? { confidence: rounded(words.likelihood), confidenceFrom: 'examples' as const } : {}),
			urgency,
			buyingStage: record.match?.customerStatus === 'customer' ? 'customer' : buyingStage,
			sentiment: words.sentiment,
			fit: 'unclear',
			language: record.lead.language,
			summary,
			nextStep: intent.nextStep,
			evidence: words.evidence,
			engine,
			because: [...because, ...words.because, ...cutReason(message)],
			...(asked?.usage ? { usage: asked.usage } : {}),
			...(asked ? { promptVersion } : {}),
		},
		reasons: reviewReasons({
			...reviewContext(input, intent, words), confidence: hasConfidence && !words.outOfScope ? words.likelihood : undefined, readByModel: false, failure: asked?.reason,
			repaired: false, claims: [], hasEvidence: words.evidence.length > 0,
			uncoveredLanguage: engine === 'skipped' ? undefined : uncovered(record.lead.language, input.coveredLanguages.length > 0 ? input.coveredLanguages : input.wordLanguages),
			suspectedInjection: engine !== 'skipped' && suspectsInjection(record, message),
		}),
	};
}

function reviewContext({ taxonomy, confidenceThreshold, alwaysReview }: ClassifyInput, intent: IntentDefinition, words: WordReading) {
	return {
		intent: intent.name, catchAll: taxonomy.catchAll.name, threshold: intent.confidenceThreshold ?? confidenceThreshold, words,
		always: intent.alwaysReview ? `every ${intent.name} is looked at by a person` : alwaysReview === true ? 'every lead of this client is looked at by a person' : undefined,
	};
}

/** What the words say when one of them decides alone. */
function decided(words: WordReading, { intent, said }: { intent: IntentDefinition; said: string }): WordReading {
	return {
		...words, intent, outOfScope: false, closeTo: undefined, sure: true, calibrated: false, evidence: [said], buyingStage: intent.buyingStage,
		because: [`"${plainLine(said, longestField)}" decides for ${intent.name}, so no AI was needed`],
	};
}

function uncovered(language: string | null, covered: readonly string[]): string | undefined {
	return language !== null && covered.length > 0 && !covered.includes(language) ? language : undefined;
}

function suspectsInjection({ quality }: HandoffRecord, { hidden }: ReadableMessage): boolean {
	return hidden || quality.flags?.suspectedInjection === true;
}

function cutReason({ cut, text }: ReadableMessage): string[] {
	return cut ? [`only the first ${text.length} characters were read`] : [];
}

function rounded(chance: number): number {
	return Math.round(chance * 1000) / 1000;
}
