import { stranger, type TemplateNode } from './n8nUnderTest';
import { Agency, reachesOut } from './standIns/agency';
import { firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';

/** As its page says for who has no answer page. */
const changeNotifier = (node: TemplateNode) => { if (node.name === 'Sign Answer Link') node.disabled = true; };
const opsChannel = '#lead-alerts';
const slack = new Slack(token, [...Object.values(slackChannels), opsChannel]);

/** As an agency meets it: a notifier for the client, one core, an intake that calls it. */
describe('the templates of the handoff core in a real n8n', () => {
	let agency: Agency;
	const fails = async () => {
		const failed = await agency.core.nextRun();
		expect(failed.status).toBe('error');
		return agency.n8n.tools.failureOf(failed);
	};

	const pause = async () => await new Promise<void>((resolve) => { setTimeout(resolve, 500); });
	/** Every two seconds instead of minutes; how soon what fails comes again. */
	const deliverAgain = async (againMinutes: number) => await agency.n8n.useTemplate('deliver-again-what-a-crm-or-slack-did-not-take', { opsChannel, explainUrl: 'https://n8n.acme.example/form/why' }, (node) => {
		if (node.type === 'n8n-nodes-base.scheduleTrigger') node.parameters = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
		if (node.name === 'Find Undelivered') node.parameters.options = { againMinutes };
	});
	const untilEvent = async (leadId: unknown, type: string) => {
		for (let wait = 0; wait < 120; wait++) {
			const lead = await agency.story(leadId);
			if (lead.events.some((event) => event.type === type)) return lead;
			await pause();
		}
		throw new Error(`${type} was not recorded in time`);
	};
	beforeAll(async () => { agency = await Agency.start({ slack, changeNotifier }); }, 600_000);
	afterAll(async () => { await agency?.stop(); });
	beforeEach(() => slack.comeBack());

	it('acknowledges the form, hands it over, and the core tells the owner by the client\'s notifier', async () => {
		const { status, answer, run } = await agency.send(0);
		expect([status, agency.n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		await agency.expectHandedOver();
		expect(agency.cards(answer.leadId)).toMatchObject([{ channel: slackChannels.live, text: 'New lead: Ada Abbott, Firm 0' }]);
		expect(JSON.stringify(agency.cards(answer.leadId))).toContain(`https://n8n.acme.example/form/why?leadId=${String(answer.leadId)}`);
		expect(JSON.stringify((await agency.story(answer.leadId)).decisions)).toContain('"status":"running"');
	}, 60_000);

	it('takes the form of its own page', async () => {
		const fields = new FormData();
		Object.values({ ...stranger(1), phone: '', company: 'Firm 1', country: 'United Kingdom', message: 'Do you have time for a demo?' }).forEach((value, index) => { fields.set(`field-${index}`, value); });
		const answer = await fetch(`${agency.n8n.n8n.url}/form/${agency.intake.pathOf('n8n-nodes-base.formTrigger')}`, { method: 'POST', body: fields });
		expect(await answer.json()).toMatchObject({ received: true, formSubmittedText: expect.stringContaining('Thank you') as string });
		expect(agency.n8n.tools.failureOf(await agency.intake.nextRun())).toBeUndefined();
		await agency.expectHandedOver();
		expect(slack.messages.at(-1)?.text).toBe('New lead: Boris Brandt, Firm 1');
	}, 60_000);

	it('tells the same form once', async () => {
		const first = await agency.handOver(2, { event_id: 'form-2' });
		expect(await agency.handOver(2, { event_id: 'form-2' })).toBe(first);
		expect(agency.cards(first)).toHaveLength(1);
	}, 60_000);

	it('keeps with the lead what Slack did not take, and the core ends red', async () => {
		slack.goDown();
		const { status, answer, run } = await agency.send(3);
		expect([status, agency.n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		expect(await fails()).toContain('not delivered');
		const lead = await agency.story(answer.leadId);
		expect(JSON.stringify(lead)).toContain('Slack: ');
		expect(JSON.stringify(lead.decisions)).toContain('"status":"running"');
	}, 120_000);

	it('lets hostile text mention nobody and link nowhere', async () => {
		const leadId = await agency.handOver(4, { name: `Elena Eriksen ${hostileText}`, company: hostileText, message: hostileText, utm_campaign: hostileText });
		expect(agency.said(leadId)).not.toMatch(reachesOut);
	}, 60_000);

	it('is played through other rules with hostile leads and all, and nothing of what they wrote is shown', async () => {
		const [lead] = await agency.n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', search: stranger(4).name });
		const { rules } = firmSettings() as { rules: object[] };
		await agency.setUp({}, { rules: [{ name: 'Evil', tier: 'hard', conditions: [{ field: 'lead.message', operator: 'contains', value: 'evil' }], queue: 'Sales', owner: 'tom' }, ...rules] });
		const simulator = await agency.n8n.useTemplate('show-what-other-rules-would-do', { client: 'acme' });
		const press = async () => {
			const run = await agency.n8n.api.runByHand(simulator.workflow, { trigger: 'Run Before a Change' });
			expect(agency.n8n.tools.failureOf(run)).toBeUndefined();
			return simulator.outputs(run);
		};
		const shown = await press();
		expect(shown['Show Changed Leads']).toMatchObject([{ json: { leadId: lead.leadId, ownerBefore: 'Mia Example', ownerAfter: 'Tom Example' } }]);
		expect(JSON.stringify(shown['Show Share of Each Owner']) + JSON.stringify(shown['Show Changed Leads'])).not.toMatch(reachesOut);
		expect(await press()).toEqual(shown);
		expect(await agency.story(lead.leadId)).toMatchObject({ owner: { id: 'mia' } });
		await agency.setUp();
	}, 60_000);

	it('writes to the test channel only in test mode', async () => {
		await agency.setUp({}, { mode: 'test' });
		expect(agency.cards(await agency.handOver(5))).toMatchObject([{ channel: slackChannels.test, text: 'Test: New lead: Farid Fontaine, Firm 5' }]);
		await agency.setUp();
	}, 60_000);

	it('delivers again what Slack did not take, once Slack is back', async () => {
		slack.goDown();
		const { answer } = await agency.send(7);
		const { answer: hostile } = await agency.send(8, { name: `${stranger(8).name} ${hostileText}`, company: hostileText, message: hostileText });
		for (let runs = 0; runs < 2; runs++) await fails();
		slack.comeBack();
		// longer than a delivery takes on a slow machine, as five minutes are: a second run would tell it again
		await deliverAgain(1);
		const told = await untilEvent(answer.leadId, 'delivered');
		await untilEvent(hostile.leadId, 'delivered');
		expect(agency.cards(hostile.leadId)).toHaveLength(1);
		expect(agency.said(hostile.leadId)).not.toMatch(reachesOut);
		expect(agency.cards(answer.leadId)).toMatchObject([{ channel: slackChannels.live, text: `New lead: ${stranger(7).name}, Firm 7` }]);
		expect(told.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['notDelivered', 'delivered']));
		// the one of an earlier test, too, and nobody else is told again
		expect(agency.cards((await agency.n8n.ask({ resource: 'lead', operation: 'listLeads', client: 'acme', search: stranger(3).name }))[0].leadId)).toHaveLength(1);
	}, 120_000);

	it('says so when a client has no notifier, and tells the ops channel once it gives up', async () => {
		await agency.n8n.setUpClient('acme', firmSettings());
		await deliverAgain(0.0001);
		const { answer } = await agency.send(6, { name: `${stranger(6).name} ${hostileText}`, company: hostileText });
		await fails();
		expect(JSON.stringify(await agency.story(answer.leadId))).toContain('Tell the Owner: ');
		const given = async () => slack.messages.filter(({ text }) => text.startsWith('Not delivered: ') && text.includes(stranger(6).name));
		for (let wait = 0; wait < 200 && (await given()).length === 0; wait++) await pause();
		expect(await given()).toMatchObject([{ channel: opsChannel, text: expect.stringContaining('the message to the owner') as string }]);
		expect((await given())[0].text).not.toMatch(reachesOut);
		for (let wait = 0; wait < 10; wait++) await pause();
		expect(await given()).toHaveLength(1);
	}, 120_000);
});
