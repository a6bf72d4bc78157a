import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, IPairedItemData } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import { runWorkflow, type WorkflowFile } from '../support/runWorkflow';
import { readTemplates } from './template';

afterAll(closeLedgers);

const sampleFile = readTemplates().find(({ file }) => file === 'run-the-whole-handoff-on-sample-leads');
const n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-samples-'));

/** What the demo expects of each form, when they come through the webhook one by one. */
async function problemsIn(rows: IDataObject[]): Promise<string[]> {
	const { checkRows } = await import(join(__dirname, '..', '..', 'scripts', 'demo', 'checkRows')) as { checkRows(rows: IDataObject[]): string[] };
	return checkRows(rows);
}

/** The sample leads all at once, as the button of the manual trigger sends them: one row per form, by its story. */
async function runSamples(): Promise<IDataObject[]> {
	const { run, itemsOf, leadsOf } = await runWorkflow(sampleFile?.template as unknown as WorkflowFile, { startNode: 'Run With Sample Leads', mode: 'manual', n8nFolder });
	expect(run.data.resultData.error).toBeUndefined();
	const rows = leadsOf('Split Into Single Forms').map(({ story }): IDataObject => ({ story, status: 200 }));
	// from Match Known People on, the resent form is missing: its items still name the form that they come from
	const formOf = (output: number, index: number) => rows[(itemsOf('Match Known People', output)[index].pairedItem as IPairedItemData).item];
	leadsOf('Show Each Lead').forEach((shown, index) => Object.assign(formOf(0, index), shown));
	leadsOf('Skip Resent Form').forEach(({ leadId }, index) => Object.assign(formOf(1, index), { leadId, verdict: 'resend' }));
	return rows;
}

describe('the sample leads, all in one run by hand', () => {
	it('become what their stories say', async () => {
		const rows = await runSamples();
		expect(rows).toHaveLength(14);
		expect(await problemsIn(rows)).toEqual([]);
	});

	it('become the same when the template runs again', async () => {
		expect(await problemsIn(await runSamples())).toEqual([]);
	});

	it('are told from leads that went wrong', async () => {
		const [first, ...others] = await runSamples();
		expect(await problemsIn([{ ...first, owner: undefined }, ...others])).toEqual(['UK enterprise lead: has no owner']);
	});
});
