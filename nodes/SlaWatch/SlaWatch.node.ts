import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { clientSearch } from '../host/searchClients';
import { openRun } from '../host/openRun';
import { runNode } from '../host/runNode';
import { changeClocks } from './changeClocks';
import { checkClocks } from './checkClocks';
import { confirmSteps } from './confirmSteps';
import { findUndelivered } from './findUndelivered';
import { nextOpenings } from './nextOpenings';
import { slaWatchOutputs } from './outputs';
import { properties } from './properties';
import { reassignLeads } from './reassignLeads';
import { recordResponses } from './recordResponses';
import { readSettings } from './settings';
import { startClocks } from './startClocks';

export class SlaWatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SLA Watch',
		name: 'slaWatch',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { start: "Start Clocks", check: "Check Clocks", close: "Close Lead", confirmStep: "Confirm Step", findUndelivered: "Find Undelivered", nextOpening: "Next Opening", pause: "Pause Clocks", reassign: "Reassign Lead", recordResponse: "Record Response", resume: "Resume Clocks" }[$parameter["operation"]] }}',
		description: 'Run response clocks in business hours, and warn and escalate once per step',
		defaults: { name: 'SLA Watch' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${slaWatchOutputs})($parameter)}}`,
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest, listSearch: clientSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, {}, async () => {
			const settings = readSettings(this);
			const run = await openRun(this);
			switch (settings.operation) {
				case 'start': return await startClocks(this, run, settings);
				case 'check': return await checkClocks(this, run, settings);
				case 'findUndelivered': return await findUndelivered(this, run, settings);
				case 'confirmStep': return await confirmSteps(this, run);
				case 'pause': case 'resume': case 'close': return await changeClocks(this, run, settings);
				case 'reassign': return await reassignLeads(this, run);
				case 'nextOpening': return await nextOpenings(this, run, settings);
				case 'recordResponse': return await recordResponses(this, run, settings);
			}
		});
	}
}
