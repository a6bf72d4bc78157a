import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { openRun } from '../host/openRun';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import { orderRecord } from '../lead/orderRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import { startNormalizing } from './normalizeItem';
import { properties } from './properties';
import { readSettings } from './settings';

export class LeadNormalize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lead Normalize',
		name: 'leadNormalize',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "Client: " + $parameter["client"] }}',
		description: 'Turns any form payload into one clean lead with its source, its issues and what was changed, and remembers it in the ledger',
		defaults: { name: 'Lead Normalize' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, {}, async () => {
			const { settings, normalize } = await prepare(this);
			return await sortLeads(this, { outputs: 1, failedOutput: 0 }, async (item, itemIndex) => {
				const record = await normalize(item.json, itemIndex);
				return { output: 0, json: settings.simplified ? simplifyRecord(record) : orderRecord(record, 'lead') };
			});
		});
	}
}

async function prepare(ctx: IExecuteFunctions) {
	const settings = readSettings(ctx);
	const run = await openRun(ctx);
	// a client that is not set up stops the run before any lead is captured
	for (const key of new Set(settings.clients)) await run.client(key);
	// $runIndex tells the rounds of a loop apart; a retry keeps it
	const runName = `${ctx.getExecutionId()}/${ctx.getNode().name}/${String(ctx.evaluateExpression('{{ $runIndex }}', 0))}`;
	return { settings, normalize: startNormalizing(run, settings, runName) };
}
