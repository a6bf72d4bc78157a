import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser } from 'playwright-core';
import { answering, completion, goodAnswer, logprobs, sendJson, startFakeOpenAi, type FakeOpenAi } from '../support/fakeOpenAi';
import { FormPages } from './formPages';
import { intakeOf, ours, stranger } from './n8nUnderTest';
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
	let model: FakeOpenAi;

	async function post(more: object): Promise<string> {
		const answer = await fetch(`${n8n.n8n.url}/webhook/acme`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: 'Please send a quote.', ...more }) });
		expect(answer.status).toBe(200);
		return (await answer.json() as { leadId: string }).leadId;
	}

	/** The client's intake, with a model that reads messages. */
	function readingIntake(): ReturnType<typeof intakeOf> {
		const intake = intakeOf('acme');
		const [route, read] = ['Route', 'Read the Message'].map((name) => ({ node: name, type: 'main', index: 0 }));
		const type = 'leadHandoffOpenAiApi';
		intake.nodes.push({ id: 'read', name: read.node, type: ours('aiIntentClassifier'), typeVersion: 1, position: [550, 200], parameters: { model: 'credential', modelName: 'fake-1' }, credentials: { [type]: n8n.credential(type) } });
		intake.connections['Match Known People'] = { main: [[read]] };
		intake.connections[read.node] = { main: [[route]] };
		return intake;
	}

	beforeAll(async () => {
		model = await startFakeOpenAi();
		n8n = await HandoffN8n.start([], { httpBasicAuth: login, leadHandoffOpenAiApi: { apiKey: 'sk-e2e', baseUrl: model.baseUrl } });
		await n8n.setUpClient('acme', firmSettings());
		const intake = await n8n.api.importTemplate(intakeOf('acme'));
		await n8n.api.publish(intake);
		// the same person from another mailbox, perhaps: three times, and once with hostile text
		for (const index of [0, 1, 2, 3]) {
			const message = index === 3 ? `${hostileText} {{ 6 * 7777 }} $& $'` : 'Please send a quote.';
			await post({ ...stranger(index), company: `Works ${index} Ltd`, phone: `+44 20 7946 01${index}0`, message });
			await post({ name: stranger(index).name, company: `Works ${index} Limited`, email: `office${index}@another-works.example`, message });
		}
		await n8n.useTemplate('settle-review-items-in-a-form', { client: 'acme' });
		await n8n.api.request('POST', `/rest/workflows/${intake.id}/deactivate`, {});
		await n8n.api.publish(await n8n.api.importTemplate(readingIntake()));
		form = new FormPages(n8n.n8n, 'lead-handoff-review', login);
		colleague = new FormPages(n8n.n8n, 'lead-handoff-review', login);
		({ browser } = await n8n.tools.openBrowser({ width: 1280, height: 1000 }));
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await model?.close();
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

	it('brings up a message of which the model was not sure, and takes the right intent', async () => {
		const text = JSON.stringify(goodAnswer);
		const [before, after] = text.split(goodAnswer.intent);
		model.behave((response) => { sendJson(response, 200, completion(text, { logprobs: logprobs([[before, 0.99], [goodAnswer.intent, 0.4], [after, 0.99]]) })); });
		const leadId = await post({ ...stranger(10), message: 'We might want a proposal, or just an answer.' });
		const page = await form.send('Rita', 'Messages');
		expect(page).toContain('confidence 0.40 is below 0.60');
		expect(page).toContain(stranger(10).email);
		expect(page).toContain('Project Request');
		expect(told(await form.goOn('', 'It was wrong', '', '', 'Customer Support', ''))).toContain('Settled');
		expect(JSON.stringify(await n8n.ask({ resource: 'lead', operation: 'listCorrections', client: 'acme', returnAll: true }))).toContain(leadId);
		expect(told(await form.send('Rita', 'Messages'))).toContain('Nothing is left');
	}, 60_000);

	it('brings up the weekly sample, and counts what was found', async () => {
		model.behave(answering(goodAnswer));
		const leadId = await post({ ...stranger(11), message: 'Please send us a proposal for a migration.' });
		// as if it had come a week ago
		const ledger = new DatabaseSync(join(dirname(n8n.n8n.log), '.n8n', 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'));
		ledger.prepare('UPDATE leads SET opened_at = opened_at - 604800000 WHERE id = ?').run(leadId);
		ledger.close();
		const sample = { resource: 'reviewItem', operation: 'drawSample', client: 'acme' };
		expect(await n8n.ask(sample)).toMatchObject([{ leads: 1, opened: 1 }]);
		expect(await n8n.ask(sample)).toMatchObject([{ opened: 0, because: 'This week was drawn before' }]);
		const page = await form.send('Rita', 'Weekly sample');
		expect(page).toContain('drawn for the weekly check of');
		expect(page).toContain(stranger(11).email);
		await colleague.send('Carl', 'Weekly sample');
		expect(told(await form.goOn('', 'It was right', '', '', '', ''))).toMatch(/Settled[\s\S]*routing counted as right/);
		expect(told(await colleague.goOn('', 'It was wrong', 'Support', '', '', ''))).toMatch(/Nothing changed[\s\S]*settled before/);
		expect((await n8n.ask({ resource: 'lead', operation: 'getLead', client: 'acme', leadId }))[0]).toMatchObject({ events: expect.arrayContaining([expect.objectContaining({ type: 'routingChecked', detail: { right: true } })]) as object[] });
	}, 60_000);

	it('shows hostile text as text, and says when nothing is left', async () => {
		const page = await form.send('Rita', 'Everything');
		expect(page).not.toMatch(/<script>alert|<a href="https:\/\/evil|46662/);
		expect(page).toContain('6 * 7777');
		expect(told(await form.goOn('', 'It is a duplicate', '', '', '', ''))).toContain('Settled');
		expect(told(await form.send('Rita', 'Everything'))).toContain('Nothing is left');
	}, 60_000);
});
