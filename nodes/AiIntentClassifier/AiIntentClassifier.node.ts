import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { prepareModel } from '../host/askModel';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { openRun } from '../host/openRun';
import { readLeads } from '../host/readLeads';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import type { Intent } from '../lead/handoffRecord';
import { orderRecord } from '../lead/orderRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import { decideIntent, prepareReadings } from './decideIntent';
import { tellHints } from './hints';
import { aiIntentClassifierInputs } from './inputs';
import { properties } from './properties';
import { readSettings } from './settings';

export class AiIntentClassifier implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AI Intent Classifier',
		name: 'aiIntentClassifier',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { none: "Rules Only", credential: $parameter["modelName"], connected: "Connected Chat Model" }[$parameter["model"]] }}',
		description: 'Reads what a lead wants: intent, urgency, summary and next step, with evidence, from a closed list',
		defaults: { name: 'AI Intent Classifier' },
		inputs: `={{(${aiIntentClassifierInputs})($parameter)}}`,
		outputs: [NodeConnectionTypes.Main],
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
		return await runNode(this, {}, async () => {
			const { settings, run, leads, readings, askForLead } = await prepare(this);
			const intents: Intent[] = [];
			const sorted = await sortLeads(this, { outputs: 1, failedOutput: 0, concurrency: settings.concurrency }, async (_item, itemIndex) => {
				const lead = leads[itemIndex];
				const record = await decideIntent(run, settings, lead, readings.of(lead), askForLead?.(itemIndex));
				intents.push(record.intent);
				return { output: 0, json: settings.output === 'simplified' ? simplifyRecord(record) : orderRecord(record, 'intent') };
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
	const readings = await prepareReadings(run, settings, leads);
	const { model } = settings;
	return { settings, run, leads, readings, askForLead: model === 'none' ? undefined : prepareModel(ctx, { ...settings, model }) };
}
