import { stranger, type TemplateNode } from './n8nUnderTest';
import { firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { Hubspot } from './standIns/hubspot';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

/** As its page says for who has no answer page. */
const withoutAnswerPage = (node: TemplateNode) => { if (node.name === 'Sign Answer Link') node.disabled = true; };
const slack = new Slack(token, Object.values(slackChannels));
const hubspot = new Hubspot(token, ['77', '78']);

/** As an agency meets it: a notifier for the client, one core, an intake that calls it. */
describe('the templates of the handoff core in a real n8n', () => {
	let n8n: HandoffN8n;
	let notifier: PublishedTemplate;
	let core: PublishedTemplate;
	let intake: PublishedTemplate;

	const settings = (more: object = {}) => firmSettings({ workflows: { notifier: notifier.workflow.id }, ...more });

	beforeAll(async () => {
		n8n = await HandoffN8n.start([slack, hubspot], { slackApi: { accessToken: token }, hubspotAppToken: { appToken: token } });
		notifier = await n8n.useTemplate('tell-owners-in-slack-for-the-handoff-core', { slackChannel: slackChannels.live, slackTestChannel: slackChannels.test }, withoutAnswerPage);
		core = await n8n.useTemplate('run-the-handoff-core-for-every-client', { explainUrl: 'https://n8n.acme.example/form/why' });
		await n8n.setUpClient('acme', settings());
		intake = await n8n.useTemplate('receive-website-leads-for-the-handoff-core', { client: 'acme', coreWorkflowId: core.workflow.id });
	}, 600_000);

	afterAll(async () => { await n8n?.stop(); });
	beforeEach(() => {
		slack.comeBack();
		hubspot.comeBack();
	});

	const form = (index: number, more: object = {}) => ({ ...stranger(index), company: `Firm ${index}`, message: 'Please send us a quote for 40 seats, we want to start next week.', utm_source: 'google', utm_campaign: 'autumn', ...more });
	const cards = (leadId: unknown) => slack.messages.filter(({ blocks }) => JSON.stringify(blocks).includes(String(leadId)));
	const said = (leadId: unknown) => cards(leadId).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`).join();

	it('acknowledges the form, hands it over, and the core tells the owner by the client\'s notifier', async () => {
		const { status, answer, run } = await intake.post(form(0));
		expect([status, n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect(cards(answer.leadId)).toMatchObject([{ channel: slackChannels.live, text: 'New lead: Ada Abbott, Firm 0' }]);
		expect(said(answer.leadId)).toContain(`https://n8n.acme.example/form/why?leadId=${String(answer.leadId)}`);
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
		expect(JSON.stringify(lead.decisions)).toContain('"status":"running"');
	}, 60_000);

	it('takes the form of its own page', async () => {
		const fields = new FormData();
		Object.values({ ...stranger(1), phone: '', company: 'Firm 1', country: 'United Kingdom', message: 'Do you have time for a demo?' }).forEach((value, index) => { fields.set(`field-${index}`, value); });
		const answer = await fetch(`${n8n.n8n.url}/form/${intake.pathOf('n8n-nodes-base.formTrigger')}`, { method: 'POST', body: fields });
		expect(await answer.json()).toMatchObject({ received: true, formSubmittedText: expect.stringContaining('Thank you') as string });
		expect(n8n.tools.failureOf(await intake.nextRun())).toBeUndefined();
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect(slack.messages.at(-1)?.text).toBe('New lead: Boris Brandt, Firm 1');
	}, 60_000);

	it('tells the same form once', async () => {
		const sent = { ...form(2), event_id: 'form-2' };
		const first = await intake.post(sent);
		await core.nextRun();
		const again = await intake.post(sent);
		await core.nextRun();
		expect(again.answer.leadId).toBe(first.answer.leadId);
		expect(cards(first.answer.leadId)).toHaveLength(1);
	}, 60_000);

	it('keeps with the lead what Slack did not take, and the core ends red', async () => {
		slack.goDown();
		const { status, answer, run } = await intake.post(form(3));
		expect([status, n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		const failed = await core.nextRun();
		expect(failed.status).toBe('error');
		expect(n8n.tools.failureOf(failed)).toContain('not delivered');
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
		expect(JSON.stringify(lead)).toContain('Slack: ');
		expect(JSON.stringify(lead.decisions)).toContain('"status":"running"');
	}, 120_000);

	it('lets hostile text mention nobody and link nowhere', async () => {
		const { answer } = await intake.post(form(4, { name: `Elena Eriksen ${hostileText}`, company: hostileText, message: hostileText, utm_campaign: hostileText }));
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect(said(answer.leadId).replaceAll('<@U0MIA>', '').replaceAll('https://n8n.acme.example', '')).not.toMatch(/<|https?:\/\/|evil\.example\/|\*now\*/);
	}, 60_000);

	it('writes to the test channel only in test mode', async () => {
		await n8n.setUpClient('acme', settings({ mode: 'test' }));
		const { answer } = await intake.post(form(5));
		expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		expect(cards(answer.leadId)).toMatchObject([{ channel: slackChannels.test, text: 'Test: New lead: Farid Fontaine, Firm 5' }]);
		await n8n.setUpClient('acme', settings());
	}, 60_000);

	it('says so when a client has no notifier', async () => {
		await n8n.setUpClient('acme', firmSettings());
		const { answer } = await intake.post(form(6));
		const failed = await core.nextRun();
		expect(failed.status).toBe('error');
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
		expect(JSON.stringify(lead)).toContain('Tell the Owner: ');
		await n8n.setUpClient('acme', settings());
	}, 60_000);

	describe('with a writer for HubSpot', () => {
		let writer: PublishedTemplate;
		beforeAll(async () => {
			writer = await n8n.useTemplate('write-leads-to-hubspot-for-the-handoff-core', { hubspotAccountId: '4711' });
			await n8n.setUpClient('acme', settings({ workflows: { notifier: notifier.workflow.id, crmWriter: writer.workflow.id } }));
		});

		const contactOf = (index: number) => hubspot.objects.contacts.filter(({ properties }) => properties.email === stranger(index).email);

		it('makes one contact, note and task of a form, also when it comes twice, and links the card to it', async () => {
			const sent = { ...form(7), event_id: 'form-7' };
			const { answer } = await intake.post(sent);
			expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
			await intake.post(sent);
			await core.nextRun();
			const [contact, ...others] = contactOf(7);
			expect(others).toEqual([]);
			expect(contact.properties).toMatchObject({ hubspot_owner_id: '77', company: 'Firm 7' });
			for (const objects of [hubspot.objects.tasks, hubspot.objects.notes]) expect(objects.filter(({ contacts }) => contacts.includes(contact.id))).toHaveLength(1);
			expect(cards(answer.leadId)).toHaveLength(1);
			expect(said(answer.leadId)).toContain(`https://app.hubspot.com/contacts/4711/record/0-1/${contact.id}`);
			expect(hubspot.refused).toEqual([]);
		}, 60_000);

		it('tells the owner while HubSpot is down, and keeps what was not written', async () => {
			hubspot.goDown();
			const { answer } = await intake.post(form(8));
			const failed = await core.nextRun();
			expect(failed.status).toBe('error');
			expect(said(answer.leadId)).toContain('The CRM did not take all of this lead');
			const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
			expect(JSON.stringify(lead)).toContain('Find HubSpot Contact');
		}, 120_000);

		it('writes nothing in test mode', async () => {
			await n8n.setUpClient('acme', settings({ mode: 'test', workflows: { notifier: notifier.workflow.id, crmWriter: writer.workflow.id } }));
			const before = hubspot.requests.length;
			const { answer } = await intake.post(form(9));
			expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
			expect(hubspot.requests.length).toBe(before);
			expect(cards(answer.leadId)).toMatchObject([{ channel: slackChannels.test }]);
		}, 60_000);
	});
});
