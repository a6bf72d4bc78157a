import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { clientSearch } from '../host/searchClients';
import { openRun } from '../host/openRun';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import { orderRecord } from '../lead/orderRecord';
import { simplifyLead } from '../lead/simplifyLead';
import { getLeadFields } from './fieldMapping';
import { tellNotes } from './hints';
import { startNormalizing } from './normalizeItem';
import { leadNormalizeOutputs } from './outputs';
import { properties } from './properties';
import { readSettings } from './settings';

export class LeadNormalize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lead Normalize',
		name: 'leadNormalize',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ "Client: " + ($parameter["client"].value ?? $parameter["client"]) }}',
		description: 'Turns any form payload into one clean lead with its source, its issues and what was changed, and remembers it in the ledger',
		defaults: { name: 'Lead Normalize' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${leadNormalizeOutputs})($parameter)}}`,
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest, listSearch: clientSearch, resourceMapping: { getLeadFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const failedOutput = this.getNodeParameter('outputs', 0, 'one') === 'reviewsApart' ? 1 : 0;
		return await runNode(this, { failedOutput }, async () => {
			const { settings, normalize, notes } = await prepare(this);
			const sorted = await sortLeads(this, { outputs: failedOutput + 1, failedOutput }, async (item, itemIndex) => {
				const record = await normalize(item.json, itemIndex);
				return {
					output: settings.reviewsApart && record.review.length > 0 ? 1 : 0,
					json: settings.simplified ? simplifyLead(record) : orderRecord(record, 'lead'),
				};
			});
			tellNotes(this, notes);
			return sorted;
		});
	}
}

async function prepare(ctx: IExecuteFunctions) {
	const settings = await readSettings(ctx);
	const run = await openRun(ctx);
	// a client that is not set up stops the run before any lead is captured
	for (const key of new Set(settings.clients)) await run.client(key);
	if (!settings.own) await run.tellVersions();
	// $runIndex tells the rounds of a loop apart; a retry keeps it
	const runName = `${ctx.getExecutionId()}/${ctx.getNode().name}/${String(ctx.evaluateExpression('{{ $runIndex }}', 0))}`;
	return { settings, ...startNormalizing(run, settings, runName) };
}
