import { inARow, loadTools, ours, preparedFolder, readTemplate, stranger, type Api, type RunningN8n, type Step, type Tools } from './n8nUnderTest';
import { startMailbox } from './standIns/mailbox';
import { playSlack } from './standIns/slack';
import { startVendors, type Vendors } from './standIns/vendors';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const seconds = (count: number) => count / 60;

/** Mia is told in Slack, Ben has only an address, and nobody can be told of Ops. */
const settings = {
	name: 'Acme Services', mode: 'live', timeZone: 'UTC', fallbackOwner: 'ops',
	calendars: [{ name: 'Always', alwaysOpen: true }],
	members: [{ id: 'mia', name: 'Mia Example', slackId: 'U0MIA', email: 'mia@example.com' }, { id: 'ben', name: 'Ben Example', email: 'ben@example.com' }, { id: 'ops', name: 'Ops Example' }],
	teams: [{ name: 'Slack', assignment: 'fixed', members: ['mia'] }, { name: 'Mail', assignment: 'fixed', members: ['ben'] }, { name: 'Nobody', assignment: 'fixed', members: ['ops'] }],
	rules: ['Slack', 'Mail', 'Nobody'].map((name) => ({ name, tier: 'hard', conditions: [{ field: 'lead.custom.team', operator: 'equals', value: name }], queue: name, team: name })),
	slaPolicies: [{ name: 'Seconds', firstResponseMinutes: seconds(2), warnMinutesBefore: seconds(1), escalation: [{ name: 'Late', when: 'breached', notify: 'owner' }] }],
};

/** Closed until a full minute: what comes in before is held. */
function heldUntil(opening: Date): object {
	const time = (minutes: number) => new Date(opening.getTime() + minutes * 60_000).toISOString().slice(11, 16);
	return {
		...settings, slaPolicies: [{ name: 'Quarter', firstResponseMinutes: 15 }],
		calendars: [{ name: 'Shift', timeZone: 'UTC', hours: Object.fromEntries(days.map((day) => [day, [`${time(0)}-${time(-3)}`]])) }],
		teams: [{ ...settings.teams[0], calendar: 'Shift', whenNobodyAvailable: 'hold' }],
		rules: settings.rules.slice(0, 1),
	};
}

