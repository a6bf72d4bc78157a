import type { Browser } from 'playwright-core';
import { FormPages } from './formPages';
import { pictures } from './lookAt';
import { Agency } from './standIns/agency';
import { hostileText, slackChannels, token } from './standIns/firm';
import { Slack } from './standIns/slack';
import type { HandoffN8n } from './standIns/templateUnderTest';

const told = (page: string) => /<h1>[\s\S]*?<\/div>/.exec(page)?.[0] ?? page;

interface Link { lead: string; member: string; until: string; signature: string; test?: string }
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
	const open = async (link: Link, on = page()) => ({ on, shown: await on.send(link.lead, link.member, link.until, link.signature, link.test ?? '') });
	async function answer(link: Link, happened: string, { words = '', who = 'Mia Example (mia)' } = {}): Promise<string> {
		const { on } = await open(link);
		return told(await on.goOn('', who, happened, words));
	}
	const tom = { who: 'Tom Example (tom)' };
	const story = async (link: Link) => await agency.story(link.lead, link.test === 'test');
	const accepted = async (link: Link) => (await story(link)).events.filter(({ type }) => type === 'accepted').map(({ by }) => by);

	it('changes nothing when the link is only opened, as link scanners do', async () => {
		const link = await linkFor(0);
		const response = await fetch(`${page().url}?${new URLSearchParams({ ...link }).toString()}`);
		expect([response.status, (await response.text()).includes(link.signature)]).toEqual([200, true]);
		const { on, shown } = await open(link);
		expect(shown).toContain('Ada Abbott, Firm 0');
		// why it came to this owner, and who may answer: the signed member first
		expect(shown).toMatch(/<b>Why<\/b>: Ada Abbott of Firm 0 came in on [\s\S]*Mia Example has it in queue Sales because [\s\S]*not answered yet, and still in time/);
		expect([...shown.matchAll(/<option value='([^']+)'/g)].map(([, option]) => option).slice(0, 2)).toEqual(['Mia Example (mia)', 'Tom Example (tom)']);
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

	it('leaves the lead with its owner who takes it first, and tells a colleague who was first', async () => {
		const link = await linkFor(3);
		expect(await answer(link, 'I take it')).toMatch(/Recorded[\s\S]*is with Mia Example[\s\S]*Taken by mia, 0 minutes ago/);
		expect(await answer(link, 'I take it')).toMatch(/Nothing changed[\s\S]*Mia Example has it already/);
		expect(await answer(link, 'I take it', tom)).toMatch(/Nothing changed[\s\S]*Mia Example was first: taken on [\s\S]*is with Mia Example/);
		expect([(await story(link)).owner.id, await accepted(link)]).toEqual(['mia', ['mia']]);
	}, 60_000);

	it('gives the lead to a colleague who takes it first, in the CRM too, and leaves it there when the owner comes later', async () => {
		const sync = await agency.standInForSync();
		await agency.setUp({ crmSync: sync.workflow.id });
		const link = await linkFor(7);
		expect(await answer(link, 'I take it', tom)).toMatch(/Recorded[\s\S]*is with Tom Example[\s\S]*Taken by tom/);
		expect(await answer(link, 'I take it')).toMatch(/Nothing changed[\s\S]*Tom Example was first/);
		expect([(await story(link)).owner.id, await accepted(link)]).toEqual(['tom', ['tom']]);
		expect(sync.outputs(await sync.nextRun()).Asked).toMatchObject([{ json: { client: 'acme', leadId: link.lead } }]);
		await agency.setUp();
		expect((await open(link)).shown).toContain('It went to Tom Example');
	}, 60_000);

	it('records nothing for who is no member', async () => {
		const link = await linkFor(8);
		expect(await answer(link, 'I reject it', { who: 'Somebody Else (else)' })).toContain('Nothing changed');
		expect(await story(link)).toMatchObject({ status: 'open', owner: { id: 'mia' } });
		expect((await story(link)).events.filter(({ by }) => by !== null)).toEqual([]);
	}, 60_000);

	it('answers for test leads too, by a mark that is signed with the rest', async () => {
		await agency.setUp({}, { mode: 'test' });
		const link = await linkFor(9);
		await agency.setUp();
		expect(link.test).toBe('test');
		expect((await open({ ...link, test: '' })).shown).toContain('This link does not hold');
		const { shown } = await open(link);
		expect(shown).toMatch(/<b>Why<\/b>: \S+ \S+ of Firm 9 came in on/);
		expect(await answer(link, 'I take it', tom)).toMatch(/Recorded[\s\S]*is with Tom Example/);
		expect(await answer(link, 'I have answered', tom)).toMatch(/Recorded[\s\S]*Answered by tom/);
		expect(await answer(link, 'It belongs to another queue', { words: 'Support' })).toContain('Reported as misrouted by mia');
		expect(await answer(link, 'I reject it', { words: 'A student' })).toContain('Rejected by mia');
		expect(await story(link)).toMatchObject({ status: 'closed', owner: { id: 'tom' } });
	}, 120_000);

	it('closes a rejected lead with its reason, and notes the right queue of a misrouted one', async () => {
		const rejected = await linkFor(4);
		expect(await answer(rejected, 'I reject it', { words: 'A student' })).toContain('Rejected by mia');
		expect(await story(rejected)).toMatchObject({ status: 'closed' });
		expect((await story(rejected)).events.find(({ type }) => type === 'rejected')?.detail.reason).toBe('A student');
		const misrouted = await linkFor(5);
		expect(await answer(misrouted, 'It belongs to another queue', { words: 'Support' })).toContain('Reported as misrouted by mia');
		expect((await story(misrouted)).events.find(({ type }) => type === 'misrouted')?.detail.rightQueue).toBe('Support');
	}, 60_000);

	it('shows hostile text as text', async () => {
		const { shown } = await open(await linkFor(6, { company: hostileText, message: `${hostileText} {{ 6 * 7777 }} $& $'` }));
		expect(shown).not.toMatch(/<script>alert|<a href="https:\/\/evil|46662/);
		expect(shown).toContain('6 * 7777');
	}, 60_000);
});
