import { join } from 'node:path';
import { pictures } from './lookAt';
import { loadTools, usedFolder, type Api, type RunningN8n, type Template, type Tools, type Workflow } from './n8nUnderTest';

const deliveries = 50;
const path = 'dedupe-at-once';

/** Two browsers send a form at the same moment, or a provider sends it again because n8n went away: one lead all the same. */
describe('one lead delivered fifty times', () => {
	let tools: Tools;
	let folder: string;
	let start: string;
	let port: number;
	let n8n: RunningN8n;
	let api: Api;
	let workflow: Workflow;

	beforeAll(async () => {
		tools = await loadTools();
		start = await tools.ensureN8n();
		folder = await usedFolder(tools);
		port = await tools.freePort();
		await startAgain();
		workflow = await api.importTemplate(matching());
		await api.publish(workflow);
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop('SIGKILL');
	});

	async function startAgain(): Promise<void> {
		n8n = await tools.startN8n({ start, userFolder: folder, port });
		api = new tools.N8nApi(n8n.url);
		await api.signIn();
	}

	async function deliver(body: object): Promise<Matched> {
		const answer = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
		return (await answer.json()) as Matched;
	}

	it('is created once when all come at the same moment', async () => {
		const body = { event_id: 'at-once', form_id: 'contact', name: 'Noa Berg', email: 'noa@berg.example', phone: '+442079460018', company: 'Berg Ltd', message: 'Please call me.' };
		await until(() => deliver({ event_id: 'warm-up', name: 'Warm Up', email: 'warm@up.example' }), ({ match }) => match?.verdict === 'create');
		const matched = await Promise.all(Array.from({ length: deliveries }, () => deliver(body)));
		expect(countVerdicts(matched)).toEqual({ create: 1, resend: deliveries - 1 });
		expect(new Set(matched.map(({ leadId }) => leadId)).size).toBe(1);
	}, 120_000);

	it('is created once when n8n is killed on the way and all are delivered again', async () => {
		const body = { event_id: 'killed', form_id: 'contact', name: 'Ida Holm', email: 'ida@holm.example', phone: '+442079460022', company: 'Holm Ltd', message: 'Please call me.' };
		let answered = 0;
		let first: () => void;
		const oneAnswered = new Promise<void>((resolve) => { first = resolve; });
		const dying = Array.from({ length: deliveries }, () => deliver(body).then((matched) => {
			answered++;
			first();
			return matched;
		}, () => undefined));
		await oneAnswered;
		await n8n.stop('SIGKILL');
		const before = (await Promise.all(dying)).filter((matched) => matched !== undefined);
		expect(answered).toBeLessThan(deliveries);

		await startAgain();
		// the webhook is there a moment after n8n is
		await until(() => deliver({ event_id: 'warm-up-again', name: 'Warm Again', email: 'warm@again.example' }), ({ match }) => match?.verdict === 'create');
		const matched = await Promise.all(Array.from({ length: deliveries }, () => deliver(body)));
		// before it died n8n may have answered it, and n8n may itself run again what was waiting: then the fifty are all resends
		const [created, createdAgain] = [before, matched].map((some) => countVerdicts(some).create ?? 0);
		expect([created, createdAgain].every((count) => count <= 1)).toBe(true);
		expect((countVerdicts(matched).resend ?? 0) + createdAgain).toBe(deliveries);
		expect(new Set([...before, ...matched].map(({ leadId }) => leadId)).size).toBe(1);
	}, 180_000);

	it('shows its verdict and its settings in the editor', async () => {
		const { browser, page } = await tools.openBrowser({ width: 1900, height: 1300 });
		try {
			await tools.signInToEditor(page, n8n.url);
			const byHand = await api.importTemplate(againstKnownRecords());
			await page.goto(`${n8n.url}/workflow/${byHand.id}`, { waitUntil: 'load' });
			await page.locator('[data-test-id=canvas-node]').first().waitFor({ timeout: 60_000 });
			// the button of a trigger can be pressed only while the pointer is over it
			await page.locator('[data-test-id=canvas-node]').first().hover();
			await page.waitForTimeout(500);
			await page.locator('[data-test-id^="execute-workflow-button"]').first().click();
			await page.getByText('Workflow executed successfully').first().waitFor({ timeout: 60_000 });
			await page.waitForTimeout(1_000);
			await page.screenshot({ path: join(pictures, 'dedupe-canvas.png') });
			await page.goto(`${n8n.url}/workflow/${byHand.id}/match`, { waitUntil: 'load' });
			await page.locator('[data-test-id=ndv]').first().waitFor({ timeout: 30_000 });
			await page.waitForTimeout(1_000);
			await page.screenshot({ path: join(pictures, 'dedupe-panel.png') });
			expect(await page.getByText('Which Value Wins').count()).toBeGreaterThan(0);
			expect(await page.getByText('Could not load').count()).toBe(0);
		} finally {
			await browser.close();
		}
	}, 120_000);
});

