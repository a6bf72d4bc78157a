import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server on which a test can make trouble. */
export interface FaultyNetwork {
	port: number;
	/** Breaks every connection and takes no new one. */
	cut(): void;
	/** Lets nothing through in either direction, and keeps the connections. */
	freeze(): void;
	/** As it was before any trouble. */
	heal(): void;
	/** The next answer to this word is lost with its connection, after the server has done what was asked. */
	loseAnswerTo(word: string): void;
	close(): void;
}

export async function faultyNetwork(serverPort: number): Promise<FaultyNetwork> {
	let state: 'sound' | 'cut' | 'frozen' = 'sound';
	let unanswered: string | undefined;
	const pairs = new Set<[Socket, Socket]>();
	const server = createServer((client) => {
		if (state === 'cut') return void client.destroy();
		const upstream = connect(serverPort, '127.0.0.1');
		const pair: [Socket, Socket] = [client, upstream];
		pairs.add(pair);
		let losing = false;
		const end = () => { for (const socket of pair) socket.destroy(); pairs.delete(pair); };
		for (const socket of pair) socket.on('error', end).on('close', end);
		client.on('data', (chunk) => {
			if (state === 'frozen') return;
			if (unanswered !== undefined && chunk.includes(unanswered)) { losing = true; unanswered = undefined; }
			upstream.write(chunk);
		});
		upstream.on('data', (chunk) => {
			if (state === 'frozen') return;
			if (losing) end();
			else client.write(chunk);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const endAll = () => { for (const pair of [...pairs]) for (const socket of pair) socket.destroy(); };
	return {
		port: (server.address() as AddressInfo).port,
		cut: () => { state = 'cut'; endAll(); },
		freeze: () => { state = 'frozen'; },
		heal: () => { if (state === 'frozen') endAll(); state = 'sound'; },
		loseAnswerTo: (word) => { unanswered = word; },
		close: () => { endAll(); server.close(); },
	};
}
