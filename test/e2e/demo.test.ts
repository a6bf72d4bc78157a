import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTools, project } from './n8nUnderTest';

interface Row { story: string; verdict: string; leadId: string; owner?: string }

describe('npm run demo -- --once', () => {
	it('turns the sample forms into owned leads and says so', async () => {
		const port = await (await loadTools()).freePort();
		const { code, output } = await demo({}, '--once', '--port', String(port), '--folder', await mkdtemp(join(tmpdir(), 'lead-handoff-demo-')));
		expect(output).toContain('14 forms became 12 leads');
		expect(code).toBe(0);
		const rows = JSON.parse(await readFile(join(project, '.artifacts', 'demo-rows.json'), 'utf8')) as Row[];
		expect(rows).toHaveLength(14);
	}, 600_000);

	it('says which port is in use', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as { port: number };
		const { code, output } = await demo({}, '--once', '--port', String(port));
		server.close();
		expect(code).toBe(1);
		expect(output).toContain(`Port ${port} is in use`);
	}, 60_000);

	it('says which cache folder cannot be written', async () => {
		const port = await (await loadTools()).freePort();
		const { code, output } = await demo({ XDG_CACHE_HOME: __filename }, '--once', '--port', String(port));
		expect(code).toBe(1);
		expect(output).toContain('cannot be written (ENOTDIR). Set XDG_CACHE_HOME');
	}, 60_000);

	it('refuses a port that is none', async () => {
		const { code, output } = await demo({}, '--once', '--port', '0');
		expect(code).toBe(1);
		expect(output).toContain('--port takes a number');
	}, 60_000);
});

function demo(env: Record<string, string>, ...args: string[]): Promise<{ code: number; output: string }> {
	return new Promise((resolve) => {
		execFile(process.execPath, [join(project, 'scripts', 'demo.js'), ...args], { cwd: project, maxBuffer: 10 ** 7, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output: stdout + stderr });
		});
	});
}
