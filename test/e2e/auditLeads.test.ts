import type { Browser, Page } from 'playwright-core';
import { messyExport } from '../support/messyExport';
import { FormPages } from './formPages';
import { lookAtPage, runAndLookAt } from './lookAt';
import { inARow, ours, type Api, type RunningN8n, type Step, type Tools, type Workflow } from './n8nUnderTest';
import { hostileText } from './standIns/firm';
import { HandoffN8n } from './standIns/templateUnderTest';

const { csv, rows } = messyExport(280);
const fileSteps: Step[] = [
	{ name: 'Run', type: 'n8n-nodes-base.manualTrigger' },
	{ name: 'Mail', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: `return [{ json: { csv: ${JSON.stringify(csv.toString('base64'))} } }];` } },
	{ name: 'Attachment', type: 'n8n-nodes-base.convertToFile', typeVersion: 1.1, parameters: { operation: 'toBinary', sourceProperty: 'csv', options: { fileName: 'leads.csv', mimeType: 'text/csv' } } },
];
const extract: Step = { name: 'Extract from File', type: 'n8n-nodes-base.extractFromFile', typeVersion: 1, parameters: { operation: 'csv', options: { headerRow: false, delimiter: ';', encoding: 'latin1' } } };
const audit = (name: string, auditGive: string, parameters: Record<string, unknown> = {}): Step =>
	({ name, type: ours('handoffLedger'), parameters: { resource: 'report', operation: 'auditLeads', auditGive, auditOptions: { timeZone: 'Europe/Berlin', name: 'Muster GmbH', defaultCountry: 'DE' }, ...parameters } });

/** The file as rows of n8n, and as it is. */
const ways: { name: string; steps: Step[] }[] = [
	{ name: 'Audit Leads', steps: [extract, audit('Audit Leads', 'figures')] },
	{ name: 'Audit Leads by Lead', steps: [extract, audit('Audit Leads by Lead', 'leads')] },
	{ name: 'Audit Leads Page', steps: [audit('Audit Leads Page', 'page', { auditFrom: 'csvFile' })] },
];

/** The file that the last page of a form hands to the browser. */
const downloadOf = (shown: string) => (JSON.parse(decodeURIComponent(/JSON\.parse\(decodeURIComponent\("([^"]*)"/.exec(shown)?.[1] ?? '[]')) as { data: { data: number[] } }[])
	.map(({ data }) => Buffer.from(data.data).toString()).join('');

describe('an export as a marketing manager sends it, in a real n8n', () => {
	let started: HandoffN8n;
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		started = await HandoffN8n.start([], {});
		({ tools, n8n, api } = started);
		({ browser, page } = await tools.openBrowser({ width: 1900, height: 1000 }));
		await tools.signInToEditor(page, n8n.url);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await started?.stop();
	});

	it.each(ways)('is measured without a ledger: $name', async ({ name, steps }) => {
		const workflow: Workflow = await api.importTemplate(inARow(name, ...fileSteps, ...steps));
		const run = await api.runByHand(workflow, { trigger: 'Run' });
		expect(tools.failureOf(run)).toBeUndefined();
		const items = tools.outputsOf(run)[name].map(({ json }) => json as Record<string, unknown>);
		const answered = rows.filter(({ contact }) => contact !== null).length;
		const figures = (name.endsWith('Page') ? items[0].rows : items) as Record<string, unknown>[];
		if (name.endsWith('by Lead')) expect(items.filter(({ contacted }) => contacted === true)).toHaveLength(answered);
		else {
			const of = (figure: string) => figures.find((one) => one.name === figure);
			expect(of('contactRate')).toMatchObject({ count: rows.length, number: answered / rows.length });
			expect(of('medianFirstResponseWall')).toMatchObject({ count: answered });
			expect(of('duplicateRate')).toMatchObject({ number: rows.filter(({ duplicateOf }) => duplicateOf !== null).length / rows.length });
		}
		await runAndLookAt(page, tools, workflow, { node: name, picture: `${name.toLowerCase().replaceAll(' ', '-')}` });
		if (!name.endsWith('Page')) return;
		await lookAtPage(browser, String(items[0].html), 'audit-page');
	}, 120_000);

	it('gives the same page when it is sent again, and what the rows hold is text in it', async () => {
		await started.useTemplate('show-where-your-last-leads-leaked', {});
		const form = await FormPages.ofOwner(n8n, 'lead-handoff-audit');
		const hostile = `${hostileText} {{ 6 * 7777 }} $& $'`;
		const cell = `"${hostile.replaceAll('"', '""')}"`;
		const sent = Buffer.from(csv.toString('latin1').replaceAll(/Herbst 26|M\. Stein|linkedin/g, () => cell), 'latin1');
		const shown: string[] = [];
		for (let times = 0; times < 2; times++) shown.push(await form.send(hostile, { content: sent, name: 'export.csv' }));
		const [first, second] = shown.map(downloadOf);
		expect(shown[0]).toContain(`${rows.length} leads were measured`);
		expect(first).toContain('&lt;script&gt;alert(1)');
		for (const text of [first, ...shown.map((one) => one.replace(/decodeURIComponent\("[^"]*"/, ''))]) expect(text).not.toMatch(/<script>alert|<a [^>]*evil|46662/);
		// but for the minute in which it was made
		const withoutTime = (html: string) => html.replace(/<footer>.*?<\/footer>/, '');
		expect(withoutTime(second)).toBe(withoutTime(first));
	}, 120_000);
});
