import type { Browser } from 'playwright-core';
import { messyExport } from '../support/messyExport';
import { FormPages } from './formPages';
import { intakeOf, setUpClient, stranger, webhookPath } from './n8nUnderTest';
import { lookAtPage } from './lookAt';
import { firmSettings, hostileText } from './standIns/firm';
import { HandoffN8n } from './standIns/templateUnderTest';

const told = (page: string) => /<h1>[\s\S]*?<\/p>/.exec(page)?.[0] ?? page;
/** Files that the last page hands to the browser. */
const filesIn = (page: string) => (JSON.parse(decodeURIComponent(/JSON\.parse\(decodeURIComponent\("([^"]*)"/.exec(page)?.[1] ?? '[]')) as { fileName: string; data: { data: number[] } }[])
	.map(({ fileName, data }) => ({ fileName, text: Buffer.from(data.data).toString() }));

/** Templates that an operator runs beside the live flow, each as it is met: imported, a login entered, published. */
describe('the tools beside the handoff in a real n8n', () => {
	let n8n: HandoffN8n;
	let browser: Browser;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([], {});
		await n8n.setUpClient('acme', firmSettings());
		const intake = intakeOf('acme');
		await n8n.api.publish(await n8n.api.importTemplate(intake));
		for (const index of [0, 1, 2, 3]) {
			const answer = await fetch(`${n8n.n8n.url}/webhook/${webhookPath(intake)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), country: index % 2 === 0 ? 'Germany' : 'Ireland', message: index === 0 ? hostileText : 'Please send a quote.' }) });
			expect(answer.status).toBe(200);
		}
		({ browser } = await n8n.tools.openBrowser({ width: 1280, height: 900 }));
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
	});

	describe('Show where your last leads leaked', () => {
		let form: FormPages;
		beforeAll(async () => {
			await n8n.useTemplate('show-where-your-last-leads-leaked', {});
			form = await FormPages.ofOwner(n8n.n8n, 'lead-handoff-audit');
		}, 60_000);

		it('is opened with a login to n8n only', async () => {
			expect((await fetch(form.url, { method: 'POST', body: new FormData() })).status).toBe(401);
		});

		it('gives the page of a messy export, with what to do first', async () => {
			const { csv } = messyExport(280, 3);
			const page = await form.send('Muster & <b>Söhne</b>', { content: csv, name: 'export.csv' });
			expect(told(page)).toMatch(/Measured[\s\S]*280 leads were measured/);
			const [{ fileName, text: html }] = filesIn(page);
			expect(fileName).toMatch(/^audit-.*\.html$/);
			expect(html).toContain('Muster &amp; &lt;b&gt;Söhne');
			await lookAtPage(browser, html, 'audit-template');
		}, 60_000);

		it('says why a file can\'t be measured', async () => {
			expect(told(await form.send('Muster', { content: Buffer.from('just some words\nand nothing else'), name: 'export.csv' }))).toMatch(/Measured[\s\S]*0 leads|Not measured/);
		}, 60_000);
	});

	describe('Erase or export a person on request', () => {
		let form: FormPages;
		beforeAll(async () => {
			await n8n.useTemplate('erase-or-export-a-person-on-request', { client: 'acme' });
			form = await FormPages.ofOwner(n8n.n8n, 'lead-handoff-person');
		}, 60_000);

		const leadsOf = async (index: number) => await n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', search: stranger(index).email, returnAll: true });

		it('hands out one file with what is kept', async () => {
			const page = await form.send(stranger(1).email, 'See everything that is kept');
			expect(told(page)).toContain('Here it is');
			const [{ fileName, text }] = filesIn(page);
			expect(fileName).toBe('person.json');
			expect(JSON.parse(text)).toMatchObject([{ found: true, owner: { id: 'mia' } }]);
			expect(text).toContain(stranger(1).email);
		}, 60_000);

		it('says so when nobody is known', async () => {
			expect(told(await form.send('nobody@stranger.example', 'See everything that is kept'))).toContain('Nobody is known');
		}, 60_000);

		it('erases nothing without a second look', async () => {
			const page = await form.send(stranger(2).email, 'Be erased');
			expect(page).toMatch(/1 leads? with 1 enquir/);
			expect(told(await form.goOn('', 'yes please'))).toContain('Nothing was erased');
			expect(await leadsOf(2)).toHaveLength(1);
		}, 60_000);

		it('erases for good, and tells what lies elsewhere', async () => {
			await form.send(stranger(2).email, 'Be erased');
			const page = told(await form.goOn('', 'ERASE'));
			expect(page).toMatch(/Erased[\s\S]*1 leads? with 1 enquir[\s\S]*slack: /);
			expect(await leadsOf(2)).toEqual([]);
			expect(await leadsOf(3)).toHaveLength(1);
		}, 60_000);

		it('runs nothing of a hostile lead', async () => {
			const page = await form.send(stranger(0).email, 'Be erased');
			expect(page).not.toMatch(/<script>alert|evil\.example\/x/);
		}, 60_000);
	});

	describe('Show what other rules would do', () => {
		it('tells the rules\' faults, the share per owner and who would change', async () => {
			const rules = [{ name: 'Germany', tier: 'hard', conditions: [{ field: 'lead.country', operator: 'equals', value: 'DE' }], queue: 'Sales', owner: 'tom' }];
			const everybody = (firmSettings() as { rules: object[] }).rules;
			await setUpClient(n8n, 'acme', firmSettings({ rules: [...rules, ...everybody, { ...rules[0], name: 'Germany again' }] }));
			const template = await n8n.useTemplate('show-what-other-rules-would-do', { client: 'acme' });
			const run = await n8n.api.runByHand(template.workflow, { trigger: 'Run Before a Change' });
			expect(n8n.tools.failureOf(run)).toBeUndefined();
			const outputs = template.outputs(run);
			expect(JSON.stringify(outputs['Check Rules of Client'])).toContain('Germany again');
			expect(outputs['Show Share of Each Owner'].length).toBeGreaterThan(2);
			expect(JSON.stringify(outputs['Show Changed Leads'])).toContain('Tom Example');
		}, 60_000);
	});
});
