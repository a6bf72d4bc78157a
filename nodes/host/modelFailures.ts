import type { ModelReply, Usage } from '../lead/classify/modelReply';
import type { AnswerToken } from '../lead/classify/tokenChance';
import { isObject } from '../lead/isObject';

/** The value as an object; empty when it is none. */
export function asObject(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

/** A failure in words; `spent` false where the service did no work. */
export function failed(reason: string, spent = true): ModelReply {
	return { status: 'failed', reason, ...(spent ? {} : { spent }) };
}

/** What came back, unless the service itself says that it is no whole answer. */
export function toReply(content: unknown, finish: unknown, usage: Usage | undefined, tokens?: AnswerToken[]): ModelReply {
	if (finish === 'content_filter') return { ...failed('the service\'s content filter stopped the answer'), usage };
	if (finish === 'length') return { ...failed('the answer was cut off'), usage };
	return { status: 'answered', content, usage, ...(tokens && tokens.length > 0 ? { tokens } : {}) };
}

/** Usage of one call; undefined where the service does not tell. */
export function toUsage(input: unknown, output: unknown, model: unknown): Usage | undefined {
	if (typeof input !== 'number' || typeof output !== 'number') return undefined;
	return { inputTokens: input, outputTokens: output, model: typeof model === 'string' ? model : 'unknown', calls: 1 };
}

/** Whether a service refused how it was asked, not what. */
export function refusesFormat(caught: unknown): boolean {
	const { status, code } = asObject(caught);
	return (status === 400 || status === 422) && code !== 'content_filter' && code !== 'context_length_exceeded';
}

/** What failed, without the service's own words: they may repeat the lead's or the key's. */
export function failureInWords(caught: unknown): ModelReply {
	const { status, code, name } = asObject(caught);
	if (code === 'content_filter') return failed('the service\'s content filter stopped the message', false);
	if (code === 'context_length_exceeded') return failed('the message and the intents are too long for this model', false);
	if (status === 401 || status === 403) return failed(`the model service refused the key (HTTP ${status})`, false);
	if (status === 404) return failed('the model service does not know this model or address (HTTP 404)', false);
	if (status === 429) return failed('the model service is over its limit (HTTP 429)', false);
	if (typeof status === 'number') return failed(`the model service answered HTTP ${status}`, status >= 500);
	if (typeof name === 'string' && /Connection|Timeout|Fetch|Abort/i.test(caught instanceof Error ? caught.constructor.name : name)) return failed('the model service could not be reached');
	if (typeof name === 'string' && name.startsWith('Node')) return failed('the model or its credential is not ready', false);
	return failed('the model could not be asked');
}
