import type { HandoffRecord, Intent } from '../handoffRecord';
import type { IntentDefinition } from '../settings/clientSettings';
import { plainLine } from '../shorten';
import { answerSchema, type Answer, type AnswerSchema } from './answerSchema';
import { checkEvidence } from './evidence';
import { createFallbackClassifier, type FallbackClassifier, type WordReading } from './fallbackClassifier';
import { createMask } from './mask';
import { hasWords, readableMessage, type ReadableMessage } from './message';
import { buildPrompt, buildRepair, promptVersion, type ChatMessage } from './prompt';
import { readAnswer } from './readAnswer';
import { reviewReasons } from './review';
import { composeSummary } from './summary';
import type { Taxonomy } from './taxonomy';

export interface Usage {
	inputTokens: number;
	outputTokens: number;
	model: string;
}

/** What came back from a model: its answer as it is, or why there is none, in words without personal data. */
export type ModelReply = { status: 'answered'; content: unknown; usage?: Usage } | { status: 'failed'; reason: string };

/** Asks a model; keeps the lead's deadline over all calls, and gives a failure back instead of throwing it. */
export type AskModel = (messages: ChatMessage[], schema: AnswerSchema) => Promise<ModelReply>;

/** A taxonomy made ready once for many leads. */
export interface PreparedTaxonomy extends Taxonomy {
	schema: AnswerSchema;
	readWords: FallbackClassifier;
}

export interface ClassifyInput {
	record: HandoffRecord;
	taxonomy: PreparedTaxonomy;
	/** Absent: no model is used. */
	ask?: AskModel;
	/** Why a model, though there is one, must not read this lead; in words. */
	skipBecause?: string;
	/** Random, new for each lead. */
	marker: string;
	/** ISO 639-1 of the rep's language. */
	language: string;
	confidenceThreshold: number;
	maxMessageCharacters: number;
}

export interface Classified {
	intent: Intent;
	/** Why a person should look; empty when there is no doubt. */
	reasons: string[];
}

/** Prepares what is the same for every lead. */
export function prepareTaxonomy(taxonomy: Taxonomy): PreparedTaxonomy {
	return { ...taxonomy, schema: answerSchema(taxonomy), readWords: createFallbackClassifier(taxonomy) };
}

/**
 * What the lead wants, always one intent of the taxonomy. A model reads the message when there is one and the lead
 * is not excused; whatever goes wrong with it, the words of the taxonomy decide and a reason for review says so.
 */
export async function classifyLead(input: ClassifyInput): Promise<Classified> {
	const message = readableMessage(input.record.lead.message, input.maxMessageCharacters);
	const words = input.taxonomy.readWords(message.text);
	const skipBecause = input.skipBecause ?? (hasWords(message.text) ? undefined : 'the message holds no words');
	if (skipBecause !== undefined) return fromWords(input, message, words, 'skipped', [skipBecause]);
	if (!input.ask) return fromWords(input, message, words, 'rules', []);
	const asked = await askWithRepair(input, input.ask, message);
	if ('failure' in asked) return fromWords(input, message, words, 'fallback', [asked.failure], asked);
	return fromAnswer(input, message, words, asked);
}

const longestField = 120;

interface Asked {
	answer: Answer;
	restore: (text: string) => string;
	repaired: boolean;
	usage?: Usage;
}
interface NotAnswered {
	failure: string;
	usage?: Usage;
}

