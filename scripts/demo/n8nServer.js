const { spawn } = require('node:child_process');
const { createWriteStream } = require('node:fs');
const { mkdir } = require('node:fs/promises');
const { createServer } = require('node:net');
const { join } = require('node:path');
const { node24Environment, node24Folder } = require('./n8nRuntime');
const { DemoError } = require('./say');

const startTimeoutMs = 180_000;

/** Whether a port of this machine is free. */
function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** A port of this machine that nobody uses now. */
function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/**
 * Starts n8n on loopback and waits until its editor and its webhooks answer.
 *
 * @param {{ start: string, userFolder: string, port: number, env?: Record<string, string> }} options
 */
async function startN8n({ start, userFolder, port, env = {} }) {
	const url = `http://localhost:${port}`;
	return await launch(['start'], { start, userFolder, url, env: { N8N_PORT: String(port), ...env } }, ['/healthz/readiness', '/rest/settings']);
}

/**
 * Starts a worker of n8n's queue mode and waits until it takes work.
 *
 * @param {{ start: string, userFolder: string, port: number, env?: Record<string, string> }} options - `port` is where it tells of its health.
 */
async function startWorker({ start, userFolder, port, env = {} }) {
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
	return await launch(['worker', '--concurrency=5'], { start, userFolder, url: `http://localhost:${port}`, env: { ...health, ...env } }, ['/healthz/readiness']);
}

async function launch(command, { start, userFolder, url, env }, signsOfLife) {
	await mkdir(userFolder, { recursive: true });
	const log = join(userFolder, 'n8n.log');
	const child = spawn(join(node24Folder(), 'node'), [start, ...command], {
		env: {
			...node24Environment(),
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: 'localhost',
			N8N_SECURE_COOKIE: 'false',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
			GENERIC_TIMEZONE: 'Europe/London',
			...env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const written = createWriteStream(log, { flags: 'a' });
	child.stdout.pipe(written);
	child.stderr.pipe(written);
	const ended = new Promise((resolve) => child.once('close', resolve));
	const server = {
		url, log, child, ended,
		/** Stops n8n; with SIGKILL at once, as a crash would. */
		stop: async (signal = 'SIGTERM') => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill(signal);
			const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
			await ended;
			clearTimeout(late);
		},
	};
	const deadline = Date.now() + startTimeoutMs;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) throw new DemoError(`n8n stopped while it started; its log is ${log}`);
		const signs = await Promise.all(signsOfLife.map((path) => answers(`${url}${path}`)));
		if (signs.every(Boolean)) return server;
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
	await server.stop('SIGKILL');
	throw new DemoError(`n8n did not answer within ${startTimeoutMs / 1000} seconds; its log is ${log}`);
}

async function answers(url) {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(3000) })).ok;
	} catch {
		return false;
	}
}

module.exports = { isFree, freePort, startN8n, startWorker };
