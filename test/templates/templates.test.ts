import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { templateIndex, tidyTemplate } from '../../scripts/tidyTemplates';
import { repeated } from './checkNames';
import { checks } from './checkTemplate';
import { readTemplates, textsIn } from './template';

const folder = join(__dirname, '..', '..', 'templates');
const templates = readTemplates();
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

describe.each(templates)('the template $file', ({ file, template }) => {
	it.each(Object.entries(checks))('%s', (_, check) => {
		expect(check(template)).toEqual([]);
	});

	it('is tidy: "npm run tidy" would not change it', () => {
		expect(read(`${file}.json`)).toBe(tidyTemplate(template));
	});

	it('is called by its title', () => {
		expect(file).toBe(template.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
	});
});

describe.each(templates)('the page of $file', ({ file, template }) => {
	const page = read(`${file}.md`);
	const [title, picture] = page.split('\n').filter((line) => line !== '');

	it('starts with the title and a picture of the canvas', () => {
		expect(title).toBe(`# ${template.name}`);
		expect(picture).toMatch(new RegExp(`^!\\[.{10,}\\]\\(pictures/${file}\\.png\\)$`));
		const { size } = statSync(join(folder, 'pictures', `${file}.png`));
		expect(size).toBeGreaterThan(10_000);
		expect(size).toBeLessThan(200_000);
	});

	it('says whom it serves, how it works, how to set it up, what it needs and how to change it', () => {
		expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(['Who it is for', 'How it works', 'Set-up', 'Requirements', 'How to customise']);
		expect(page).toContain('self-hosted n8n');
		expect(page).toContain('`n8n-nodes-lead-handoff`');
		const words = page.split(/\s+/).length;
		expect(words).toBeGreaterThan(150);
		expect(words).toBeLessThan(350);
	});

	it('names in bold only what is on the canvas or on a button of the editor', () => {
		const shown = [...template.nodes.map(({ name }) => name), 'Execute workflow', 'Publish', 'Import → From file'];
		const settings = textsIn(template).map(({ text }) => text);
		const bold = [...page.matchAll(/\*\*(.+?)\*\*/g)].map(([, words]) => words);
		expect(bold.filter((words) => !shown.includes(words) && !settings.includes(words))).toEqual([]);
	});

	it('links only to files that are there', () => {
		const links = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link);
		expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
	});
});

describe('the templates together', () => {
	it('share no id and no webhook, so that all can be active at once', () => {
		const webhooks = templates.flatMap(({ template }) => template.nodes.filter(({ webhookId }) => webhookId));
		expect(repeated(webhooks.map(({ webhookId }) => webhookId))).toEqual([]);
		expect(repeated(webhooks.flatMap(({ parameters }) => parameters.path ?? []))).toEqual([]);
		expect(repeated(templates.map(({ template }) => template.id))).toEqual([]);
	});

	it('stand in an index that "npm run tidy" would not change', () => {
		expect(read('README.md')).toBe(templateIndex(templates));
	});
});
