import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { runOperation } from './operations';
import { properties } from './properties';

export class HandoffLedger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Handoff Ledger',
		name: 'handoffLedger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { backToTest: "Back to Test", changeSettings: "Change Settings", checkSettings: "Check Settings", compareSettings: "Compare Settings", deleteClient: "Delete Client", exportClient: "Export Client", getLead: "Get Lead", getSettings: "Get Settings", goLive: "Go Live", listClients: "List Clients", listLeads: "List Leads", recordEvent: "Record Event", resetTestLeads: "Reset Test Leads", saveSettings: "Save Settings", scorecard: "Scorecard" }[$parameter["operation"]] }}',
		description: 'Save client settings, record what became of a lead, look leads up and measure the handoff',
		defaults: { name: 'Handoff Ledger' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}
}
