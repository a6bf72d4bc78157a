import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../support/packedPackage';

/** Rows of the threat table: threat, what holds it, its tests. */
const threats = readFileSync(join(projectFolder, 'docs', 'security.md'), 'utf8').split('\n').filter((line) => /^\| (?!Threat |---)/.test(line)).map((line) => line.split(' | '));

/** Whether a test is run: a test file itself, or cases that one takes in. */
function isRun(path: string): boolean {
	const full = join(projectFolder, path);
	if (!existsSync(full)) return false;
	const files = statSync(full).isDirectory() ? readdirSync(full).map((name) => join(full, name)) : [full];
	return files.some((file) => /\b(it|test)(\.each)?[(<]/.test(readFileSync(file, 'utf8')));
}

describe('the threat table', () => {
	it('has its rows', () => {
		expect(threats.length).toBeGreaterThan(25);
	});

	it.each(threats.map((cells) => ({ threat: cells[0].slice(2), held: cells[1], tests: [...(cells[2] ?? '').matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path) })))('names what holds "$threat", and tests that are run', ({ held, tests }) => {
		expect(held.length).toBeGreaterThan(20);
		expect(tests.length).toBeGreaterThan(0);
		expect(tests.filter((path) => !isRun(path))).toEqual([]);
	});
});
