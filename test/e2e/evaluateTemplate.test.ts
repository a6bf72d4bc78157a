import { hostileText } from './standIns/firm';
import { readTemplate, startWithPackage, type Api, type RunningN8n, type Tools, type Workflow } from './n8nUnderTest';

interface TestRun { id: string; status: string; metrics: Record<string, number> | null; errorCode?: string }

/** As an operator runs it: nothing is set up, the button is pressed. */
describe('the template "Measure the intent classifier with labelled messages" in a real n8n', () => {
	let tools: Tools;
	let n8n: RunningN8n;
	let api: Api;

	beforeAll(async () => { ({ tools, n8n, api } = await startWithPackage()); }, 600_000);
	afterAll(async () => { await n8n?.stop('SIGKILL'); });

	async function runByHand(change: (template: Awaited<ReturnType<typeof readTemplate>>) => void = () => undefined): Promise<{ workflow: Workflow; outputs: Record<string, { json: Record<string, unknown> }[]> }> {
		const template = await readTemplate('measure-the-intent-classifier-with-labelled-messages');
		change(template);
		const workflow = await api.importTemplate(template);
		const run = await api.runByHand(workflow, { trigger: 'Run With Labelled Messages' });
		expect(tools.failureOf(run)).toBeUndefined();
		return { workflow, outputs: tools.outputsOf(run) };
	}

	it('measures all messages at the first press, whole and by language', async () => {
		const { outputs } = await runByHand();
		const [{ json: report }] = outputs['Read All Messages'];
		expect(report.summary).toMatch(/^\d+ of 312 right \(\d+\.\d %/);
		expect(report.engines).toEqual({ rules: 312 });
		const languages = outputs['Sum by Language'].map(({ json }) => json);
		expect(languages.map(({ language }) => language).sort()).toEqual(['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt']);
		expect(languages.reduce((sum, { count_intentCorrect: count }) => sum + Number(count), 0)).toBe(312);
		const right = languages.reduce((sum, { count_intentCorrect: count, average_intentCorrect: share }) => sum + Number(count) * Number(share), 0);
		expect(Math.round(right)).toBe(report.right);
	}, 120_000);

	it('puts the messages into a table, once and hostile ones as they are, and n8n evaluates them row by row', async () => {
		const hostile = `${hostileText} {{ 6 * 7777 }} {{ $json.language }} $& $'`;
		const saving = (template: Awaited<ReturnType<typeof readTemplate>>) => {
			// as an operator puts messages of the own form among them
			const list = template.nodes.find(({ name }) => name === 'Load Labelled Messages')!.parameters as { jsCode: string };
			list.jsCode = list.jsCode.replace('const rows = [', () => `const rows = [\n\t${JSON.stringify([hostile, 'en', 'Other', 'low', 'unknown'])},`);
			const { assignments } = template.nodes.find(({ name }) => name === 'Client Config')!.parameters.assignments as { assignments: { name: string; value: string }[] };
			assignments.find(({ name }) => name === 'saveTable')!.value = 'yes';
		};
		await runByHand(saving);
		const { outputs } = await runByHand(saving);
		expect(Math.max(...outputs['Save Messages to Table'].map(({ json }) => Number(json.id)))).toBe(313);
		expect(outputs['Save Messages to Table'].filter(({ json }) => json.message === hostile)).toHaveLength(1);
		expect(outputs['Read Each Message'].filter(({ json }) => json.message === hostile)).toHaveLength(1);
		expect(outputs['Read All Messages'][0].json.summary).toMatch(/ of 313 right /);
		const { id: tableId } = outputs['Create Data Table'][0].json as { id: string };
		const { workflow } = await runByHand((template) => {
			// what the operator chooses in the trigger, and few rows so as not to wait
			const trigger = template.nodes.find(({ name }) => name === 'Start Evaluation of a Row')!;
			Object.assign(trigger.parameters, { dataTableId: { __rl: true, mode: 'list', value: tableId }, limitRows: true, maxRows: 6 });
		});
		await api.request('POST', `/rest/workflows/${workflow.id}/test-runs/new`, {});
		let runs: TestRun[] = [];
		for (let asked = 0; asked < 300; asked++) {
			runs = await api.request('GET', `/rest/workflows/${workflow.id}/test-runs`) as unknown as TestRun[];
			if (runs[0] && !['new', 'running'].includes(runs[0].status)) break;
			await new Promise((resolve) => { setTimeout(resolve, 200); });
		}
		expect(runs[0]).toMatchObject({ status: 'completed', metrics: { 'Intent right': expect.any(Number) as number, 'Stage right': expect.any(Number) as number, 'Urgency right': expect.any(Number) as number } });
		expect(runs[0].metrics?.['Intent right']).toBeGreaterThan(0);
	}, 240_000);
});
