import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { authority } from '../../support/certificate';
import type { Asked, StandIn } from './standIn';

export interface Proxy {
	url: string;
	/** The certificate of the authority that n8n must trust, in PEM. */
	authority: string;
	/** Hosts that were asked for and have no stand-in here. */
	strays: Set<string>;
	stop(): void;
}

/**
 * A proxy that answers for the vendors: n8n's own nodes call their usual addresses and meet stand-ins, so that a
 * template runs as it is imported. Nothing is let through to the network.
 */
export async function startProxy(standIns: StandIn[]): Promise<Proxy> {
	const { cert, certify } = authority('Stand-ins of the tests');
	const strays = new Set<string>();
	const of = (host: string) => standIns.find(({ hosts }) => hosts.includes(host));

	const contexts = new Map<string, ReturnType<typeof createSecureContext>>();
	const contextOf = (host: string) => {
		if (!contexts.has(host)) {
			const { key, crt } = certify(host);
			contexts.set(host, createSecureContext({ key, cert: crt }));
		}
		return contexts.get(host);
	};
	const own = certify('localhost');
	// it never listens: the proxy hands it the connections that it was asked to open
	const secure = createHttps({ key: own.key, cert: own.crt, SNICallback: (host, done) => { done(null, contextOf(host)); } }, (request, response) => { void serve(request, response); });

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const asked = await read(request);
		const standIn = of(asked.host);
		if (!standIn || standIn.isDown) {
			request.socket.destroy();
			return;
		}
		const { status, body, headers } = standIn.handle(asked);
		response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
		response.end(body === undefined ? undefined : JSON.stringify(body));
	}

	const proxy = createHttp((_, response) => { response.writeHead(502).end(); });
	proxy.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
		const host = (request.url ?? '').split(':')[0];
		socket.on('error', () => undefined);
		const standIn = of(host);
		if (!standIn) strays.add(host);
		if (!standIn || standIn.isDown) {
			socket.destroy();
			return;
		}
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		if (head.length > 0) socket.unshift(head);
		secure.emit('connection', socket);
	});
	await new Promise<void>((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, authority: cert, strays,
		stop: () => {
			proxy.closeAllConnections();
			secure.closeAllConnections();
			proxy.close();
		},
	};
}

async function read(request: IncomingMessage): Promise<Asked> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString();
	const host = (request.headers.host ?? '').split(':')[0];
	const url = new URL(request.url ?? '/', `https://${host}`);
	return { method: request.method ?? 'GET', host, path: url.pathname, query: Object.fromEntries(url.searchParams), params: url.searchParams, headers: request.headers, body: readBody(text, request.headers['content-type'] ?? '') };
}

function readBody(text: string, type: string): unknown {
	if (text === '') return undefined;
	if (type.includes('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
