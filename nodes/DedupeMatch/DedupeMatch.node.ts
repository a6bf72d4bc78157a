import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { openRun } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { toNodeError } from '../host/toNodeError';
import type { HandoffRecord } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import { startDeciding } from './decideLead';
import { readKnownRecords } from './knownRecords';
import { dedupeMatchOutputs } from './outputs';
import { properties } from './properties';
import { readSettings, type DedupeMatchSettings } from './settings';

export class DedupeMatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dedupe Match',
		name: 'dedupeMatch',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "Compare with " + ({ ledger: "ledger", secondInput: "second input", both: "ledger and second input" })[$parameter["compareWith"]] }}',
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
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { settings, run, decide } = await prepare(this);
		const outputs = dedupeMatchOutputs(settings).length;
		return await sortLeads(this, { outputs, failedOutput: outputs === 3 ? 2 : 0 }, async (item) => {
			const { record, captured } = readRecord({ json: item.json, now: run.now(), newId: run.newId });
			const decided = await decide(record, captured);
			return { output: branchOf(decided, settings.outputs), json: settings.simplified ? simplifyRecord(decided) : decided };
		});
	}
}

async function prepare(ctx: IExecuteFunctions) {
	try {
		const settings = readSettings(ctx);
		const run = await openRun(ctx);
		if (!run.ledger) {
			ctx.addExecutionHints({ message: 'Without a ledger only the form provider\'s own event IDs tell resends, within this run.', location: 'outputPane' });
		}
		const listed = await readKnownRecords(ctx, settings, run.now());
		return { settings, run, decide: startDeciding(run, settings, listed) };
	} catch (caught) {
		throw toNodeError(ctx, caught);
	}
}

function branchOf({ match }: HandoffRecord, outputs: DedupeMatchSettings['outputs']): number {
	if (match?.verdict === 'resend') return outputs === 'one' ? 0 : 1;
	return match?.verdict === 'review' && outputs === 'reviewsApart' ? 2 : 0;
}
