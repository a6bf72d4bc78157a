import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadTools, preparedFolder, project, stranger, type Api, type RunningN8n, type Template, type TemplateNode, type Tools, type Workflow } from './n8nUnderTest';

const pictures = join(project, '.artifacts', 'screenshots');
const ours = 'n8n-nodes-lead-handoff.';

/** A whole policy in half a minute: warned after 10 seconds, due after 20. */
const warnAfterMs = 10_000;
const dueAfterMs = 20_000;
const leaseMs = 12_000;
const office = ['09:00-17:30'];

function settings(mode: 'live' | 'test'): object {
	return {
		name: mode === 'live' ? 'Quick Response Ltd' : 'Weekend Ltd', mode, timeZone: 'Europe/London',
		calendars: [mode === 'live' ? { name: 'Always', alwaysOpen: true } : { name: 'Office', hours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office } }],
		members: [{ id: 'mia', name: 'Mia Stone', email: 'mia@quick.example', slackId: 'U0MIA' }, { id: 'ben', name: 'Ben Ward', slackId: 'U0BEN', crmId: '77' }, { id: 'noor', name: 'Noor Khan', slackId: 'U0NOOR' }],
		teams: [{ name: 'Sales', members: ['mia', 'ben'], assignment: 'fixed', manager: 'noor' }],
		fallbackOwner: 'noor', stageOwners: { activate: 'noor' },
		rules: [{ name: 'All', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
		slaPolicies: [{
			name: 'Standard', ...(mode === 'live' ? { firstResponseMinutes: dueAfterMs / 60_000, warnMinutesBefore: (dueAfterMs - warnAfterMs) / 60_000 } : { firstResponseMinutes: 15, warnMinutesBefore: 5, afterHours: 'autoReply' }),
			escalation: [{ name: 'Remind', when: 'atRisk', notify: 'owner' }, { name: 'Give On', when: 'breached', notify: 'nextOwner' }],
		}],
	};
}

/** What the fake Slack was sent, in the order in which it came. */
interface Message {
	at: number;
	leadId: string;
	clock: string;
	step: string;
	attempt: number;
	who: string;
	text: string;
	reassignedTo?: string;
}

describe('SLA Watch in a real n8n', () => {
	let tools: Tools;
	let start: string;
	let folder: string;
	let port: number;
	let n8n: RunningN8n;
	let api: Api;
	let slack: Server;
	let browser: Browser;
	let page: Page;
	let checker: Workflow;
	const messages: Message[] = [];
	/** Lead whose alerts the fake Slack takes and never answers: the run stands between send and confirm. */
	let hangsOn: string | undefined;

	beforeAll(async () => {
		mkdirSync(pictures, { recursive: true });
		tools = await loadTools();
		start = await tools.ensureN8n();
		folder = await preparedFolder(tools);
		port = await tools.freePort();
		slack = createServer((request, response) => {
			let body = '';
			request.on('data', (part: Buffer) => { body += part.toString(); });
			request.on('end', () => {
				const message = JSON.parse(body) as Omit<Message, 'at'>;
				messages.push({ ...message, at: Date.now() });
				if (message.leadId !== hangsOn || message.step !== 'Give On') response.end('ok');
			});
		}).listen(0, '127.0.0.1');
		await startAgain();
		for (const mode of ['live', 'test'] as const) {
			const execution = await api.runByHand(await api.importTemplate(saving(mode)), { trigger: 'Run' });
			expect(tools.failureOf(execution)).toBeUndefined();
		}
		for (const template of [intake('quick', 'live'), intake('weekend', 'test'), answerPage(), weekendCheck(), story()]) await api.publish(await api.importTemplate(template));
		checker = await api.importTemplate(checkEverySecond((slack.address() as AddressInfo).port));
		await api.publish(checker);
		({ browser, page } = await tools.openBrowser({ width: 1900, height: 1200 }));
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
		slack?.closeAllConnections();
		slack?.close();
	});

	async function startAgain(): Promise<void> {
		n8n = await tools.startN8n({ start, userFolder: folder, port });
		api = new tools.N8nApi(n8n.url);
		await api.signIn();
	}

	it('tells the owner at the warning and gives the lead on at the breach, each at its second and once', async () => {
		const { leadId, sla } = await post('intake-quick', { event_id: 'quick-1', ...stranger(0), message: 'Please call me.' });
		const told = await until(() => sentFor(leadId), (some) => some.length >= 2);
		const startedAt = Date.parse(sla.startedAt);
		expect(told).toMatchObject([
			{ step: 'Remind', who: 'U0MIA', attempt: 1, text: expect.stringMatching(/^At risk: .* has no answer yet, 0\.\d min left/) },
			{ step: 'Give On', who: 'U0BEN', attempt: 1, reassignedTo: '77', text: expect.stringContaining('Given from Mia Stone to Ben Ward') },
		]);
		// never before its moment, and before the next one
		expect(told[0].at).toBeGreaterThanOrEqual(startedAt + warnAfterMs);
		expect(told[0].at).toBeLessThan(startedAt + dueAfterMs);
		// equal to the target is not yet a breach
		expect(told[1].at).toBeGreaterThan(startedAt + dueAfterMs);
		process.stdout.write(`at risk after ${told[0].at - startedAt} ms (due at ${warnAfterMs}), breached after ${told[1].at - startedAt} ms (due at ${dueAfterMs})\n`);
	}, 60_000);

	it('ends by an answer through the page with a button, and not by a link preview of it', async () => {
		const { leadId } = await post('intake-quick', { event_id: 'quick-2', ...stranger(1), message: 'Please call me.' });
		const address = `${n8n.url}/webhook/answer?leadId=${leadId}`;
		// what a chat tool does with a link it is shown
		const preview = await fetch(address, { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } });
		expect(await preview.text()).toContain('I Have Answered This Lead');
		await fetch(address, { method: 'HEAD' });
		expect((await storyOf('quick', leadId)).clock?.status).toMatch(/running|at_risk/);

		await page.goto(address);
		await picture('answer-page');
		await page.getByRole('button').click();
		await page.getByText('Thank you').waitFor();
		await picture('answer-recorded');
		const { clock, events } = await storyOf('quick', leadId);
		expect(clock?.status).toBe('met');
		expect(events).toMatchObject([{ type: 'contacted', by: 'mia' }]);
		const before = (await sentFor(leadId)).length;
		await page.waitForTimeout(dueAfterMs + 2_000);
		expect(await sentFor(leadId)).toHaveLength(before);
		expect((await sentFor(leadId)).every(({ step }) => step === 'Remind')).toBe(true);
	}, 90_000);

	it('sends an alert again exactly where n8n was killed between send and confirm', async () => {
		const first = await post('intake-quick', { event_id: 'quick-3', ...stranger(2), message: 'Please call me.' });
		hangsOn = first.leadId;
		await page.waitForTimeout(5_000);
		const other = await post('intake-quick', { event_id: 'quick-4', ...stranger(3), message: 'Please call me.' });
		await until(() => sentFor(first.leadId), (some) => some.some(({ step }) => step === 'Give On'));
		await n8n.stop('SIGKILL');
		hangsOn = undefined;
		await startAgain();
		const ofLead = async ({ leadId }: Activated) => (await sentFor(leadId)).filter(({ clock }) => clock === 'First Response');
		const told = await until(() => ofLead(first), (some) => some.some(({ attempt }) => attempt === 2));
		await until(() => ofLead(other), (some) => some.some(({ step }) => step === 'Give On'));
		await page.waitForTimeout(leaseMs + 2_000);
		expect(await ofLead(first)).toEqual(told);
		expect(counts(told)).toEqual({ 'Remind 1': 1, 'Give On 1': 1, 'Give On 2': 1 });
		expect(counts(await ofLead(other))).toEqual({ 'Remind 1': 1, 'Give On 1': 1 });
		// the second time it tells of the same handover, and does none
		const [sent, again] = told.filter(({ step }) => step === 'Give On');
		expect(again).toMatchObject({ who: 'U0BEN', reassignedTo: '77', text: expect.stringContaining('Given from Mia Stone to Ben Ward') });
		expect(sent).toMatchObject({ who: again.who, reassignedTo: again.reassignedTo });
		expect((await storyOf('quick', first.leadId)).events.filter(({ detail }) => detail.from === 'Mia Stone').map(({ type, detail }) => [type, detail.to])).toEqual([['reassigned', 'Ben Ward']]);
	}, 180_000);

	it('follows a lead of Friday 18:30 through the weekend', async () => {
		const lead = await post('intake-weekend', { event_id: 'friday', submitted_at: '2026-11-20T18:30:00Z', ...stranger(4), message: 'Please call me.' });
		expect(lead.sla).toMatchObject({
			startedAt: '2026-11-20T18:30:00.000Z', startedFrom: 'submittedAt', dueAt: '2026-11-23T09:15:00.000Z', afterHours: { do: 'autoReply', promise: 'on Monday at 09:00' },
		});
		const checkAt = async (asOf: string) => ((await post('weekend-check', { asOf })) as unknown as { alerts: { leadId: string; status: string; step: { name: string } }[] }).alerts
			.filter(({ leadId }) => leadId === lead.leadId).map(({ status, step }) => `${status} ${step.name}`);
		for (const asOf of ['2026-11-20T23:00:00Z', '2026-11-21T12:00:00Z', '2026-11-22T20:00:00Z', '2026-11-23T08:59:59Z', '2026-11-23T09:09:59Z']) expect([asOf, await checkAt(asOf)]).toEqual([asOf, []]);
		expect(await checkAt('2026-11-23T09:10:00Z')).toEqual(['at_risk Remind']);
		expect(await checkAt('2026-11-23T09:15:00Z')).toEqual([]);
		expect(await checkAt('2026-11-23T09:15:01Z')).toEqual(['breached Give On']);
		expect(await checkAt('2026-11-23T09:16:00Z')).toEqual([]);
		const { story, owner } = await storyOf('weekend', lead.leadId);
		expect(owner?.name).toBe('Ben Ward');
		expect(story.join('\n')).toMatch(/2026-11-23 09:15 Reassigned: from Mia Stone, to Ben Ward/);
	}, 120_000);

	function sentFor(leadId: string): Promise<Message[]> {
		return Promise.resolve(messages.filter((message) => message.leadId === leadId));
	}

	async function post(path: string, body: object): Promise<Activated> {
		const answer = await until(
			() => fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }), ({ status }) => status === 200,
		);
		return (await answer.json()) as Activated;
	}

	async function storyOf(client: string, leadId: string): Promise<Story> {
		return (await post('story', { client, leadId })) as unknown as Story;
	}

	async function picture(name: string): Promise<void> {
		await page.screenshot({ path: join(pictures, `sla-${name}.png`) });
	}
});