async function askWithRepair({ record, taxonomy, marker, language }: ClassifyInput, ask: AskModel, message: ReadableMessage): Promise<Asked | NotAnswered> {
	const { lead } = record;
	const texts = [message.text, plainLine(lead.serviceInterest ?? '', longestField), plainLine(lead.jobTitle ?? '', longestField)];
	const mask = createMask(lead, texts);
	const [masked, serviceInterest, jobTitle] = texts.map((text) => mask.hide(text));
	const messages = buildPrompt({ taxonomy, marker, language, written: { message: masked, serviceInterest, jobTitle } });
	let usage: Usage | undefined;
	let reason = '';
	for (const repaired of [false, true]) {
		const reply = await ask(repaired ? buildRepair(messages, reason) : messages, taxonomy.schema);
		if (reply.status === 'failed') return { failure: reply.reason, usage };
		usage = addUsage(usage, reply.usage);
		const read = readAnswer(reply.content, taxonomy.schema);
		if (read.status === 'read') return { answer: read.answer, restore: (text) => mask.restore(text), repaired, usage };
		reason = read.reason;
	}
	return { failure: reason, usage };
}

function fromAnswer({ record, taxonomy, confidenceThreshold }: ClassifyInput, message: ReadableMessage, words: WordReading, asked: Asked): Classified {
	const { answer, restore, repaired, usage } = asked;
	const definition = taxonomy.intents.find(({ name }) => name === answer.intent) as IntentDefinition;
	const evidence = checkEvidence(answer.evidence.map(restore), message.text);
	const { summary, claims } = composeSummary({ record, useCase: restore(answer.useCase), message: message.text, urgency: answer.urgency, nextStep: definition.nextStep });
	const confidence = answer.confidence ?? undefined;
	return {
		intent: {
			name: definition.name,
			highIntent: definition.highIntent,
			...(confidence === undefined ? {} : { confidence }),
			urgency: answer.urgency,
			buyingStage: answer.buyingStage,
			sentiment: answer.sentiment,
			fit: answer.fit,
			language: /^[a-z]{2}$/.test(answer.language ?? '') ? answer.language : record.lead.language,
			summary,
			nextStep: definition.nextStep,
			evidence,
			engine: 'ai',
			because: [
				evidence.length > 0 ? 'read by AI, with words of the message as evidence' : 'read by AI, without evidence',
				...(repaired ? ['the second answer was used'] : []),
				...cutReason(message),
			],
			...(usage ? { usage } : {}),
			promptVersion,
		},
		reasons: reviewReasons({
			intent: definition.name, catchAll: taxonomy.catchAll.name, confidence, threshold: confidenceThreshold, words, readByModel: true, repaired, claims,
			suspectedInjection: suspectsInjection(record, message) || answer.givesInstructions, hasEvidence: evidence.length > 0,
		}),
	};
}

function fromWords(
	{ record, taxonomy, confidenceThreshold }: ClassifyInput, message: ReadableMessage, words: WordReading,
	engine: 'rules' | 'fallback' | 'skipped', because: string[], asked?: NotAnswered,
): Classified {
	const { intent, urgency } = words;
	const { summary } = composeSummary({ record, message: message.text, urgency, nextStep: intent.nextStep });
	return {
		intent: {
			name: intent.name,
			// nothing was recognised, so nothing is known about how much the lead wants
			...(words.outOfScope ? {} : { highIntent: intent.highIntent }),
			urgency,
			buyingStage: intent.buyingStage,
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
			intent: intent.name, catchAll: taxonomy.catchAll.name, threshold: confidenceThreshold, words, readByModel: false, failure: asked?.failure,
			repaired: false, claims: [], suspectedInjection: engine !== 'skipped' && suspectsInjection(record, message), hasEvidence: words.evidence.length > 0,
		}),
	};
}

function suspectsInjection({ quality }: HandoffRecord, { hidden }: ReadableMessage): boolean {
	return hidden || quality.flags?.suspectedInjection === true;
}

function cutReason({ cut, text }: ReadableMessage): string[] {
	return cut ? [`only the first ${text.length} characters were read`] : [];
}

function addUsage(before: Usage | undefined, more: Usage | undefined): Usage | undefined {
	if (!before || !more) return more ?? before;
	return { inputTokens: before.inputTokens + more.inputTokens, outputTokens: before.outputTokens + more.outputTokens, model: more.model };
}
