import type { AnswerSchema } from './answerSchema';
import type { ChatMessage } from './prompt';
import type { AnswerToken } from './tokenChance';

export interface Usage {
	inputTokens: number;
	outputTokens: number;
	model: string;
	/** Calls that told what they cost. */
	calls: number;
}

/**
 * What came back from a model: its answer as it is, or why there is none, in words without personal data.
 * `spent` false: the service did no work for it, e.g. refused the key.
 */
export type ModelReply =
	| { status: 'answered'; content: unknown; usage?: Usage; tokens?: AnswerToken[] }
	| { status: 'failed'; reason: string; spent?: boolean; usage?: Usage };

/** Asks a model; keeps the lead's deadline over all calls, and gives a failure back instead of throwing it. */
export type AskModel = (messages: ChatMessage[], schema: AnswerSchema) => Promise<ModelReply>;

/** Usage of two calls together. */
export function addUsage(before: Usage | undefined, more: Usage | undefined): Usage | undefined {
	if (!before || !more) return more ?? before;
	return { inputTokens: before.inputTokens + more.inputTokens, outputTokens: before.outputTokens + more.outputTokens, model: more.model, calls: before.calls + more.calls };
}
