import { stranger } from './n8nUnderTest';
import { Agency } from './standIns/agency';
import { hostileText, slackChannels, token } from './standIns/firm';
import { Mailchimp, Zendesk } from './standIns/followUps';
import { Slack } from './standIns/slack';

const slack = new Slack(token, Object.values(slackChannels));
const zendesk = new Zendesk({ email: 'help@acme.example', token });
const mailchimp = new Mailchimp(`${token}-us1`, 'aud1');
const consent = 'You may contact me by email';

describe('the template "Send leads on to support and nurture for the handoff core" in a real n8n', () => {
	let agency: Agency;
	let setUp: (change?: object) => Promise<void>;

	beforeAll(async () => {
		agency = await Agency.start({ slack, standIns: [zendesk, mailchimp], credentials: { zendeskApi: { subdomain: 'acme', email: 'help@acme.example', apiToken: token }, mailchimpApi: { apiKey: `${token}-us1` } } });
		const followUp = await agency.n8n.useTemplate('send-leads-on-to-support-and-nurture-for-the-handoff-core', { zendeskUrl: 'https://acme.zendesk.com/', mailchimpUrl: 'https://us1.api.mailchimp.com', mailchimpAudience: 'aud1' });
		setUp = async (change = {}) => await agency.setUp({ followUp: followUp.workflow.id }, {
			rules: [
				{ name: 'Help', tier: 'hard', conditions: [{ field: 'lead.message', operator: 'contains', value: 'help' }], queue: 'Support', team: 'Sales' },
				{ name: 'Later', tier: 'hard', conditions: [{ field: 'lead.message', operator: 'contains', value: 'next year' }], queue: 'Sales', team: 'Sales', sequence: 'Next year' },
				{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' },
			], ...change,
		});
		await setUp();
	}, 600_000);
	afterAll(async () => { await agency?.stop(); });
	beforeEach(() => {
		zendesk.comeBack();
		mailchimp.comeBack();
	});

	const ticketsOf = (index: number) => zendesk.tickets.filter(({ requester }) => requester?.email === stranger(index).email);
	const nurtured = (index: number) => mailchimp.members.get(stranger(index).email);

	it('makes one ticket of a question for support, also when the form comes twice', async () => {
		for (let times = 0; times < 2; times++) await agency.handOver(0, { message: 'Please help, the app does not start.', event_id: 'form-0' });
		expect(ticketsOf(0)).toMatchObject([{ subject: expect.stringMatching(/: Ada Abbott$/) as string, comment: { body: expect.stringContaining('does not start') as string }, priority: 'normal' }]);
		expect(mailchimp.requests).toEqual([]);
		expect(zendesk.refused).toEqual([]);
	}, 60_000);

	it('puts who agreed into the sequence that the rule names, once, and nobody else', async () => {
		for (let times = 0; times < 2; times++) await agency.handOver(1, { message: 'We plan this for next year.', [consent]: 'yes', event_id: 'form-1' });
		await agency.handOver(2, { message: 'We plan this for next year.', [consent]: 'no' });
		await agency.handOver(3, { message: 'We plan this for next year.' });
		await agency.handOver(4, { [consent]: 'yes' });
		expect(nurtured(1)).toMatchObject({ status: 'pending', tags: ['Next year'], merge_fields: { FNAME: 'Boris', LNAME: 'Brandt' } });
		expect([2, 3, 4].map(nurtured)).toEqual([undefined, undefined, undefined]);
		expect(mailchimp.requests.map(({ method }) => method)).toEqual(['PUT', 'POST']);
		expect(mailchimp.refused).toEqual([]);
	}, 60_000);

	it('keeps with the lead what was not taken, and the owner knows anyway', async () => {
		zendesk.goDown();
		const { answer } = await agency.send(5, { message: 'Please help.' });
		expect((await agency.core.nextRun()).status).toBe('error');
		expect(agency.cards(answer.leadId)).toHaveLength(1);
		expect(JSON.stringify(await agency.story(answer.leadId))).toContain('Follow Up: Find Zendesk Ticket');
	}, 120_000);

	it('waits out 429 and 500', async () => {
		zendesk.failNext(429, 500);
		await agency.handOver(6, { message: 'Please help.' });
		expect(ticketsOf(6)).toHaveLength(1);
	}, 60_000);

	// both write to the address that was typed, which may be a stranger's: nobody's advertising goes out in our name
	it('lets a hostile name reach nobody in a mail of Zendesk or Mailchimp', async () => {
		const named = (index: number, more: string) => stranger(index).name.replace(' ', ` *|EMAIL|* <b>${more}evil.example/x</b> `);
		await agency.handOver(9, { name: named(9, 'https://'), message: 'Please help, the app does not start.' });
		await agency.handOver(10, { name: named(10, ''), message: 'We plan this for next year.', [consent]: 'yes' });
		const [{ subject, requester }] = ticketsOf(9);
		const said = [subject, requester?.name ?? '', ...Object.values(nurtured(10)!.merge_fields).map(String)];
		expect(said).toHaveLength(4);
		for (const text of said) expect(text).not.toMatch(/[<>*|@=]|https?:|\bevil\.example/);
		expect([requester?.name, nurtured(10)?.merge_fields]).toMatchObject([stranger(9).name, { FNAME: expect.stringMatching(/^Karin/) as string }]);
		await agency.handOver(11, { message: `We plan this for next year. ${hostileText} ${hostileText}`, [consent]: 'yes' });
		expect(nurtured(11)).toBeUndefined();
		expect([zendesk.refused, mailchimp.refused]).toEqual([[], []]);
	}, 60_000);

	it('lets hostile text be text, and writes nothing in test mode', async () => {
		await agency.handOver(7, { message: `${hostileText} help` });
		expect(ticketsOf(7)[0].comment.body).not.toMatch(/<script|<a /);
		await setUp({ mode: 'test' });
		await agency.handOver(8, { message: 'Please help.' });
		expect(ticketsOf(8)).toEqual([]);
	}, 60_000);

	// the last one: each use of a template takes the place of the one before
	it('says before anybody goes live whether both answer', async () => {
		const config = { zendeskUrl: 'https://acme.zendesk.com', mailchimpUrl: 'https://us1.api.mailchimp.com', mailchimpAudience: 'aud1' };
		const before = [zendesk.tickets.length, mailchimp.members.size];
		const ask = async (change: Partial<typeof config>) => {
			const { workflow } = await agency.n8n.useTemplate('send-leads-on-to-support-and-nurture-for-the-handoff-core', { ...config, ...change });
			return await agency.n8n.callWorkflow(workflow.id, { client: 'acme', check: true, run: { test: true } });
		};
		expect(await ask({})).toMatchObject({ works: true, because: null });
		expect(await ask({ zendeskUrl: '' })).toMatchObject({ works: true, because: null });
		expect([zendesk.refused, mailchimp.refused]).toEqual([[], []]);
		expect(await ask({ mailchimpAudience: 'gone' })).toMatchObject({ works: false, because: expect.stringMatching(/^Mailchimp: /) as string });
		expect(await ask({ zendeskUrl: '', mailchimpUrl: '' })).toMatchObject({ works: false });
		expect([zendesk.tickets.length, mailchimp.members.size]).toEqual(before);
	}, 90_000);
});
