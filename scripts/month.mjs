/**
 * A month to learn on: the same company before and after the handoff works, played through the nodes on a ledger of its own.
 *
 *   npm run month                              280 leads a month; prints both sides, writes the pages to .artifacts/month
 *   npm run month -- --leads 100 --seed 3      fewer leads, other people
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, '.artifacts', 'month');
const options = { bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning', absWorkingDir: root };
await build({ ...options, entryPoints: ['scripts/month/main.ts'], outfile: join(folder, 'main.cjs'), packages: 'external' });
await build({ ...options, entryPoints: ['nodes/ledger/sqliteWorker.ts'], outfile: join(folder, 'sqliteWorker.js') });
const { status } = spawnSync(process.execPath, ['--no-warnings', join(folder, 'main.cjs'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
