import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../support/packedPackage';

/** Runs a tool of the project and gives what it said. */
function run(...command: string[]) {
	return spawnSync(process.execPath, command, { cwd: projectFolder, encoding: 'utf8' });
}

function rulesFor(file: string, ...options: string[]): Record<string, [number, ...unknown[]]> {
	const { stdout, stderr } = run(join('node_modules', 'eslint', 'bin', 'eslint.js'), ...options, '--print-config', file);
	expect(stderr).toBe('');
	return (JSON.parse(stdout) as { rules: Record<string, [number]> }).rules;
}

describe('the linters', () => {
	const second = ['--config', 'eslint.n8n-nodes-base.config.mjs'];
	const switchedOff = (rules: Record<string, [number, ...unknown[]]>) => Object.keys(rules).filter((rule) => rules[rule][0] === 0).sort();

	it('leave out only the rules that n8n\'s own profile leaves out', () => {
		expect(switchedOff(rulesFor('nodes/RuleRouter/RuleRouter.node.ts', ...second))).toEqual([
			'n8n-nodes-base/cred-class-field-documentation-url-miscased',
			'n8n-nodes-base/cred-class-field-type-options-password-missing',
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node',
			'n8n-nodes-base/node-class-description-outputs-wrong',
			'n8n-nodes-base/node-param-type-options-max-value-present',
		]);
	});

	it('hold every rule of their sets as an error', () => {
		for (const file of ['nodes/RuleRouter/RuleRouter.node.ts', 'credentials/LeadHandoffOpenAiApi.credentials.ts', 'package.json']) {
			const rules = rulesFor(file, ...second);
			expect(Object.keys(rules).length).toBeGreaterThan(5);
			expect(Object.values(rules).filter(([severity]) => severity === 1)).toEqual([]);
		}
		expect(rulesFor('nodes/RuleRouter/RuleRouter.node.ts')['@n8n/community-nodes/no-dangerous-functions'][0]).toBe(2);
	});

	it('are never told to look away in nodes and credentials', () => {
		for (const folder of ['nodes', 'credentials']) {
			const silenced = readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith('.ts') && /eslint-disable|@ts-(ignore|expect-error|nocheck)/.test(readFileSync(join(projectFolder, folder, file), 'utf8')));
			expect(silenced).toEqual([]);
		}
	});
});

describe('scripts/node24', () => {
	it('runs a command under Node.js 24 and ends as the command ended', () => {
		expect(run('scripts/node24.mjs', 'node', '-p', 'process.versions.node').stdout).toMatch(/^24\./);
		expect(run('scripts/node24.mjs', 'node', '-e', 'process.exit(3)').status).toBe(3);
	});

	it('says which command it could not start', () => {
		const { status, stderr } = run('scripts/node24.mjs', 'no-such-command');
		expect(status).toBe(1);
		expect(stderr).toContain('"no-such-command" could not be started');
	});
});
