import { stranger } from './n8nUnderTest';
import { firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { GoogleSheets } from './standIns/googleSheets';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, Object.values(slackChannels));
const sheets = new GoogleSheets(token, 'sheet1', { title: 'Leads', sheetId: 0 });

interface Story { status: string; clock: { status: string }; events: { type: string; by: string | null; detail: { reason?: string; amount?: number } }[] }

/** A business whose CRM is a sheet: the core writes a row, a rep writes beside it. */
describe('the templates for Google Sheets as a CRM in a real n8n', () => {
	let n8n: HandoffN8n;
	let core: PublishedTemplate;
	let intake: PublishedTemplate;
	let back: PublishedTemplate;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([slack, sheets], {
			slackApi: { accessToken: token }, crypto: { hmacSecret: token },
			googleSheetsOAuth2Api: { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: token, refresh_token: 'again', token_type: 'Bearer' } },
		});
		const notifier = await n8n.useTemplate('tell-owners-in-slack-for-the-handoff-core', { slackChannel: slackChannels.live, slackTestChannel: slackChannels.test });
		const writer = await n8n.useTemplate('write-leads-to-google-sheets-for-the-handoff-core', { sheetId: 'sheet1' });
		core = await n8n.useTemplate('run-the-handoff-core-for-every-client', {});
		workflows = { notifier: notifier.workflow.id, crmWriter: writer.workflow.id };
		await n8n.setUpClient('acme', firmSettings({ workflows }));
		intake = await n8n.useTemplate('receive-website-leads-for-the-handoff-core', { client: 'acme', coreWorkflowId: core.workflow.id });
		back = await n8n.useTemplate('record-what-happens-to-leads-in-google-sheets', { client: 'acme', sheetId: 'sheet1' });
	}, 600_000);

	afterAll(async () => { await n8n?.stop(); });
	beforeEach(() => sheets.comeBack());

	let workflows: object;
	const rows = (leadId: unknown) => sheets.records.filter((row) => row.leadId === leadId);
	const cardOf = (index: number) => slack.messages.filter(({ text }) => text.includes(stranger(index).name)).map(({ blocks }) => JSON.stringify(blocks)).join();
	async function send(index: number, more: object = {}): Promise<string> {
		const { answer } = await intake.post({ ...stranger(index), message: 'Please send us a quote.', utm_source: 'google', ...more });
		return String(answer.leadId);
	}
	const story = async (leadId: string) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId }))[0] as unknown as Story;
	const readBack = async () => { expect(n8n.tools.failureOf(await n8n.api.runByHand(back.workflow, { trigger: 'Watch the Sheet' }))).toBeUndefined(); };
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
		const leadId = await send(0, { event_id: 'form-0' });
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		await send(0, { event_id: 'form-0' });
		await core.nextRun();
		expect(rows(leadId)).toMatchObject([{ fullName: 'Ada Abbott', owner: 'Mia Example', source: 'google' }]);
		expect(cardOf(0)).toContain('https://docs.google.com/spreadsheets/d/sheet1');
		expect(sheets.refused).toEqual([]);
	}, 60_000);

	it('run nothing of a hostile form', async () => {
		await send(1, { company: hostileText, message: hostileText, utm_campaign: hostileText });
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect(sheets.formulas).toEqual([]);
	}, 60_000);

	it('wait out 429, 500 and seconds of silence', async () => {
		sheets.failNext(429, 500);
		const leadId = await send(7);
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		sheets.goDown(6);
		const later = await send(8);
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect([rows(leadId).length, rows(later).length]).toEqual([1, 1]);
	}, 120_000);

	it('tell the owner while Google is down, and keep what was not written', async () => {
		sheets.goDown();
		const leadId = await send(2);
		expect((await core.nextRun()).status).toBe('error');
		expect(cardOf(2)).toContain('The CRM did not take all of this lead');
		expect(JSON.stringify(await story(leadId))).toContain('notDelivered');
	}, 120_000);

	it('record what a rep wrote beside a lead, once', async () => {
		const [answered, lost, untouched] = [await send(3), await send(4), await send(5)];
		for (let runs = 0; runs < 3; runs++) expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		write(answered, { answered: 'yes', outcome: 'Won', amount: '12000' });
		write(lost, { outcome: 'lost', reason: 'No budget' });
		await readBack();
		await readBack();
		const [first, second, third] = await Promise.all([answered, lost, untouched].map(story));
		expect([first.status, first.clock.status]).toEqual(['closed', 'met']);
		expect(first.events.filter(({ type }) => type === 'won')).toMatchObject([{ detail: { amount: 12_000 }, by: 'Mia Example' }]);
		expect(second.events.filter(({ type }) => type === 'lost')).toMatchObject([{ detail: { reason: 'No budget' } }]);
		expect([third.status, third.clock.status]).toEqual(['open', 'running']);
	}, 90_000);

	it('write nothing in test mode', async () => {
		await n8n.setUpClient('acme', firmSettings({ mode: 'test', workflows }));
		const leadId = await send(6);
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect(rows(leadId)).toEqual([]);
	}, 60_000);
});
