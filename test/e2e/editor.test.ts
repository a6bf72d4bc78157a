import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { loadTools, preparedFolder, project, readTemplate, type Api, type RunningN8n, type Template, type Tools, type Workflow } from './n8nUnderTest';

const pictures = join(project, '.artifacts', 'screenshots');
const ours = 'n8n-nodes-lead-handoff.';

/** Faults of the editor that have nothing to do with this package: it asks n8n's own hosts, which a closed network refuses. */
const foreignFaults = [/Failed to load resource/, /net::ERR_/, /n8n\.io/, /posthog/i, /CORS/];

describe('the template in n8n\'s editor', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let template: Template;
	let workflow: Workflow;
	let browser: Browser;
	let page: Page;
	const faults: string[] = [];

	beforeAll(async () => {
		mkdirSync(pictures, { recursive: true });
		tools = await loadTools();
		const port = await tools.freePort();
		n8n = await tools.startN8n({ start: await tools.ensureN8n(), userFolder: await preparedFolder(tools), port });
		api = new tools.N8nApi(n8n.url);
		await api.signIn();
		template = await readTemplate();
		workflow = await api.importTemplate(template);
		browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
		const context = await browser.newContext({ viewport: { width: 1900, height: 1000 } });
		page = await context.newPage();
		page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
		page.on('pageerror', (error) => { faults.push(error.message); });
		await page.goto(`${n8n.url}/signin`);
		await page.locator('input[type=email], input[autocomplete=email]').first().fill(tools.demoOwner.email);
		await page.locator('input[type=password]').fill(tools.demoOwner.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
	});

	it('shows every node known on the canvas', async () => {
		await page.goto(`${n8n.url}/workflow/${workflow.id}`, { waitUntil: 'load' });
		await page.locator('[data-test-id=canvas-node]').first().waitFor({ timeout: 60_000 });
		await page.keyboard.press('1');
		await page.waitForTimeout(1500);
		await picture('canvas');
		const shown = await page.locator('[data-test-id=canvas-node]').count();
		expect(shown).toBe(template.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length);
		expect(await page.getByText('from Run With Sample Leads').count()).toBe(1);
		expect(await page.getByText('Install this node to use it').count()).toBe(0);
	}, 120_000);

	it('runs the sample leads by hand without a setting', async () => {
		const execution = await api.runByHand(workflow, { trigger: 'Run With Sample Leads' });
		expect(tools.failureOf(execution)).toBeUndefined();
		expect(execution.status).toBe('success');
		await page.goto(`${n8n.url}/workflow/${workflow.id}/executions/${execution.id}`, { waitUntil: 'load' });
		await page.waitForTimeout(4000);
		await picture('execution');
	}, 120_000);

	it('opens the panel of each node of this package', async () => {
		await page.goto(`${n8n.url}/workflow/${workflow.id}`, { waitUntil: 'load' });
		await page.locator('[data-test-id=canvas-node]').first().waitFor({ timeout: 60_000 });
		for (const node of template.nodes.filter(({ type }) => type.startsWith(ours))) {
			const url = `${n8n.url}/workflow/${workflow.id}/${node.id}`;
			await page.goto(url, { waitUntil: 'load' });
			await page.locator('[data-test-id=ndv]').first().waitFor({ timeout: 30_000 });
			await page.waitForTimeout(800);
			await picture(`panel-${node.name.toLowerCase().replaceAll(' ', '-')}`);
			// a parameter that the editor cannot draw shows this text
			expect(await page.getByText('Could not load').count()).toBe(0);
		}
	}, 240_000);

	it('leaves no error in the console', () => {
		expect(faults.filter((fault) => !foreignFaults.some((foreign) => foreign.test(fault)))).toEqual([]);
	});

	async function picture(name: string): Promise<void> {
		await page.screenshot({ path: join(pictures, `${name}.png`) });
	}
});

/** Debian's Chromium, or the one that `CHROMIUM_PATH` names. */
function chromiumPath(): string {
	const found = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
	if (!found) throw new Error('No Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH');
	return found;
}
