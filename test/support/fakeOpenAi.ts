import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { refusalOf } from './openAiDescription';

/** An answer of the shape that is asked for, against the ready set of intents. */
export const goodAnswer = {
	intent: 'Project Request', confidence: 0.9, urgency: 'high', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en',
	useCase: 'Wants a proposal for a migration.', evidence: ['a proposal'], givesInstructions: false,
};

export interface FakeCall {
	headers: IncomingMessage['headers'];
	body: { model: string; messages: { role: string; content: string }[]; response_format?: { type: string }; logprobs?: boolean; temperature?: number };
}

/** What the fake service does with the call of this number (from 1). */
export type Behaviour = (response: ServerResponse, call: FakeCall, number: number) => void;

export interface FakeOpenAi {
	baseUrl: string;
	calls: FakeCall[];
	behave: (behaviour: Behaviour) => void;
	close: () => Promise<void>;
}

/** A chat completion as the OpenAI API describes it. */
export function completion(content: unknown, choice: Record<string, unknown> = {}, message: Record<string, unknown> = {}) {
	const text = typeof content === 'string' || content === null ? content : JSON.stringify(content);
	return {
		id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'fake-model-1',
		choices: [{ index: 0, finish_reason: 'stop', logprobs: null, ...choice, message: { role: 'assistant', content: text, refusal: null, ...message } }],
		usage: { prompt_tokens: 300, completion_tokens: 60, total_tokens: 360 },
	};
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function sendError(response: ServerResponse, status: number, code: string | null = null, headers: Record<string, string> = {}, param: string | null = null): void {
	sendJson(response, status, { error: { message: 'secret words of the service about jo@acme.example', type: 'error', param, code } }, headers);
}

/** Gives an answer of its own to every call, whatever was asked. */
export const answering = (content: unknown): Behaviour => (response) => sendJson(response, 200, completion(content));

/** Tokens of a text with these chances, as the API tells them. */
export function logprobs(tokens: [text: string, chance: number][]) {
	return { content: tokens.map(([token, chance]) => ({ token, logprob: Math.log(chance), bytes: [...Buffer.from(token)], top_logprobs: [] })), refusal: null };
}

/** A local service with the chat part of the OpenAI API. */
export async function startFakeOpenAi(): Promise<FakeOpenAi> {
	let behaviour: Behaviour = answering(goodAnswer);
	const calls: FakeCall[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			if (request.method === 'GET' && request.url === '/v1/models') {
				// what a credential's test button asks
				if (request.headers.authorization === 'Bearer sk-wrong') return sendError(response, 401, 'invalid_api_key');
				return sendJson(response, 200, { object: 'list', data: [{ id: 'fake-1', object: 'model', created: 1, owned_by: 'fake' }] });
			}
			if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return sendError(response, 404);
			const call = { headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as FakeCall['body'] };
			calls.push(call);
			// a request that is not as described is refused, as the service itself would
			const refusal = refusalOf(call.body);
			if (refusal) return sendJson(response, 400, { error: { message: refusal.message, type: 'invalid_request_error', param: refusal.param, code: null } });
			behaviour(response, call, calls.length);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		calls,
		behave: (next) => { calls.length = 0; behaviour = next; },
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** n8n's HTTP helper, as far as this package uses it. */
export async function httpRequest(options: IHttpRequestOptions): Promise<unknown> {
	if (options.encoding !== 'text' || options.returnFullResponse !== true || options.ignoreHttpStatusErrors !== true) throw new Error('The fake helper knows only text and full responses');
	const response = await fetch(options.url, {
		method: options.method, headers: options.headers as Record<string, string>, body: options.body as string, signal: options.abortSignal as AbortSignal,
	});
	return { body: await response.text(), headers: Object.fromEntries(response.headers), statusCode: response.status, statusMessage: response.statusText };
}
