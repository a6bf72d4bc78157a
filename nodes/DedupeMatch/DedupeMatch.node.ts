import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { openRun } from '../host/openRun';
import { readLeads } from '../host/readLeads';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import { orderRecord } from '../lead/orderRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import { branchOfFailed, branchOfVerdict } from './branches';
import { startDeciding, takeBack } from './decideLead';
import { hintNoKnownRecords } from './hints';
import { readLists } from './lists';
import { dedupeMatchOutputs } from './outputs';
import { properties } from './properties';
import { readSettings } from './settings';

export class DedupeMatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dedupe Match',
		name: 'dedupeMatch',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { ledger: "Ledger", secondInput: "Second Input", both: "Ledger and Input 2" }[$parameter["compareWith"]] }}',
		description: 'Decides whether a lead is new, a known person\'s new enquiry, a known record, a possible duplicate or a resend, and says why',
		defaults: { name: 'Dedupe Match' },
		usableAsTool: true,
		inputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Leads' },
			{ type: NodeConnectionTypes.Main, displayName: 'Known Records' },
		],
		// an empty list of known records must not hold the leads back
		requiredInputs: [0],
		outputs: `={{(${dedupeMatchOutputs})($parameter)}}`,
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const chosen = this.getNodeParameter('outputs', 0, 'one') as string;
		const outputs = dedupeMatchOutputs({ outputs: chosen }).length;
		const failedOutput = branchOfFailed(chosen);
		return await runNode(this, { failedOutput }, async () => {
			const { settings, leads, decide } = await prepare(this);
			return await sortLeads(this, { outputs, failedOutput }, async (_item, itemIndex) => {
				const { record, captured } = leads[itemIndex];
				const decided = await decide(record, captured);
				return { output: branchOfVerdict(settings.outputs, decided.match?.verdict), json: settings.simplified ? simplifyRecord(decided) : orderRecord(decided, 'match') };
			});
		});
	}
}

async function prepare(ctx: IExecuteFunctions) {
	const settings = readSettings(ctx);
	const run = await openRun(ctx);
	if (!run.ledger) {
		ctx.addExecutionHints({ message: 'Without a ledger only the form provider\'s own event IDs tell resends, within this run.', location: 'outputPane' });
	}
	const leads = await readLeads(ctx, run.now(), run.newId);
	for (const key of new Set(leads.filter(({ captured }) => captured).map(({ record }) => record.client))) await run.client(key);
	await hintNoKnownRecords(ctx, settings, { run, leads });
	const lists = await readLists(ctx, settings, { run, leads });
	await takeBack(run, leads);
	return { settings, leads, decide: startDeciding(run, settings, lists) };
}
