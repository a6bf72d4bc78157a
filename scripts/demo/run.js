const { spawn } = require('node:child_process');
const { DemoError } = require('./say');

/**
 * Runs a command to its end.
 *
 * @returns what it printed to standard output.
 * @throws DemoError with the end of what it printed when it fails.
 */
function run(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let out = '';
		let all = '';
		child.stdout.on('data', (chunk) => { out += chunk; all = (all + chunk).slice(-20_000); });
		child.stderr.on('data', (chunk) => { all = (all + chunk).slice(-20_000); });
		child.on('error', (error) => reject(new DemoError(`${command} could not be started: ${error.message}`)));
		child.on('close', (code) => {
			if (code === 0) resolve(out);
			else reject(new DemoError(`${command} ${args.slice(0, 3).join(' ')} ended with ${code}:\n${all.trim().split('\n').slice(-15).join('\n')}`));
		});
	});
}

module.exports = { run };
