import type { Browser } from 'playwright-core';
import { FormPages } from './formPages';
import { pictures } from './lookAt';
import { Agency } from './standIns/agency';
import { hostileText, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import type { HandoffN8n } from './standIns/templateUnderTest';

const told = (page: string) => /<h1>[\s\S]*?<\/div>/.exec(page)?.[0] ?? page;

interface Link { lead: string; member: string; until: string; signature: string }
/** From the card in Slack to the page, as a rep goes, a link scanner and somebody who would like to. */
describe('the template "Record what owners answer from Slack" in a real n8n', () => {
	const slack = new Slack(token, Object.values(slackChannels));
	let agency: Agency;
	let n8n: HandoffN8n;
	let browser: Browser;

	beforeAll(async () => {
		agency = await Agency.start({ slack, notifier: { answerFormUrl: 'https://n8n.acme.example/form/lead-handoff-answer' } });
		({ n8n } = agency);
		await n8n.useTemplate('record-what-owners-answer-from-slack', { client: 'acme' });
		({ browser } = await n8n.tools.openBrowser({ width: 1280, height: 900 }));
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await agency?.stop();
	});

	/** Sends a form and gives the link of the card's button. */
	async function linkFor(index: number, more: object = {}): Promise<Link> {
		const [card] = agency.cards(await agency.handOver(index, more)).map(({ blocks }) => JSON.stringify(blocks));
		const url = new URL(/"(https:\/\/n8n\.acme\.example\/form\/lead-handoff-answer[^"]*)"/.exec(card)![1]);
		return Object.fromEntries(url.searchParams) as unknown as Link;
	}

	const page = () => new FormPages(n8n.n8n, 'lead-handoff-answer', { user: '', password: '' });
	const open = async (link: Link, on = page()) => ({ on, shown: await on.send(link.lead, link.member, link.until, link.signature) });
	async function answer(link: Link, happened: string, words = ''): Promise<string> {
		const { on } = await open(link);
		return told(await on.goOn('', happened, words));
	}
	const story = async (link: Link) => await agency.story(link.lead);

	it('changes nothing when the link is only opened, as link scanners do', async () => {
		const link = await linkFor(0);
		const response = await fetch(`${page().url}?${new URLSearchParams({ ...link }).toString()}`);
		expect([response.status, (await response.text()).includes(link.signature)]).toEqual([200, true]);
		const { on, shown } = await open(link);
		expect(shown).toContain('Ada Abbott, Firm 0');
		expect(await story(link)).toMatchObject({ owner: { id: 'mia' }, clock: { status: 'running' } });
		expect((await story(link)).events.filter(({ by }) => by !== null)).toEqual([]);
		const looked = await browser.newPage({ viewport: { width: 390, height: 800 } });
		await looked.goto(on.waitingUrl);
		await looked.screenshot({ path: `${pictures}/answer-form-phone.png`, fullPage: true });
		await looked.close();
	}, 60_000);

	it.each<[string, (link: Link) => Link, string]>([
		['another lead', (link) => ({ ...link, lead: '01ANOTHERLEAD' }), 'not complete, or not yours'],
		['another member', (link) => ({ ...link, member: 'tom' }), 'not complete, or not yours'],
		['a longer time', (link) => ({ ...link, until: String(Number(link.until) + 1) }), 'not complete, or not yours'],
		['no signature', (link) => ({ ...link, signature: '' }), 'not complete, or not yours'],
	])('refuses a link that was changed to %s', async (_, forge, reason) => {
		const { shown } = await open(forge(await linkFor(1)));
		expect(told(shown)).toContain('This link does not hold');
		expect(shown).toContain(reason);
		expect(shown).not.toContain('Boris');
	}, 60_000);

	it('stops the clock when the owner has answered, once', async () => {
		const link = await linkFor(2);
		expect(await answer(link, 'I have answered')).toMatch(/Recorded[\s\S]*Answered by mia/i);
		expect((await story(link)).clock.status).toBe('met');
		await answer(link, 'I have answered');
		expect((await story(link)).events.filter(({ type }) => type === 'contacted')).toHaveLength(1);
	}, 60_000);

	it('gives the lead to who takes it first, and tells the second who was first', async () => {
		const link = await linkFor(3);
		expect(await answer(link, 'I take it')).toMatch(/Recorded[\s\S]*is with Mia Example[\s\S]*Taken by mia, 0 minutes ago/);
		expect(await answer(link, 'I take it')).toMatch(/Nothing changed[\s\S]*Taken by mia/);
		expect((await story(link)).events.filter(({ type }) => type === 'accepted')).toMatchObject([{ by: 'mia' }]);
	}, 60_000);

	it('closes a rejected lead with its reason, and notes the right queue of a misrouted one', async () => {
		const rejected = await linkFor(4);
		expect(await answer(rejected, 'I reject it', 'A student')).toContain('Rejected by mia');
		expect(await story(rejected)).toMatchObject({ status: 'closed' });
		expect((await story(rejected)).events.find(({ type }) => type === 'rejected')?.detail.reason).toBe('A student');
		const misrouted = await linkFor(5);
		expect(await answer(misrouted, 'It belongs to another queue', 'Support')).toContain('Reported as misrouted by mia');
		expect((await story(misrouted)).events.find(({ type }) => type === 'misrouted')?.detail.rightQueue).toBe('Support');
	}, 60_000);

	it('shows hostile text as text', async () => {
		const { shown } = await open(await linkFor(6, { company: hostileText, message: `${hostileText} {{ 6 * 7777 }} $& $'` }));
		expect(shown).not.toMatch(/<script>alert|<a href="https:\/\/evil|46662/);
		expect(shown).toContain('6 * 7777');
	}, 60_000);
});
