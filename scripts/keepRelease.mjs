/**
 * Keeps what this version writes and saves in test/fixtures/upgrade/<version>/, for the tests of all later versions.
 *
 *   npm run keep-release               once before a release, then commit the folder
 *   npm run keep-release -- --check    ends with 1 when the version of package.json has no such folder
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (process.argv.includes('--check')) {
	if (!existsSync(join(root, 'test', 'fixtures', 'upgrade', version, 'ledger.sqlite.gz'))) {
		process.stdout.write(`Nothing is kept of ${version}: run "npm run keep-release" and commit the folder\n`);
		process.exitCode = 1;
	}
} else {
	const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'node24.mjs'), 'jest', '--maxWorkers=1', '--testMatch=**/test/upgrade/writeRelease.ts'], { cwd: root, stdio: 'inherit' });
	process.exitCode = status ?? 1;
}
