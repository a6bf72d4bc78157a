import { stranger } from './n8nUnderTest';
import { closedNow, firmSettings, hostileText, slackChannels, token } from './standIns/firm';
import { Hubspot } from './standIns/hubspot';
import { Slack } from './standIns/slack';
import { HandoffN8n, type PublishedTemplate } from './standIns/templateUnderTest';

const slack = new Slack(token, Object.values(slackChannels));
const hubspot = new Hubspot(token, ['77', '78', '79']);
const config = { client: 'acme', slackChannel: slackChannels.live, slackTestChannel: slackChannels.test, hubspotAccountId: '4711' };

interface Story { status: string; owner: { id: string }; clock: { status: string }; events: { type: string; detail: object }[] }

describe('the template "Send website leads to HubSpot with owner and task" in a real n8n', () => {
	let n8n: HandoffN8n;
	let template: PublishedTemplate;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([slack, hubspot], { slackApi: { accessToken: token }, hubspotAppToken: { appToken: token } });
		await n8n.setUpClient('acme', firmSettings());
		template = await n8n.useTemplate('send-website-leads-to-hubspot-with-owner-and-task', config);
	}, 600_000);

	afterAll(async () => { await n8n?.stop(); });

	beforeEach(() => {
		slack.comeBack();
		hubspot.comeBack();
	});

	const form = (index: number, more: object = {}) => ({ ...stranger(index), company: `Firm ${index}`, message: 'Please send us a quote for 40 seats, we want to start next week.', ...more });
	const { contacts, tasks, notes } = hubspot.objects;
	const contactOf = (index: number) => contacts.filter(({ properties }) => properties.email === stranger(index).email);
	const tasksOf = (contactId: string) => tasks.filter((task) => task.contacts.includes(contactId));
	const cardsOf = (index: number) => slack.messages.filter(({ text }) => text.includes(stranger(index).name)).map((message) => JSON.stringify(message));

	it('makes one contact, note, task and card of a form, also when it comes twice', async () => {
		const sent = form(0, { event_id: 'form-0' });
		const { status, answer, run } = await template.post(sent);
		expect([status, n8n.tools.failureOf(run)]).toEqual([200, undefined]);
		await template.post(sent);
		const [contact, ...others] = contactOf(0);
		expect(others).toEqual([]);
		expect(contact.properties).toMatchObject({ firstname: 'Ada', lastname: 'Abbott', company: 'Firm 0', hubspot_owner_id: '77' });
		expect(tasksOf(contact.id).map(({ properties }) => [properties.hubspot_owner_id, properties.hs_task_status])).toEqual([['77', 'NOT_STARTED']]);
		expect(notes.filter((note) => note.contacts.includes(contact.id))).toHaveLength(1);
		const [card, ...more] = cardsOf(0);
		expect(more).toEqual([]);
		expect(card).toContain(`https://app.hubspot.com/contacts/4711/record/0-1/${contact.id}`);
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', findBy: 'externalId', externalSystem: 'hubspot', externalId: contact.id });
		expect(lead.leadId).toBe(answer.leadId);
		expect([hubspot.refused, slack.errors]).toEqual([[], []]);
	}, 60_000);

	it('keeps owner and values of a contact that HubSpot has, and fills only gaps', async () => {
		const known = hubspot.add('contacts', { email: stranger(1).email, firstname: 'Boris', company: 'Brandt Works AG', hubspot_owner_id: '79' });
		const { run } = await template.post(form(1, { phone: '020 7946 0018' }));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		expect(contactOf(1)).toHaveLength(1);
		expect(known.properties).toMatchObject({ company: 'Brandt Works AG', hubspot_owner_id: '79', lastname: 'Brandt', phone: '+442079460018' });
		expect(tasksOf(known.id)).toHaveLength(1);
	}, 60_000);

	it('writes a second enquiry to the same contact, with a task of its own', async () => {
		await template.post(form(0, { message: 'One more question: do you also train our staff?', event_id: 'form-0-again' }));
		const [contact, ...others] = contactOf(0);
		expect(others).toEqual([]);
		expect(tasksOf(contact.id)).toHaveLength(2);
		expect(cardsOf(0)).toHaveLength(2);
	}, 60_000);

	it('makes a contact of a lead without an address', async () => {
		const { run } = await template.post({ name: 'Xenia Young', phone: '020 7946 0077', message: 'Call me back please' });
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		expect(contacts.at(-1)?.properties).toMatchObject({ firstname: 'Xenia', phone: '+442079460077' });
	}, 60_000);

	it('waits out 429, 500 and seconds of silence, and writes once', async () => {
		hubspot.failNext(429, 500);
		const { run } = await template.post(form(2));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		hubspot.goDown(3);
		await template.post(form(3));
		for (const index of [2, 3]) expect([index, contactOf(index).length, tasksOf(contactOf(index)[0].id).length, cardsOf(index).length]).toEqual([index, 1, 1, 1]);
	}, 120_000);

	it('sends the card while HubSpot is down, says so, and keeps what was not written', async () => {
		hubspot.goDown();
		const { status, answer, run } = await template.post(form(4));
		expect([status, run.status]).toEqual([200, 'error']);
		expect(cardsOf(4)).toEqual([expect.stringContaining('HubSpot did not take all of this lead')]);
		const [lead] = await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId: answer.leadId });
		expect(JSON.stringify(lead)).toContain('Find HubSpot Contact');
	}, 120_000);

	it('lets hostile text make no tag, no link and no mention', async () => {
		const { run } = await template.post(form(5, { company: hostileText, message: hostileText, utm_campaign: hostileText }));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		const [contact] = contactOf(5);
		const written = [...notes, ...tasks].filter((one) => one.contacts.includes(contact.id)).map(({ properties }) => `${properties.hs_note_body ?? ''}${properties.hs_task_body ?? ''}`);
		expect(written).toHaveLength(2);
		for (const html of written) expect(html).not.toMatch(/<script|<a |evil\.example\/x/);
		expect(cardsOf(5)[0].replaceAll('<@U0MIA>', '')).not.toMatch(/<|evil\.example\/|\*now\*/);
	}, 60_000);

	it('makes the task due when the office opens', async () => {
		const { calendars, opensOn } = closedNow();
		await n8n.setUpClient('acme', firmSettings({ calendars }));
		await template.post(form(6));
		const [task] = tasksOf(contactOf(6)[0].id);
		expect(new Date(task.properties.hs_timestamp).getUTCMinutes()).toBe(15);
		expect(cardsOf(6)[0]).toContain(`${opensOn} 09:15`);
		await n8n.setUpClient('acme', firmSettings());
	}, 60_000);

	it('brings owner, first contact and deals back from HubSpot, each once', async () => {
		const back = await n8n.useTemplate('record-what-happens-to-leads-in-hubspot', { client: 'acme' });
		const { answer } = await template.post(form(8));
		const lost = await template.post(form(9));
		hubspot.change(contactOf(8)[0], 'contacts', { hubspot_owner_id: '78', notes_last_contacted: new Date().toISOString() });
		hubspot.add('deals', { hs_is_closed: 'true', hs_is_closed_won: 'true', amount: '12000', deal_currency_code: 'GBP' }, [contactOf(8)[0].id]);
		hubspot.add('deals', { hs_is_closed: 'true', hs_is_closed_won: 'false', closed_lost_reason: 'No budget' }, [contactOf(9)[0].id]);
		hubspot.add('contacts', { email: 'nobody@stranger.example', hubspot_owner_id: '79' });
		for (let times = 0; times < 2; times++) {
			const run = await n8n.api.runByHand(back.workflow, { trigger: 'Watch HubSpot' });
			expect(n8n.tools.failureOf(run)).toBeUndefined();
		}
		const [won, gone] = await Promise.all([answer.leadId, lost.answer.leadId].map(async (leadId) => (await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId }))[0] as unknown as Story));
		expect([won.status, won.owner.id, won.clock.status]).toEqual(['closed', 'tom', 'met']);
		expect(won.events.map(({ type }) => type).filter((type) => ['ownerChanged', 'won'].includes(type)).sort()).toEqual(['ownerChanged', 'won']);
		expect([gone.status, gone.owner.id]).toEqual(['closed', 'mia']);
		expect(gone.events.filter(({ type }) => ['lost', 'ownerChanged'].includes(type))).toMatchObject([{ type: 'lost', detail: { reason: 'No budget' } }]);
	}, 90_000);

	it('writes nothing to HubSpot in test mode, shows what it would, and tells the test channel', async () => {
		await n8n.setUpClient('acme', firmSettings({ mode: 'test' }));
		const before = hubspot.requests.length;
		const { run } = await template.post(form(7));
		expect(n8n.tools.failureOf(run)).toBeUndefined();
		expect(hubspot.requests.length).toBe(before);
		expect(template.outputs(run)['Show HubSpot Dry Run']).toMatchObject([{ json: { dryRun: true, contact: { email: stranger(7).email, hubspot_owner_id: '77' } } }]);
		expect(slack.messages.at(-1)).toMatchObject({ channel: slackChannels.test });
	}, 60_000);
});
