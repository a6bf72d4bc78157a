import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { closeLedgers } from '../../nodes/host/openLedger';
import { runWorkflow, type WorkflowRun } from '../support/runWorkflow';

const forms: IDataObject[] = [
	{ name: 'Ana Prior', email: 'ana@northwind.example', error: 'a field of the form', details: 'we move in May' },
	{ name: 'Jens Vogt', email: 'jens@vogt.example' },
	{ name: 'Eve Moss', email: 'eve@fabrikam.example' },
];
const withoutLedger = { ledger: 'none' };

/** One node of this package after a trigger, on n8n's own engine. */
async function runNode(type: string, parameters: INodeParameters, node: Partial<INode> = {}, items = forms): Promise<WorkflowRun> {
	return await runWorkflow({
		nodes: [
			{ name: 'Form', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ name: 'Node', type: `n8n-nodes-lead-handoff.${type}`, typeVersion: 1, position: [200, 0], parameters, ...node },
		],
		connections: { Form: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	}, { items, n8nFolder: mkdtempSync(join(tmpdir(), 'lead-handoff-on-error-')) });
}

afterEach(closeLedgers);

/** Node, its wrong setting, the reason, its own outputs, and the one that failed leads leave on. */
const wrong: [string, INodeParameters, string, number, number][] = [
	['leadNormalize', { client: 'acmee' }, 'Client \'acmee\' is not set up', 1, 0],
	['leadNormalize', { client: 'not a key', settingsFrom: 'node', defaultCountry: 'Atlantis' }, 'This is not a client key; The default country is not a country', 1, 0],
	['dedupeMatch', { outputs: 'reviewsApart', ...withoutLedger }, 'Leads are to be compared with the ledger, but there is none', 3, 2],
	['dedupeMatch', withoutLedger, 'Leads are to be compared with the ledger, but there is none', 1, 0],
	['aiIntentClassifier', { ...withoutLedger, options: { confidenceThreshold: 60 } }, 'Confidence Threshold is out of range', 1, 0],
	['ruleRouter', { ...withoutLedger, settingsFrom: 'node', fallbackOwner: 'nobody', outputs: 'perQueue', queues: ['UK', 'DE'] }, 'The fallback owner is not a member', 3, 0],
	['slaWatch', { ...withoutLedger, operation: 'start' }, 'Client settings are kept in the ledger, and "Ledger" is None', 1, 0],
	['slaWatch', { ...withoutLedger, operation: 'confirmStep' }, 'Confirm Step needs a ledger', 1, 0],
	['handoffLedger', { resource: 'lead', operation: 'listLeads', client: 'acmee' }, 'Client \'acmee\' is not set up', 1, 0],
];

// n8n passes what came in on as if it had been handled when a node that is set to continue throws
describe('a wrong setting of a node that is set to continue', () => {
	it.each(wrong)('sends every lead of %s out of the error output with its fields and the reason (%j)', async (type, parameters, reason, outputs) => {
		const { run, leadsOf, itemsOf } = await runNode(type, parameters, { onError: 'continueErrorOutput' });
		expect(run.data.resultData.error).toBeUndefined();
		for (let output = 0; output < outputs; output++) expect(leadsOf('Node', output)).toEqual([]);
		expect(leadsOf('Node', outputs)).toEqual(forms.map((form) => ({ ...form, error: expect.stringContaining(reason) as string })));
		expect(itemsOf('Node', outputs).map(({ pairedItem }) => pairedItem)).toEqual(forms.map((_, item) => ({ item })));
	});

	it.each(wrong)('sends every lead of %s to its output for failed ones with its fields and the reason (%j)', async (type, parameters, reason, outputs, failedOutput) => {
		const { run, leadsOf } = await runNode(type, parameters, { onError: 'continueRegularOutput' });
		expect(run.data.resultData.error).toBeUndefined();
		for (let output = 0; output < outputs; output++) {
			expect(leadsOf('Node', output)).toEqual(output === failedOutput ? forms.map((form) => ({ ...form, error: expect.stringContaining(reason) as string })) : []);
		}
	});

	it('says in a hint what to do', async () => {
		const { run } = await runNode('leadNormalize', { client: 'acmee' }, { onError: 'continueErrorOutput' });
		expect(run.data.resultData.runData.Node[0].hints).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/^Client 'acmee' is not set up\. Save this client's settings with a Handoff Ledger node/) as string }),
		]);
	});
});

