import type { IExecuteFunctions } from 'n8n-workflow';
import { prepareModel, type ModelChoice } from '../../nodes/host/askModel';
import { answerSchema } from '../../nodes/lead/classify/answerSchema';
import { toTaxonomy } from '../../nodes/lead/classify/taxonomy';
import { completion, goodAnswer, httpRequest, sendError, sendJson, startFakeOpenAi, type Behaviour, type FakeOpenAi } from '../support/fakeOpenAi';
import { strictContext } from '../support/strictContext';

const schema = answerSchema(toTaxonomy([]));
const messages = [{ role: 'user' as const, content: 'hello' }];
let service: FakeOpenAi;
beforeAll(async () => { service = await startFakeOpenAi(); });
afterAll(() => service.close());

function context(extra: Record<string, unknown> = {}): IExecuteFunctions {
	return strictContext({
		items: [{}], helpers: { httpRequest },
		extra: { getCredentials: async () => ({ apiKey: 'sk-secret', baseUrl: `${service.baseUrl}/` }), ...extra },
	});
}

const choice: ModelChoice = { model: 'credential', modelName: 'fake-1', deadlineSeconds: 10, draws: 1 };
const askOnce = async (ctx: IExecuteFunctions, more: Partial<ModelChoice> = {}) => await prepareModel(ctx, { ...choice, ...more })(0)(messages, schema);

describe('a model through the credential', () => {
	it('asks with the key, the model and the strict schema, and gives content and usage back', async () => {
		service.behave((response) => sendJson(response, 200, completion(goodAnswer)));
		expect(await askOnce(context())).toEqual({
			status: 'answered', content: JSON.stringify(goodAnswer), usage: { inputTokens: 300, outputTokens: 60, model: 'fake-model-1', calls: 1 },
		});
		const [{ headers, body }] = service.calls;
		expect(headers).toMatchObject({ authorization: 'Bearer sk-secret', 'content-type': 'application/json' });
		expect(body).toMatchObject({ model: 'fake-1', messages, temperature: 0, seed: expect.any(Number), logprobs: true, response_format: { type: 'json_schema', json_schema: { strict: true, schema: { additionalProperties: false } } } });
	});

	it('steps down to JSON mode and to text for a service that knows less, and remembers it for the run', async () => {
		service.behave((response, { body }) => (body.response_format ? sendError(response, 400) : sendJson(response, 200, completion(goodAnswer))));
		const forLead = prepareModel(context(), { ...choice, modelName: 'plain-1' });
		expect(await forLead(0)(messages, schema)).toMatchObject({ status: 'answered' });
		expect(service.calls.map(({ body }) => body.response_format?.type)).toEqual(['json_schema', 'json_schema', 'json_object', undefined]);
		expect(await forLead(1)(messages, schema)).toMatchObject({ status: 'answered' });
		expect(service.calls).toHaveLength(5);
	});

	it('tries again after a 429, when the service said', async () => {
		service.behave((response, _call, number) => (number === 1 ? sendError(response, 429, null, { 'retry-after': '0.05' }) : sendJson(response, 200, completion(goodAnswer))));
		expect(await askOnce(context())).toMatchObject({ status: 'answered' });
		expect(service.calls).toHaveLength(2);
	});

	const failures: [string, Behaviour, string][] = [
		['a refused key', (response) => sendError(response, 401, 'invalid_api_key'), 'the model service refused the key (HTTP 401)'],
		['a forbidden model', (response) => sendError(response, 403), 'the model service refused the key (HTTP 403)'],
		['an unknown model', (response) => sendError(response, 404), 'the model service does not know this model or address (HTTP 404)'],
		['a limit without Retry-After', (response) => sendError(response, 429), 'the model service is over its limit (HTTP 429)'],
		['a limit with Retry-After', (response) => sendError(response, 429, null, { 'retry-after': '0.05' }), 'the model service is over its limit (HTTP 429)'],
		['a server fault', (response) => sendError(response, 500), 'the model service answered HTTP 500'],
		['a refused message', (response) => sendError(response, 400, 'content_filter'), 'the service\'s content filter stopped the message'],
		['a cut connection', (response) => response.destroy(), 'the model service could not be reached'],
		['a refusal', (response) => sendJson(response, 200, completion(null, {}, { refusal: 'I can\'t' })), 'the model refused to answer'],
		['a filtered answer', (response) => sendJson(response, 200, completion('', { finish_reason: 'content_filter' })), 'the service\'s content filter stopped the answer'],
		['an answer cut off', (response) => sendJson(response, 200, completion('{"intent":', { finish_reason: 'length' })), 'the answer was cut off'],
	];
	it.each(failures)('gives %s back in words, without those of the service', async (_name, behaviour, reason) => {
		service.behave(behaviour);
		expect(await askOnce(context())).toMatchObject({ status: 'failed', reason });
	});

	it.each<[string, Behaviour]>([
		['no choices', (response) => sendJson(response, 200, { choices: [] })],
		['an empty body', (response) => response.writeHead(200).end()],
		['a page of HTML', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Proxy</h1>')],
	])('takes %s for an answer without content', async (_name, behaviour) => {
		service.behave(behaviour);
		const reply = await askOnce(context());
		expect(reply.status === 'failed' || reply.content === undefined || reply.content === null).toBe(true);
	});

	it.each<[string, Behaviour]>([
		['hangs', () => undefined],
		['drips', (response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const drip = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(drip));
		}],
		['asks to wait longer than the lead can', (response) => sendError(response, 429, null, { 'retry-after': '2' })],
	])('stops at the deadline when the service %s', async (_name, behaviour) => {
		service.behave(behaviour);
		expect(await askOnce(context(), { deadlineSeconds: 0.3 })).toEqual({ status: 'failed', reason: 'the model did not answer within 0.3 s' });
	});

	it('keeps one deadline over all questions of a lead', async () => {
		service.behave((response, _call, number) => { if (number === 1) sendJson(response, 200, completion('no')); });
		const ask = prepareModel(context(), { ...choice, deadlineSeconds: 0.4 })(0);
		expect(await ask(messages, schema)).toMatchObject({ status: 'answered' });
		expect(await ask(messages, schema)).toMatchObject({ status: 'failed' });
		expect(await ask(messages, schema)).toMatchObject({ status: 'failed' });
		expect(service.calls).toHaveLength(2);
	});

	it('fails, not stops, when the credential is gone', async () => {
		class NodeOperationError extends Error { override name = 'NodeOperationError'; }
		const getCredentials = async () => { throw new NodeOperationError('Credential with ID 7 does not exist'); };
		expect(await askOnce(context({ getCredentials }))).toEqual({ status: 'failed', reason: 'the model or its credential is not ready', spent: false });
	});

	it('stops when the run is cancelled, so that nothing is recorded for it', async () => {
		service.behave(() => undefined);
		const cancel = new AbortController();
		const asked = askOnce(context({ getExecutionCancelSignal: () => cancel.signal }));
		setTimeout(() => cancel.abort(), 50);
		await expect(asked).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
	});
});

