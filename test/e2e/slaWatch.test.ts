import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pictures } from './lookAt';
import { inARow, loadTools, ours, usedFolder, setUpClient, stranger, type Api, type RunningN8n, type Step, type Template, type Tools } from './n8nUnderTest';

/** Seconds of the shortened policy: at risk after, due after. */
const [riskSeconds, dueSeconds] = [8, 16];
/** Seconds after which an alert that was not confirmed comes again. */
const leaseSeconds = 6;

const settings = {
	name: 'Acme Services', mode: 'live', timeZone: 'Europe/London', fallbackOwner: 'tom',
	calendars: [{ name: 'Always', alwaysOpen: true }, { name: 'Office', hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['09:00-17:30']])) }],
	members: [{ id: 'mia', name: 'Mia Example', slackId: 'U0MIA' }, { id: 'ben', name: 'Ben Example', slackId: 'U0BEN' }, { id: 'tom', name: 'Tom Example', slackId: 'U0TOM' }],
	teams: [{ name: 'Sales', manager: 'tom', assignment: 'fixed', members: ['mia', 'ben'] }],
	rules: [{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
	slaPolicies: [{
		name: 'Seconds', firstResponseMinutes: dueSeconds / 60, warnMinutesBefore: (dueSeconds - riskSeconds) / 60,
		escalation: [{ name: 'Remind', when: 'atRisk', notify: 'owner' }, { name: 'Give On', when: 'breached', notify: 'nextOwner' }],
	}],
};
/** The same firm in test mode, with office hours and a target of 15 minutes. */
const weekend = { ...settings, mode: 'test', slaPolicies: [{ name: 'Office', calendar: 'Office', firstResponseMinutes: 15, warnMinutesBefore: 5, afterHours: 'autoReply' }] };

/** Nobody of the team is there for up to three minutes before that full minute of each day; the test waits for the opening. */
function closedUntil(opening: Date): object {
	const time = (minutes: number) => new Date(opening.getTime() + minutes * 60_000).toISOString().slice(11, 16);
	const hours = [`${time(0)}-${time(-3)}`];
	return {
		...settings, mode: 'test', timeZone: 'UTC', slaPolicies: [{ name: 'Shift', firstResponseMinutes: 15 }],
		calendars: [{ name: 'Shift', timeZone: 'UTC', hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, hours])) }],
		teams: [{ ...settings.teams[0], calendar: 'Shift', whenNobodyAvailable: 'hold' }],
	};
}

const webhook = (path: string, responseMode = 'lastNode'): Step => ({ name: 'Form', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: path, parameters: { httpMethod: 'POST', path, responseMode } });
const watch = (name: string, operation: string, parameters: Record<string, unknown> = {}): Step => ({ name, type: ours('slaWatch'), parameters: { operation, ...parameters } });
const post = (url: string): Step => ({ name: 'Post to Slack', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: { method: 'POST', url, sendBody: true, specifyBody: 'json', jsonBody: '={{ JSON.stringify({ text: $json.text, to: $json.step.who?.slackId, step: $json.step.name, attempt: $json.step.attempt, leadId: $json.leadId, status: $json.status, clock: $json.clock, from: $json.reassigned?.from, dueAt: $json.dueAt }) }}', options: {} } });
const confirm: Step = watch('Confirm Step', 'confirmStep', { stepId: '={{ $("Check Clocks").item.json.step.id }}', claimToken: '={{ $("Check Clocks").item.json.step.claimToken }}', client: '={{ $("Check Clocks").item.json.client }}' });

function intake(name: string, client: string, path: string): Template {
	return inARow(name, webhook(path), { name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client } }, { name: 'Match Known People', type: ours('dedupeMatch') }, { name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } }, watch('Start Clock', 'start', { options: { asOf: '={{ $("Form").first().json.query.at ?? "" }}' } }));
}

const sweep = (slack: string) => inARow('Sweep', { name: 'Every Second', type: 'n8n-nodes-base.scheduleTrigger', typeVersion: 1.2, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } } }, watch('Check Clocks', 'check', { options: { alertLeaseMinutes: leaseSeconds / 60 } }), post(slack), confirm);

/** A page with a button: opening it, as the preview of a link does, records nothing. */
const answered = inARow('I have answered', {
	name: 'Answered Form', type: 'n8n-nodes-base.formTrigger', typeVersion: 2.2, webhookId: 'answered-form',
	parameters: { formTitle: 'You have answered this lead', formFields: { values: [{ fieldType: 'hiddenField', fieldName: 'leadId' }, { fieldType: 'hiddenField', fieldName: 'by' }] }, options: { path: 'answered', buttonLabel: 'Yes, I Have Answered' } },
}, watch('Record Response', 'recordResponse', { client: 'acme', leadId: '={{ $json.leadId }}', answeredBy: '={{ $json.by }}', channel: 'call' }));

