import type { Browser, Page } from 'playwright-core';
import { lookAtPage, runAndLookAt } from './lookAt';
import { byHand, inARow, ours, readTemplate, startWithPackage, webhookPath, type Api, type RunningN8n, type Step, type Tools, type Workflow } from './n8nUnderTest';

const report = (name: string, operation: string, parameters: Record<string, unknown> = {}): Step =>
	({ name, type: ours('handoffLedger'), parameters: { resource: 'report', operation, client: 'demo', testLeads: true, period: 'lastDays', days: 30, ...parameters } });

const reports = [
	report('Scorecard', 'scorecard'),
	report('Scorecard by Part', 'scorecard', { give: 'parts' }),
	report('Fairness', 'fairness'),
	report('Lift', 'lift', { liftBefore: 'typed', liftContact: 55, liftMeeting: 30, liftBeforeLeads: 280, liftLeads: 400 }),
	report('Agency Overview', 'overview', { overviewGive: 'clients' }),
	report('Report Page', 'writeReport'),
	report('Playbook', 'writePlaybook'),
	report('List Exceptions', 'listExceptions'),
	report('List Suggestions', 'listSuggestions'),
	report('Apply Suggestion', 'applySuggestion', { suggestionId: '={{ $json.suggestionId }}' }),
	report('List Versions', 'listVersions', { resource: 'client' }),
	report('List Leads', 'listLeads', { resource: 'lead', output: 'simplified', filters: { needsReview: true, status: 'open' } }),
];
/** What has to run first, so that there is something to apply. */
const before: Record<string, Step[]> = { 'Apply Suggestion': [report('Suggestions', 'listSuggestions')] };

describe('reports on the sample leads, in a real n8n', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		({ tools, n8n, api } = await startWithPackage());
		const template = await readTemplate();
		const workflow = await api.importTemplate(template);
		const forms = await tools.prepareSamples(api, workflow);
		await api.publish(workflow);
		const rows = await tools.deliver(api, `${n8n.url}/webhook/${webhookPath(template)}`, workflow, forms);
		const leads = [...new Set(rows.map(({ leadId }) => leadId))];
		const told = ['contacted', 'meetingBooked', 'accepted', 'misrouted'].map((type, place) => ({ type, leads: leads.slice(0, leads.length - place * 2) }));
		for (const { type, leads: of } of told) {
			const run = await api.runByHand(await api.importTemplate(inARow(`Tell ${type}`, byHand,
				{ name: 'Leads', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: `return ${JSON.stringify(of)}.map((leadId) => ({ json: { leadId } }));` } },
				{ name: 'Record', type: ours('handoffLedger'), parameters: { resource: 'lead', operation: 'recordEvent', client: 'demo', testLeads: true, leadId: '={{ $json.leadId }}', eventType: type, rightQueue: 'Key Accounts' } },
			)), { trigger: 'Run' });
			expect(tools.failureOf(run)).toBeUndefined();
		}
		({ browser, page } = await tools.openBrowser({ width: 1900, height: 1000 }));
		await tools.signInToEditor(page, n8n.url);
	}, 600_000);

	afterAll(async () => {
		await browser?.close();
		await n8n?.stop('SIGKILL');
	});

	it.each(reports)('shows $name with its panel and its table', async (step) => {
		const name = step.name.toLowerCase().replaceAll(' ', '-');
		const workflow: Workflow = await api.importTemplate(inARow(step.name, byHand, ...(before[step.name] ?? []), step));
		const run = await api.runByHand(workflow, { trigger: 'Run' });
		expect(tools.failureOf(run)).toBeUndefined();
		const items = tools.outputsOf(run)[step.name];
		expect(items.length).toBeGreaterThan(0);
		await runAndLookAt(page, tools, workflow, { node: step.name, picture: `report-${name}` });
		if (step.name !== 'Report Page' && step.name !== 'Playbook') return;
		const html = String((items[0].json as Record<string, unknown>).html);
		expect(html).toMatch(/^<!doctype html>/);
		await lookAtPage(browser, html, 'report-page');
	}, 120_000);
});