describe('"Execute Once"', () => {
	const once = { executeOnce: true };

	it.each(['leadNormalize', 'dedupeMatch', 'aiIntentClassifier', 'ruleRouter', 'slaWatch'])('is refused by %s', async (type) => {
		const parameters = { ...withoutLedger, settingsFrom: 'node', compareWith: 'secondInput', fallbackOwner: 'ops@example.com' };
		const { run } = await runNode(type, parameters, once);
		expect(run.data.resultData.error).toMatchObject({ message: '"Execute Once" would drop every lead but the first' });
	});

	// n8n gives the node the first lead only: the others must not vanish with the refusal
	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)('loses no lead with %s', async (onError) => {
		const { leadsOf } = await runNode('leadNormalize', withoutLedger, { ...once, onError });
		expect(leadsOf('Node', onError === 'continueErrorOutput' ? 1 : 0)).toEqual(forms.map((form) => ({ ...form, error: expect.stringContaining('"Execute Once" would drop every lead but the first. Switch off') as string })));
	});
});

describe('"Always Output Data"', () => {
	// all leads leave on output 1, and n8n would put an empty item on output 0, which the next nodes take for a lead
	it('is refused where leads may leave elsewhere than on the first output', async () => {
		const { run } = await runNode('dedupeMatch', { ...withoutLedger, compareWith: 'secondInput', outputs: 'resendsApart' }, { alwaysOutputData: true });
		expect(run.data.resultData.error).toMatchObject({ message: '"Always Output Data" would make a lead out of nothing' });
	});

	it('is warned of with the error output, where a refusal would empty the first output', async () => {
		const { run, leadsOf } = await runNode('leadNormalize', withoutLedger, { alwaysOutputData: true, onError: 'continueErrorOutput' });
		expect(leadsOf('Node')).toHaveLength(forms.length);
		expect(run.data.resultData.runData.Node[0].hints).toEqual([expect.objectContaining({ message: expect.stringContaining('"Always Output Data"') as string })]);
	});

	it('does no harm on a single output', async () => {
		const { run, leadsOf } = await runNode('leadNormalize', withoutLedger, { alwaysOutputData: true });
		expect(run.data.resultData.error).toBeUndefined();
		expect(leadsOf('Node')).toHaveLength(forms.length);
	});
});

describe('a lead of a form with the fields "error", "message" and "details" only', () => {
	// n8n moves items that hold nothing else to the error output
	it.each<[string, INodeParameters]>([
		['leadNormalize', withoutLedger],
		['dedupeMatch', { ...withoutLedger, compareWith: 'secondInput' }],
		['aiIntentClassifier', { ...withoutLedger, settingsFrom: 'node' }],
		['ruleRouter', { ...withoutLedger, settingsFrom: 'node', fallbackOwner: 'ops@example.com' }],
		['slaWatch', { ...withoutLedger, operation: 'start', settingsFrom: 'node' }],
		['slaWatch', { ...withoutLedger, operation: 'recordResponse' }],
		['slaWatch', { ...withoutLedger, operation: 'check' }],
	])('leaves %s as a lead (%j)', async (type, parameters) => {
		const { leadsOf } = await runNode(type, parameters, { onError: 'continueErrorOutput' }, [{ error: 'the pump stopped', message: 'please call', details: 'since May' }]);
		expect(leadsOf('Node', 1)).toEqual([]);
		expect(leadsOf('Node')).toHaveLength(1);
	});
});