describe('a connected chat model', () => {
	const connected = async (model: unknown, deadlineSeconds = 10) => await askOnce(
		context({ getInputConnectionData: async (type: string) => (type === 'ai_languageModel' ? model : undefined) }), { model: 'connected', deadlineSeconds },
	);

	it.each([
		['text', 'the answer'],
		['a list of parts', [{ type: 'reasoning', summary: [] }, { type: 'text', text: 'the ' }, { type: 'text', text: 'answer' }]],
	])('is read when its content is %s', async (_name, content) => {
		const invoke = async () => ({ content, usage_metadata: { input_tokens: 3, output_tokens: 4 }, response_metadata: { model_name: 'm' } });
		expect(await connected({ invoke })).toEqual({ status: 'answered', content: 'the answer', usage: { inputTokens: 3, outputTokens: 4, model: 'm', calls: 1 } });
	});

	it('gets plain messages and a signal', async () => {
		const invoke = jest.fn(async () => ({ content: '' }));
		await connected({ invoke });
		expect(invoke).toHaveBeenCalledWith(messages, { signal: expect.any(AbortSignal) });
	});

	it.each([
		['is unplugged', undefined, 'no chat model is connected'],
		['throws', { invoke: async () => { throw new Error('key sk-secret is bad'); } }, 'the model could not be asked'],
		['is refused', { invoke: async () => { throw Object.assign(new Error('no'), { status: 401 }); } }, 'the model service refused the key (HTTP 401)'],
		['refuses', { invoke: async () => ({ content: '', additional_kwargs: { refusal: 'no' } }) }, 'the model refused to answer'],
		['is cut off', { invoke: async () => ({ content: '{', response_metadata: { finish_reason: 'length' } }) }, 'the answer was cut off'],
	])('that %s is a failure in words', async (_name, model, reason) => {
		expect(await connected(model)).toMatchObject({ status: 'failed', reason });
	});

	it('that does not listen to the signal is left at the deadline', async () => {
		expect(await connected({ invoke: () => new Promise(() => undefined) }, 0.1)).toEqual({ status: 'failed', reason: 'the model did not answer within 0.1 s' });
	});
});
