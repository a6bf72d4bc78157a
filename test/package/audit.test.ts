import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from '../../package-lock.json';
import { projectFolder } from '../support/packedPackage';

interface Bundled { name: string; version: string; licence: string }
interface Tools {
	readBundled(text: string): Bundled[];
	bundledProblems(bundled: Bundled[], lock: { packages: Record<string, { version?: string; integrity?: string }> }): string[];
}

const tools = async () => await import(join(projectFolder, 'scripts', 'bundledPackages.js')) as Tools;
const good = { name: 'luxon', version: '3.7.2', licence: 'MIT' };
const lockOf = (change: object) => ({ packages: { 'node_modules/luxon': { version: '3.7.2', integrity: 'sha512-abc', ...change } } });

describe('the audit of what is bundled', () => {
	it('finds nothing wrong with what is bundled now', async () => {
		const { readBundled, bundledProblems } = await tools();
		const bundled = readBundled(readFileSync(join(projectFolder, 'dist', 'THIRD_PARTY_LICENSES.txt'), 'utf8'));
		expect(bundled.length).toBeGreaterThan(5);
		expect(bundledProblems(bundled, { packages })).toEqual([]);
	});

	it('is made of packages whose install scripts never ran', () => {
		expect(readFileSync(join(projectFolder, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
	});

	it.each([
		['a licence that asks for more', { ...good, licence: 'GPL-3.0' }, {}, 'has the licence GPL-3.0'],
		['another version than the locked one', { ...good, version: '3.0.0' }, {}, 'does not stand in package-lock.json'],
		['no checksum', good, { integrity: undefined }, 'has no sha512 checksum'],
	])('tells %s', async (_, bundled, change, words) => {
		const { bundledProblems } = await tools();
		expect(bundledProblems([bundled], lockOf(change))).toEqual([expect.stringContaining(words)]);
		expect(bundledProblems([good], lockOf({}))).toEqual([]);
	});
});

describe('the workflows of the repository', () => {
	const folder = join(projectFolder, '.github', 'workflows');

	it.each(readdirSync(folder))('%s runs only actions that are pinned to a commit, with no more rights than it names', (file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
		expect(used.length).toBeGreaterThan(0);
		for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
		expect(text).toMatch(/^permissions:/m);
		expect(text).not.toMatch(/NPM_TOKEN|pull_request_target/);
	});
});
