/**
 * Writes down what saved workflows may hold of this package (test/package/publicApi.txt): a test keeps it from then on.
 *
 *   npm run freeze                    adds what is new; refuses to take anything out
 *   npm run freeze -- --check         ends with 1 while something is not written down: asked before a release
 *   npm run freeze -- --unreleased    also takes out what no release ever had
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(root, 'test', 'package', 'publicApi.txt');
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const source = (path) => path.replace(/^dist\/(.*)\.js$/, './$1');
const nameOf = (path) => /([^/]+?)\.(?:node|credentials)\.js$/.exec(path)[1];
const listed = (paths) => `[${paths.map((path) => `new (require(${JSON.stringify(source(path))}).${nameOf(path)})()`).join(', ')}]`;
const outfile = join(root, '.artifacts', 'freeze.cjs');
await build({
	stdin: { contents: `module.exports = require('./test/support/publicApi').publicApi(${listed(n8n.nodes)}, ${listed(n8n.credentials)});`, resolveDir: root },
	outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node24', packages: 'external', logLevel: 'warning',
});
const now = createRequire(import.meta.url)(outfile);
const written = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
const gone = written.filter((fact) => !now.includes(fact));
const added = now.filter((fact) => !written.includes(fact));
const say = (words, facts) => process.stdout.write(`${words}\n${facts.map((fact) => `  ${fact}\n`).join('')}`);

if (gone.length > 0 && !process.argv.includes('--unreleased')) {
	say('This stands in saved workflows: add a new one and keep the old.', gone);
	process.exitCode = 1;
} else if (process.argv.includes('--check')) {
	say(added.length > 0 ? 'Not written down yet; run "npm run freeze" and commit the file:' : `All ${now.length} are written down`, added);
	if (added.length > 0) process.exitCode = 1;
} else {
	writeFileSync(file, `${now.join('\n')}\n`);
	say(`${now.length} written down, ${added.length} of them new, ${gone.length} taken out`, []);
}
