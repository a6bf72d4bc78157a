import { createHmac } from 'node:crypto';
import { stranger } from './n8nUnderTest';
import { Agency } from './standIns/agency';
import { hostileText, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import type { PublishedTemplate } from './standIns/templateUnderTest';

interface Button { action_id: string; value: string }

/** Buttons that are pressed in Slack itself: Slack signs the call, and hears at an address of its own how the lead stands. */
describe('the template "Record what owners press in Slack" in a real n8n', () => {
	const slack = new Slack(token, Object.values(slackChannels));
	let agency: Agency;
	let template: PublishedTemplate;

	beforeAll(async () => {
		agency = await Agency.start({ slack, notifier: { slackButtons: 'yes' } });
		template = await agency.n8n.useTemplate('record-what-owners-press-in-slack', { client: 'acme' });
	}, 600_000);
	afterAll(async () => { await agency?.stop(); });

	/** The button of a lead's card. */
	async function buttonOf(index: number, name: string, more: object = {}): Promise<{ leadId: string; button: Button }> {
		const leadId = await agency.handOver(index, more);
		const [{ blocks }] = agency.cards(leadId);
		const button = blocks.flatMap(({ elements }) => elements ?? []).find((one) => (one as unknown as Button).action_id === name) as unknown as Button;
		return { leadId, button };
	}
	/** As Slack calls: https://docs.slack.dev/interactivity/handling-user-interaction and …/authentication/verifying-requests-from-slack */
	async function press(button: Button, user: string, how: { at?: number; key?: string; responseUrl?: string } = {}): Promise<number> {
		const at = how.at ?? Math.floor(Date.now() / 1000);
		const payload = { type: 'block_actions', user: { id: user, username: 'mia' }, actions: [{ type: 'button', ...button }], response_url: how.responseUrl ?? 'https://hooks.slack.com/actions/T0ACME/1/x', team: { id: 'T0ACME' } };
		const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
		const response = await fetch(`${agency.n8n.n8n.url}/webhook/lead-handoff-slack`, {
			method: 'POST', body,
			headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${createHmac('sha256', how.key ?? token).update(`v0:${at}:${body}`).digest('hex')}` },
		});
		return response.status;
	}
	/** What Slack was told after the press, once the run has ended. */
	async function toldAfter(button: Button, user: string): Promise<string> {
		expect(await press(button, user)).toBe(200);
		expect(agency.n8n.tools.failureOf(await template.nextRun())).toBeUndefined();
		return slack.told.at(-1)!;
	}

	it('leaves the lead with its owner who takes it first, and tells a colleague who was first', async () => {
		const { leadId, button } = await buttonOf(5, 'take');
		expect(await toldAfter(button, 'U0MIA')).toMatch(/ is with Mia Example\.[\s\S]*Taken by mia, 0 minutes ago/);
		expect(await toldAfter(button, 'U0TOM')).toMatch(/^Nothing changed\. Mia Example was first: taken on [\s\S]* is with Mia Example\./);
		const { owner, events } = await agency.story(leadId);
		expect([owner.id, events.filter(({ type }) => ['accepted', 'ownerChanged'].includes(type)).map(({ type, by }) => [type, by])]).toEqual(['mia', [['accepted', 'mia']]]);
	}, 60_000);

	it('gives the lead to a colleague who takes it first, and tells its owner who was first', async () => {
		const { leadId, button } = await buttonOf(0, 'take');
		expect(await toldAfter(button, 'U0TOM')).toMatch(/^Ada Abbott is with Tom Example\.[\s\S]*Taken by tom, 0 minutes ago/);
		expect(await toldAfter(button, 'U0MIA')).toMatch(/^Nothing changed\. Tom Example was first: taken on [\s\S]*is with Tom Example\.[\s\S]*Taken by tom/);
		const { owner, events } = await agency.story(leadId);
		expect([owner.id, events.filter(({ type }) => type === 'accepted').map(({ by }) => by)]).toEqual(['tom', ['tom']]);
	}, 60_000);

	it('has the CRM give the lead to a colleague who took it, and asks it nothing when the owner did', async () => {
		const sync = await agency.standInForSync();
		await agency.setUp({ crmSync: sync.workflow.id });
		const [own, other] = [await buttonOf(7, 'take'), await buttonOf(8, 'take')];
		await toldAfter(own.button, 'U0MIA');
		await toldAfter(other.button, 'U0TOM');
		await agency.setUp();
		expect(sync.outputs(await sync.nextRun()).Asked).toMatchObject([{ json: { client: 'acme', leadId: other.leadId } }]);
	}, 60_000);

	it('takes a test lead too', async () => {
		await agency.setUp({}, { mode: 'test' });
		const { leadId, button } = await buttonOf(6, 'take');
		await agency.setUp();
		expect(await toldAfter(button, 'U0TOM')).toMatch(/ is with Tom Example\./);
		expect((await agency.story(leadId, true)).owner.id).toBe('tom');
	}, 60_000);

	it('stops the clock of an answered lead, once', async () => {
		const { leadId, button } = await buttonOf(1, 'answered');
		for (let times = 0; times < 2; times++) expect(await toldAfter(button, 'U0MIA')).toContain('Answered by mia');
		const { clock, events } = await agency.story(leadId);
		expect([clock.status, events.filter(({ type }) => type === 'contacted').length]).toEqual(['met', 1]);
	}, 60_000);

	it('records nothing for who is no member, and tells so', async () => {
		const { leadId, button } = await buttonOf(2, 'answered');
		expect(await toldAfter(button, 'U0STRANGER')).toContain('Your Slack ID is not in the settings');
		expect((await agency.story(leadId)).clock.status).toBe('running');
	}, 60_000);

	it.each<[string, Parameters<typeof press>[2]]>([
		['is signed with another key', { key: 'guessed' }],
		['is older than five minutes', { at: Math.floor(Date.now() / 1000) - 400 }],
	])('refuses a press that %s', async (_, how) => {
		const { leadId, button } = await buttonOf(3, 'answered', { event_id: 'form-3' });
		expect(await press(button, 'U0MIA', how)).toBe(401);
		expect((await agency.story(leadId)).clock.status).toBe('running');
		await template.nextRun();
	}, 60_000);

	it('calls no other address than Slack\'s, and lets hostile text mention nobody', async () => {
		const { button } = await buttonOf(4, 'answered', { name: `${stranger(4).name} ${hostileText}` });
		const before = slack.told.length;
		expect(await press(button, 'U0MIA', { responseUrl: 'https://evil.example/hooks.slack.com/' })).toBe(200);
		await template.nextRun();
		expect([slack.told.length, [...agency.n8n.proxy.strays].filter((host) => host.includes('evil'))]).toEqual([before, []]);
		expect(await toldAfter(button, 'U0MIA')).not.toMatch(/[<>@*]|https?:\/\/evil[^ ]*\|/);
	}, 60_000);
});
