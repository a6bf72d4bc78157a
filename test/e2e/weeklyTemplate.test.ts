import { intakeOf, stranger } from './n8nUnderTest';
import { MailServer } from './standIns/mail';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

const settings = {
	name: 'Acme <b>Services</b>', mode: 'live', timeZone: 'UTC', fallbackOwner: 'mia', reportRecipients: ['boss@example.com', 'sales@example.com'],
	calendars: [{ name: 'Always', alwaysOpen: true }],
	members: [{ id: 'mia', name: 'Mia Example', email: 'mia@example.com' }],
	teams: [{ name: 'Sales', members: ['mia'] }],
	rules: [{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
	slaPolicies: [{ name: 'Quarter', firstResponseMinutes: 15 }],
};
const channel = '#lead-reports';
const overview = '#agency';

/** The template as an operator runs it the first time, by hand. */
describe('the template "Send the weekly scorecard to Slack and by email" in a real n8n', () => {
	const slack = new Slack('only-for-this-test', [channel, overview]);
	const mail = new MailServer();
	let handoff: HandoffN8n;
	let weekly: PublishedTemplate;

	beforeAll(async () => {
		const port = await mail.start();
		handoff = await HandoffN8n.start([slack], {
			slackApi: { accessToken: 'only-for-this-test' },
			smtp: { host: '127.0.0.1', port, user: '', password: '', secure: false, disableStartTls: true },
		});
		await handoff.setUpClient('acme', settings);
		await handoff.api.publish(await handoff.api.importTemplate(intakeOf('acme')));
		for (let index = 0; index < 8; index++) {
			const answer = await fetch(`${handoff.n8n.url}/webhook/acme`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), message: 'Please send a quote.', utm_source: 'google', utm_campaign: '<!channel> <script>alert(1)</script>' }) });
			expect(answer.status).toBe(200);
		}
		weekly = await handoff.useTemplate('send-the-weekly-scorecard-to-slack-and-by-email', { client: 'acme', slackChannel: channel, overviewChannel: overview, reportsFrom: 'reports@example.com' }, (node) => {
			// the leads of this test came in this week
			if (node.parameters.period === 'lastWeek') node.parameters.period = 'thisWeek';
		});
	}, 600_000);

	afterAll(async () => {
		await handoff?.stop();
		mail.stop();
	});

	const send = async () => await handoff.api.runByHand(weekly.workflow, { trigger: 'Start Each Monday' });

	it('goes to the recipients with the page, and to the channel, the overview to its own, with nothing of a form as markup', async () => {
		const run = await send();
		expect(handoff.tools.failureOf(run)).toBeUndefined();
		expect(mail.mails).toMatchObject([{ from: 'reports@example.com', to: settings.reportRecipients, html: expect.stringMatching(/^<!doctype html>/) as string }]);
		expect(mail.mails[0].html).toContain('Acme &lt;b&gt;Services');
		expect(mail.mails[0].html).not.toMatch(/<script|<!channel>|Mia Example/);
		expect(slack.messages.map((message) => message.channel)).toEqual([channel, overview]);
		for (const message of slack.messages) {
			expect(message.blocks.length).toBeGreaterThan(2);
			expect(JSON.stringify(message)).not.toMatch(/<!channel>|<script|Mia Example/);
		}
		expect(slack.errors).toEqual([]);
	}, 120_000);

	it('sends the rest when Slack is down, and ends red with the reason', async () => {
		mail.mails.length = 0;
		slack.messages.length = 0;
		slack.goDown();
		const run = await send();
		slack.comeBack();
		expect(run.status).toBe('error');
		expect(handoff.tools.failureOf(run)).toMatch(/Post Report to Slack: .*Post Overview to Slack: /);
		expect(mail.mails).toHaveLength(1);
		expect(slack.messages).toEqual([]);
	}, 120_000);

	it('is told in the channel when the email can\'t be sent, and tried again when Slack is busy', async () => {
		mail.mails.length = 0;
		mail.failNext(451, 451, 451);
		slack.failNext(429);
		slack.messages.length = 0;
		const run = await send();
		expect(handoff.tools.failureOf(run)).toMatch(/Send Report by Email: /);
		expect(mail.mails).toEqual([]);
		expect(slack.messages.map(({ text }) => text)).toContainEqual(expect.stringContaining('Not sent this week: Send Report by Email'));
		expect(slack.messages).toHaveLength(3);
	}, 120_000);

	it('shows one client nothing of the others unless the overview has a channel of its own', async () => {
		slack.messages.length = 0;
		const alone = await handoff.useTemplate('send-the-weekly-scorecard-to-slack-and-by-email', { client: 'acme', slackChannel: channel, reportsFrom: 'reports@example.com' });
		const run = await handoff.api.runByHand(alone.workflow, { trigger: 'Start Each Monday' });
		expect(handoff.tools.failureOf(run)).toBeUndefined();
		expect(slack.messages).toHaveLength(1);
		expect(alone.outputs(run)['Write Agency Overview']).toBeUndefined();
	}, 120_000);
});
