const { createHash } = require('node:crypto');
const { existsSync } = require('node:fs');
const { cp, mkdir, readFile, rename, rm, statfs, writeFile } = require('node:fs/promises');
const { homedir } = require('node:os');
const { delimiter, join } = require('node:path');
const { run } = require('./run');
const { DemoError, say, withProgress } = require('./say');

const projectFolder = join(__dirname, '..', '..');
const runtimeFolder = join(projectFolder, 'scripts', 'n8n-runtime');
/** n8n unpacks to 2.9 GB, and npm needs room for its own copies while it installs. */
const neededBytes = 5 * 1024 ** 3;

/** Outside git and kept between runs: `$XDG_CACHE_HOME`, else `~/.cache`. */
function cacheFolder() {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-lead-handoff');
}

/** The folder of the Node.js that n8n needs, which comes as a development dependency of this project. */
function node24Folder() {
	const folder = join(projectFolder, 'node_modules', 'node', 'bin');
	if (!existsSync(join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))) {
		throw new DemoError('Node.js 24 is missing from node_modules: run npm ci first.');
	}
	return folder;
}

/** This process' environment with Node.js 24 first on the path. */
function node24Environment() {
	const env = { ...process.env, PATH: [node24Folder(), process.env.PATH].join(delimiter) };
	// set by a test runner, and read by n8n as well
	for (const name of ['NODE_ENV', 'NODE_OPTIONS', 'JEST_WORKER_ID']) delete env[name];
	return env;
}

/**
 * The pinned n8n, installed once into the cache and used from there ever after.
 *
 * @returns the path of its start script.
 */
async function ensureN8n() {
	const lock = await readFile(join(runtimeFolder, 'package-lock.json'));
	const { dependencies } = JSON.parse(await readFile(join(runtimeFolder, 'package.json'), 'utf8'));
	const name = `n8n-${dependencies.n8n}-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`;
	const folder = join(cacheFolder(), name);
	const start = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	if (existsSync(start)) return start;

	// installed aside and moved when whole, so that an interrupted install never looks like a finished one
	const aside = join(cacheFolder(), `${name}.${process.pid}`);
	await makeRoom(aside);
	try {
		for (const file of ['package.json', 'package-lock.json', '.npmrc']) await cp(join(runtimeFolder, file), join(aside, file));
		const env = node24Environment();
		await withProgress(`Installing n8n ${dependencies.n8n} for the demo, once (about 2,400 packages, 3 to 8 minutes)`, async () => {
			await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: aside, env });
		});
		await withProgress('Preparing n8n\'s own database driver (about a minute)', async () => {
			await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'], { cwd: aside, env });
		});
		await rename(aside, folder).catch(async (error) => {
			// another run finished first: its install is as good
			if (!existsSync(start)) throw error;
		});
	} catch (error) {
		throw explainInstallFailure(error);
	} finally {
		await rm(aside, { recursive: true, force: true });
	}
	say(`n8n ${dependencies.n8n} is in ${folder}`);
	return start;
}

async function makeRoom(aside) {
	try {
		await rm(aside, { recursive: true, force: true });
		await mkdir(aside, { recursive: true });
		const { bavail, bsize } = await statfs(aside);
		if (bavail * bsize < neededBytes) {
			throw new DemoError(`n8n needs ${neededBytes / 1024 ** 3} GB of free disk in ${cacheFolder()}, and ${(bavail * bsize / 1024 ** 3).toFixed(1)} GB are free. Make room, or set XDG_CACHE_HOME to a folder on a larger disk.`);
		}
		await writeFile(join(aside, '.installing'), '');
	} catch (error) {
		if (error instanceof DemoError) throw error;
		throw new DemoError(`The cache folder ${cacheFolder()} cannot be written (${error.code}). Set XDG_CACHE_HOME to a folder that can.`);
	}
}

function explainInstallFailure(error) {
	if (!(error instanceof DemoError)) return new DemoError(`n8n could not be installed: ${error.message}`);
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/i.test(error.message)) {
		return new DemoError(`n8n could not be downloaded: the npm registry does not answer. Check the network and run the command again.\n${error.message}`);
	}
	if (/ENOSPC/.test(error.message)) return new DemoError(`The disk became full while n8n was installed in ${cacheFolder()}. Make room and run the command again.`);
	return error;
}

module.exports = { projectFolder, cacheFolder, node24Folder, node24Environment, ensureN8n };