interface Matched {
	leadId: string;
	match?: { verdict: string };
}

function countVerdicts(matched: Matched[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { match } of matched) counts[match?.verdict ?? 'none'] = (counts[match?.verdict ?? 'none'] ?? 0) + 1;
	return counts;
}

/** A form's webhook that answers with what Dedupe Match decided. */
function matching(): Template {
	return {
		name: 'Match at once',
		settings: { executionOrder: 'v1' },
		nodes: [
			{ id: 'form', name: 'Receive Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: path, parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} } },
			{ id: 'clean', name: 'Normalize Lead', type: 'n8n-nodes-lead-handoff.leadNormalize', typeVersion: 1, position: [220, 0], parameters: {} },
			{ id: 'match', name: 'Match Known People', type: 'n8n-nodes-lead-handoff.dedupeMatch', typeVersion: 1, position: [440, 0], parameters: {} },
		],
		connections: {
			'Receive Form': { main: [[{ node: 'Normalize Lead', type: 'main', index: 0 }]] },
			'Normalize Lead': { main: [[{ node: 'Match Known People', type: 'main', index: 0 }]] },
		},
	};
}

/** A lead and a known record by hand, with a branch for each verdict. */
function againstKnownRecords(): Template {
	const code = (name: string, id: string, y: number, json: object[]) => ({
		id, name, type: 'n8n-nodes-base.code', typeVersion: 2, position: [220, y] as [number, number], parameters: { jsCode: `return ${JSON.stringify(json.map((one) => ({ json: one })))};` },
	});
	return {
		name: 'Match against known records',
		settings: { executionOrder: 'v1' },
		nodes: [
			{ id: 'run', name: 'Run', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			code('Leads', 'leads', -120, [
				{ name: 'Bob Allen', phone: '020 7946 0018', country: 'GB', company: 'Acme' }, { name: 'Ada Byron', email: 'ada@byron.example' }, { name: 'Lena Vogt', phone: '+442079460018' },
			]),
			code('Contacts', 'contacts', 120, [{ id: 7, 'First Name': 'Robert', 'Last Name': 'Allen', Phone: '+44 20 7946 0018', Company: 'Acme Ltd', Status: 'Customer', Owner: 'mia', Email: 'robert@acme.example' }]),
			{
				id: 'match', name: 'Match Known People', type: 'n8n-nodes-lead-handoff.dedupeMatch', typeVersion: 1, position: [480, 0],
				parameters: { compareWith: 'secondInput', ledger: 'none', outputs: 'byVerdictAndReview', output: 'full' },
			},
		],
		connections: {
			Run: { main: [[{ node: 'Leads', type: 'main', index: 0 }, { node: 'Contacts', type: 'main', index: 0 }]] },
			Leads: { main: [[{ node: 'Match Known People', type: 'main', index: 0 }]] },
			Contacts: { main: [[{ node: 'Match Known People', type: 'main', index: 1 }]] },
		},
	};
}

async function until<T>(attempt: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const value = await attempt().catch(() => undefined);
		if (value !== undefined && isDone(value)) return value;
		if (Date.now() > deadline) throw new Error(`Not done in time: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}