/** The template as an operator sets it up: two credentials, and here a look each second for a minute's. */
describe('the template "Watch response clocks and alert owners in Slack" in a real n8n', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let vendors: Vendors;
	let mailbox: Awaited<ReturnType<typeof startMailbox>>;
	const slack = playSlack();

	beforeAll(async () => {
		tools = await loadTools();
		[vendors, mailbox] = await Promise.all([startVendors({ 'slack.com': slack.vendor }), startMailbox()]);
		n8n = await tools.startN8n({ start: await tools.ensureN8n(), userFolder: await preparedFolder(tools), port: await tools.freePort(), env: vendors.env });
		api = new tools.N8nApi(n8n.url);
		await api.signIn();
		await save('acme', settings);
		await api.publish(await api.importTemplate(intake('acme')));

		const template = await readTemplate('watch-response-clocks-and-alert-owners-in-slack');
		const made = {
			slackApi: await credential('slackApi', { accessToken: 'xoxb-only-for-this-test' }),
			smtp: await credential('smtp', { user: '', password: '', host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true }),
		};
		for (const node of template.nodes) {
			if (node.type === 'n8n-nodes-base.slack') node.credentials = { slackApi: made.slackApi };
			if (node.type === 'n8n-nodes-base.emailSend') node.credentials = { smtp: made.smtp };
			if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
			if (node.name === 'Check Clocks') node.parameters = { ...node.parameters, options: { alertLeaseMinutes: seconds(12) } };
		}
		await api.publish(await api.importTemplate(template));
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop('SIGKILL');
		await vendors?.close();
		await mailbox?.close();
	});

	async function credential(type: string, data: object): Promise<{ id: string; name: string }> {
		const { id, name } = await api.request('POST', '/rest/credentials', { name: type, type, data }) as { id: string; name: string };
		return { id, name };
	}

	async function save(client: string, document: object): Promise<void> {
		const step: Step = { name: 'Ledger', type: ours('handoffLedger'), parameters: { resource: 'client', operation: 'saveSettings', client, settings: JSON.stringify(document) } };
		const saved = await api.runByHand(await api.importTemplate(inARow(`Set up ${client}`, { name: 'Run', type: 'n8n-nodes-base.manualTrigger' }, step)), { trigger: 'Run' });
		expect(tools.failureOf(saved)).toBeUndefined();
	}

	function intake(client: string) {
		return inARow(`Intake ${client}`,
			{ name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: client, parameters: { httpMethod: 'POST', path: client, responseMode: 'lastNode' } },
			{ name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client } }, { name: 'Match Known People', type: ours('dedupeMatch') },
			{ name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } }, { name: 'Start Clock', type: ours('slaWatch'), parameters: { operation: 'start' } });
	}

	async function send(client: string, index: number, team: string, more: object = {}): Promise<{ leadId: string; routing: { owner: { id: string }; heldUntil?: string } }> {
		const answer = await fetch(`${n8n.url}/webhook/${client}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), team, message: 'Please send a quote.', ...more }) });
		expect(answer.status).toBe(200);
		return await answer.json() as never;
	}

	const lastName = (index: number) => stranger(index).name.split(' ')[1];
	const messagesFor = (index: number) => slack.messages.filter(({ text }) => text.includes(lastName(index)));
	const mailsFor = (index: number) => mailbox.mails.filter(({ source }) => source.includes(lastName(index)));
	/** Longer than the time after which what was not confirmed comes again. */
	const lease = 17_000;

	it('tells the owner in Slack, once', async () => {
		await send('acme', 0, 'Slack');
		await until(() => messagesFor(0).length > 0);
		await pause(lease);
		expect(messagesFor(0)).toMatchObject([{ channel: 'U0MIA', mrkdwn: false, text: expect.stringContaining('no answer yet') as string }]);
		expect(mailsFor(0)).toEqual([]);
	}, 90_000);

	it('writes to who has only an address, and to the ops channel when nobody can be told', async () => {
		await send('acme', 1, 'Mail');
		await send('acme', 2, 'Nobody');
		await until(() => mailsFor(1).length > 0 && messagesFor(2).length > 0);
		expect(mailsFor(1)).toMatchObject([{ to: ['ben@example.com'] }]);
		expect(messagesFor(1)).toEqual([]);
		expect(messagesFor(2)).toMatchObject([{ channel: '#lead-alerts' }]);
	}, 90_000);

	it('tries again when Slack is busy, and writes an email when Slack is down', async () => {
		vendors.fail('slack.com', 1, { status: 429, headers: { 'retry-after': '1' }, json: { ok: false, error: 'ratelimited' } });
		await send('acme', 3, 'Slack');
		await until(() => messagesFor(3).length > 0);
		expect(mailsFor(3)).toEqual([]);

		vendors.fail('slack.com', 1_000, { status: 503 });
		await send('acme', 4, 'Slack');
		await until(() => mailsFor(4).length > 0);
		vendors.fail('slack.com', 0, {});
		await pause(lease);
		expect([messagesFor(4).length, mailsFor(4).length]).toEqual([0, 1]);
	}, 120_000);

	it('sends an alert later when every way was shut', async () => {
		vendors.fail('slack.com', 1_000, 'hangUp');
		mailbox.refuse(1_000);
		await send('acme', 5, 'Slack');
		// the ops channel is the last of the three ways, and is tried three times
		await until(() => vendors.asked.filter(({ body }) => body.includes('#lead-alerts') && body.includes(lastName(5))).length >= 3);
		await pause(1_000);
		vendors.fail('slack.com', 0, {});
		mailbox.refuse(0);
		await until(() => messagesFor(5).length > 0);
		expect(messagesFor(5)).toMatchObject([{ channel: 'U0MIA' }]);
	}, 150_000);

	it('lets nothing of a hostile form mention or link anybody', async () => {
		await send('acme', 6, 'Slack', { name: `<!channel> <https://evil.example|free> @here *${stranger(6).name}* https://evil.example`, company: '&lt;!everyone&gt; <@U0BEN>' });
		await until(() => messagesFor(6).length > 0);
		const [{ text }] = messagesFor(6);
		expect(text).not.toMatch(/[<>]|@|https?:|&lt;|\|/);
	}, 90_000);

	it('gives a held lead to its team at the opening, and tells the new owner', async () => {
		const opening = new Date(Math.ceil((Date.now() + 20_000) / 60_000) * 60_000);
		await save('shift', heldUntil(opening));
		await api.publish(await api.importTemplate(intake('shift')));
		expect((await send('shift', 7, 'Slack')).routing).toMatchObject({ owner: { id: 'ops' }, heldUntil: opening.toISOString() });
		expect(messagesFor(7)).toEqual([]);
		await until(() => messagesFor(7).length > 0);
		expect(Date.now()).toBeGreaterThanOrEqual(opening.getTime());
		expect(messagesFor(7)).toMatchObject([{ channel: 'U0MIA', text: expect.stringMatching(/^Release: .* the team is there now\. Owner: Mia Example\.$/) as string }]);
	}, 150_000);
});

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

async function until(isDone: () => boolean): Promise<void> {
	const deadline = Date.now() + 100_000;
	while (!isDone()) {
		if (Date.now() > deadline) throw new Error('Not done in time');
		await pause(100);
	}
}
