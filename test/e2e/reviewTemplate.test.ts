import type { Browser } from 'playwright-core';
import { FormPages } from './formPages';
import { intakeOf, stranger } from './n8nUnderTest';
import { pictures } from './lookAt';
import { firmSettings, hostileText } from './standIns/firm';
import { HandoffN8n } from './standIns/templateUnderTest';

const login = { user: 'team', password: 'only-for-this-test' };
const told = (page: string) => /<h1>[\s\S]*?<\/div>/.exec(page)?.[0] ?? page;

/** As a reviewer meets it: a login, the oldest doubt, a choice, the next one. */
describe('the template "Settle review items in a form" in a real n8n', () => {
	let n8n: HandoffN8n;
	let browser: Browser;
	let form: FormPages;
	let colleague: FormPages;

	beforeAll(async () => {
		n8n = await HandoffN8n.start([], { httpBasicAuth: login });
		await n8n.setUpClient('acme', firmSettings());
		await n8n.api.publish(await n8n.api.importTemplate(intakeOf('acme')));
		const post = async (more: object) => {
			const answer = await fetch(`${n8n.n8n.url}/webhook/acme`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: 'Please send a quote.', ...more }) });
			expect(answer.status).toBe(200);
		};
		// the same person from another mailbox, perhaps: three times, and once with hostile text
		for (const index of [0, 1, 2, 3]) {
			const message = index === 3 ? `${hostileText} {{ 6 * 7777 }} $& $'` : 'Please send a quote.';
			await post({ ...stranger(index), company: `Works ${index} Ltd`, phone: `+44 20 7946 01${index}0`, message });
			await post({ name: stranger(index).name, company: `Works ${index} Limited`, email: `office${index}@another-works.example`, message });
		}
		await n8n.useTemplate('settle-review-items-in-a-form', { client: 'acme' });
		form = new FormPages(n8n.n8n, 'lead-handoff-review', login);
		colleague = new FormPages(n8n.n8n, 'lead-handoff-review', login);
		({ browser } = await n8n.tools.openBrowser({ width: 1280, height: 1000 }));
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
	});

	const open = async () => await n8n.ask({ resource: 'reviewItem', operation: 'listReviewItems', client: 'acme', returnAll: true });

	it('is opened with a login only', async () => {
		expect((await fetch(form.url)).status).toBe(401);
	});

	it('shows the oldest doubt with the lead that it may be', async () => {
		const [item] = await open();
		const page = await form.send('Rita', 'Duplicates');
		expect(page).toContain(String(item.fullName));
		expect(page).toContain('May be the same as');
		expect(page).toContain(stranger(0).email);
		expect(page).toContain('office0@another-works.example');
		const shown = await browser.newPage({ viewport: { width: 1280, height: 1000 }, extraHTTPHeaders: { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` } });
		await shown.goto(form.waitingUrl);
		await shown.screenshot({ path: `${pictures}/review-form.png`, fullPage: true });
		await shown.setViewportSize({ width: 390, height: 900 });
		await shown.screenshot({ path: `${pictures}/review-form-phone.png`, fullPage: true });
		await shown.close();
	}, 60_000);

	it('settles it once, and tells the colleague who came second', async () => {
		const [item] = await open();
		await colleague.send('Carl', 'Duplicates');
		expect(told(await form.goOn('', 'It is not a duplicate', '', '', '', 'They are brothers'))).toMatch(/Settled[\s\S]*never matched with that person again[\s\S]*reviewer=Rita/);
		expect(told(await colleague.goOn('', 'It is a duplicate', '', '', '', ''))).toMatch(/Nothing changed[\s\S]*settled before/);
		const settled = await n8n.ask({ resource: 'reviewItem', operation: 'listReviewItems', client: 'acme', returnAll: true, reviewFilters: { state: 'settled' } });
		expect(settled).toMatchObject([{ reviewItemId: item.reviewItemId, outcome: 'notDuplicate', settledBy: 'Rita', note: 'They are brothers' }]);
	}, 60_000);

	it('puts right what was wrong, and refuses an owner whom nobody knows', async () => {
		await form.send('Rita', 'Everything');
		expect(told(await form.goOn('', 'It was wrong', '', 'nobody', '', ''))).toContain('Not saved');
		const before = (await open()).length;
		await form.send('Rita', 'Everything');
		expect(told(await form.goOn('', 'It was wrong', '', 'tom', '', ''))).toContain('Settled');
		expect((await open()).length).toBe(before - 1);
	}, 60_000);

	it('brings up tomorrow what is for later', async () => {
		await form.send('Rita', 'Everything');
		expect(told(await form.goOn('', 'Later', '', '', '', ''))).toContain('Later');
	}, 60_000);

	it('shows hostile text as text, and says when nothing is left', async () => {
		const page = await form.send('Rita', 'Everything');
		expect(page).not.toMatch(/<script>alert|<a href="https:\/\/evil|46662/);
		expect(page).toContain('6 * 7777');
		expect(told(await form.goOn('', 'It is a duplicate', '', '', '', ''))).toContain('Settled');
		expect(told(await form.send('Rita', 'Everything'))).toContain('Nothing is left');
	}, 60_000);
});
