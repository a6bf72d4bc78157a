import type { Intent } from '../handoffRecord';
import type { Answer, AnswerSchema } from './answerSchema';
import { placeQuotes, type QuotePlace } from './evidence';
import { addUsage, type AskModel, type ModelReply, type Usage } from './modelReply';
import { buildRepair, type ChatMessage } from './prompt';
import { readAnswer } from './readAnswer';
import { estimateTokens, type TokenBudget } from './tokenBudget';
import { chanceOfIntent } from './tokenChance';

/** An answer as it is kept: personal values still hidden, quotes as places in the hidden message. */
export interface KeptAnswer {
	answer: Omit<Answer, 'evidence'>;
	quotes: QuotePlace[];
	confidence?: number;
	confidenceFrom?: Exclude<Intent['confidenceFrom'], 'examples'>;
	repaired: boolean;
	/** How many draws agreed, of how many; absent for one draw. */
	agreement?: [agreed: number, of: number];
}

/** Answers that were read before; a key is any text that says what was asked. */
export interface AnswerCache {
	find(asked: string): Promise<KeptAnswer | undefined>;
	keep(asked: string, kept: KeptAnswer): Promise<void>;
}

export interface Question {
	messages: ChatMessage[];
	schema: AnswerSchema;
	/** The message as the model sees it. */
	message: string;
	/** How many times it is asked, from 1; over 1, their agreement is the confidence. */
	draws: number;
}

export type Asked =
	| { status: 'answered'; kept: KeptAnswer; usage?: Usage }
	| { status: 'failed'; reason: string; usage?: Usage }
	/** Not asked: a budget is used up. */
	| { status: 'overBudget'; reason: string };

/** Asks a model as many times as wanted; asks once more when no answer could be read. */
export async function askForAnswer(question: Question, ask: AskModel, budget?: TokenBudget): Promise<Asked> {
	const reserved = estimateTokens(question.messages, question.draws);
	const over = await budget?.reserve(reserved);
	if (over !== undefined) return { status: 'overBudget', reason: over };
	const replies: ModelReply[] = [];
	const counted: AskModel = async (...given) => {
		const reply = await ask(...given);
		replies.push(reply);
		return reply;
	};
	try {
		const asked = await askAll(question, counted);
		return { ...asked, usage: replies.reduce<Usage | undefined>((sum, { usage }) => addUsage(sum, usage), undefined) };
	} finally {
		await budget?.settle(reserved, tokensUsed(replies, reserved / question.draws));
	}
}

/** Where a service does not tell, what was set aside counts as used. */
function tokensUsed(replies: readonly ModelReply[], guess: number): number {
	return replies.reduce((sum, reply) => {
		if (reply.usage) return sum + reply.usage.inputTokens + reply.usage.outputTokens;
		return sum + (reply.status === 'failed' && reply.spent === false ? 0 : Math.ceil(guess));
	}, 0);
}

type Drawn = { status: 'read'; answer: Answer; chance?: number } | { status: 'unreadable' | 'failed'; reason: string };

async function askAll({ messages, schema, message, draws }: Question, ask: AskModel): Promise<Exclude<Asked, { status: 'overBudget' }>> {
	const drawn = await Promise.all(Array.from({ length: draws }, () => draw(messages, schema, ask)));
	const read = drawn.filter((one) => one.status === 'read');
	if (read.length > 0) return { status: 'answered', kept: choose(read, drawn.length, message) };
	const unreadable = drawn.find((one) => one.status === 'unreadable');
	if (!unreadable) return { status: 'failed', reason: reasonOf(drawn[0]) };
	const second = await draw(buildRepair(messages, reasonOf(unreadable)), schema, ask);
	if (second.status !== 'read') return { status: 'failed', reason: reasonOf(second) };
	return { status: 'answered', kept: { ...choose([second], 1, message), repaired: true } };
}

async function draw(messages: ChatMessage[], schema: AnswerSchema, ask: AskModel): Promise<Drawn> {
	const reply = await ask(messages, schema);
	if (reply.status === 'failed') return reply;
	const read = readAnswer(reply.content, schema);
	if (read.status === 'unreadable') return read;
	return { ...read, chance: reply.tokens && chanceOfIntent(reply.tokens, read.answer.intent) };
}

/** The intent that most draws named, the earlier one of two; told with the first answer that named it. */
function choose(read: readonly Extract<Drawn, { status: 'read' }>[], draws: number, message: string): KeptAnswer {
	const agreeing = read.map(({ answer }) => read.filter((other) => other.answer.intent === answer.intent).length);
	const most = Math.max(...agreeing);
	const { answer: { evidence, ...answer }, chance } = read[agreeing.indexOf(most)];
	const kept = { answer, quotes: placeQuotes(evidence, message), repaired: false };
	// an answer that failed agreed with none
	if (draws > 1) return { ...kept, confidence: most / draws, confidenceFrom: 'draws', agreement: [most, draws] };
	return chance === undefined ? kept : { ...kept, confidence: chance, confidenceFrom: 'tokens' };
}

function reasonOf(drawn: Drawn): string {
	return drawn.status === 'read' ? '' : drawn.reason;
}
