/**
 * What others wrote and this package ships: each bundled library stands in the lock file with the checksum of what was
 * installed, has a licence that allows it, and has no known vulnerability.
 *
 *   npm run audit                 the registry is asked for vulnerabilities; one that cannot tell is named and passes
 *   npm run audit -- --release    it must tell
 *
 * Build first. The only network is the npm registry.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledProblems, readBundled } from './bundledPackages.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundled = readBundled(readFileSync(join(root, 'dist', 'THIRD_PARTY_LICENSES.txt'), 'utf8'));
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const problems = bundledProblems(bundled, lock);
const known = knownVulnerabilities(bundled);
if (known === undefined) {
	process.stdout.write('The registry does not tell of vulnerabilities: they were not looked up\n');
	if (process.argv.includes('--release')) problems.push('A release needs a registry that tells of vulnerabilities');
} else {
	problems.push(...known);
}
for (const problem of problems) process.stdout.write(`WRONG  ${problem}\n`);
process.stdout.write(`${bundled.length} bundled libraries: ${bundled.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join(', ')}\n`);
if (problems.length > 0) process.exitCode = 1;

/** Advisories for the bundled libraries, in words; undefined when the registry answers no such question. */
function knownVulnerabilities(packages) {
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-audit-'));
	const npm = (...given) => execFileSync('npm', [...given, '--ignore-scripts', '--no-fund'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 });
	try {
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bundled', version: '1.0.0', dependencies: Object.fromEntries(packages.map(({ name, version }) => [name, version])) }));
		npm('install', '--package-lock-only', '--no-audit', '--legacy-peer-deps');
		let told;
		try {
			told = npm('audit', '--json');
		} catch (failed) {
			// it also ends with 1 when it has found something
			told = failed.stdout ?? '{}';
		}
		const { vulnerabilities } = JSON.parse(told || '{}');
		if (vulnerabilities === undefined) return undefined;
		const ours = new Set(packages.map(({ name }) => name));
		return Object.values(vulnerabilities).filter(({ name }) => ours.has(name)).map(({ name, severity, via }) => `${name}: ${severity}, ${via.map((one) => one.title ?? one).join('; ')}`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
