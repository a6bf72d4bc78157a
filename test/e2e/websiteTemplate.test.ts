import { inARow, stranger } from './n8nUnderTest';
import { closedNow, firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { GoogleSheets } from './standIns/googleSheets';
import { MailServer } from './standIns/mail';
import { Slack, type SlackMessage } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, Object.values(slackChannels));
const sheets = new GoogleSheets(token, 'sheet1', { title: 'Leads', sheetId: 0 });
const mail = new MailServer();
const config = {
	client: 'acme', slackButtons: 'yes', slackChannel: slackChannels.live, slackTestChannel: slackChannels.test, sheetId: 'sheet1', mailFrom: 'handoff@acme.example', mailTo: 'sales@acme.example', mailTest: 'test@acme.example',
	explainUrl: 'https://n8n.acme.example/form/why',
};

/** As an operator meets it: imported, five values filled in, three credentials connected, published. */
describe('the template "Send website leads to Slack, Google Sheets and email" in a real n8n', () => {
	let n8n: HandoffN8n;
	let template: PublishedTemplate;

	beforeAll(async () => {
		const port = await mail.start();
		n8n = await HandoffN8n.start([slack, sheets], {
			slackApi: { accessToken: token },
			googleSheetsOAuth2Api: { clientId: 'id', clientSecret: 'secret', oauthTokenData: { access_token: token, refresh_token: 'again', token_type: 'Bearer' } },
			smtp: { host: '127.0.0.1', port, user: '', password: '', secure: false, disableStartTls: true },
		});
		await n8n.setUpClient('acme', firmSettings());
		template = await n8n.useTemplate('send-website-leads-to-slack-google-sheets-and-email', config, (node) => {
			// a second instead of half a minute until Google is asked again
			if (node.type === 'n8n-nodes-base.wait') Object.assign(node.parameters, { amount: 1, unit: 'seconds' });
		});
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop();
		mail.stop();
	});

	beforeEach(() => {
		slack.comeBack();
		sheets.comeBack();
		mail.comeBack();
	});

	const form = (index: number, more: object = {}) => ({ ...stranger(index), company: `Firm ${index}`, message: 'Please send us a quote for 40 seats, we want to start next week.', utm_source: 'google', utm_campaign: 'autumn', ...more });
	const row = (leadId: unknown) => sheets.records.filter((one) => one.leadId === leadId);
	const card = (leadId: unknown) => slack.messages.filter(({ blocks }) => JSON.stringify(blocks).includes(String(leadId)));
	const told = ({ text, blocks }: SlackMessage) => `${text} ${JSON.stringify(blocks)}`;

	it('acknowledges the form and tells Slack, the owner and the sheet, each once, also of the same form again', async () => {
		const sent = { ...form(0), event_id: 'form-0' };
		const { status, answer, run } = await template.post(sent);
		expect([status, n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		const again = await template.post(sent);
		expect([again.status, again.answer.leadId]).toEqual([200, answer.leadId]);

		const [message, ...others] = card(answer.leadId);
		expect(others).toEqual([]);
		expect(message).toMatchObject({ channel: slackChannels.live, text: 'New lead: Ada Abbott, Firm 0' });
		expect(message.blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'take', value: answer.leadId }, { action_id: 'answered', value: answer.leadId }] });
		expect(told(message)).toContain('Mia Example <@U0MIA>');
		expect(told(message)).toContain('google / autumn');
		expect(told(message)).toContain(`https://n8n.acme.example/form/why?leadId=${String(answer.leadId)}`);
		expect(mail.mails.map(({ to, subject }) => [to, subject])).toEqual([[['mia@acme.example'], 'New lead: Ada Abbott, Firm 0']]);
		expect(row(answer.leadId)).toMatchObject([{ fullName: 'Ada Abbott', owner: 'Mia Example', queue: 'Sales', source: 'google', campaign: 'autumn' }]);
		expect([slack.errors, sheets.refused]).toEqual([[], []]);
	}, 60_000);

	it('takes a form of its own page, and thanks after the lead is stored', async () => {
		const fields = new FormData();
		Object.values({ ...stranger(1), phone: '', company: 'Firm 1', country: 'United Kingdom', message: 'Do you have time for a demo?' }).forEach((value, index) => { fields.set(`field-${index}`, value); });
		const answer = await fetch(`${n8n.n8n.url}/form/${template.pathOf('n8n-nodes-base.formTrigger')}`, { method: 'POST', body: fields });
		expect(await answer.json()).toMatchObject({ received: true, formSubmittedText: expect.stringContaining('Thank you') as string });
		expect(n8n.tools.failureOf(await template.nextRun())).toBeUndefined();
		expect(slack.messages.at(-1)?.text).toBe('New lead: Boris Brandt, Firm 1');
	}, 60_000);

	it('waits out 429, 500 and seconds of silence, and tells once', async () => {
		const troubles = [
			() => {
				slack.failNext(429, 500);
				sheets.failNext(429);
				mail.failNext(451);
			},
			() => {
				slack.goDown(3);
				sheets.failNext(500);
				mail.failNext(421);
			},
		];
		for (const [index, begin] of troubles.entries()) {
			begin();
			const sent = form([2, 7][index]);
			const { answer, run } = await template.post(sent);
			expect([index, n8n.tools.failureOf(run)]).toEqual([index, undefined]);
			expect([card(answer.leadId).length, row(answer.leadId).length, mail.mails.filter(({ subject }) => subject.includes(sent.name)).length]).toEqual([1, 1, 1]);
		}
	}, 120_000);

	it.each<[string, number, () => void, string, { cards: number; rows: number }]>([
		['Slack', 3, () => { slack.goDown(); }, 'Post Rep Card', { cards: 0, rows: 1 }],
		['the mail server', 8, () => { mail.goDown(); }, 'Send Email to Owner', { cards: 1, rows: 1 }],
		['Google Sheets', 9, () => { sheets.goDown(); }, 'Append Row to Sheet', { cards: 1, rows: 0 }],
	])('keeps with the lead what %s did not take, stops red, and lets the clock run', async (_, index, goDown, node, { cards, rows }) => {
		goDown();
		const { status, answer, run } = await template.post(form(index));
		expect(status).toBe(200);
		expect(run.status).toBe('error');
		expect(n8n.tools.failureOf(run)).toContain('not delivered');
		expect([card(answer.leadId).length, row(answer.leadId).length]).toEqual([cards, rows]);
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
		expect(JSON.stringify(lead)).toContain(node);
		expect(JSON.stringify(lead.decisions)).toContain('"status":"running"');
	}, 120_000);

	it('lets hostile text mention nobody, link nowhere and run nothing', async () => {
		const { answer, run } = await template.post(form(4, { name: `Elena Eriksen ${hostileText}`, company: hostileText, message: hostileText, utm_campaign: hostileText }));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		const said = told(card(answer.leadId)[0]).replaceAll('<@U0MIA>', '').replaceAll('https://n8n.acme.example', '');
		expect(said).not.toMatch(/<|https?:\/\/|evil\.example\/|\*now\*/);
		const { html, subject } = mail.mails.at(-1)!;
		expect(html).not.toMatch(/<script|<a href="(?!https:\/\/n8n\.acme\.example)|evil\.example\/x/);
		expect(subject).not.toContain('<');
		expect(sheets.formulas).toEqual([]);
		expect(Object.values(row(answer.leadId)[0]).filter((cell) => /^[=+@]/.test(String(cell)))).toEqual([]);
	}, 60_000);

	it('promises nothing before the office opens', async () => {
		const { calendars, opensOn } = closedNow();
		await n8n.setUpClient('acme', firmSettings({ calendars }));
		const { answer } = await template.post(form(5));
		expect(told(card(answer.leadId)[0])).toContain(`${opensOn} 09:15 Europe/London`);
		await n8n.setUpClient('acme', firmSettings());
	}, 60_000);

	it('writes to the test channel and address only, and shows the row, in test mode', async () => {
		await n8n.setUpClient('acme', firmSettings({ mode: 'test' }));
		const { answer, run } = await template.post(form(6));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		expect(card(answer.leadId)).toMatchObject([{ channel: slackChannels.test, text: 'Test: New lead: Greta Gruber, Firm 6' }]);
		expect(mail.mails.at(-1)).toMatchObject({ to: ['test@acme.example'] });
		expect(row(answer.leadId)).toEqual([]);
		expect(template.outputs(run)['Show Row as Dry Run']).toMatchObject([{ json: { dryRun: true, row: { leadId: answer.leadId } } }]);
	}, 60_000);

	it('asks nobody but the vendors that it names', () => {
		expect([...n8n.proxy.strays].filter((host) => !host.endsWith('.n8n.io'))).toEqual([]);
	});

	describe('and the template "Tell operators what has stopped" beside it', () => {
		const opsChannel = '#ops';
		let health: PublishedTemplate;
		const told = () => slack.messages.filter(({ channel }) => channel === opsChannel).map(({ text }) => text);
		beforeAll(async () => {
			slack.channels.push(opsChannel);
			health = await n8n.useTemplate('tell-operators-what-has-stopped', { opsChannel });
		}, 60_000);

		it('tells of a failed run once an hour, with its place and no word of the lead', async () => {
			const failing = inARow('Intake <!channel>', { name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: 'failing', parameters: { httpMethod: 'POST', path: 'failing' } },
				{ name: 'Fail', type: 'n8n-nodes-base.stopAndError', parameters: { errorMessage: '=No {{ $json.body.name }}' } });
			await n8n.api.publish(await n8n.api.importTemplate({ ...failing, settings: { executionOrder: 'v1', errorWorkflow: health.workflow.id } }));
			const fail = async () => await fetch(`${n8n.n8n.url}/webhook/failing`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Ada Abbott' }) });
			await fail();
			await waitFor(() => told().length > 0);
			await fail();
			const runs = async () => (await n8n.api.request('GET', `/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: health.workflow.id, status: ['success'] }))}`) as { results: object[] }).results;
			expect(await runs()).toEqual([]);
			expect(told()).toEqual([expect.stringMatching(/^The workflow Intake &lt;!channel&gt; failed in Fail\. Look at the run: http/)]);
			expect(JSON.stringify(told())).not.toContain('Ada');
		}, 60_000);

		it('tells once a day of a client from whom no lead comes', async () => {
			await n8n.setUpClient('quiet', firmSettings({ name: 'Quiet <@U0BOSS> Ltd', liveSince: new Date(Date.now() - 40 * 86_400_000).toISOString() }));
			const look = async () => { expect(n8n.tools.failureOf(await n8n.api.runByHand(health.workflow, { trigger: 'Start Each Hour' }))).toBeUndefined(); };
			await look();
			await look();
			expect(told().filter((text) => text.startsWith('No lead'))).toEqual([expect.stringMatching(/^No lead of Quiet &lt;@U0BOSS&gt; Ltd for \d+ working hours\. Send a form/)]);
		}, 60_000);
	});
});

async function waitFor(isSo: () => boolean): Promise<void> {
	for (let asked = 0; !isSo(); asked++) {
		if (asked === 200) throw new Error('It did not come to pass in time');
		await new Promise((resolve) => { setTimeout(resolve, 150); });
	}
}
