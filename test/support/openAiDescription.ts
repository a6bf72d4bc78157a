import { z } from 'zod/v4';

/**
 * The part of OpenAI's published API description (openai-openapi, CreateChatCompletionRequest and
 * CreateChatCompletionResponse) that this package speaks, and the rules of strict structured outputs
 * (platform.openai.com/docs/guides/structured-outputs, supported schemas), written for this project.
 */
const message = z.strictObject({ role: z.enum(['developer', 'system', 'user', 'assistant']), content: z.union([z.string(), z.array(z.strictObject({ type: z.literal('text'), text: z.string() }))]), name: z.string().optional() });

const responseFormat = z.union([
	z.strictObject({ type: z.literal('text') }),
	z.strictObject({ type: z.literal('json_object') }),
	z.strictObject({
		type: z.literal('json_schema'),
		json_schema: z.strictObject({
			name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/), description: z.string().optional(), strict: z.boolean().nullable().optional(), schema: z.record(z.string(), z.unknown()),
		}),
	}),
]);

export const chatRequest = z.strictObject({
	model: z.string().min(1),
	messages: z.array(message).min(1),
	response_format: responseFormat.optional(),
	temperature: z.number().min(0).max(2).nullable().optional(),
	top_p: z.number().min(0).max(1).nullable().optional(),
	seed: z.int().nullable().optional(),
	logprobs: z.boolean().nullable().optional(),
	top_logprobs: z.int().min(0).max(20).nullable().optional(),
	n: z.int().min(1).max(128).nullable().optional(),
	stream: z.boolean().nullable().optional(),
	max_tokens: z.int().nullable().optional(),
	max_completion_tokens: z.int().nullable().optional(),
	frequency_penalty: z.number().min(-2).max(2).nullable().optional(),
	presence_penalty: z.number().min(-2).max(2).nullable().optional(),
	stream_options: z.unknown().optional(),
	user: z.string().optional(),
});

const tokenLogprob = z.strictObject({ token: z.string(), logprob: z.number(), bytes: z.array(z.int()).nullable(), top_logprobs: z.array(z.unknown()) });

export const chatResponse = z.object({
	id: z.string(),
	object: z.literal('chat.completion'),
	created: z.int(),
	model: z.string(),
	choices: z.array(z.object({
		index: z.int(),
		finish_reason: z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']),
		message: z.object({ role: z.literal('assistant'), content: z.string().nullable(), refusal: z.string().nullable() }),
		logprobs: z.strictObject({ content: z.array(tokenLogprob).nullable(), refusal: z.array(tokenLogprob).nullable() }).nullable(),
	})).min(1),
	usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
});

export const errorResponse = z.strictObject({ error: z.strictObject({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string().nullable() }) });

/** Keywords that strict mode takes, by the guide of 2025-11. */
const strictKeywords = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf', 'description', '$defs', '$ref', 'title']);

/** Why a service would refuse this request: parameter and reason; undefined when it is as described. */
export function refusalOf(body: unknown): { param: string; message: string } | undefined {
	const read = chatRequest.safeParse(body);
	if (!read.success) {
		const [issue] = read.error.issues;
		const param = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.join('.');
		return { param, message: issue.code === 'unrecognized_keys' ? `Unrecognized request argument supplied: ${param}` : `Invalid '${param}'` };
	}
	const { response_format: format, messages } = read.data;
	// the API refuses JSON mode when no message speaks of JSON
	if (format?.type === 'json_object' && !/json/i.test(JSON.stringify(messages))) return { param: 'messages', message: '\'messages\' must contain the word \'json\' in some form' };
	if (format?.type !== 'json_schema' || format.json_schema.strict !== true) return undefined;
	const fault = strictFault(format.json_schema.schema, '$');
	return fault === undefined ? undefined : { param: 'response_format', message: `Invalid schema for response_format: ${fault}` };
}

function strictFault(schema: unknown, place: string): string | undefined {
	if (typeof schema !== 'object' || schema === null) return undefined;
	const given = schema as Record<string, unknown>;
	const unknown = Object.keys(given).find((key) => !strictKeywords.has(key));
	if (unknown !== undefined) return `${place}: '${unknown}' is not permitted`;
	if (given.type === 'object') {
		const names = Object.keys(given.properties ?? {});
		if (given.additionalProperties !== false) return `${place}: 'additionalProperties' must be false`;
		if (names.some((name) => !(given.required as string[] | undefined)?.includes(name))) return `${place}: 'required' must hold every property`;
	}
	const inner: [string, unknown][] = [...Object.entries(given.properties ?? {}), ['items', given.items], ...((given.anyOf as unknown[] | undefined) ?? []).map((one, index): [string, unknown] => [`anyOf ${index}`, one])];
	for (const [name, one] of inner) {
		const fault = strictFault(one, `${place}.${name}`);
		if (fault !== undefined) return fault;
	}
	return undefined;
}
