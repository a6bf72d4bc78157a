const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

/** The ledger's worker thread needs JavaScript: built once before the tests, as the package's bundle does it. */
module.exports = async function buildWorker() {
	const root = join(__dirname, '..', '..');
	const entry = join(root, 'nodes', 'ledger', 'sqliteWorker.ts');
	if (!existsSync(entry)) return;
	buildSync({
		entryPoints: [entry],
		outfile: join(root, '.artifacts', 'test', 'sqliteWorker.js'),
		bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning',
	});
};
