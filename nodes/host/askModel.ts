import type { OpenAI } from 'openai';
import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { toJsonSchema, type AnswerSchema } from '../lead/classify/answerSchema';
import type { AskModel, ModelReply, Usage } from '../lead/classify/classifyLead';
import type { ChatMessage } from '../lead/classify/prompt';
import { isObject } from '../lead/isObject';
import { LeadError } from '../lead/leadError';
import { n8nFetch } from './n8nFetch';

export const credentialName = 'leadHandoffOpenAiApi';

export interface ModelChoice {
	/** `credential`: an OpenAI-compatible API. `connected`: the chat model on this node's input. */
	model: 'credential' | 'connected';
	/** Only for `credential`. */
	modelName: string;
	/** For all calls of one lead together. */
	deadlineSeconds: number;
}

/** One call to a model; may throw whatever the model throws. */
type Call = (messages: ChatMessage[], schema: AnswerSchema, signal: AbortSignal) => Promise<ModelReply>;

/** Makes an `AskModel` for one lead, whose deadline starts at the first question. */
export type AskForLead = (itemIndex: number) => AskModel;

/** Prepares the chosen model for a run. A model that is not there fails each question, it does not stop the run. */
export function prepareModel(ctx: IExecuteFunctions, choice: ModelChoice): AskForLead {
	const throughApi = choice.model === 'credential' ? apiCall(ctx, choice.modelName) : undefined;
	return (itemIndex) => {
		const call = throughApi ?? connectedCall(ctx, itemIndex);
		const cancelled = ctx.getExecutionCancelSignal();
		let deadline: AbortSignal | undefined;
		return async (messages, schema) => {
			deadline ??= AbortSignal.timeout(choice.deadlineSeconds * 1000);
			const signal = cancelled ? AbortSignal.any([deadline, cancelled]) : deadline;
			const reply = await failing(untilAborted(call(messages, schema, signal), signal));
			if (cancelled?.aborted) throw new LeadError('RUN_CANCELLED', 'The run was cancelled', 'Run the workflow again: leads that were not handled go on where they were.');
			return deadline.aborted && reply.status === 'failed' ? failed(`the model did not answer within ${choice.deadlineSeconds} s`) : reply;
		};
	};
}

