import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { n8nFetch } from '../../nodes/host/n8nFetch';

type Container = { get<Kept>(kept: abstract new (...given: never[]) => Kept): Kept };
interface Outbound { requests(): { request(options: IHttpRequestOptions): Promise<unknown> } }

/** n8n's own HTTP helper, as a node gets it. */
function realHelper(): IExecuteFunctions['helpers']['httpRequest'] {
	const load = createRequire(require.resolve('n8n-core'));
	const { Container } = load('@n8n/di') as { Container: Container };
	const { OutboundHttp } = load('@n8n/backend-network') as { OutboundHttp: abstract new () => Outbound };
	return async (options) => await Container.get(OutboundHttp).requests().request(options);
}

describe('n8nFetch through n8n\'s own HTTP helper', () => {
	const servers: Server[] = [];
	const serve = async (answer: (request: IncomingMessage) => { status: number; headers?: Record<string, string>; body?: string }): Promise<string> => {
		const server = createServer((request, response) => {
			const { status, headers, body } = answer(request);
			response.writeHead(status, headers).end(body);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		servers.push(server);
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	afterAll(() => servers.forEach((server) => server.close()));

	const ask = async (url: string) => await n8nFetch({ helpers: { httpRequest: realHelper() } as IExecuteFunctions['helpers'] })(`${url}/v1/chat`, {
		method: 'POST', headers: { authorization: 'Bearer sk-secret', 'content-type': 'application/json' }, body: '{"question":1}',
	});

	it('sends the key to the service that the credential names', async () => {
		let seen: string | undefined;
		const service = await serve(({ headers }) => { seen = headers.authorization; return { status: 200, body: '{"ok":true}' }; });
		expect(await (await ask(service)).json()).toEqual({ ok: true });
		expect(seen).toBe('Bearer sk-secret');
	});

	// a service that was taken over, or a mistyped base URL, would otherwise hand the key on
	it.each([301, 302, 307, 308])('carries no key to another host on a redirect with %i', async (status) => {
		const seen: (string | undefined)[] = [];
		const stranger = await serve(({ headers }) => { seen.push(headers.authorization); return { status: 200, body: '{}' }; });
		const service = await serve(() => ({ status, headers: { location: `${stranger}/v1/chat` } }));
		await ask(service);
		expect(seen).toEqual([undefined]);
	});

	it('gives an answer of any status as an answer', async () => {
		const service = await serve(() => ({ status: 429, headers: { 'retry-after': '3' }, body: '{"error":{}}' }));
		const answer = await ask(service);
		expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([429, '3', '{"error":{}}']);
	});
});
