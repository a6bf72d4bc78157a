import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { clientSearch } from '../host/searchClients';
import { runOperation } from './operations';
import { properties } from './properties';

export class HandoffLedger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Handoff Ledger',
		name: 'handoffLedger',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { addLookedUp: "Add Looked-Up Values", applyRetention: "Apply Retention", applySuggestion: "Apply Suggestion", auditLeads: "Audit Leads", backToTest: "Back to Test", backUp: "Back Up", changeReviewItem: "Change Review Item", changeSettings: "Change Settings", checkLookUp: "Check Look-Up", checkSettings: "Check Settings", compareSettings: "Compare Settings", correctLead: "Correct Lead", deleteClient: "Delete Client", drawSample: "Draw Weekly Sample", erasePerson: "Erase Person", explainLead: "Explain Lead", exportClient: "Export Client", getLead: "Get Lead", getSettings: "Get Settings", goLive: "Go Live", listClients: "List Clients", listCorrections: "List Corrections", listExceptions: "List Exceptions", listLeads: "List Leads", listReviewItems: "List Review Items", listSuggestions: "List Suggestions", listVersions: "List Versions", loadKnownRecords: "Load Known Records", moveToPostgres: "Move to PostgreSQL", recordEvent: "Record Event", resetTestLeads: "Reset Test Leads", restore: "Restore", saveSettings: "Save Settings", scorecard: "Scorecard", setExternalId: "Set External ID", settleReviewItem: "Settle Review Item", writePlaybook: "Playbook" }[$parameter["operation"]] }}',
		description: 'Save client settings, load known records, look leads up and correct them, measure the handoff, back up and erase',
		defaults: { name: 'Handoff Ledger' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest, listSearch: clientSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}
}
