import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { project, type Tools, type Workflow } from './n8nUnderTest';

/** Where tests leave what they saw, for a person to look at. */
export const pictures = join(project, '.artifacts', 'screenshots');
mkdirSync(pictures, { recursive: true });

/** Runs a workflow by the button of its trigger `Run`, as an operator does, opens a node, and takes a picture of its panel and table. */
export async function runAndLookAt(page: Page, { openWorkflow }: Pick<Tools, 'openWorkflow'>, workflow: Workflow, { node, picture }: { node: string; picture: string }): Promise<void> {
	await openWorkflow(page, workflow);
	await page.locator('[data-test-id=canvas-node][data-node-name="Run"]').hover();
	await page.locator('[data-test-id="execute-workflow-button-Run"]').click();
	await page.getByText('Workflow executed successfully').first().waitFor({ timeout: 60_000 });
	await page.locator(`[data-test-id=canvas-node][data-node-name="${node}"]`).dblclick();
	await page.locator('[data-test-id=ndv]').first().waitFor({ timeout: 30_000 });
	await page.waitForTimeout(1_500);
	await page.screenshot({ path: join(pictures, `${picture}.png`) });
	// a parameter that the editor cannot draw shows this text
	expect(await page.getByText('Could not load').count()).toBe(0);
}

/** A page of ours on a desk and on a phone, light and dark: all of it can be read without pushing it aside, and it asks nothing of the browser that is refused. */
export async function lookAtPage(browser: Browser, html: string, picture: string): Promise<void> {
	for (const [where, width, colorScheme] of [['desk', 1280, 'light'], ['desk', 1280, 'dark'], ['phone', 390, 'light'], ['phone', 390, 'dark']] as const) {
		const shown = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
		const faults: string[] = [];
		shown.on('console', (message) => faults.push(message.text()));
		await shown.setContent(html);
		await shown.screenshot({ path: join(pictures, `${picture}-${where}-${colorScheme}.png`), fullPage: true });
		expect(await shown.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
		expect(faults).toEqual([]);
		await shown.close();
	}
}
