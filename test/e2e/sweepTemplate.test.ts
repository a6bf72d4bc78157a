import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inARow, intakeOf, ours, stranger } from './n8nUnderTest';
import { token } from './standIns/firm';
import { Hubspot } from './standIns/hubspot';
import { MailServer } from './standIns/mail';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';
import { Twilio } from './standIns/twilio';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const seconds = (count: number) => count / 60;

/** Mia is told in Slack, Ben has only an address, Kim has a phone too, and nobody can be told of Ops. */
const settings = {
	name: 'Acme Services', mode: 'live', timeZone: 'UTC', fallbackOwner: 'ops',
	calendars: [{ name: 'Always', alwaysOpen: true }],
	members: [{ id: 'mia', name: 'Mia Example', slackId: 'U0MIA', email: 'mia@example.com', crmId: '77' }, { id: 'ben', name: 'Ben Example', email: 'ben@example.com', crmId: '78' }, { id: 'kim', name: 'Kim Example', phone: '+44 7700 900123', slackId: 'U0KIM', crmId: '79' }, { id: 'ops', name: 'Ops Example' }],
	teams: [{ name: 'Slack', assignment: 'fixed', members: ['mia'] }, { name: 'Mail', assignment: 'fixed', members: ['ben'] }, { name: 'Phone', assignment: 'fixed', members: ['kim'] }, { name: 'Nobody', assignment: 'fixed', members: ['ops'] }],
	rules: ['Slack', 'Mail', 'Phone', 'Nobody'].map((name) => ({ name, tier: 'hard', conditions: [{ field: 'lead.custom.team', operator: 'equals', value: name }], queue: name, team: name })),
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
	const slack = new Slack(token, ['U0MIA', 'U0KIM', '#lead-alerts', '#lead-tests', 'C0LEADS']);
	const hubspot = new Hubspot(token, ['77', '78', '79']);
	const accountSid = `AC${'0'.repeat(32)}`;
	const twilio = new Twilio(accountSid, token);
	const mail = new MailServer();
	let handoff: HandoffN8n;
	let sweep: PublishedTemplate;
	const stuck: string[] = [];

	beforeAll(async () => {
		const port = await mail.start();
		handoff = await HandoffN8n.start([slack, hubspot, twilio], {
			slackApi: { accessToken: token }, crypto: { hmacSecret: token }, hubspotAppToken: { appToken: token }, twilioApi: { authType: 'authToken', accountSid, authToken: token },
			smtp: { host: '127.0.0.1', port, user: '', password: '', secure: false, disableStartTls: true },
		});
		await handoff.setUpClient('acme', settings);
		await handoff.api.publish(await handoff.api.importTemplate(intakeOf('acme')));
		// an agency's way: its intake may die before the core has the lead
		const notifier = await handoff.useTemplate('tell-owners-in-slack-for-the-handoff-core', { slackChannel: 'C0LEADS' });
		const core = await handoff.useTemplate('run-the-handoff-core-for-every-client', {});
		await handoff.setUpClient('agency', { ...settings, slaPolicies: [{ name: 'Quarter', firstResponseMinutes: 15 }], workflows: { notifier: notifier.workflow.id } });
		await handoff.api.publish(await handoff.api.importTemplate(inARow('Intake that dies',
			{ name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: 'agency', parameters: { httpMethod: 'POST', path: 'agency', responseMode: 'lastNode' } },
			{ name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client: 'agency' } })));
		const sync = await handoff.useTemplate('keep-leads-in-step-with-hubspot-for-the-handoff-core', {});
		await handoff.setUpClient('withCrm', { ...settings, workflows: { crmSync: sync.workflow.id } });
		await handoff.setUpClient('pair', {
			...settings, workflows: { crmSync: sync.workflow.id }, teams: [{ name: 'Slack', assignment: 'fixed', members: ['mia', 'ben'] }], rules: settings.rules.slice(0, 1),
			// time enough to look before it is given on again
			slaPolicies: [{ ...settings.slaPolicies[0], firstResponseMinutes: seconds(15), escalation: [{ name: 'Give On', when: 'breached', notify: 'nextOwner' }] }],
		});
		await handoff.setUpClient('trial', { ...settings, mode: 'test' });
		for (const client of ['withCrm', 'pair', 'trial']) await handoff.api.publish(await handoff.api.importTemplate(intakeOf(client)));
		await Promise.all([9, 10].map(async (index) => { stuck.push((await send('agency', index, 'Slack')).leadId); }));
		sweep = await handoff.useTemplate('watch-response-clocks-and-alert-owners-in-slack', { opsChannel: '#lead-alerts', testChannel: '#lead-tests', alertsFrom: 'alerts@example.com', smsFrom: '+447700900999', coreWorkflowId: core.workflow.id }, (node) => {
			if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
			if (node.name.startsWith('Check Clocks')) node.parameters = { ...node.parameters, options: { ...node.parameters.options as object, alertLeaseMinutes: seconds(40) } };
		});
	}, 600_000);

	afterAll(async () => {
		await handoff?.stop();
		mail.stop();
	});

	async function send(client: string, index: number, team: string, more: object = {}): Promise<{ leadId: string; routing: { owner: { id: string }; heldUntil?: string } }> {
		const answer = await fetch(`${handoff.n8n.url}/webhook/${client}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), team, message: 'Please send a quote.', ...more }) });
		expect(answer.status).toBe(200);
		return await answer.json() as never;
	}

	const story = async (client: string, leadId: string) => (await handoff.ask({ resource: 'lead', operation: 'getLead', client, leadId }))[0];
	const lastName = (index: number) => stranger(index).name.split(' ')[1];
	const messagesFor = (index: number) => slack.messages.filter(({ text }) => text.includes(lastName(index)));
	const mailsFor = (index: number) => mail.mails.filter(({ text }) => text.includes(lastName(index)));
	/** Longer than the time after which what was not confirmed comes again. */
	const lease = 44_000;

	it('tells the owner in Slack, once', async () => {
		await send('acme', 0, 'Slack');
		await until(() => messagesFor(0).length > 0);
		expect(messagesFor(0)).toMatchObject([{ channel: 'U0MIA', text: expect.stringContaining('no answer yet') as string }]);
		expect(mailsFor(0)).toEqual([]);
	}, 240_000);

	it('writes to who has only an address, and to the ops channel when nobody can be told', async () => {
		await send('acme', 1, 'Mail');
		await send('acme', 2, 'Nobody');
		await until(() => mailsFor(1).length > 0 && messagesFor(2).length > 0);
		expect(mailsFor(1)).toMatchObject([{ to: ['ben@example.com'] }]);
		expect(messagesFor(1)).toEqual([]);
		expect(messagesFor(2)).toMatchObject([{ channel: '#lead-alerts' }]);
	}, 240_000);

	it('tries again when Slack is busy, and writes an email when Slack is down', async () => {
		slack.failNextWith(lastName(3), 429);
		await send('acme', 3, 'Slack');
		await until(() => messagesFor(3).length > 0);
		expect(mailsFor(3)).toEqual([]);

		slack.failNextWith(lastName(4), 503, 503, 503);
		await send('acme', 4, 'Slack');
		await until(() => mailsFor(4).length > 0);
		expect([messagesFor(4).length, mailsFor(4).length]).toEqual([0, 1]);
	}, 240_000);

	it('sends an alert later when every way was shut', async () => {
		// three tries to the owner, three by mail, three to the ops channel
		slack.failNextWith(lastName(5), ...Array.from({ length: 6 }, () => 503));
		mail.failNext(451, 451, 451);
		await send('acme', 5, 'Slack');
		await until(() => messagesFor(5).length > 0);
		expect(messagesFor(5)).toMatchObject([{ channel: 'U0MIA' }]);
	}, 240_000);

	it('comes back when Slack does', async () => {
		slack.goDown(8);
		mail.failNext(...Array.from({ length: 9 }, () => 451));
		await send('acme', 8, 'Slack');
		await until(() => messagesFor(8).length > 0);
		mail.comeBack();
	}, 240_000);

	it('texts who has a phone, and writes in Slack when no text gets through', async () => {
		const texts = (index: number) => twilio.messages.filter(({ Body }) => Body.includes(lastName(index)));
		await send('acme', 11, 'Phone');
		await until(() => texts(11).length > 0);
		expect(texts(11)).toMatchObject([{ To: '+447700900123', From: '+447700900999', Body: expect.stringMatching(/^Overdue: /) as string }]);
		expect(messagesFor(11)).toEqual([]);
		twilio.failNext(429, 500, 500);
		await send('acme', 12, 'Phone');
		await until(() => messagesFor(12).length > 0);
		expect([texts(12), messagesFor(12)]).toMatchObject([[], [{ channel: 'U0KIM' }]]);
		expect(twilio.refused).toEqual([]);
	}, 240_000);

	it('asks the CRM first: an answered lead alerts nobody, and a new owner is the one who is told', async () => {
		const contactOf = (index: number, values: Record<string, string>) => hubspot.add('contacts', { email: stranger(index).email, hubspot_owner_id: '77', ...values });
		const answered = await send('withCrm', 13, 'Slack');
		contactOf(13, { notes_last_contacted: new Date().toISOString() });
		contactOf(14, { hubspot_owner_id: '79' });
		contactOf(15, { notes_last_contacted: '2020-01-01T00:00:00.000Z' });
		const taken = await send('withCrm', 14, 'Slack');
		await send('withCrm', 15, 'Slack');
		await until(() => messagesFor(15).length > 0 && [...messagesFor(14), ...twilio.messages.filter(({ Body }) => Body.includes(lastName(14)))].length > 0);
		expect(await story('withCrm', answered.leadId)).toMatchObject({ clock: { status: 'met' } });
		expect(twilio.messages.filter(({ Body }) => Body.includes(lastName(14)))).toMatchObject([{ Body: expect.stringContaining('In the CRM it is with Kim Example now.') as string }]);
		expect(messagesFor(14)).toEqual([]);
		expect(await story('withCrm', taken.leadId)).toMatchObject({ owner: { id: 'kim' } });
		expect(messagesFor(15)).toMatchObject([{ channel: 'U0MIA', text: expect.not.stringContaining('Unconfirmed') as string }]);
		expect(hubspot.refused).toEqual([]);
	}, 240_000);

	it('tells the CRM of a lead that it gave on, and the new owner of the lead', async () => {
		const contact = hubspot.add('contacts', { email: stranger(19).email, hubspot_owner_id: '77' });
		const { leadId } = await send('pair', 19, 'Slack');
		await until(() => mailsFor(19).length > 0);
		expect(mailsFor(19)).toMatchObject([{ to: ['ben@example.com'], text: expect.stringContaining('Given from Mia Example to Ben Example') as string }]);
		expect(contact.properties.hubspot_owner_id).toBe('78');
		expect(await story('pair', leadId)).toMatchObject({ owner: { id: 'ben' } });
		expect(hubspot.refused).toEqual([]);
	}, 240_000);

	it('says that an alert is unconfirmed when the CRM is down', async () => {
		hubspot.goDown();
		await send('withCrm', 16, 'Slack');
		await until(() => messagesFor(16).length > 0);
		expect(messagesFor(16)).toMatchObject([{ channel: 'U0MIA', text: expect.stringContaining('Unconfirmed: the CRM could not be asked whether it is answered.') as string }]);
		hubspot.comeBack();
	}, 240_000);

	it('tells of test leads in the test channel only', async () => {
		await send('trial', 17, 'Slack');
		await until(() => messagesFor(17).length > 0);
		expect(messagesFor(17)).toMatchObject([{ channel: '#lead-tests', text: expect.stringMatching(/^Test: Overdue: /) as string }]);
	}, 240_000);

	it('asks the CRM about the first twenty of many that are due at once, and says of the others that it was not asked', async () => {
		await handoff.api.request('POST', `/rest/workflows/${sweep.workflow.id}/deactivate`, {});
		for (let index = 0; index < 22; index++) await send('withCrm', 0, 'Slack', { name: `Una Umlauf${index}`, email: `una@umlauf-${index}.example` });
		await pause(3_000);
		await handoff.api.publish(sweep.workflow);
		const told = (words: string) => slack.messages.filter(({ text }) => text.includes('Umlauf') && text.includes(words)).length;
		await until(() => told('') >= 22);
		const [notAsked, asked] = [told('Unconfirmed: the CRM was not asked, because many are due at once.'), told('Unconfirmed: the CRM could not be asked')];
		expect([told(''), asked + notAsked]).toEqual([22, 22]);
		// an alert of an earlier test that is due in the same check is one of the twenty
		expect(asked).toBeLessThanOrEqual(20);
		expect(asked).toBeGreaterThanOrEqual(17);
		expect(hubspot.refused).toEqual([]);
	}, 240_000);

	it('only shows what is due when it is run by hand', async () => {
		await handoff.api.request('POST', `/rest/workflows/${sweep.workflow.id}/deactivate`, {});
		await send('acme', 18, 'Slack');
		await pause(3_000);
		const run = await handoff.api.runByHand(sweep.workflow, { trigger: 'Start Each Minute' });
		expect(handoff.tools.failureOf(run)).toBeUndefined();
		expect(JSON.stringify(sweep.outputs(run)['Show Preview'])).toContain(lastName(18));
		expect(messagesFor(18)).toEqual([]);
		await handoff.api.publish(sweep.workflow);
		await until(() => messagesFor(18).length > 0);
	}, 240_000);

	it('lets nothing of a hostile form mention or link anybody', async () => {
		await send('acme', 6, 'Slack', { name: `<!channel> <https://evil.example|free> @here *${stranger(6).name}* https://evil.example`, company: '&lt;!everyone&gt; <@U0BEN>' });
		await until(() => messagesFor(6).length > 0);
		const [{ text }] = messagesFor(6);
		expect(text).not.toMatch(/[<>]|@|https?:|&lt;|\|/);
	}, 240_000);

	it('gives a held lead to its team at the opening, and tells the new owner', async () => {
		const opening = new Date(Math.ceil((Date.now() + 20_000) / 60_000) * 60_000);
		await handoff.setUpClient('shift', heldUntil(opening));
		await handoff.api.publish(await handoff.api.importTemplate(intakeOf('shift')));
		expect((await send('shift', 7, 'Slack')).routing).toMatchObject({ owner: { id: 'ops' }, heldUntil: opening.toISOString() });
		expect(messagesFor(7)).toEqual([]);
		await until(() => messagesFor(7).length > 0);
		expect(Date.now()).toBeGreaterThanOrEqual(opening.getTime());
		expect(messagesFor(7)).toMatchObject([{ channel: 'U0MIA', text: expect.stringMatching(/^Release: .* the team is there now\. Owner: Mia Example\.$/) as string }]);
	}, 240_000);

	it('lets the core take up leads whose run died, and alerts nobody of them', async () => {
		await until(() => [9, 10].every((index) => messagesFor(index).length > 0));
		for (const index of [9, 10]) expect(messagesFor(index)).toMatchObject([{ channel: 'C0LEADS', text: expect.stringMatching(/^New lead: /) as string }]);
		for (const leadId of stuck) {
			const [lead] = await handoff.ask({ resource: 'lead', operation: 'getLead', client: 'agency', leadId });
			expect(lead).toMatchObject({ found: true, owner: { id: 'mia' }, clock: { status: 'running' } });
		}
	}, 240_000);

	it('never failed as a whole, and told of each lead at its first try unless every way was shut', async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: sweep.workflow.id, status: ['error', 'crashed'] }));
		const { results } = await handoff.api.request('GET', `/rest/executions?filter=${filter}&limit=5`) as { results: { id: string }[] };
		expect(await Promise.all(results.map(async ({ id }) => handoff.tools.failureOf(await handoff.api.waitForExecution(id))))).toEqual([]);
		const ledger = new DatabaseSync(join(dirname(handoff.n8n.log), '.n8n', 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'), { readOnly: true });
		const again = ledger.prepare('SELECT DISTINCT persons.email FROM steps JOIN clocks ON clocks.id = steps.clock_id JOIN leads ON leads.id = clocks.lead_id JOIN persons ON persons.id = leads.person_id WHERE steps.attempt > 1').all();
		ledger.close();
		// the eight seconds of lead 8 may end between two tries of one attempt
		expect(again.map(({ email }) => email).filter((email) => email !== stranger(8).email)).toEqual([stranger(5).email]);
	}, 60_000);

	it('tells of nothing again that was confirmed', async () => {
		await pause(lease);
		const told = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 15, 16, 17].map((index) => [index, messagesFor(index).length + mailsFor(index).length]);
		expect(told.filter(([index, times]) => times !== (index === 13 ? 0 : 1))).toEqual([]);
		for (const index of [11, 14]) expect(twilio.messages.filter(({ Body }) => Body.includes(lastName(index)))).toHaveLength(1);
	}, 240_000);

	describe('when three tries were not enough', () => {
		let impatient: PublishedTemplate;
		const failures = async () => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: impatient.workflow.id, status: ['error', 'crashed'] }));
			const { results } = await handoff.api.request('GET', `/rest/executions?filter=${filter}&limit=50`) as { results: { id: string }[] };
			return await Promise.all(results.map(async ({ id }) => String(handoff.tools.failureOf(await handoff.api.waitForExecution(id)))));
		};

		beforeAll(async () => {
			await handoff.api.request('POST', `/rest/workflows/${sweep.workflow.id}/deactivate`, {});
			impatient = await handoff.useTemplate('watch-response-clocks-and-alert-owners-in-slack', { opsChannel: '#lead-alerts', alertsFrom: 'alerts@example.com', smsFrom: '+447700900999', textBy: 'whatsapp' }, (node) => {
				if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
				if (node.name.startsWith('Check Clocks')) node.parameters = { ...node.parameters, options: { alertLeaseMinutes: seconds(18) } };
				// releases nothing, whatever the lead
				if (node.name === 'Release Held Lead') node.parameters = { operation: 'release', settingsFrom: 'node', rules: { values: [{ name: 'Broken' }] } };
			});
		}, 60_000);

		// Twilio takes such a text also when WhatsApp will drop it: the member has not written for a day
		it('texts by WhatsApp where that is chosen, and tells in Slack all the same', async () => {
			const told = () => slack.messages.filter(({ text }) => text.includes('Whatley'));
			await send('acme', 0, 'Phone', { name: 'Wanda Whatley', email: 'wanda@whatley.example', phone: '+44 7400 123457' });
			await until(() => told().length > 0);
			expect(told()).toMatchObject([{ channel: 'U0KIM' }]);
			expect(twilio.messages.filter(({ Body }) => Body.includes('Whatley'))).toMatchObject([{ To: 'whatsapp:+447700900123', From: 'whatsapp:+447700900999' }]);
			expect(twilio.refused).toEqual([]);
			// longer than its lease: both count as told
			await pause(22_000);
			expect(told()).toHaveLength(1);
		}, 240_000);

		it('ends red when an alert reached nobody, and tells the fallback owner', async () => {
			const name = { name: 'Una Unreached', email: 'una@unreached.example' };
			slack.failNextWith('Unreached', ...Array.from({ length: 18 }, () => 503));
			mail.failNext(...Array.from({ length: 9 }, () => 451));
			const { leadId } = await send('acme', 0, 'Slack', name);
			await until(() => slack.messages.some(({ text }) => text.includes('Unreached')));
			expect(await failures()).toEqual([expect.stringContaining(`Alerts reached nobody in three tries: Slack, email and the ops channel are shut. Connect them anew, and look after these leads: ${leadId}`)]);
		}, 240_000);

		it('tells the ops channel of a held lead that could not be released, and why', async () => {
			const opening = new Date(Math.ceil((Date.now() + 10_000) / 60_000) * 60_000);
			await handoff.setUpClient('stays', heldUntil(opening));
			await handoff.api.publish(await handoff.api.importTemplate(intakeOf('stays')));
			await send('stays', 0, 'Slack', { name: 'Holger Held', email: 'holger@held.example' });
			const told = () => slack.messages.filter(({ text }) => text.includes('Held'));
			await until(() => told().length > 0);
			expect(told()).toMatchObject([{ channel: '#lead-alerts', text: expect.stringMatching(/could not be given to the team in three tries.* Reason: \S/) as string }]);
		}, 240_000);
	});
});

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

async function until(isDone: () => boolean): Promise<void> {
	const deadline = Date.now() + 200_000;
	while (!isDone()) {
		if (Date.now() > deadline) throw new Error('Not done in time');
		await pause(100);
	}
}
