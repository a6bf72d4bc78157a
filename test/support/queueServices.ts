import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's PostgreSQL where it is installed, so that a second version is seen; else that of the npm package. */
export function debianPostgres(): { binaries?: string } {
	const folder = '/usr/lib/postgresql';
	const [newest] = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
	return newest ? { binaries: join(folder, newest) } : {};
}

export interface RedisServer {
	port: number;
	/** As a crash would: nothing is written. */
	kill(): Promise<void>;
	/** Starts it again on the same port, with what its log holds. */
	start(): Promise<void>;
	end(): Promise<void>;
}

/**
 * A Redis of its own on loopback.
 *
 * @param lasting - Whether it writes each change to its log before it answers, as a queue that must survive a crash needs.
 */
export async function startRedis(port: number, { lasting = false } = {}): Promise<RedisServer> {
	const folder = await mkdtemp(join(tmpdir(), 'lead-handoff-redis-'));
	let redis: ChildProcess | undefined;
	let ended: Promise<void> = Promise.resolve();
	const start = async () => {
		const log = lasting ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
		const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...log, '--dir', folder], { stdio: 'ignore' });
		redis = child;
		let failure: Error | undefined;
		child.once('error', (error) => { failure = error; });
		ended = new Promise<void>((resolve) => child.once('close', () => { redis = undefined; resolve(); }));
		await until(async () => await listens(port), (up) => up || failure !== undefined);
		if (failure) throw new Error('No Redis: install it (Debian: apt-get install redis-server)');
	};
	const kill = async (signal: NodeJS.Signals) => {
		redis?.kill(signal);
		await ended;
	};
	await start();
	return {
		port, start,
		kill: async () => await kill('SIGKILL'),
		end: async () => {
			await kill('SIGTERM');
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function listens(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
		socket.once('error', () => resolve(false));
	});
}

/** Asks until an answer is as wished, for a minute. */
export async function until<Answer>(ask: () => Promise<Answer>, isDone: (answer: Answer) => boolean, milliseconds = 60_000): Promise<Answer> {
	const deadline = Date.now() + milliseconds;
	for (;;) {
		const answer = await ask();
		if (isDone(answer)) return answer;
		if (Date.now() > deadline) throw new Error(`Not done in time: ${JSON.stringify(answer)}`);
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
}
