import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { toJsonSchema, type AnswerSchema } from '../lead/classify/answerSchema';
import type { AskModel, ModelReply } from '../lead/classify/modelReply';
import type { ChatMessage } from '../lead/classify/prompt';
import { LeadError } from '../lead/leadError';
import { askThroughApi, openApi } from './modelApi';
import { asObject, failed, failureInWords, refusesFormat, toReply, toUsage } from './modelFailures';

export interface ModelChoice {
	/** `credential`: an OpenAI-compatible API. `connected`: the chat model on this node's input. */
	model: 'credential' | 'connected';
	/** Only for `credential`. */
	modelName: string;
	/** For all calls of one lead together. */
	deadlineSeconds: number;
	/** From 1; over 1, answers must be able to differ, so the model is not held to its likeliest words. */
	draws: number;
}

/** One call to a model; may throw whatever the model throws. */
type Call = (messages: ChatMessage[], schema: AnswerSchema, signal: AbortSignal) => Promise<ModelReply>;

/** Makes an `AskModel` for one lead, whose deadline starts at the first question. */
export type AskForLead = (itemIndex: number) => AskModel;

/** After so many leads in a row that failed in one of these ways the model is not asked again in this run. */
const mostLost = 3;
const lostCauses = /refused the key|does not know this model|no chat model is connected|is not ready/;

/** Prepares the chosen model for a run. A model that is not there fails each question, it does not stop the run. */
export function prepareModel(ctx: IExecuteFunctions, choice: ModelChoice): AskForLead {
	const throughApi = choice.model === 'credential' ? apiCall(ctx, choice) : undefined;
	// what a connected model was seen to refuse, so that only the run's first lead tries it
	const connected = { way: 0 };
	let lost = 0;
	let lostBecause = '';
	return (itemIndex) => {
		const call = throughApi ?? connectedCall(ctx, itemIndex, connected);
		const cancelled = ctx.getExecutionCancelSignal();
		let deadline: AbortSignal | undefined;
		let countedLost = false;
		return async (messages, schema) => {
			if (lost >= mostLost) return { status: 'failed', reason: lostBecause, spent: false };
			deadline ??= AbortSignal.timeout(choice.deadlineSeconds * 1000);
			const signal = cancelled ? AbortSignal.any([deadline, cancelled]) : deadline;
			const reply = await failing(untilAborted(call(messages, schema, signal), signal));
			if (cancelled?.aborted) throw new LeadError('RUN_CANCELLED', 'The run was cancelled', 'Run the workflow again: leads that were not handled go on where they were.');
			if (deadline.aborted && reply.status === 'failed') return failed(`the model did not answer within ${choice.deadlineSeconds} s`);
			if (reply.status === 'answered') lost = 0;
			else if (lostCauses.test(reply.reason) && !countedLost) {
				countedLost = true;
				lost++;
				lostBecause = reply.reason;
			}
			return reply;
		};
	};
}

/** The reply, or a failed one in place of an error. */
async function failing(promise: Promise<ModelReply>): Promise<ModelReply> {
	return await promise.catch((caught: unknown) => failureInWords(caught));
}

/** The promise, or a rejection as soon as the signal aborts: not every model listens to it. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	let stop: () => void = () => undefined;
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(new Error('aborted'));
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

function apiCall(ctx: IExecuteFunctions, { modelName, draws }: ModelChoice): Call {
	let api: ReturnType<typeof openApi> | undefined;
	return async (messages, schema, signal) => {
		api ??= openApi(ctx);
		return await askThroughApi(await api, { modelName, messages, schema, signal, likeliest: draws === 1 });
	};
}

interface ChatModel {
	invoke(messages: ChatMessage[], options: { signal: AbortSignal }): Promise<unknown>;
	withStructuredOutput?(schema: Record<string, unknown>, options: Record<string, unknown>): Pick<ChatModel, 'invoke'>;
}

/** From the strictest way of asking a connected model to none. */
const ways = ['jsonSchema', 'jsonMode', 'text'] as const;

function connectedCall(ctx: IExecuteFunctions, itemIndex: number, seen: { way: number }): Call {
	return async (messages, schema, signal) => {
		const model = (await ctx.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, itemIndex)) as ChatModel | undefined;
		if (typeof model?.invoke !== 'function') return failed('no chat model is connected', false);
		let refused: unknown;
		for (let way = typeof model.withStructuredOutput === 'function' ? seen.way : ways.length - 1; way < ways.length; way++) {
			try {
				const reply = await askConnected(model, ways[way], messages, schema, signal);
				seen.way = way;
				return reply;
			} catch (caught) {
				if (signal.aborted || !(refusesFormat(caught) || refusesWay(caught))) return failureInWords(caught);
				refused = caught;
			}
		}
		return failureInWords(refused);
	};
}

async function askConnected(model: ChatModel, way: (typeof ways)[number], messages: ChatMessage[], schema: AnswerSchema, signal: AbortSignal): Promise<ModelReply> {
	const structured = way === 'text' ? undefined : model.withStructuredOutput?.(toJsonSchema(schema), { name: 'lead_intent', method: way, includeRaw: true, ...(way === 'jsonSchema' ? { strict: true } : {}) });
	const answer = asObject(await (structured ?? model).invoke(messages, { signal }));
	const message = structured ? asObject(answer.raw) : answer;
	const { response_metadata: metadata, usage_metadata: usage, additional_kwargs: more } = message;
	if (asObject(more).refusal) return failed('the model refused to answer');
	const { finish_reason: finish, model_name: name } = asObject(metadata);
	return toReply(structured && answer.parsed ? answer.parsed : textOf(message.content), finish, toUsage(asObject(usage).input_tokens, asObject(usage).output_tokens, name));
}

/** A model of another maker says so in words of its own when it has no such way. */
function refusesWay(caught: unknown): boolean {
	return caught instanceof Error && asObject(caught).status === undefined && /not (?:support|implement)|unsupported|withStructuredOutput|method|json_?(?:schema|mode)|response_format/i.test(caught.message);
}

/** LangChain gives text, or a list of parts of which some are text. */
function textOf(content: unknown): unknown {
	if (!Array.isArray(content)) return content;
	return content.map((part: unknown) => (typeof part === 'string' ? part : asObject(part).text)).filter((text) => typeof text === 'string').join('');
}
