import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that reached the chat tool. */
export interface Message { at: number; body: Record<string, unknown> }

/** Stands in for Slack on loopback: keeps what it is sent. */
export interface ChatStandIn {
	url: string;
	messages: Message[];
	/** `cut`: the connection breaks before anything is taken; `hang`: no answer ever, nothing is taken. */
	behave(as: 'take' | 'cut' | 'hang'): void;
	close(): void;
}

export async function startChat(): Promise<ChatStandIn> {
	let behaviour: 'take' | 'cut' | 'hang' = 'take';
	const messages: Message[] = [];
	const server = createServer((request, response) => {
		if (behaviour === 'cut') return void request.socket.destroy();
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			if (behaviour === 'hang') return;
			messages.push({ at: Date.now(), body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown> });
			response.setHeader('content-type', 'application/json').end('{"ok":true}');
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat`, messages,
		behave: (as) => { behaviour = as; },
		close: () => { server.closeAllConnections(); server.close(); },
	};
}
