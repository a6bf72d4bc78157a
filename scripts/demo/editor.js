const { existsSync } = require('node:fs');
const { demoOwner } = require('./n8nApi');
const { DemoError } = require('./say');

/** A page in headless Chromium, in which n8n's editor can be opened. */
async function openBrowser(viewport) {
	const { chromium } = require('playwright-core');
	const browser = await chromium.launch({
		executablePath: chromiumPath(),
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const context = await browser.newContext({ viewport });
	return { browser, page: await context.newPage() };
}

/** Debian's Chromium, or the one that `CHROMIUM_PATH` names. */
function chromiumPath() {
	const found = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
	if (!found) throw new DemoError('No Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH');
	return found;
}

/** Signs in as the demo's owner. */
async function signInToEditor(page, url) {
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email], input[autocomplete=email]').first().fill(demoOwner.email);
	await page.locator('input[type=password]').fill(demoOwner.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

/** Shows a workflow. An editor that is open goes there as by one of its own links: to load it anew costs a small machine ten seconds. */
async function openWorkflow(page, workflow) {
	const path = `/workflow/${workflow.id}`;
	await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__?.config.globalProperties.$router, undefined, { timeout: 60_000 });
	const before = await page.locator('[data-test-id=ndv], [data-test-id=canvas-node]').elementHandles();
	await page.evaluate((to) => document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(to), path);
	await page.waitForURL((address) => address.pathname === path);
	// what the workflow before showed is not taken for this one's
	await Promise.all(before.map((element) => element.waitForElementState('hidden')));
	await page.locator('[data-test-id=canvas-node]').first().waitFor({ timeout: 60_000 });
	await page.locator('.el-notification__closeBtn').evaluateAll((buttons) => buttons.forEach((button) => button.click()));
	await page.getByText('Workflow executed successfully').first().waitFor({ state: 'hidden' });
}

/** Shows a workflow's canvas, all of it. */
async function openCanvas(page, url, workflow) {
	await page.goto(`${url}/workflow/${workflow.id}`, { waitUntil: 'load' });
	await page.locator('[data-test-id=canvas-node]').first().waitFor({ timeout: 60_000 });
	await page.keyboard.press('1');
	// the canvas glides into place
	await page.waitForTimeout(1500);
}

module.exports = { openBrowser, openCanvas, openWorkflow, signInToEditor };