/** The reply, or a failed one in place of an error. */
async function failing(promise: Promise<ModelReply>): Promise<ModelReply> {
	return await promise.catch((caught: unknown) => failed(failureInWords(caught)));
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

/** From the strictest way of asking for JSON to none; a service that knows less refuses with HTTP 400 or 422. */
const formats = ['schema', 'object', 'text'] as const;

function apiCall(ctx: IExecuteFunctions, modelName: string): Call {
	let client: Promise<OpenAI> | undefined;
	// what this service was seen to understand, so that only the run's first lead tries
	let formatIndex = 0;
	return async (messages, schema, signal) => {
		client ??= openClient(ctx);
		const openai = await client;
		let refused: unknown;
		for (let tried = formatIndex; tried < formats.length; tried++) {
			try {
				const completion = await openai.chat.completions.create({ model: modelName, messages, response_format: responseFormat(formats[tried], schema) }, { signal });
				formatIndex = tried;
				return readCompletion(completion);
			} catch (caught) {
				refused = caught;
				if (!refusesFormat(caught)) break;
			}
		}
		return failed(failureInWords(refused));
	};
}

async function openClient(ctx: IExecuteFunctions): Promise<OpenAI> {
	const [{ OpenAI: Client }, { apiKey, baseUrl }] = await Promise.all([import('openai'), ctx.getCredentials<{ apiKey?: string; baseUrl?: string }>(credentialName)]);
	return new Client({
		// services on one's own machine have no key, but the library wants one
		apiKey: apiKey || 'none',
		baseURL: (baseUrl || 'https://api.openai.com/v1').replace(/\/+$/, ''),
		fetch: n8nFetch(ctx),
		maxRetries: 1,
		// nothing of the host's own environment or log settings is used
		organization: null,
		project: null,
		logLevel: 'off',
	});
}

function responseFormat(format: (typeof formats)[number], schema: AnswerSchema): OpenAI.ChatCompletionCreateParamsNonStreaming['response_format'] {
	if (format === 'schema') return { type: 'json_schema', json_schema: { name: 'lead_intent', strict: true, schema: toJsonSchema(schema) } };
	return format === 'object' ? { type: 'json_object' } : undefined;
}

function refusesFormat(caught: unknown): boolean {
	const { status, code } = asObject(caught);
	return (status === 400 || status === 422) && code !== 'content_filter' && code !== 'context_length_exceeded';
}

function readCompletion(completion: unknown): ModelReply {
	const { choices, usage, model } = asObject(completion);
	const { message, finish_reason: finish } = asObject(Array.isArray(choices) ? choices[0] : undefined);
	const { content, refusal } = asObject(message);
	if (typeof refusal === 'string' && refusal !== '') return failed('the model refused to answer');
	return toReply(content, finish, toUsage(asObject(usage).prompt_tokens, asObject(usage).completion_tokens, model));
}

interface ChatModel {
	invoke(messages: ChatMessage[], options: { signal: AbortSignal }): Promise<unknown>;
}

function connectedCall(ctx: IExecuteFunctions, itemIndex: number): Call {
	return async (messages, _schema, signal) => {
		const model = (await ctx.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, itemIndex)) as ChatModel | undefined;
		if (typeof model?.invoke !== 'function') return failed('no chat model is connected');
		const answer = asObject(await model.invoke(messages, { signal }));
		const { response_metadata: metadata, usage_metadata: usage, additional_kwargs: more } = answer;
		if (asObject(more).refusal) return failed('the model refused to answer');
		const { finish_reason: finish, model_name: name } = asObject(metadata);
		return toReply(textOf(answer.content), finish, toUsage(asObject(usage).input_tokens, asObject(usage).output_tokens, name));
	};
}

/** LangChain gives text, or a list of parts of which some are text. */
function textOf(content: unknown): unknown {
	if (!Array.isArray(content)) return content;
	return content.map((part: unknown) => (typeof part === 'string' ? part : asObject(part).text)).filter((text) => typeof text === 'string').join('');
}

function toReply(content: unknown, finish: unknown, usage: Usage | undefined): ModelReply {
	if (finish === 'content_filter') return failed('the service\'s content filter stopped the answer');
	if (finish === 'length') return failed('the answer was cut off');
	return { status: 'answered', content, usage };
}

function toUsage(input: unknown, output: unknown, model: unknown): Usage | undefined {
	if (typeof input !== 'number' || typeof output !== 'number') return undefined;
	return { inputTokens: input, outputTokens: output, model: typeof model === 'string' ? model : 'unknown' };
}

/** What failed, without the service's own words: they may repeat the lead's or the key's. */
function failureInWords(caught: unknown): string {
	const { status, code, name } = asObject(caught);
	if (code === 'content_filter') return 'the service\'s content filter stopped the message';
	if (status === 401 || status === 403) return `the model service refused the key (HTTP ${status})`;
	if (status === 404) return 'the model service does not know this model or address (HTTP 404)';
	if (status === 429) return 'the model service is over its limit (HTTP 429)';
	if (typeof status === 'number') return `the model service answered HTTP ${status}`;
	if (typeof name === 'string' && /Connection|Timeout|Fetch|Abort/i.test(caught instanceof Error ? caught.constructor.name : name)) return 'the model service could not be reached';
	if (typeof name === 'string' && name.startsWith('Node')) return 'the model or its credential is not ready';
	return 'the model could not be asked';
}

function failed(reason: string): ModelReply {
	return { status: 'failed', reason };
}

function asObject(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}
