/**
 * Runs a command under the project's own Node.js 24, whatever Node.js the machine has.
 * n8n 2.38 and later need it; the npm package `node` brings it into node_modules and nothing else is installed.
 *
 *   node scripts/node24.mjs                      only makes sure that it is there
 *   node scripts/node24.mjs jest test/package    runs a command of node_modules/.bin, or node itself
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const node24 = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
const windows = process.platform === 'win32';

function stop(message) {
	process.stderr.write(`${message}\n`);
	process.exit(1);
}

function hasNode24() {
	if (!existsSync(node24)) return false;
	const { stdout } = spawnSync(node24, ['--version'], { encoding: 'utf8', shell: windows });
	return /^v24\./.test(stdout ?? '');
}

if (!existsSync(bin)) stop('The packages are not installed yet: run "npm ci" first.');
if (!hasNode24()) {
	process.stderr.write('Bringing Node.js 24 into node_modules, once ...\n');
	// install scripts are off in .npmrc: only this one package may run its own, which fetches the binary
	const rebuild = spawnSync('npm', ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], { cwd: root, encoding: 'utf8', shell: windows });
	if (!hasNode24()) {
		stop(`Node.js 24 could not be brought in. Check the network and run "npm rebuild node --ignore-scripts=false".\n${rebuild.stderr ?? rebuild.error?.message ?? ''}`);
	}
}

const [command, ...args] = process.argv.slice(2);
if (command) {
	const path = [bin, process.env.PATH].join(delimiter);
	const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: windows, env: { ...process.env, PATH: path } });
	// the terminal sends Ctrl+C to both; the command decides when to end
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	child.on('error', (error) => stop(`"${command}" could not be started: ${error.message}`));
	child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
