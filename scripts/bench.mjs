/**
 * Runs a benchmark of `bench/` as it would run in n8n: bundled, on the project's own Node.js 24.
 *
 *   npm run bench                     lists the benchmarks
 *   npm run bench -- NAME [OPTIONS]   runs bench/NAME.ts; options go to it, e.g. --data DIR
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const names = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')).map((file) => file.slice(0, -3));
const [name, ...options] = process.argv.slice(2);

if (!names.includes(name)) {
	process.stdout.write(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}\n`);
	process.exit(name === undefined ? 0 : 1);
}
const outfile = join(root, '.artifacts', 'bench', `${name}.cjs`);
await build({
	entryPoints: [join(root, 'bench', `${name}.ts`)], outfile,
	bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning',
	// what a benchmark compares with, and n8n itself, run as they are installed
	packages: 'external',
});
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...options], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