interface Alert { at: number; to: string; step: string; attempt: number; leadId: string; status: string; clock: string; from?: string; text: string; dueAt: string }
interface Started { leadId: string; sla: { clock: string; startedAt: string; dueAt: string; status: string; afterHours?: { do: string; promise: string } } }

describe('response clocks in a real n8n', () => {
	let tools: Tools;
	let start: string;
	let folder: string;
	let port: number;
	let n8n: RunningN8n;
	let api: Api;
	let slack: Server;
	const alerts: Alert[] = [];
	/** Set while Slack takes messages of this kind and never answers; those of earlier leads go on. */
	let hanging: { on: (alert: Alert) => boolean; told: () => void } | undefined;

	beforeAll(async () => {
		tools = await loadTools();
		start = await tools.ensureN8n();
		folder = await usedFolder(tools);
		port = await tools.freePort();
		slack = createServer((request, response) => {
			let body = '';
			request.on('data', (part: Buffer) => { body += part.toString(); }).on('end', () => {
				const alert = { at: Date.now(), ...JSON.parse(body) as Omit<Alert, 'at'> };
				alerts.push(alert);
				if (hanging?.on(alert)) hanging.told();
				else response.end('ok');
			});
		}).listen(0, '127.0.0.1');
		await startAgain();
		for (const [client, document] of [['acme', settings], ['weekend', weekend]] as const) await setUpClient({ tools, api }, client, document);
		const check = inARow('Check as of', webhook('check', 'lastNode'), watch('Check Clocks', 'check', { clients: 'one', client: { mode: 'id', value: 'weekend' }, options: { testLeads: true, asOf: '={{ $json.query.at }}' } }));
		const slackUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/`;
		for (const template of [intake('Intake', 'acme', 'lead'), intake('Weekend intake', 'weekend', 'weekend-lead'), sweep(slackUrl), answered, check]) await api.publish(await api.importTemplate(template));
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop('SIGKILL');
		slack?.closeAllConnections();
		slack?.close();
	});

	async function startAgain(): Promise<void> {
		n8n = await tools.startN8n({ start, userFolder: folder, port });
		api = new tools.N8nApi(n8n.url);
		await api.signIn();
	}

	async function send(path: string, index: number): Promise<Started> {
		const answer = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...stranger(index), message: 'Please send us a quote.' }) });
		expect(answer.status).toBe(200);
		return (await answer.json()) as Started;
	}

	/** Until Slack was told such an alert, which it never answers. */
	const hangOn = (on: (alert: Alert) => boolean) => new Promise<void>((told) => { hanging = { on, told }; });

	/** Of the lead's own clock; beside it, the one of its second owner reminds that owner. */
	const alertsOf = (leadId: string) => alerts.filter((alert) => alert.leadId === leadId && alert.clock === 'First Response');
	const secondsAfter = (alert: Alert, { sla }: Started) => (alert.at - Date.parse(sla.startedAt)) / 1000;
	const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

	it('alert the owner at risk and give the lead on at the breach, each once and at its second', async () => {
		const lead = await send('lead', 0);
		await until(() => alertsOf(lead.leadId).length >= 2);
		// longer than the lease: what was confirmed does not come again
		await wait(leaseSeconds + 3);
		const [risk, breach, ...more] = alertsOf(lead.leadId);
		expect(more).toEqual([]);
		expect(risk).toMatchObject({ step: 'Remind', status: 'at_risk', attempt: 1, to: 'U0MIA' });
		expect(breach).toMatchObject({ step: 'Give On', status: 'breached', attempt: 1, to: 'U0BEN', from: 'Mia Example' });
		// the sweep runs each second, and n8n takes a moment for each run: never before its second
		expect(secondsAfter(risk, lead)).toBeGreaterThanOrEqual(riskSeconds);
		expect(secondsAfter(risk, lead)).toBeLessThan(riskSeconds + 5);
		expect(secondsAfter(breach, lead)).toBeGreaterThanOrEqual(dueSeconds);
		expect(secondsAfter(breach, lead)).toBeLessThan(dueSeconds + 5);
		await until(() => alerts.some(({ leadId, clock }) => leadId === lead.leadId && clock === 'First Response: ben'));
		expect(alerts.filter(({ leadId, clock }) => leadId === lead.leadId && clock === 'First Response: ben')).toMatchObject([{ step: 'Remind', to: 'U0BEN', text: expect.stringContaining('has no answer yet') as string }]);
	}, 90_000);

	it('stop by the button of a page, and not by opening it', async () => {
		const lead = await send('lead', 1);
		const address = `${n8n.url}/form/answered?leadId=${lead.leadId}&by=mia`;
		// as a chat tool looks at a link before anybody does
		for (const method of ['HEAD', 'GET']) await fetch(address, { method });
		await until(() => alertsOf(lead.leadId).length >= 1);
		const { browser, page } = await tools.openBrowser({ width: 900, height: 700 });
		try {
			await page.goto(address, { waitUntil: 'load' });
			await page.getByRole('button', { name: 'Yes, I Have Answered' }).waitFor();
			await page.screenshot({ path: join(pictures, 'sla-watch-answered.png') });
			await page.getByRole('button', { name: 'Yes, I Have Answered' }).click();
			await page.getByText(/submitted|recorded/i).first().waitFor();
		} finally {
			await browser.close();
		}
		await wait(dueSeconds + 3);
		expect(alertsOf(lead.leadId).map(({ step }) => step)).toEqual(['Remind']);
	}, 120_000);

	it('send an alert again exactly where n8n died between sending and confirming', async () => {
		const lead = await send('lead', 2);
		await hangOn((alert) => alert.leadId === lead.leadId && alert.step === 'Remind');
		await n8n.stop('SIGKILL');
		hanging = undefined;
		slack.closeAllConnections();
		await startAgain();
		await until(() => alertsOf(lead.leadId).filter(({ step }) => step === 'Give On').length >= 1);
		await wait(leaseSeconds + 3);
		// after the breach a warning is out of date; before it the warning came again, as the second attempt
		const seen = alertsOf(lead.leadId).map(({ step, attempt }) => `${step} ${attempt}`);
		expect([['Remind 1', 'Give On 1'], ['Remind 1', 'Remind 2', 'Give On 1']]).toContainEqual(seen);
	}, 180_000);

	it('send a breach alert again that was never confirmed, without giving the lead on twice', async () => {
		const lead = await send('lead', 3);
		await hangOn((alert) => alert.leadId === lead.leadId && alert.step === 'Give On');
		await n8n.stop('SIGKILL');
		hanging = undefined;
		slack.closeAllConnections();
		await startAgain();
		await until(() => alertsOf(lead.leadId).length >= 3);
		await wait(leaseSeconds + 3);
		const [, ...breaches] = alertsOf(lead.leadId);
		expect(breaches.map(({ step, attempt, to }) => [step, attempt, to])).toEqual([['Give On', 1, 'U0BEN'], ['Give On', 2, 'U0BEN']]);
	}, 180_000);

	it('let a Friday evening lead sleep until Monday, by the As Of clock', async () => {
		const friday = await send('weekend-lead?at=2026-11-20T18:30:00Z', 4);
		expect(friday.sla).toMatchObject({ dueAt: '2026-11-23T09:15:00.000Z', status: 'running', afterHours: { do: 'autoReply', promise: 'on Monday at 09:00' } });
		const checkAt = async (at: string) => {
			const answer = await fetch(`${n8n.url}/webhook/check?at=${at}`, { method: 'POST' });
			const text = await answer.text();
			return text === '' ? {} : JSON.parse(text) as { status?: string; step?: { name: string } };
		};
		for (const at of ['2026-11-20T22:00:00Z', '2026-11-21T12:00:00Z', '2026-11-22T23:59:00Z', '2026-11-23T09:09:59Z']) expect([at, (await checkAt(at)).status]).toEqual([at, undefined]);
		expect(await checkAt('2026-11-23T09:10:00Z')).toMatchObject({ status: 'at_risk', step: { name: 'At Risk' } });
		expect(await checkAt('2026-11-23T09:15:01Z')).toMatchObject({ status: 'breached', step: { name: 'Breached' } });
	}, 60_000);

	it('hold a lead that nobody is there for, and give it to the team at the opening, once', async () => {
		// a full minute that leaves time to set up
		const opening = new Date(Math.ceil((Date.now() + 25_000) / 60_000) * 60_000);
		await setUpClient({ tools, api }, 'shift', closedUntil(opening));
		const route: Step = { name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'release' } };
		const release = inARow('Release held leads', webhook('release', 'lastNode'), watch('Check Clocks', 'check', { clients: 'one', client: { mode: 'id', value: 'shift' }, options: { testLeads: true } }), route, confirm);
		await api.publish(await api.importTemplate(intake('Shift intake', 'shift', 'shift-lead')));
		await api.publish(await api.importTemplate(release));
		const check = async () => {
			const text = await (await fetch(`${n8n.url}/webhook/release`, { method: 'POST' })).text();
			return text === '' ? {} : JSON.parse(text) as { leadId?: string; routing?: { owner: { id: string }; heldUntil?: string } };
		};
		const held = await send('shift-lead', 5) as unknown as { leadId: string; routing: { owner: { id: string }; heldUntil: string } };
		expect(held.routing).toMatchObject({ owner: { id: 'tom' }, heldUntil: opening.toISOString() });
		expect((await check()).leadId).toBeUndefined();
		await wait((opening.getTime() - Date.now()) / 1000 + 1);
		expect(await check()).toMatchObject({ leadId: held.leadId, status: 'release', step: { name: 'Release' }, routing: { owner: { id: 'mia' }, because: expect.arrayContaining(['first available member of team Sales']) as string[] }, confirmed: true });
		expect((await check()).leadId).toBeUndefined();
	}, 150_000);
});

async function until(isDone: () => boolean): Promise<void> {
	const deadline = Date.now() + 90_000;
	while (!isDone()) {
		if (Date.now() > deadline) throw new Error('Not done in time');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
