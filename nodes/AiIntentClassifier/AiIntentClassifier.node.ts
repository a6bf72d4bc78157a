import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { prepareModel } from '../host/askModel';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { openRun } from '../host/openRun';
import { readLeads } from '../host/readLeads';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import type { Intent } from '../lead/handoffRecord';
import { orderRecord } from '../lead/orderRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import { decideIntent } from './decideIntent';
import { evaluateRows } from './evaluateRows';
import { tellHints } from './hints';
import { aiIntentClassifierInputs } from './inputs';
import { aiIntentClassifierOutputs } from './outputs';
import { properties } from './properties';
import { prepareReadings } from './readings';
import { readSettings } from './settings';
import { openSpending } from './spending';

export class AiIntentClassifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Intent Classifier',
		name: 'aiIntentClassifier',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ ($parameter["operation"] === "evaluate" ? "Evaluate: " : "") + { none: "Rules Only", credential: $parameter["modelName"], connected: "Connected Chat Model" }[$parameter["model"]] }}',
		description: 'Reads what a lead wants: intent, urgency, summary and next step, with evidence, from a closed list',
		defaults: { name: 'AI Intent Classifier' },
		inputs: `={{(${aiIntentClassifierInputs})($parameter)}}`,
		outputs: `={{(${aiIntentClassifierOutputs})($parameter)}}`,
		usableAsTool: true,
		credentials: [
			{
				name: 'leadHandoffOpenAiApi',
				required: true,
				displayOptions: { show: { model: ['credential'] } },
			},
			{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } },
		],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const failedOutput = this.getNodeParameter('operation', 0, 'classify') === 'classify' && this.getNodeParameter('outputs', 0, 'one') === 'reviewsApart' ? 1 : 0;
		return await runNode(this, { failedOutput }, async () => {
			const prepared = await prepare(this);
			const { reader, leads, readings, askForLead } = prepared;
			const { settings } = reader;
			if (settings.operation === 'evaluate') return await evaluateRows(this, prepared);
			const intents: Intent[] = [];
			const sorted = await sortLeads(this, { outputs: failedOutput + 1, failedOutput, concurrency: settings.concurrency }, async (_item, itemIndex) => {
				const lead = leads[itemIndex];
				const record = await decideIntent(reader, lead, readings.of(lead), askForLead?.(itemIndex));
				intents.push(record.intent);
				const needsReview = record.review.some(({ stage }) => stage === 'classify');
				return { output: needsReview ? failedOutput : 0, json: settings.output === 'simplified' ? simplifyRecord(record) : orderRecord(record, 'intent') };
			});
			tellHints(this, intents, readings.warnings);
			return sorted;
		});
	}
}

/** All that can be wrong with the settings is found here, before the first lead. */
async function prepare(ctx: IExecuteFunctions) {
	const settings = readSettings(ctx);
	const run = await openRun(ctx);
	const leads = await readLeads(ctx, run.now(), run.newId);
	const readings = await prepareReadings(run, settings, leads, ctx.getTimezone());
	if (settings.settingsFrom === 'client') await run.tellVersions();
	const { model } = settings;
	const reader = { run, settings, spending: openSpending(run, settings) };
	return { reader, leads, readings, askForLead: model === 'none' ? undefined : prepareModel(ctx, { ...settings, model }) };
}
