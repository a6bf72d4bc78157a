import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { pictures } from './lookAt';
import { startWithPackage, type Api, type RunningN8n, type Template, type Tools, type Workflow } from './n8nUnderTest';


/** What an operator types: a country as people write it, and where its leads go. */
const wanted: [string, string][] = [
	['United Kingdom', 'Britain'], ['Ireland', 'Ireland'], ['Germany', 'Germany'], ['France', 'France'], ['USA', 'America'], ['Spain', 'Spain'],
	['Italy', 'Italy'], ['Netherlands', 'Benelux'], ['Poland', 'Poland'], ['Sweden', 'Nordics'], ['Austria', 'Alps'], ['Switzerland', 'Swiss'],
];
const codes = ['GB', 'IE', 'DE', 'FR', 'US', 'ES', 'IT', 'NL', 'PL', 'SE', 'AT', 'CH', 'BR'];

const members = (...ids: string[]): object => ({ values: ids.map((id) => ({ id, name: id, email: `${id}@example.com`, weight: 1, active: true })) });
const template: Template = {
	name: 'Twelve rules', settings: { executionOrder: 'v1' },
	nodes: [
		{ id: 'a1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{ id: 'a2', name: 'Sample Leads', type: 'n8n-nodes-base.code', typeVersion: 2, position: [220, 0], parameters: { jsCode: `return ${JSON.stringify(codes.map((country, number) => ({ json: { email: `lead${number}@example.com`, country } })))};` } },
		{ id: 'a3', name: 'Route Leads', type: 'n8n-nodes-lead-handoff.ruleRouter', typeVersion: 1, position: [440, 0], parameters: {
			operation: 'route', settingsFrom: 'node', ledger: 'none', output: 'simplified', fallbackOwner: 'ops@example.com',
			teams: { values: wanted.map(([, name]) => ({ name, assignment: 'rotation', whenNobodyAvailable: 'anyone', members: members(`${name.toLowerCase()}-rep`) })) },
		} },
	],
	connections: { Start: { main: [[{ node: 'Sample Leads', type: 'main', index: 0 }]] }, 'Sample Leads': { main: [[{ node: 'Route Leads', type: 'main', index: 0 }]] } },
};

describe('twelve rules in n8n\'s editor', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let workflow: Workflow;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		({ tools, n8n, api } = await startWithPackage());
		workflow = await api.importTemplate(template);
		({ browser, page } = await tools.openBrowser({ width: 1900, height: 1200 }));
		await tools.signInToEditor(page, n8n.url);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
	});

	it('are built by hand in the panel', async () => {
		await page.goto(`${n8n.url}/workflow/${workflow.id}/${workflow.nodes.find(({ name }) => name === 'Route Leads')?.id ?? ''}`, { waitUntil: 'load' });
		await page.locator('[data-test-id=ndv]').first().waitFor({ timeout: 60_000 });
		await page.waitForTimeout(1_000);
		for (const [index, [country, queue]] of wanted.entries()) {
			await page.getByRole('button', { name: 'Add Rule' }).first().click();
			await fillLastRule([['parameter-input-name', country], ['filter-condition-left', 'lead.country'], ['filter-condition-right', country], ['parameter-input-queue', queue]]);
			if (index === 0) await picture('rules-first');
		}
		await picture('rules-twelve');
	}, 480_000);

	it('send each lead to its queue, and the one that no rule takes to fallback', async () => {
		await page.locator('[data-test-id=node-execute-button]').click();
		const output = page.locator('[data-test-id=output-panel]');
		await output.getByText('13 items').first().waitFor({ timeout: 60_000 });
		await page.waitForTimeout(1_000);
		await picture('rules-run');
		const text = await output.innerText();
		for (const [, queue] of wanted) expect(text).toContain(queue);
		expect(text).toContain('Unrouted');
	}, 120_000);

	/** The list of rules in the panel. */
	function rules(): Locator {
		return page.locator('[data-test-id=fixed-collection-rules]');
	}

	/**
	 * Types each value into its place of the rule added last. The panel draws a condition anew some time after its other side was
	 * filled in, and what was typed meanwhile is gone: all is read again after a second, and what did not stay is typed again.
	 */
	async function fillLastRule(wanted: [string, string][]): Promise<void> {
		for (let attempt = 0; attempt < 6; attempt++) {
			let typed = 0;
			for (const [place, text] of wanted) {
				const input = rules().locator(`[data-test-id=${place}]`).last().locator('input, textarea').first();
				if ((await input.inputValue()) === text) continue;
				typed++;
				await input.click();
				await input.fill(text);
				await input.press('Tab');
			}
			if (typed === 0) return;
			await page.waitForTimeout(1_000);
		}
		throw new Error('the panel did not keep what was typed');
	}

	async function picture(name: string): Promise<void> {
		await page.screenshot({ path: join(pictures, `${name}.png`) });
	}
});
