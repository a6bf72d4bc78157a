import type { Browser, Page } from 'playwright-core';
import { runAndLookAt } from './lookAt';
import { byHand, inARow, ours, setUpClient, startWithPackage, stranger, type Api, type RunningN8n, type Step, type Tools } from './n8nUnderTest';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

const settings = {
	name: 'Acme Services', mode: 'test', timeZone: 'Europe/London', fallbackOwner: 'tom',
	calendars: [{ name: 'Office', publicHolidays: ['GB-ENG'], hours: Object.fromEntries(days.map((day) => [day, ['09:00-17:30']])) }],
	members: ['mia', 'ben', 'tom'].map((id) => ({ id, name: `${id[0].toUpperCase()}${id.slice(1)} Example`, slackId: `U0${id.toUpperCase()}`, email: `${id}@acme.example` })),
	teams: [{ name: 'Sales', manager: 'tom', assignment: 'rotation', members: ['mia', 'ben'] }],
	rules: [{ name: 'Everybody', tier: 'hard', conditions: [{ field: 'lead.email', operator: 'isNotEmpty' }], queue: 'Sales', team: 'Sales' }],
	slaPolicies: [{ name: 'Standard', firstResponseMinutes: 15, warnMinutesBefore: 5, afterHours: 'autoReply', clocks: [{ name: 'Acceptance', minutes: 60, startsWith: 'handoff', stopsWith: 'accepted' }] }],
};

const policyOptions = {
	escalation: 'At risk: owner; Breached: manager; Breached 15: fallback owner',
	policies: { values: [{ name: 'Hot Leads', firstResponseMinutes: 5, warnMinutesBefore: 2, highIntent: 'yes' }] },
	clocks: { values: [{ name: 'Acceptance', minutes: 60 }] },
	people: { values: [{ part: 'manager', name: 'Noor Khan', email: 'noor@acme.example' }] },
	hoursByDay: 'Friday 09:00-16:00', overrides: '2026-12-24 09:00-12:00', breaks: '2026-12-31 15:00-24:00', publicHolidays: 'GB-ENG', warnAtPercent: 50,
};

const code = (name: string, items: unknown[]): Step => ({ name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));` } });
const watch = (name: string, operation: string, parameters: Record<string, unknown> = {}): Step => ({ name, type: ours('slaWatch'), parameters: { operation, ...parameters } });
const forms = code('Forms', [0, 1, 2].map((index) => ({ ...stranger(index), company: 'Northwind Ltd', message: 'Please send us a quote.' })));
const normalize: Step = { name: 'Normalize Lead', type: ours('leadNormalize'), parameters: { client: 'acme' } };
const route: Step = { name: 'Route', type: ours('ruleRouter'), parameters: { operation: 'route' } };
const match: Step = { name: 'Match', type: ours('dedupeMatch') };

/** In an order in which each finds what it needs, and changes something. */
const shown: { step: Step; before?: Step[]; says: RegExp }[] = [
	{ step: watch('Start', 'start', { output: 'simplified' }), before: [forms, normalize, match, route], says: /Ada Abbott/ },
	{ step: watch('Start in Node', 'start', { settingsFrom: 'node', afterHours: 'autoReply', policyOptions, output: 'simplified' }), before: [forms, normalize, match, route], says: /Ada Abbott/ },
	{ step: watch('Check', 'check', { options: { testLeads: true, asOf: '2030-01-09T12:00:00Z', groupAlerts: 3, quietHours: '22:00-07:00', alertsPerCheck: 200, clocksPerCheck: 500, alertLeaseMinutes: 5 } }), says: /3 leads are overdue/ },
	{ step: watch('Check by Status', 'check', { clients: 'one', client: { mode: 'id', value: 'acme' }, outputs: 'byStatus', options: { testLeads: true, asOf: '2030-01-09T12:00:00Z' } }), says: /Overdue: Ada Abbott/ },
	{ step: watch('Next Opening', 'nextOpening'), says: /promise/ },
	{ step: watch('Pause', 'pause', { reason: 'Asked for a call next week' }), says: /the clock stands still/ },
	{ step: watch('Resume', 'resume'), says: /runs on with the time that was left/ },
	{ step: watch('Reassign', 'reassign', { by: 'tom', reason: 'Mia is in a meeting' }), says: /Ben Example/ },
	{ step: watch('Record Response', 'recordResponse', { answeredBy: 'ben', channel: 'call' }), says: /recorded\s*:?\s*true/ },
	{ step: watch('Close', 'close', { reason: 'Wrong number' }), says: /the lead is closed/ },
	{ step: watch('Confirm Step', 'confirmStep', { stepId: 'step-1', claimToken: 'token-1' }), says: /this claim is no longer the live one/ },
];

describe('the operations of SLA Watch in n8n\'s editor', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let browser: Browser;
	let page: Page;
	let leads: { client: string; leadId: string }[] = [];

	beforeAll(async () => {
		({ tools, n8n, api } = await startWithPackage());
		await setUpClient({ tools, api }, 'acme', settings);
		({ browser, page } = await tools.openBrowser({ width: 1900, height: 1500 }));
		await tools.signInToEditor(page, n8n.url);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
	});

	it.each(shown)('show $step.name with its panel and its table', async ({ step, before, says }) => {
		const workflow = await api.importTemplate(inARow(step.name, byHand, ...(before ?? [code('Leads', leads)]), step));
		if (leads.length === 0) {
			const run = await api.runByHand(workflow, { trigger: 'Run' });
			expect(tools.failureOf(run)).toBeUndefined();
			leads = tools.outputsOf(run)[step.name].map(({ json }) => ({ client: 'acme', leadId: String((json as Record<string, unknown>).leadId) }));
		}
		await runAndLookAt(page, tools, workflow, { node: step.name, picture: `sla-${step.name.toLowerCase().replaceAll(' ', '-')}` });
		const output = await page.locator('[data-test-id=output-panel]').innerText();
		expect(output).toMatch(says);
	}, 120_000);
});