interface Activated {
	leadId: string;
	sla: { startedAt: string; startedFrom: string; dueAt: string; afterHours?: object };
}

interface Story {
	clock: { status: string } | null;
	events: { type: string; by: string | null; detail: { from?: string; to?: string } }[];
	owner: { name: string } | null;
	story: string[];
}

function counts(some: Message[]): Record<string, number> {
	return some.reduce<Record<string, number>>((all, { step, attempt }) => ({ ...all, [`${step} ${attempt}`]: (all[`${step} ${attempt}`] ?? 0) + 1 }), {});
}

async function until<T>(attempt: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
	const deadline = Date.now() + 90_000;
	for (;;) {
		const value = await attempt().catch(() => undefined);
		if (value !== undefined && isDone(value)) return value;
		if (Date.now() > deadline) throw new Error(`Not done in time: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** Nodes one after the other. */
function chain(name: string, nodes: Pick<TemplateNode, 'name' | 'type' | 'typeVersion' | 'parameters'>[]): Template {
	return {
		name, settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, index) => ({ ...node, id: `${name}-${index}`, position: [index * 220, 0], ...(node.type.endsWith('.webhook') ? { webhookId: `${name}-${index}` } : {}) })),
		connections: Object.fromEntries(nodes.slice(0, -1).map((node, index) => [node.name, { main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] }])),
	};
}

function webhook(path: string, change: object = {}): TemplateNode {
	return { name: 'Receive', type: 'n8n-nodes-base.webhook', typeVersion: 2.1, parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {}, ...change }, id: path, position: [0, 0] };
}

function node(name: string, type: string, parameters: Record<string, unknown> = {}): TemplateNode {
	return { name, type: `${ours}${type}`, typeVersion: 1, parameters, id: name, position: [0, 0] };
}

function saving(mode: 'live' | 'test'): Template {
	return chain(`Save ${mode}`, [
		{ name: 'Run', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		node('Save', 'handoffLedger', { resource: 'client', operation: 'saveSettings', client: mode === 'live' ? 'quick' : 'weekend', settings: JSON.stringify(settings(mode)), saveOptions: { by: 'test' } }),
	]);
}

function intake(client: string, mode: 'live' | 'test'): Template {
	return chain(`Intake ${client}`, [
		webhook(`intake-${client}`),
		node('Normalize', 'leadNormalize', { client }),
		node('Match', 'dedupeMatch'),
		node('Route', 'ruleRouter', { operation: 'route', settingsFrom: 'client' }),
		node('Start Clock', 'slaWatch', { operation: 'start', ...(mode === 'test' ? { options: { asOf: '={{ $json.submission.submittedAt }}' } } : {}) }),
	]);
}

/** All that an operator builds: check, send, confirm. */
function checkEverySecond(port: number): Template {
	return chain('Check every second', [
		{ name: 'Each Second', type: 'n8n-nodes-base.scheduleTrigger', typeVersion: 1.2, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } } },
		node('Check Clocks', 'slaWatch', { operation: 'check', options: { alertLeaseMinutes: leaseMs / 60_000 } }),
		{
			name: 'Tell in Slack', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: {
				method: 'POST', url: `http://127.0.0.1:${port}/`, sendBody: true, specifyBody: 'json', options: {},
				jsonBody: '={{ { leadId: $json.leadId, clock: $json.clock, step: $json.step.name, attempt: $json.step.attempt, who: $json.step.who.slackId, text: $json.text, reassignedTo: $json.reassigned?.owner?.crmId } }}',
			},
		},
		node('Confirm Step', 'slaWatch', {
			operation: 'confirmStep', client: "={{ $('Check Clocks').item.json.client }}",
			stepId: "={{ $('Check Clocks').item.json.step.id }}", claimToken: "={{ $('Check Clocks').item.json.step.claimToken }}",
		}),
	]);
}

