/**
 * Takes the picture of each template's canvas for its page, in a real n8n: templates/pictures/<template>.png.
 *
 *   npm run pictures               after a change of what canvases show; needs Chromium and a built package
 *   npm run pictures -- NAME ...   only those templates, by their files' names, and the picture of all
 */
const { mkdirSync, readFileSync } = require('node:fs');
const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { openBrowser, openCanvas, signInToEditor } = require('./demo/editor');
const { installPackage } = require('./demo/installPackage');
const { N8nApi } = require('./demo/n8nApi');
const { ensureN8n, projectFolder } = require('./demo/n8nRuntime');
const { freePort, startN8n } = require('./demo/n8nServer');
const { DemoError, say } = require('./demo/say');
const { readTemplates } = require('./tidyTemplates');

const pictures = join(projectFolder, 'templates', 'pictures');
const margin = 16;

/** Wide, so that names can be read when the picture is opened by itself. */
const viewport = { width: 2800, height: 900 };

async function pictureTemplates() {
	const start = await ensureN8n();
	const userFolder = await mkdtemp(join(tmpdir(), 'lead-handoff-pictures-'));
	await installPackage(userFolder);
	const n8n = await startN8n({ start, userFolder, port: await freePort() });
	const { browser, page } = await openBrowser(viewport);
	try {
		const api = new N8nApi(n8n.url);
		await api.signIn();
		await signInToEditor(page, n8n.url);
		mkdirSync(pictures, { recursive: true });
		const known = new Set((await api.request('GET', '/types/nodes.json')).map(({ name }) => name));
		const named = process.argv.slice(2);
		for (const { file, template } of readTemplates().filter((one) => named.length === 0 || named.includes(one.file))) {
			const unknown = template.nodes.find(({ type }) => !known.has(type));
			if (unknown) throw new DemoError(`n8n does not know ${unknown.type}: is the package built? ("npm run build")`);
			await openCanvas(page, n8n.url, await api.importTemplate(template));
			await page.screenshot({ path: join(pictures, `${file}.png`), clip: await placeOfNodes(page) });
			say(`${file}.png`);
		}
		await pictureGallery(browser);
	} finally {
		await browser.close();
		await n8n.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

/** All canvases on one picture, for the index. */
async function pictureGallery(browser) {
	const cards = readTemplates().map(({ file, template }) => `<figure><img src="data:image/png;base64,${readFileSync(join(pictures, `${file}.png`)).toString('base64')}"><figcaption>${template.name}</figcaption></figure>`);
	const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
	await page.setContent(`<style>body { margin: 24px; font: 15px sans-serif; display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; background: #f4f4f4 }
		figure { margin: 0; background: #fff; padding: 12px; border-radius: 8px } img { width: 100%; height: 110px; object-fit: cover; object-position: left top } figcaption { margin-top: 8px }</style>${cards.join('')}`);
	await page.screenshot({ path: join(pictures, 'gallery.png'), fullPage: true });
	say('gallery.png');
	await page.close();
}

/** The part of the page that holds all nodes and notes. */
async function placeOfNodes(page) {
	// the dots of the canvas and the buttons over it are not part of the template
	await page.addStyleTag({ content: '.vue-flow__background, .vue-flow__panel, [data-test-id=canvas-plus-button] { display: none }' });
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) => nodes.map((node) => {
		const { left, top, right, bottom } = node.getBoundingClientRect();
		return { left, top, right, bottom };
	}));
	const x = Math.min(...boxes.map(({ left }) => left)) - margin;
	const y = Math.min(...boxes.map(({ top }) => top)) - margin;
	return { x, y, width: Math.max(...boxes.map(({ right }) => right)) + margin - x, height: Math.max(...boxes.map(({ bottom }) => bottom)) + margin - y };
}

pictureTemplates().catch((error) => {
	process.stderr.write(`${error instanceof DemoError ? error.message : error.stack}\n`);
	process.exitCode = 1;
});
