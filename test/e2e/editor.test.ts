import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { pictures } from './lookAt';
import { readTemplate, startWithPackage, type Api, type RunningN8n, type Template, type Tools, type Workflow } from './n8nUnderTest';

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
		({ tools, n8n, api } = await startWithPackage());
		template = await readTemplate();
		workflow = await api.importTemplate(template);
		({ browser, page } = await tools.openBrowser({ width: 1900, height: 1000 }));
		page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
		page.on('pageerror', (error) => { faults.push(error.message); });
		await tools.signInToEditor(page, n8n.url);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
	});

	it('shows every node known on the canvas', async () => {
		await tools.openCanvas(page, n8n.url, workflow);
		await picture('canvas');
		const shown = await page.locator('[data-test-id=canvas-node]').count();
		expect(shown).toBe(template.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').length);
		// a node that n8n does not know has a question mark instead
		const icons = page.locator('[data-test-id=canvas-node] img[src*="n8n-nodes-lead-handoff"]');
		expect(await icons.count()).toBe(template.nodes.filter(({ type }) => type.startsWith(ours)).length);
	}, 120_000);

	// the big button below the canvas takes the webhook as its trigger: the note sends operators to the button of the trigger itself
	it('runs the sample leads by the button of their trigger, without a setting', async () => {
		await nodeNamed('Run With Sample Leads').hover();
		await page.waitForTimeout(500);
		await picture('trigger');
		await page.locator('[data-test-id="execute-workflow-button-Run With Sample Leads"]').click();
		await page.getByText('Workflow executed successfully').first().waitFor({ timeout: 60_000 });
		await picture('execution');
	}, 120_000);

	it('shows one row per enquiry in the last node', async () => {
		await nodeNamed('Show Each Lead').dblclick();
		const output = page.locator('[data-test-id=output-panel]');
		await output.getByText('13 items').first().waitFor({ timeout: 30_000 });
		await picture('result');
		expect(await output.getByText('Priya Shah').count()).toBe(1);
		expect(await output.getByText('Grace Lin').count()).toBeGreaterThan(0);
	}, 60_000);

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

	function nodeNamed(name: string): Locator {
		return page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	async function picture(name: string): Promise<void> {
		await page.screenshot({ path: join(pictures, `${name}.png`) });
	}
});
