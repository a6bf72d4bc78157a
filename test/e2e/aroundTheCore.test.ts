import { createHmac } from 'node:crypto';
import { DateTime } from 'luxon';
import booking from '../fixtures/forms/calendly-booking.json';
import { FormPages } from './formPages';
import { inARow, ours, stranger } from './n8nUnderTest';
import { Agency, reachesOut, type Story } from './standIns/agency';
import { closedNow, firmSettings, googleCredential, hostileText, slackChannels, token } from './standIns/firm';
import { GoogleSheets } from './standIns/googleSheets';
import { Hubspot } from './standIns/hubspot';
import { MailServer } from './standIns/mail';
import { Slack } from './standIns/slack';
import type { HandoffN8n, PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, [...Object.values(slackChannels), 'U0MIA', 'U0TOM', 'U0SUE']);
const hubspot = new Hubspot(token, ['77', '78']);
const sheets = new GoogleSheets(token, 'sheet1', { title: 'Contacts', sheetId: 0 });
const mail = new MailServer();
const sign = (text: string) => createHmac('sha256', token).update(text).digest('hex');

/** Templates around the core, in one n8n with one core, one intake and one notifier. */
describe('templates around the handoff core in a real n8n', () => {
	let agency: Agency;
	let n8n: HandoffN8n;

	beforeAll(async () => {
		const port = await mail.start();
		agency = await Agency.start({
			slack, standIns: [hubspot, sheets], credentials: { smtp: { host: '127.0.0.1', port, user: '', password: '', secure: false, disableStartTls: true }, hubspotAppToken: { appToken: token }, ...googleCredential },
		});
		({ n8n } = agency);
	}, 600_000);

	afterAll(async () => {
		await agency?.stop();
		mail.stop();
	});

	const byEmail = async (email: string) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'email', email }))[0] as unknown as Story;

	describe('Run the handoff core for every client', () => {
		it('hands over several leads of one run, each by itself, also when the CRM fails for one', async () => {
			const writer = await n8n.api.importTemplate(inARow('A writer that fails for one',
				{ name: 'Receive a Routed Lead', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } },
				{ name: 'Check', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: 'const [{ json }] = $input.all();\nif (json.lead.lastName === "Zimmer") throw new Error("No");\nreturn [{ json: { leadId: json.leadId, crmUrl: `https://crm.acme.example/${json.leadId}`, notWritten: null } }];' } }));
			await n8n.api.publish(writer);
			await n8n.api.publish(await n8n.api.importTemplate(inARow('A list of leads',
				{ name: 'Receive a List', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: 'a-list', parameters: { httpMethod: 'POST', path: 'a-list', responseMode: 'lastNode', options: {} } },
				{ name: 'Split', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'body', options: {} } },
				{ name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client: 'acme' } },
				{ name: 'Start Handoff Core', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1.3, parameters: { mode: 'once', workflowId: { __rl: true, mode: 'id', value: agency.core.workflow.id }, options: { waitForSubWorkflow: false } } })));
			await agency.setUp({ crmWriter: writer.id });
			const people = [stranger(18), { name: 'Zoe Zimmer', email: 'zoe.zimmer@zimmer-works.example' }, stranger(19)].map((person) => ({ ...person, message: 'A quote please.' }));
			expect((await fetch(`${n8n.n8n.url}/webhook/a-list`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(people) })).status).toBe(200);
			expect((await agency.core.nextRun()).status).toBe('error');
			const leads = await Promise.all(people.map(async ({ email }) => await byEmail(email)));
			expect(leads).toMatchObject(people.map(() => ({ owner: { id: 'mia' }, clock: { status: 'running' } })));
			const links = leads.map(({ leadId }) => agency.cards(leadId).map((card) => [...JSON.stringify(card).matchAll(/crm\.acme\.example\/([\w-]+)/g)].map(([, id]) => id === leadId)));
			expect(links).toEqual([[[true]], [[]], [[true]]]);
			await agency.setUp();
		}, 60_000);
	});

	describe('Tell owners by email for the handoff core', () => {
		let setUp: (workflows?: Record<string, string>, change?: object) => Promise<void>;
		let ask: () => Promise<object>;
		const writers: Record<string, string> = {};
		const pause = async () => await new Promise<void>((resolve) => { setTimeout(resolve, 500); });
		const as = (first: string, last: string) => ({ name: `${first} ${last}`, email: `${first}@${last}-mails.example`.toLowerCase(), company: `${last} Works` });
		const mailsOf = (leadId: unknown) => mail.mails.filter(({ html }) => html.includes(String(leadId)));
		const failed = async () => { expect((await agency.core.nextRun()).status).toBe('error'); };

		beforeAll(async () => {
			await n8n.useTemplate('record-what-owners-answer-from-slack', { client: 'acme' });
			const notifier = await n8n.useTemplate('tell-owners-by-email-for-the-handoff-core', { mailFrom: 'leads@acme.example', mailTest: 'tests@acme.example', answerFormUrl: `${n8n.n8n.url}/form/lead-handoff-answer` });
			const called = { name: 'Receive a Routed Lead', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1, parameters: { inputSource: 'passthrough' } };
			for (const [name, answer] of [['works', 'crmUrl: "https://crm.acme.example/" + $json.leadId + "?a=1&b=2", notWritten: null'], ['is down', 'notWritten: "CRM: down"']]) {
				const writer = await n8n.api.importTemplate(inARow(`A writer that ${name}`, called, { name: 'Answer', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'raw', jsonOutput: `={{ { leadId: $json.leadId, ${answer} } }}`, options: {} } }));
				await n8n.api.publish(writer);
				writers[name] = writer.id;
			}
			setUp = async (workflows = {}, change = {}) => await agency.setUp({ notifier: notifier.workflow.id, ...workflows }, change);
			ask = async () => await n8n.callWorkflow(notifier.workflow.id, { client: 'acme', check: true, run: { test: true } });
			await setUp();
		}, 90_000);
		afterAll(async () => { await agency.setUp(); });
		beforeEach(() => mail.comeBack());

		it('sends the owner the card, with the links to the CRM and to the answer page', async () => {
			await setUp({ crmWriter: writers.works });
			const leadId = await agency.handOver(4, as('Wilma', 'Wagtail'));
			const [sent, ...others] = mailsOf(leadId);
			expect([sent, others]).toMatchObject([{ from: 'leads@acme.example', to: ['mia@acme.example'], subject: 'New lead: Wilma Wagtail, Wagtail Works' }, []]);
			for (const part of [/Wants/, /Urgency/, /google \/ autumn/, /wilma@wagtail-mails\.example/, /Why you/, /Answer by/, /Please send us a quote/]) expect(sent.html).toMatch(part);
			expect(sent.html).toContain(`<a href="https://crm.acme.example/${leadId}?a=1&amp;b=2">Open in CRM</a>`);
			expect(agency.cards(leadId)).toEqual([]);
			const url = new URL(/href="([^"]*lead-handoff-answer[^"]*)"/.exec(sent.html)![1].replaceAll('&amp;', '&'));
			const { lead, member, until, signature } = Object.fromEntries(url.searchParams) as Record<string, string>;
			expect([lead, member, signature]).toEqual([leadId, 'mia', sign(`acme|${leadId}|mia|${until}`)]);
			const page = new FormPages(n8n.n8n, 'lead-handoff-answer', { user: '', password: '' });
			await page.send(lead, member, until, signature, '');
			expect(await page.goOn('', 'Mia Example (mia)', 'I have answered', '')).toMatch(/Recorded[\s\S]*Answered by mia/i);
			expect((await agency.story(leadId)).clock.status).toBe('met');
			await setUp();
		}, 60_000);

		it('tells the go-live check that a mail server can only be tried, and sends nothing', async () => {
			const before = mail.mails.length;
			expect(await ask()).toMatchObject({ works: null, because: 'a mail server can only be tried by sending a mail', published: true });
			expect(mail.mails.length).toBe(before);
		}, 60_000);

		it('sends one mail of a form that comes twice', async () => {
			const twice = { ...as('Theo', 'Twofold'), event_id: 'mail-twice' };
			const leadId = await agency.handOver(4, twice);
			expect(await agency.handOver(4, twice)).toBe(leadId);
			expect(mailsOf(leadId)).toHaveLength(1);
		}, 60_000);

		it('shows hostile text as text, and lets it write no header', async () => {
			const injected = '\r\nBcc: everybody@evil.example\r\nSubject: pay\r\n\r\nhello';
			const leadId = await agency.handOver(4, { name: `Hedda Hostile${injected} ${hostileText.repeat(4)}`, email: 'hedda@hostile-works.example', company: `${hostileText}${injected} {{ 6 * 7777 }}`, message: `${hostileText} <img src=x onerror=alert(1)> {{ 6 * 7777 }}${injected}`, utm_campaign: `"><b>evil${injected}` });
			const [sent, ...others] = mailsOf(leadId);
			expect([sent.from, sent.to, others]).toEqual(['leads@acme.example', ['mia@acme.example'], []]);
			expect(sent.subject).toMatch(/^New lead: Hedda Hostile[^\r\n]*$/);
			expect(sent.subject.length).toBeLessThanOrEqual(120);
			// the links that are ours: why, and the answer page
			expect(sent.html.replaceAll('https://n8n.acme.example', '').replaceAll(n8n.n8n.url, '')).not.toMatch(/https?:|<script|<img|<b>evil|46662/);
		}, 60_000);

		it('writes to the test address only in test mode', async () => {
			await setUp({}, { mode: 'test' });
			const leadId = await agency.handOver(4, as('Tilly', 'Tern'));
			await setUp();
			expect(mailsOf(leadId)).toMatchObject([{ to: ['tests@acme.example'], subject: 'Test: New lead: Tilly Tern, Tern Works' }]);
			expect(mailsOf(leadId)[0].html).toContain('&amp;test=test');
		}, 60_000);

		it('says so when the owner has no address', async () => {
			const { members } = firmSettings() as { members: { id: string }[] };
			await setUp({}, { members: members.map((member) => (member.id === 'mia' ? { ...member, email: undefined } : member)) });
			const { answer: unknown } = await agency.send(4, as('Una', 'Umber'));
			await failed();
			expect(JSON.stringify(await agency.story(unknown.leadId))).toContain('Mail: the owner mia has no address in the settings of the client');
			expect(mailsOf(unknown.leadId)).toEqual([]);
			await setUp();
		}, 60_000);

		it('delivers again what the mail server did not take, and only the CRM\'s part where the mail went', async () => {
			mail.goDown();
			const { answer: waiting } = await agency.send(4, as('Wout', 'Waxwing'));
			await failed();
			expect(JSON.stringify(await agency.story(waiting.leadId))).toMatch(/Tell the Owner: Mail: (?!the owner)/);
			mail.comeBack();
			await setUp({ crmWriter: writers['is down'] });
			const { answer: unwritten } = await agency.send(4, as('Crispin', 'Crake'));
			await failed();
			expect(mailsOf(unwritten.leadId)).toMatchObject([{ html: expect.stringContaining('The CRM did not take all of this lead') as string }]);
			await setUp({ crmWriter: writers.works });
			const again = await n8n.useTemplate('deliver-again-what-a-crm-or-slack-did-not-take', { opsChannel: '#lead-alerts', explainUrl: 'https://n8n.acme.example/form/why' }, (node) => {
				if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
				if (node.name === 'Find Undelivered') node.parameters.options = { againMinutes: 1 };
			});
			const leads = [waiting.leadId, unwritten.leadId];
			const isDelivered = async (leadId: unknown) => (await agency.story(leadId)).events.some(({ type }) => type === 'delivered');
			for (let asked = 0; !(await Promise.all(leads.map(isDelivered))).every(Boolean); asked++) {
				if (asked === 180) throw new Error('Not delivered in time');
				await pause();
			}
			await n8n.api.request('POST', `/rest/workflows/${again.workflow.id}/deactivate`, {});
			expect(leads.map((leadId) => mailsOf(leadId).map(({ to }) => to))).toEqual([[['mia@acme.example']], [['mia@acme.example']]]);
		}, 240_000);
	});

	describe('Record meetings that leads book in Calendly', () => {
		let bookings: PublishedTemplate;
		beforeAll(async () => { bookings = await n8n.useTemplate('record-meetings-that-leads-book-in-calendly', { client: 'acme' }); }, 60_000);

		async function post(path: string, body: object, headers: (text: string) => Record<string, string>): Promise<number> {
			const text = JSON.stringify(body, null, 1);
			const response = await fetch(`${n8n.n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers(text) }, body: text });
			return response.status;
		}
		const calendly = (email: string, more: object = {}) => ({ ...booking.body, payload: { ...booking.body.payload, email, uri: `https://api.calendly.com/scheduled_events/EEE1/invitees/${email}` }, ...more });
		const signed = (at = Math.floor(Date.now() / 1000)) => (text: string) => ({ 'calendly-webhook-signature': `t=${at},v1=${sign(`${at}.${text}`)}` });

		it('stops the clock of the lead that books, once', async () => {
			const leadId = await agency.handOver(0);
			for (let times = 0; times < 2; times++) expect(await post('lead-handoff-calendly', calendly(stranger(0).email), signed())).toBe(200);
			const { clock, events } = await agency.story(leadId);
			expect(clock.status).toBe('met');
			expect(events.filter(({ type }) => type === 'meetingBooked')).toHaveLength(1);
			expect(events.filter(({ type }) => type === 'contacted')).toHaveLength(1);
		}, 60_000);

		const calCom = (uid: string, email: unknown, more: object = {}) => ({ triggerEvent: 'BOOKING_CREATED', payload: { uid, organizer: { email: 'mia@acme.example' }, attendees: [{ email }], ...more } });
		const signedByCalCom = (text: string) => ({ 'x-cal-signature-256': sign(text) });

		it('takes a booking of Cal.com, once', async () => {
			const leadId = await agency.handOver(1);
			for (let times = 0; times < 2; times++) expect(await post('lead-handoff-cal-com', calCom('cal-1', stranger(1).email), signedByCalCom)).toBe(200);
			const { clock, events } = await agency.story(leadId);
			expect(clock.status).toBe('met');
			expect(events.filter(({ type }) => type === 'meetingBooked')).toMatchObject([{ by: 'mia@acme.example' }]);
		}, 60_000);

		it('takes what a guest typed for text, and an address that is none for nobody\'s', async () => {
			const leadId = await agency.handOver(2);
			for (const email of [hostileText, '{{ $json.client }}', '\' OR 1=1 --', null, { '$ne': '' }]) {
				expect([email, await post('lead-handoff-calendly', calendly(stranger(2).email, { payload: { ...booking.body.payload, email, name: hostileText, uri: hostileText } }), signed())]).toEqual([email, 200]);
				expect([email, await post('lead-handoff-cal-com', calCom('cal-hostile', email), signedByCalCom)]).toEqual([email, 200]);
			}
			expect((await agency.story(leadId)).clock.status).toBe('running');
			const person = await agency.handOver(3);
			for (let times = 0; times < 2; times++) expect(await post('lead-handoff-cal-com', calCom(hostileText, stranger(3).email, { title: hostileText, attendees: [{ email: stranger(3).email, name: hostileText }] }), signedByCalCom)).toBe(200);
			const { clock, events } = await agency.story(person);
			expect(clock.status).toBe('met');
			expect(events.filter(({ type }) => type === 'meetingBooked')).toHaveLength(1);
			expect(JSON.stringify(events)).not.toContain('evil');
		}, 60_000);

		it('leaves alone who is no lead, and what is cancelled', async () => {
			const { leadId } = await byEmail(stranger(2).email);
			expect(await post('lead-handoff-calendly', calendly('nobody@stranger.example'), signed())).toBe(200);
			expect(await post('lead-handoff-calendly', calendly(stranger(2).email, { event: 'invitee.canceled' }), signed())).toBe(200);
			expect((await agency.story(leadId)).clock.status).toBe('running');
		}, 60_000);

		it.each<[string, () => Promise<number>]>([
			['without a signature', async () => await post('lead-handoff-calendly', calendly(stranger(2).email), () => ({}))],
			['with another key', async () => await post('lead-handoff-calendly', calendly(stranger(2).email), (text) => ({ 'calendly-webhook-signature': `t=${Math.floor(Date.now() / 1000)},v1=${sign(`1.${text}`)}` }))],
			['that somebody kept', async () => await post('lead-handoff-calendly', calendly(stranger(2).email), signed(Math.floor(Date.now() / 1000) - 400))],
			['of Cal.com that was changed', async () => await post('lead-handoff-cal-com', { triggerEvent: 'BOOKING_CREATED', payload: { attendees: [{ email: stranger(2).email }] } }, () => ({ 'x-cal-signature-256': sign('{}') }))],
		])('refuses a booking %s', async (_, send) => {
			expect(await send()).toBe(401);
			expect((await byEmail(stranger(2).email)).clock.status).toBe('running');
			expect(bookings.workflow.id).toBeDefined();
		}, 60_000);
	});

	describe('Load known records from Google Sheets each night', () => {
		const load = async () => {
			const template = await n8n.useTemplate('load-known-records-from-google-sheets-each-night', { client: 'acme', sheetId: 'sheet1' });
			return { template, run: await n8n.api.runByHand(template.workflow, { trigger: 'Start Each Night' }) };
		};

		it('ends red when the sheet is empty', async () => {
			const { run } = await load();
			expect(run.status).toBe('error');
		}, 60_000);

		it('makes the people of the sheet known, backs up, and changes nothing the second time', async () => {
			sheets.rows.push(['ID', 'Email', 'First Name', 'Last Name', 'Company', 'Owner'], ['501', stranger(5).email, 'Farid', 'Fontaine', 'Fontaine Works', '78'], ['502', 'kim@known-firm.example', 'Kim', 'Known', hostileText, '77']);
			const first = await load();
			expect(n8n.tools.failureOf(first.run)).toBeUndefined();
			expect(first.template.outputs(first.run)['Load Known Records']).toMatchObject([{ json: { rows: 2, created: 2 } }]);
			expect(first.template.outputs(first.run)['Save Backup of Ledger']).toHaveLength(1);
			const second = await load();
			expect(second.template.outputs(second.run)['Load Known Records']).toMatchObject([{ json: { rows: 2, unchanged: 2 } }]);
			await agency.handOver(5);
			expect((await byEmail(stranger(5).email)).latestVerdict).toBe('merge');
			// the lead says no company, so the one of the sheet is shown
			const known = await agency.handOver(4, { name: 'Kim Known', email: 'kim@known-firm.example', company: '' });
			expect((await agency.story(known)).latestVerdict).toBe('merge');
			expect(agency.cards(known)).toHaveLength(1);
			expect(agency.said(known)).not.toMatch(reachesOut);
		}, 90_000);

		it('ends red with the reason when a row can\'t be loaded', async () => {
			sheets.rows.push(['503', '', '', '', '', '']);
			const { run } = await load();
			expect(n8n.tools.failureOf(run)).toContain('rows were not loaded');
		}, 60_000);
	});

	describe('Find leads in HubSpot that the webhook missed', () => {
		const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
		const made = (person: { name: string; email: string }, at: string) => {
			const contact = hubspot.add('contacts', { email: person.email, firstname: person.name.split(' ')[0], lastname: person.name.split(' ')[1] });
			contact.properties.createdate = at;
			return contact;
		};
		/** Every other second instead of five minutes, and not by hand, because a run by hand makes test leads. */
		async function lookSomeTimes(): Promise<void> {
			const watch = await n8n.useTemplate('find-leads-in-hubspot-that-the-webhook-missed', { client: 'acme', coreWorkflowId: agency.core.workflow.id }, (node) => {
				if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
			});
			await new Promise((resolve) => { setTimeout(resolve, 9_000); });
			await n8n.api.request('POST', `/rest/workflows/${watch.workflow.id}/deactivate`, {});
		}

		it('hands over whom the ledger lacks, once, and nobody else', async () => {
			await agency.handOver(6);
			made(stranger(6), hoursAgo(1));
			made(stranger(7), hoursAgo(1));
			made(stranger(8), hoursAgo(1.5));
			made(stranger(9), new Date().toISOString());
			made(stranger(10), hoursAgo(48));
			await lookSomeTimes();
			for (let runs = 0; runs < 2; runs++) await agency.expectHandedOver();
			const found = await Promise.all([6, 7, 8, 9, 10].map(async (index) => await byEmail(stranger(index).email)));
			expect(found.map((lead) => lead.found)).toEqual([true, true, true, false, false]);
			expect(found[1]).toMatchObject({ owner: { id: 'mia' } });
			const cards = (index: number) => slack.messages.filter(({ text }) => text.includes(stranger(index).name)).length;
			expect([6, 7, 8].map(cards)).toEqual([1, 1, 1]);
			expect(hubspot.refused).toEqual([]);
		}, 90_000);

		it('hands over once in test mode, too', async () => {
			hubspot.objects.contacts.length = 0;
			await agency.setUp({}, { mode: 'test' });
			made({ name: 'Tilda Trial', email: 'tilda@trial-works.example' }, hoursAgo(1));
			await lookSomeTimes();
			await agency.expectHandedOver();
			await agency.setUp();
			expect(slack.messages.filter(({ text }) => text.includes('Tilda Trial'))).toMatchObject([{ channel: slackChannels.test }]);
		}, 90_000);
	});

	describe('Send leads an honest answer by email for the handoff core', () => {
		let setUp: (change?: object) => Promise<void>;
		beforeAll(async () => {
			const reply = await n8n.useTemplate('send-leads-an-honest-answer-by-email-for-the-handoff-core', { mailFrom: 'hello@acme.example', businessName: 'Acme & <Sons>', timeZone: 'Europe/London' });
			const { members } = firmSettings() as { members: { id: string }[] };
			const withLink = members.map((member) => (member.id === 'mia' ? { ...member, bookingUrl: 'https://book.acme.example/mia' } : member));
			setUp = async (change = {}) => await agency.setUp({ autoReply: reply.workflow.id }, { members: withLink, ...change });
			await setUp();
		}, 60_000);
		beforeEach(() => mail.comeBack());

		async function answerTo(index: number, more: object = {}) {
			await agency.send(index, more);
			const run = await agency.core.nextRun();
			return { run, mails: mail.mails.filter(({ to }) => to.includes(stranger(index).email)) };
		}

		it('tells who answers and when, with the owner\'s booking link', async () => {
			const { run, mails } = await answerTo(11);
			expect(n8n.tools.failureOf(run)).toBeUndefined();
			expect(mails).toMatchObject([{ from: 'hello@acme.example' }]);
			expect(mails[0].html).toMatch(/Hello Liam,[\s\S]*Mia Example has it\. You will hear from us by \d\d:\d\d on \w+day\.[\s\S]*https:\/\/book\.acme\.example\/mia[\s\S]*Acme &amp; &lt;Sons&gt;/);
		}, 60_000);

		it('writes once, also when the form comes twice', async () => {
			const twice = { name: 'Tessa Twice', email: 'tessa@twice-works.example', company: 'Twice Works', event_id: 'form-twice' };
			for (let times = 0; times < 2; times++) await agency.handOver(4, twice);
			expect(mail.mails.filter(({ to }) => to.includes(twice.email))).toHaveLength(1);
		}, 60_000);

		it('promises the next opening after hours, and no earlier answer', async () => {
			await setUp({ calendars: closedNow().calendars });
			const { mails } = await answerTo(12);
			expect(mails[0].html).toMatch(/Our team is back on \w+day at 09:00, and answers you then\./);
			expect(mails[0].html).not.toContain('You will hear from us by');
			await setUp();
		}, 60_000);

		it('repeats nothing of a hostile form', async () => {
			// what looks like spam gets no answer at all
			expect((await answerTo(17, { name: `Rosa ${hostileText}`, company: hostileText, message: hostileText })).mails).toHaveLength(0);
			const { mails } = await answerTo(13, { name: 'Nils"><b>evil Nakamura', company: '<!channel> evil', message: 'A quote for <b>evil</b> please.' });
			expect(mails).toHaveLength(1);
			expect(mails[0].html.replaceAll('https://book.acme.example', '')).not.toMatch(/<b>|evil\b(?!,)|script|channel|http/);
		}, 60_000);

		it('writes to nobody who said no, and to no test lead', async () => {
			expect((await answerTo(14, { 'You may contact me by email': 'no' })).mails).toHaveLength(0);
			await setUp({ mode: 'test' });
			expect((await answerTo(15)).mails).toHaveLength(0);
			await setUp();
		}, 60_000);

		it('keeps with the lead what could not be sent', async () => {
			mail.failNext(...Array.from({ length: 5 }, () => 451));
			const { run } = await answerTo(16);
			expect(run.status).toBe('error');
			expect(JSON.stringify(await byEmail(stranger(16).email))).toContain('Mail: ');
		}, 90_000);
	});

	describe('Add CRM owner IDs to the people of a client', () => {
		it('saves an ID once, whatever a name holds, and nothing when it is pressed again', async () => {
			const { members } = firmSettings() as { members: { id: string; name: string }[] };
			const hostileName = `Mia, ${hostileText}`.slice(0, 100);
			await agency.setUp({}, { members: [{ ...members[0], name: hostileName, crmId: undefined }, members[1], { id: 'eve', name: `{{ 6 * 7777 }} ${members[1].name}`, email: '\' OR email=tom@acme.example' }] });
			const template = await n8n.useTemplate('add-crm-owner-ids-to-the-people-of-a-client', { client: 'acme', crm: 'HubSpot' }, (node) => {
				if (node.type === 'n8n-nodes-base.httpRequest') node.disabled = !node.name.includes('HubSpot');
			});
			const press = async () => {
				const run = await n8n.api.runByHand(template.workflow, { trigger: 'Run After Setting Up' });
				expect(n8n.tools.failureOf(run)).toBeUndefined();
				const [saved] = await n8n.ask({ resource: 'client', operation: 'getSettings', client: 'acme' }) as [{ version: number; settings: { members: { id: string; name: string; crmId?: string }[] } }];
				return { outputs: template.outputs(run), saved };
			};
			const first = await press();
			expect(first.saved.settings.members.map(({ id, name, crmId }) => [id, name, crmId])).toEqual([['mia', hostileName, '77'], ['tom', members[1].name, '78'], ['eve', `{{ 6 * 7777 }} ${members[1].name}`, undefined]]);
			const second = await press();
			expect(second.saved).toEqual(first.saved);
			for (const { outputs } of [first, second]) expect(outputs['Show Who Is Missing']).toHaveLength(1);
			await agency.setUp();
		}, 60_000);
	});

	describe('Watch response clocks and alert owners in Slack', () => {
		const seconds = (count: number) => count / 60;
		const alertsOf = (name: string) => slack.messages.filter(({ channel, text }) => channel.startsWith('U') && text.includes(name)).map(({ channel }) => channel);
		const until = async (isDone: () => boolean) => {
			for (let asked = 0; !isDone(); asked++) {
				if (asked === 300) throw new Error('Not done in time');
				await new Promise((resolve) => { setTimeout(resolve, 100); });
			}
		};
		const watch = async (options: object) => {
			const { workflow } = await n8n.useTemplate('watch-response-clocks-and-alert-owners-in-slack', { opsChannel: slackChannels.live }, (node) => {
				// every two seconds instead of each minute, and no Twilio
				if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
				if (node.type === 'n8n-nodes-base.twilio') node.disabled = true;
				if (node.name === 'Check Clocks') node.parameters.options = options;
			});
			return async () => { await n8n.api.request('POST', `/rest/workflows/${workflow.id}/deactivate`, {}); };
		};

		it('tells who is on call of a hot lead after hours, in quiet hours too, and owner and manager outside of them', async () => {
			const { members, rules } = firmSettings() as { members: object[]; rules: object[] };
			const late = (name: string, notify: string) => ({ name, when: 'breached', notify });
			await agency.setUp({}, {
				calendars: closedNow().calendars,
				members: [...members, { id: 'sue', name: 'Sue Example', slackId: 'U0SUE' }],
				teams: [{ name: 'Sales', manager: 'tom', assignment: 'fixed', members: ['mia', 'tom'], onCall: ['sue'] }],
				rules: [{ name: 'Outage', tier: 'hard', conditions: [{ field: 'lead.message', operator: 'contains', value: 'outage' }], queue: 'Sales', team: 'Sales', slaPolicy: 'Each Minute' }, ...rules],
				slaPolicies: [
					{ name: 'Hot', appliesTo: { highIntent: true }, firstResponseMinutes: seconds(1), warnMinutesBefore: 0, afterHours: 'onCall', escalation: [late('Late', 'owner')] },
					{ name: 'Standard', firstResponseMinutes: seconds(1), warnMinutesBefore: 0, escalation: [late('Late', 'owner')] },
					{ name: 'Each Minute', roundTheClock: true, firstResponseMinutes: seconds(1), warnMinutesBefore: 0, escalation: [late('Late', 'owner'), late('Late for the Manager', 'manager')] },
				],
			});
			const outage = async (name: string) => await agency.handOver(4, { name: `${name} Outage`, email: `${name}@outage-at-${name}.example`.toLowerCase(), company: `${name} Works`, message: 'We have an outage.' });
			await outage('Ottilie');
			await agency.handOver(4, { name: 'Jost Jobless', email: 'jost@jobless-works.example', company: 'Jobless Works', message: 'I would like to apply for a job as a driver. My CV is attached.' });
			await agency.handOver(4, { name: 'Henny Hotter', email: 'henny@hotter-works.example', company: 'Hotter Works' });
			const now = DateTime.now().setZone('Europe/London');
			const stopQuiet = await watch({ quietHours: `${now.minus({ hours: 1 }).toFormat('HH:mm')}-${now.plus({ hours: 1 }).toFormat('HH:mm')}` });
			await until(() => alertsOf('Henny').length > 0);
			await stopQuiet();
			// the outage was due before
			expect(['Henny', 'Ottilie'].map(alertsOf)).toEqual([['U0SUE'], []]);
			const stop = await watch({});
			await outage('Nora');
			await until(() => alertsOf('Nora').length > 1);
			await stop();
			// his clock waits for the opening, hers for the end of the quiet hours
			expect(['Henny', 'Nora', 'Jost', 'Ottilie'].map((name) => alertsOf(name).sort())).toEqual([['U0SUE'], ['U0MIA', 'U0TOM'], [], []]);
			await agency.setUp();
		}, 120_000);
	});
});
