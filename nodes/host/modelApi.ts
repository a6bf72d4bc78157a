import type { OpenAI } from 'openai';
import type { IExecuteFunctions } from 'n8n-workflow';
import { toJsonSchema, type AnswerSchema } from '../lead/classify/answerSchema';
import type { ModelReply } from '../lead/classify/modelReply';
import type { ChatMessage } from '../lead/classify/prompt';
import type { AnswerToken } from '../lead/classify/tokenChance';
import { n8nFetch } from './n8nFetch';
import { asObject, failed, failureInWords, refusesFormat, toReply, toUsage } from './modelFailures';

export const credentialName = 'leadHandoffOpenAiApi';

export interface ModelApi {
	client: OpenAI;
	/** Tells services apart, without the key. */
	baseUrl: string;
}

export interface ApiQuestion {
	modelName: string;
	messages: ChatMessage[];
	schema: AnswerSchema;
	signal: AbortSignal;
	/** True: one answer, the likeliest, the same each time as far as the service can. */
	likeliest: boolean;
}

/** What a service was seen to understand. A model that refuses one thing is asked without it from then on. */
interface Manners {
	format: 'schema' | 'object' | 'text';
	logprobs: boolean;
	sampling: boolean;
}

/** By base URL and model, for the life of the process: a run of one lead must not try everything again. */
const known = new Map<string, Manners>();
const mostKnown = 200;
const seed = 20261120;
/** Each step down costs a call; there are never more than these. */
const mostSteps = 5;

/** Opens the service of the node's credential, through n8n's own HTTP helper. */
export async function openApi(ctx: IExecuteFunctions): Promise<ModelApi> {
	const [{ OpenAI: Client }, { apiKey, baseUrl }] = await Promise.all([import('openai'), ctx.getCredentials<{ apiKey?: string; baseUrl?: string }>(credentialName)]);
	const address = (baseUrl || 'https://api.openai.com/v1').replace(/\/+$/, '');
	const client = new Client({
		// services on one's own machine have no key, but the library wants one
		apiKey: apiKey || 'none',
		baseURL: address,
		fetch: n8nFetch(ctx),
		// waits as long as Retry-After says; the lead's deadline is over all of it
		maxRetries: 2,
		// nothing of the host's own environment or log settings is used
		organization: null,
		project: null,
		logLevel: 'off',
	});
	return { client, baseUrl: address };
}

/** Asks once; steps down from strict JSON schema to JSON mode to text where the service knows less. */
export async function askThroughApi({ client, baseUrl }: ModelApi, question: ApiQuestion): Promise<ModelReply> {
	const key = `${baseUrl} ${question.modelName} ${question.likeliest}`;
	let manners = known.get(key) ?? { format: 'schema', logprobs: question.likeliest, sampling: true };
	for (let step = 0; ; step++) {
		try {
			const completion = await client.chat.completions.create(requestOf(question, manners), { signal: question.signal });
			if (known.size >= mostKnown) known.clear();
			known.set(key, manners);
			return readCompletion(completion);
		} catch (caught) {
			const next = refusesFormat(caught) && step < mostSteps ? without(manners, caught) : undefined;
			if (!next) return failureInWords(caught);
			manners = next;
		}
	}
}

function requestOf({ modelName, messages, schema, likeliest }: ApiQuestion, { format, logprobs, sampling }: Manners): OpenAI.ChatCompletionCreateParamsNonStreaming {
	return {
		model: modelName,
		messages,
		...(format === 'schema' ? { response_format: { type: 'json_schema', json_schema: { name: 'lead_intent', strict: true, schema: toJsonSchema(schema) } } } : {}),
		...(format === 'object' ? { response_format: { type: 'json_object' } } : {}),
		...(logprobs ? { logprobs: true } : {}),
		...(sampling ? (likeliest ? { temperature: 0, seed } : { temperature: 0.7 }) : {}),
	};
}

/** One thing less than was refused: the one that the service names, else the one that is known least. */
function without(manners: Manners, caught: unknown): Manners | undefined {
	const named = String(asObject(caught).param ?? '');
	if (manners.sampling && /temperature|seed/.test(named)) return { ...manners, sampling: false };
	if (manners.logprobs && (/logprobs/.test(named) || !/response_format/.test(named))) return { ...manners, logprobs: false };
	if (manners.format === 'schema') return { ...manners, format: 'object' };
	if (manners.format === 'object') return { ...manners, format: 'text' };
	return manners.sampling ? { ...manners, sampling: false } : undefined;
}

function readCompletion(completion: unknown): ModelReply {
	const { choices, usage, model } = asObject(completion);
	const { message, finish_reason: finish, logprobs } = asObject(Array.isArray(choices) ? choices[0] : undefined);
	const { content, refusal } = asObject(message);
	const used = toUsage(asObject(usage).prompt_tokens, asObject(usage).completion_tokens, model);
	if (typeof refusal === 'string' && refusal !== '') return { ...failed('the model refused to answer'), usage: used };
	return toReply(content, finish, used, tokensOf(asObject(logprobs).content));
}

function tokensOf(given: unknown): AnswerToken[] {
	if (!Array.isArray(given)) return [];
	return given.flatMap((one: unknown) => {
		const { token, logprob } = asObject(one);
		return typeof token === 'string' && typeof logprob === 'number' ? [{ text: token, logprob }] : [];
	});
}
