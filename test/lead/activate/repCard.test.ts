import { writeRepCard } from '../../../nodes/lead/activate/repCard';
import { routedLead } from './activateFixtures';

const zone = 'Europe/London';
const sla = { policy: 'Standard', clock: 'First Response', startedAt: '2026-11-20T18:30:00.000Z', startedFrom: 'receivedAt', dueAt: '2026-11-23T09:15:00.000Z', warnAt: '2026-11-23T09:10:00.000Z', status: 'running', elapsedMinutes: 0, remainingMinutes: 15, nextCheckAt: null, because: [] };
const intent = { name: 'Request a Quote', urgency: 'high', buyingStage: 'ready', sentiment: 'neutral', fit: 'good', language: 'en', summary: 'Wants a quote for 200 seats before Christmas.', nextStep: 'Call', evidence: ['a quote for 200 seats'], engine: 'rules', because: [] };
const source = { source: 'google', medium: 'cpc', campaign: 'autumn' };
const lead = { fullName: 'Jane Doe', email: 'jane@northwind.example', phone: '+442079460018', company: 'Northwind Ltd', country: 'GB' };
const card = (change: Record<string, unknown> = {}, links?: Parameters<typeof writeRepCard>[2]) => writeRepCard(routedLead({ lead, intent, source, sla, ...change }), zone, links);
const blocksOf = (blocks: object[]) => JSON.stringify(blocks);

describe('writeRepCard', () => {
	it('tells who, what, how urgent, from where, whose, until when and why', () => {
		expect(card().text).toBe([
			'New lead: Jane Doe, Northwind Ltd', 'Wants: Request a Quote', 'Urgency: high', 'Buying stage: ready to buy', 'From: google / cpc / autumn', 'Reach: jane@northwind.example, +442079460018', 'Country: United Kingdom',
			'Owner: Mia Stone', 'Answer by: Mon 23 Nov 09:15 Europe/London (15 min of working time)', 'Why you: country is GB', 'Wants a quote for 200 seats before Christmas.',
		].join('\n'));
	});

	it.each([['researching', 'Buying stage: gathering information'], ['comparing', 'Buying stage: comparing offers'], ['customer', 'Buying stage: customer already']])('says the stage %s in plain words', (buyingStage, said) => {
		expect(card({ intent: { ...intent, buyingStage } }).text).toContain(`\n${said}\n`);
	});

	it('leaves the stage out when it is unknown', () => {
		expect(card({ intent: { ...intent, buyingStage: 'unknown' } }).text).not.toContain('Buying stage');
	});

	it('quotes the lead and mentions its owner in Slack', () => {
		const { slackBlocks } = card();
		expect(blocksOf(slackBlocks)).toContain('>a quote for 200 seats');
		expect(blocksOf(slackBlocks)).toContain('Mia Stone <@U0MIA>');
		expect(slackBlocks).toMatchObject([{ type: 'header' }, { type: 'section' }, { type: 'section' }, { type: 'section' }, { type: 'context' }]);
	});

	it('says that a lead is a test, is known already, or was blocked', () => {
		expect(card({ run: { test: true } }).title).toBe('Test: New lead: Jane Doe, Northwind Ltd');
		expect(card({ match: { verdict: 'append', externalIds: {}, because: [], candidates: [] } }).title).toBe('Known person asks: Jane Doe, Northwind Ltd');
		expect(card({ routing: { ...routedLead().routing, blocked: true } }).title).toBe('Blocked: Jane Doe, Northwind Ltd');
	});

	it('says so when nothing is known', () => {
		const { text, slackBlocks } = writeRepCard(routedLead({ lead: {}, routing: undefined }), zone);
		expect(text).toContain('New lead: a lead without a name\nWants: not said');
		expect(text).toContain('Reach: no way to answer');
		expect(text).toContain('Owner: nobody yet');
		expect(blocksOf(slackBlocks)).not.toContain('<@');
	});

	it('has a button for each address, and none for what is no address', () => {
		const links = [{ label: 'Why me?', url: 'https://n8n.acme.example/form/why?lead=1' }, { label: 'Not set up', url: '' }, { label: 'Script', url: 'javascript:alert(1)' }];
		const { slackBlocks, html } = card({}, links);
		expect(slackBlocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ type: 'button', url: links[0].url, text: { text: 'Why me?' } }] });
		expect((slackBlocks.at(-1) as { elements: object[] }).elements).toHaveLength(1);
		expect(html).toContain('<a href="https://n8n.acme.example/form/why?lead=1">Why me?</a>');
		expect(html).not.toContain('javascript');
	});

	it('stays within what Slack takes, however much was typed', () => {
		const long = 'word '.repeat(5_000);
		const { slackBlocks } = card({ lead: { fullName: long, company: long, email: `${'a'.repeat(60)}@northwind.example`, message: long }, intent: { ...intent, summary: long, evidence: [long, long, long] }, source: { source: long, campaign: long }, review: [{ stage: 'clean', reasons: [long] }] });
		const lengths = [...blocksOf(slackBlocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, words]) => words.length);
		expect(Math.max(...lengths)).toBeLessThan(2_000);
		expect((slackBlocks[0] as { text: { text: string } }).text.text.length).toBeLessThanOrEqual(150);
	});

	describe('hostile input', () => {
		const hostile = '<!channel> @here <@U0BOSS> *bold* <https://evil.example|click> [click](https://evil.example) :rotating_light: https://evil.example/x <script>alert(1)</script> a&b';
		const attacked = card({ lead: { fullName: hostile, company: hostile, email: 'jane@northwind.example', message: `=HYPERLINK("https://evil.example")${hostile}` }, intent: { ...intent, name: hostile, summary: hostile, evidence: [hostile] }, source: { source: hostile, medium: '=1+1', campaign: hostile } });

		it('mentions nobody, links nowhere and marks nothing in Slack', () => {
			const said = blocksOf(attacked.slackBlocks).replace('<@U0MIA>', '');
			expect(said).not.toMatch(/<|@here|evil\.example|\*bold|:rotating_light:/);
			expect(attacked.slackText).not.toMatch(/<|@here|evil\.example|:rotating_light:/);
		});

		it('holds no tag and no address in a mail', () => {
			expect(attacked.html.replace(/<\/?(h2|table|tr|th|td|p|blockquote)( [a-z]+="[^"<>]*")*>/g, '')).not.toMatch(/[<>]/);
			expect(attacked.html).not.toMatch(/evil\.example|<script/);
			expect(attacked.html).toContain('a&amp;b');
			expect(attacked.title).not.toMatch(/[\r\n<>]/);
		});

		it('is no formula in a sheet', () => {
			expect(Object.values(attacked.row).filter((cell) => typeof cell === 'string' && /^[=@]/.test(cell))).toEqual([]);
			expect(attacked.row.message).toMatch(/^'=HYPERLINK/);
		});
	});
});
