import OpenAI, { AuthenticationError, BadRequestError, RateLimitError } from 'openai';
import { answerSchema, toJsonSchema } from '../../nodes/lead/classify/answerSchema';
import { toTaxonomy } from '../../nodes/lead/classify/taxonomy';
import { chatResponse, errorResponse } from './openAiDescription';
import { answering, completion, goodAnswer, logprobs, sendError, sendJson, startFakeOpenAi, type FakeOpenAi } from './fakeOpenAi';

// the official library is the reference: what it reads as it should is what the service would send
describe('the fake service', () => {
	let service: FakeOpenAi;
	let client: OpenAI;
	beforeAll(async () => {
		service = await startFakeOpenAi();
		client = new OpenAI({ apiKey: 'sk-test', baseURL: service.baseUrl, maxRetries: 0 });
	});
	afterAll(() => service.close());

	const schema = toJsonSchema(answerSchema(toTaxonomy([])));
	const request = { model: 'm', messages: [{ role: 'user' as const, content: 'Answer in JSON' }] };
	const format = { type: 'json_schema' as const, json_schema: { name: 'lead_intent', strict: true, schema } };

	it('answers as the published description says', () => {
		expect(chatResponse.safeParse(completion(goodAnswer)).error).toBeUndefined();
		expect(chatResponse.safeParse(completion(goodAnswer, { logprobs: logprobs([['{', 0.9]]) })).error).toBeUndefined();
		expect(chatResponse.safeParse(completion(null, {}, { refusal: 'no' })).error).toBeUndefined();
		expect(errorResponse.safeParse({ error: { message: 'x', type: 'error', param: null, code: null } }).success).toBe(true);
	});

	it('is read by the official library, with the strict schema that this package sends', async () => {
		service.behave(answering(goodAnswer));
		const { choices: [{ message }] } = await client.chat.completions.parse({ ...request, response_format: format });
		expect(JSON.parse(String(message.content))).toEqual(goodAnswer);
	});

	it.each([
		['an unknown argument', { ...request, answer_format: 'json' }],
		['a temperature over 2', { ...request, temperature: 3 }],
		['JSON mode without the word', { ...request, messages: [{ role: 'user', content: 'hi' }], response_format: { type: 'json_object' } }],
		['a schema with bounds', { ...request, response_format: { ...format, json_schema: { ...format.json_schema, schema: { type: 'object', properties: { a: { type: 'number', minimum: 0 } }, required: ['a'], additionalProperties: false } } } }],
		['a schema with an optional key', { ...request, response_format: { ...format, json_schema: { ...format.json_schema, schema: { type: 'object', properties: { a: { type: 'number' } }, required: [], additionalProperties: false } } } }],
	])('refuses %s', async (_name, body) => {
		service.behave(answering(goodAnswer));
		await expect(client.chat.completions.create(body as never)).rejects.toBeInstanceOf(BadRequestError);
	});

	it.each([[401, AuthenticationError], [429, RateLimitError]])('sends HTTP %i as the library knows it', async (status, error) => {
		service.behave((response) => sendError(response, status));
		await expect(client.chat.completions.create(request)).rejects.toBeInstanceOf(error);
	});

	it.each([
		['cut off', 'length', 'LengthFinishReasonError'],
		['filtered', 'content_filter', 'ContentFilterFinishReasonError'],
	])('sends an answer that was %s as the library knows it', async (_name, finish_reason, name) => {
		service.behave((response) => sendJson(response, 200, completion('{', { finish_reason })));
		const caught = await client.chat.completions.parse({ ...request, response_format: format }).catch((error: Error) => error);
		expect((caught as Error).constructor.name).toBe(name);
	});
});
