import { Agency } from './standIns/agency';
import { googleCredential, hostileText, slackChannels, token } from './standIns/firm';
import { GoogleSheets } from './standIns/googleSheets';
import { Slack } from './standIns/slack';
import type { PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, Object.values(slackChannels));
const sheets = new GoogleSheets(token, 'sheet1', { title: 'Leads', sheetId: 0 });

/** A business whose CRM is a sheet: the core writes a row, a rep writes beside it. */
describe('the templates for Google Sheets as a CRM in a real n8n', () => {
	let agency: Agency;
	let back: PublishedTemplate;
	const file = 'record-what-happens-to-leads-in-google-sheets';
	const config = { client: 'acme', sheetId: 'sheet1', currency: 'GBP' };
	let crmWriter: string;

	beforeAll(async () => {
		agency = await Agency.start({ slack, standIns: [sheets], credentials: googleCredential });
		crmWriter = (await agency.n8n.useTemplate('write-leads-to-google-sheets-for-the-handoff-core', { sheetId: 'sheet1' })).workflow.id;
		await agency.setUp({ crmWriter });
		back = await agency.n8n.useTemplate(file, config);
	}, 600_000);

	afterAll(async () => { await agency?.stop(); });
	beforeEach(() => sheets.comeBack());

	const rows = (leadId: unknown) => sheets.records.filter((row) => row.leadId === leadId);
	const readBack = async () => { expect(agency.n8n.tools.failureOf(await agency.n8n.api.runByHand(back.workflow, { trigger: 'Watch the Sheet' }))).toBeUndefined(); };
	/** What a rep types into the sheet. */
	function write(leadId: string, values: Record<string, string>): void {
		const [header, ...body] = sheets.rows;
		const row = body.find((cells) => cells[header.indexOf('leadId')] === leadId)!;
		for (const [name, value] of Object.entries(values)) {
			if (!header.includes(name)) header.push(name);
			row[header.indexOf(name)] = value;
		}
	}

	it('write one row of a form, also when it comes twice, and link the card to the sheet', async () => {
		const leadId = await agency.handOver(0, { event_id: 'form-0' });
		await agency.handOver(0, { event_id: 'form-0' });
		expect(rows(leadId)).toMatchObject([{ fullName: 'Ada Abbott', owner: 'Mia Example', source: 'google' }]);
		expect(agency.said(leadId)).toContain('https://docs.google.com/spreadsheets/d/sheet1');
		expect(sheets.refused).toEqual([]);
	}, 60_000);

	it('run nothing of a hostile form', async () => {
		await agency.handOver(1, { company: hostileText, message: hostileText, utm_campaign: hostileText });
		expect(sheets.formulas).toEqual([]);
	}, 60_000);

	it('wait out 429, 500 and seconds of silence', async () => {
		sheets.failNext(429, 500);
		const leadId = await agency.handOver(7);
		sheets.goDown(6);
		const later = await agency.handOver(8);
		expect([rows(leadId).length, rows(later).length]).toEqual([1, 1]);
	}, 120_000);

	it('tell the owner while Google is down, and keep what was not written', async () => {
		sheets.goDown();
		const { answer } = await agency.send(2);
		expect((await agency.core.nextRun()).status).toBe('error');
		expect(agency.said(answer.leadId)).toContain('The CRM did not take all of this lead');
		expect(JSON.stringify(await agency.story(answer.leadId))).toContain('notDelivered');
	}, 120_000);

	it('record what a rep wrote beside a lead, once', async () => {
		const [answered, lost, untouched] = [await agency.handOver(3), await agency.handOver(4), await agency.handOver(5)];
		write(answered, { answered: 'yes', outcome: 'Won', amount: '12000' });
		write(lost, { outcome: 'lost', reason: 'No budget' });
		await readBack();
		await readBack();
		const [first, second, third] = await Promise.all([answered, lost, untouched].map(async (leadId) => await agency.story(leadId)));
		expect([first.status, first.clock.status]).toEqual(['closed', 'met']);
		expect(first.events.filter(({ type }) => type === 'won')).toMatchObject([{ detail: { amount: 12_000 }, by: 'Mia Example' }]);
		expect(second.events.filter(({ type }) => type === 'lost')).toMatchObject([{ detail: { reason: 'No budget' } }]);
		expect([third.status, third.clock.status]).toEqual(['open', 'running']);
	}, 90_000);

	it('name the rows that can\'t be read, and record all others of the same run', async () => {
		const [won, unsure, misspelt] = [await agency.handOver(9), await agency.handOver(10), await agency.handOver(11)];
		write(won, { answered: 'maybe', outcome: 'won', amount: '12.000,50 €' });
		write(unsure, { answered: 'not yet', outcome: 'Woon' });
		write(misspelt, { answered: 'yes', outcome: 'won', amount: '12k' });
		const rowOf = (leadId: string) => sheets.rows.findIndex((cells) => cells.includes(leadId)) + 1;
		const failure = agency.n8n.tools.failureOf(await agency.n8n.api.runByHand(back.workflow, { trigger: 'Watch the Sheet' }));
		expect(failure).toContain(`row ${rowOf(won)}, "answered" is neither`);
		expect(failure).toContain(`row ${rowOf(unsure)}, "outcome" is none of its words`);
		expect(failure).toContain(`row ${rowOf(misspelt)}, "amount" is no number`);
		expect(failure).not.toContain('maybe');
		const stories = await Promise.all([won, unsure, misspelt].map(async (leadId) => await agency.story(leadId)));
		expect(stories.map(({ clock }) => clock.status)).toEqual(['running', 'running', 'met']);
		expect(stories.map(({ events }) => events.filter(({ type }) => type === 'won').map(({ detail }) => detail))).toEqual([[expect.objectContaining({ amount: 12_000.5, currency: 'GBP' })], [], []]);
		write(won, { answered: 'yes' });
		write(unsure, { outcome: '' });
		write(misspelt, { outcome: '' });
		await readBack();
	}, 90_000);

	it('end red with the row when the ledger does not take an outcome', async () => {
		const leadId = await agency.handOver(12);
		write(leadId, { outcome: 'lost', reason: 'No budget' });
		back = await agency.n8n.useTemplate(file, config, (node) => {
			if (node.name === 'Record Outcome') node.parameters.eventType = 'noSuchEvent';
		});
		const failure = agency.n8n.tools.failureOf(await agency.n8n.api.runByHand(back.workflow, { trigger: 'Watch the Sheet' }));
		expect(failure).toMatch(/row \d+, its outcome: /);
		back = await agency.n8n.useTemplate(file, config);
		await readBack();
		expect((await agency.story(leadId)).status).toBe('closed');
	}, 90_000);

	it('write nothing in test mode', async () => {
		await agency.setUp({ crmWriter }, { mode: 'test' });
		expect(rows(await agency.handOver(6))).toEqual([]);
	}, 60_000);

	// the last one: each use of a template takes the place of the one before
	it('say before anybody goes live whether sheet and tab are there', async () => {
		const ask = async (id: string) => await agency.n8n.callWorkflow(id, { client: 'acme', check: true, run: { test: true } });
		const before = sheets.requests.length;
		expect(await ask(crmWriter)).toMatchObject({ works: true, because: null });
		const elsewhere = await agency.n8n.useTemplate('write-leads-to-google-sheets-for-the-handoff-core', { sheetId: 'sheet1', sheetTab: 'Enquiries' });
		expect(await ask(elsewhere.workflow.id)).toMatchObject({ works: false, because: 'the sheet has no tab called Enquiries' });
		expect([...new Set(sheets.requests.slice(before).map(({ method }) => method))]).toEqual(['GET']);
		expect(sheets.refused).toEqual([]);
	}, 60_000);
});
