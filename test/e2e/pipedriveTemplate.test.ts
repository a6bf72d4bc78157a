import { stranger } from './n8nUnderTest';
import { closedNow, firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { Pipedrive } from './standIns/pipedrive';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, Object.values(slackChannels));
const pipedrive = new Pipedrive(token, [77, 78, 79]);

interface Story { status: string; owner: { id: string }; clock: { status: string }; events: { type: string; detail: { reason?: string; amount?: number } }[] }

describe('the template "Send website leads to Pipedrive with owner and activity" in a real n8n', () => {
	let n8n: HandoffN8n;
	let template: PublishedTemplate;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([slack, pipedrive], { slackApi: { accessToken: token }, pipedriveApi: { apiToken: token }, crypto: { hmacSecret: token } });
		await n8n.setUpClient('acme', firmSettings());
		template = await n8n.useTemplate('send-website-leads-to-pipedrive-with-owner-and-activity', { client: 'acme', pipedriveDomain: 'acme', slackChannel: slackChannels.live, slackTestChannel: slackChannels.test });
	}, 600_000);

	afterAll(async () => { await n8n?.stop(); });

	beforeEach(() => {
		slack.comeBack();
		pipedrive.comeBack();
	});

	const form = (index: number, more: object = {}) => ({ ...stranger(index), company: `Firm ${index}`, message: 'Please send us a quote for 40 seats, we want to start next week.', ...more });
	const personsOf = (index: number) => pipedrive.persons.filter((person) => JSON.stringify(person.emails ?? []).includes(stranger(index).email));
	const of = (rows: Record<string, unknown>[], personId: unknown) => rows.filter((row) => row.person_id === personId);
	const cardsOf = (index: number) => slack.messages.filter(({ text }) => text.includes(stranger(index).name)).map((message) => JSON.stringify(message));

	it('makes one person, lead, note, activity and card of a form, also when it comes twice', async () => {
		const sent = form(0, { event_id: 'form-0' });
		const { status, answer, run } = await template.post(sent);
		expect([status, n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		await template.post(sent);
		const [person, ...others] = personsOf(0);
		expect(others).toEqual([]);
		expect(person).toMatchObject({ name: 'Ada Abbott', owner_id: 77 });
		const [lead, ...more] = of(pipedrive.leads, person.id);
		expect(more).toEqual([]);
		expect(lead).toMatchObject({ owner_id: 77 });
		expect(of(pipedrive.activities, person.id)).toMatchObject([{ owner_id: 77, type: 'call', lead_id: lead.id }]);
		expect(pipedrive.notes.filter((note) => note.lead_id === lead.id)).toHaveLength(1);
		const [card, ...again] = cardsOf(0);
		expect(again).toEqual([]);
		expect(card).toContain(`https://acme.pipedrive.com/person/${String(person.id)}`);
		const [found] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'externalId', externalSystem: 'pipedrive', externalId: String(person.id) });
		expect(found.leadId).toBe(answer.leadId);
		expect([pipedrive.refused, slack.errors]).toEqual([[], []]);
	}, 60_000);

	it('keeps owner and values of a person that Pipedrive has, and fills only gaps', async () => {
		pipedrive.persons.push({ id: 9001, name: 'Boris B.', emails: [{ value: stranger(1).email, primary: true }], owner_id: 79, update_time: new Date().toISOString() });
		const { run } = await template.post(form(1, { phone: '020 7946 0018' }));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		expect(personsOf(1)).toMatchObject([{ name: 'Boris B.', owner_id: 79, phones: [{ value: '+442079460018' }] }]);
		expect(of(pipedrive.activities, 9001)).toHaveLength(1);
	}, 60_000);

	it('writes a second enquiry to the same person, with a lead and an activity of its own', async () => {
		await template.post(form(0, { message: 'One more question: do you also train our staff?', event_id: 'form-0-again' }));
		const [person, ...others] = personsOf(0);
		expect(others).toEqual([]);
		expect([of(pipedrive.leads, person.id).length, of(pipedrive.activities, person.id).length, cardsOf(0).length]).toEqual([2, 2, 2]);
	}, 60_000);

	it('waits out 429, 500 and seconds of silence, and writes once', async () => {
		pipedrive.failNext(429, 500);
		const { run } = await template.post(form(2));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		pipedrive.goDown(3);
		await template.post(form(3));
		for (const index of [2, 3]) {
			const [person, ...others] = personsOf(index);
			expect([index, others.length, of(pipedrive.leads, person.id).length, of(pipedrive.activities, person.id).length, cardsOf(index).length]).toEqual([index, 0, 1, 1, 1]);
		}
	}, 120_000);

	it('sends the card while Pipedrive is down, says so, and keeps what was not written', async () => {
		pipedrive.goDown();
		const { status, answer, run } = await template.post(form(4));
		expect([status, run.status]).toEqual([200, 'error']);
		expect(cardsOf(4)).toEqual([expect.stringContaining('Pipedrive did not take all of this lead')]);
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
		expect(JSON.stringify(lead)).toContain('Find Pipedrive Person');
	}, 120_000);

	it('lets hostile text make no tag, no link and no mention', async () => {
		const { run } = await template.post(form(5, { company: hostileText, message: hostileText, utm_campaign: hostileText }));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		const [lead] = of(pipedrive.leads, personsOf(5)[0].id);
		for (const { content } of pipedrive.notes.filter((note) => note.lead_id === lead.id)) expect(content).not.toMatch(/<script|<a |evil\.example\/x/);
		expect(cardsOf(5)[0].replaceAll('<@U0MIA>', '')).not.toMatch(/<|evil\.example\/|\*now\*/);
	}, 60_000);

	it('makes the activity due when the office opens', async () => {
		const { calendars, opensOn } = closedNow();
		await n8n.setUpClient('acme', firmSettings({ calendars }));
		await template.post(form(6));
		expect(of(pipedrive.activities, personsOf(6)[0].id)).toMatchObject([{ due_time: expect.stringMatching(/:15$/) as string }]);
		expect(cardsOf(6)[0]).toContain(`${opensOn} 09:15`);
		await n8n.setUpClient('acme', firmSettings());
	}, 60_000);

	it('brings owner, first contact and deals back from Pipedrive, each once', async () => {
		const back = await n8n.useTemplate('record-what-happens-to-leads-in-pipedrive', { client: 'acme' });
		const { answer } = await template.post(form(8));
		const lost = await template.post(form(9));
		const now = new Date().toISOString();
		const [eight, nine] = [personsOf(8)[0], personsOf(9)[0]];
		Object.assign(eight, { owner_id: 78, update_time: now });
		Object.assign(of(pipedrive.activities, eight.id)[0], { done: true, owner_id: 78, marked_as_done_time: now, update_time: now });
		pipedrive.deals.push({ id: 1, person_id: eight.id, status: 'won', value: 12_000, currency: 'GBP', update_time: now }, { id: 2, person_id: nine.id, status: 'lost', lost_reason: 'No budget', update_time: now }, { id: 3, person_id: nine.id, status: 'open', update_time: now });
		for (let times = 0; times < 2; times++) {
			const run = await n8n.api.runByHand(back.workflow, { trigger: 'Watch Pipedrive' });
			expect(n8n.tools.failureOf(run)).toBeUndefined();
		}
		const [won, gone] = await Promise.all([answer.leadId, lost.answer.leadId].map(async (leadId) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId }))[0] as unknown as Story));
		expect([won.status, won.owner.id, won.clock.status]).toEqual(['closed', 'tom', 'met']);
		expect(won.events.map(({ type }) => type).filter((type) => ['ownerChanged', 'won', 'contacted'].includes(type)).sort()).toEqual(['contacted', 'ownerChanged', 'won']);
		expect([gone.status, gone.owner.id]).toEqual(['closed', 'mia']);
		expect(gone.events.filter(({ type }) => ['lost', 'ownerChanged'].includes(type))).toMatchObject([{ type: 'lost', detail: { reason: 'No budget' } }]);
	}, 90_000);

	it('writes nothing to Pipedrive in test mode, shows what it would, and tells the test channel', async () => {
		await n8n.setUpClient('acme', firmSettings({ mode: 'test' }));
		const before = pipedrive.requests.length;
		const { run } = await template.post(form(7));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		expect(pipedrive.requests.length).toBe(before);
		expect(template.outputs(run)['Show Pipedrive Dry Run']).toMatchObject([{ json: { dryRun: true, person: { email: stranger(7).email, owner_id: 77 } } }]);
		expect(slack.messages.at(-1)).toMatchObject({ channel: slackChannels.test });
	}, 60_000);

	it('is there for the handoff core too: one person, lead and activity, and the link on the card', async () => {
		const notifier = await n8n.useTemplate('tell-owners-in-slack-for-the-handoff-core', { slackChannel: slackChannels.live, slackTestChannel: slackChannels.test });
		const writer = await n8n.useTemplate('write-leads-to-pipedrive-for-the-handoff-core', { pipedriveDomain: 'acme' });
		const core = await n8n.useTemplate('run-the-handoff-core-for-every-client', {});
		await n8n.setUpClient('acme', firmSettings({ workflows: { notifier: notifier.workflow.id, crmWriter: writer.workflow.id } }));
		const intake = await n8n.useTemplate('receive-website-leads-for-the-handoff-core', { client: 'acme', coreWorkflowId: core.workflow.id });
		const sent = form(10, { event_id: 'form-10' });
		for (let times = 0; times < 2; times++) {
			await intake.post(sent);
			expect(n8n.tools.failureOf(await core.nextRun())).toBeUndefined();
		}
		const [person, ...others] = personsOf(10);
		expect([others.length, of(pipedrive.leads, person.id).length, of(pipedrive.activities, person.id).length]).toEqual([0, 1, 1]);
		expect(cardsOf(10)).toEqual([expect.stringContaining(`https://acme.pipedrive.com/person/${String(person.id)}`)]);
	}, 90_000);
});