/** A page that is only shown by GET; its button sends a POST, and that alone records the answer. */
function answerPage(): Template {
	const shown = chain('Answer page', [
		webhook('answer', { httpMethod: 'GET', responseMode: 'responseNode' }),
		{
			name: 'Show Page', type: 'n8n-nodes-base.respondToWebhook', typeVersion: 1.5, parameters: {
				respondWith: 'text', options: { responseHeaders: { entries: [{ name: 'content-type', value: 'text/html' }] } },
				responseBody: '=<form method="post" action="answer"><input type="hidden" name="leadId" value="{{ $json.query.leadId }}"><button>I Have Answered This Lead</button></form>',
			},
		},
	]);
	const pressed = chain('Answer button', [
		{ ...webhook('answer', { responseMode: 'responseNode' }), name: 'Button' },
		node('Record Answer', 'slaWatch', { operation: 'recordResponse', client: 'quick', leadId: '={{ $json.body.leadId }}', answeredBy: 'mia', channel: 'call' }),
		{ name: 'Say Thanks', type: 'n8n-nodes-base.respondToWebhook', typeVersion: 1.5, parameters: { respondWith: 'text', responseBody: '=Thank you: {{ $json.response.why }}', options: {} } },
	]);
	return { ...shown, nodes: [...shown.nodes, ...pressed.nodes.map((one) => ({ ...one, position: [one.position[0], 200] as [number, number] }))], connections: { ...shown.connections, ...pressed.connections } };
}

/** Plays time: each alert of test leads as of a moment, confirmed at once. */
function weekendCheck(): Template {
	const template = chain('Weekend check', [
		webhook('weekend-check'),
		node('Check Clocks', 'slaWatch', { operation: 'check', clients: 'one', client: { mode: 'id', value: 'weekend' }, options: { testLeads: true, asOf: '={{ $json.body.asOf }}' } }),
		node('Confirm Step', 'slaWatch', { operation: 'confirmStep', client: 'weekend' }),
		{ name: 'All', type: 'n8n-nodes-base.aggregate', typeVersion: 1, parameters: { aggregate: 'aggregateAllItemData', destinationFieldName: 'alerts', options: {} } },
	]);
	template.nodes[1] = { ...template.nodes[1], alwaysOutputData: true } as TemplateNode;
	return template;
}

function story(): Template {
	return chain('Story', [
		webhook('story'),
		node('Explain', 'handoffLedger', { resource: 'lead', operation: 'getLead', testLeads: '={{ $json.body.client === "weekend" }}', client: '={{ $json.body.client }}', findBy: 'leadId', leadId: '={{ $json.body.leadId }}' }),
	]);
}
