import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { runNode } from '../host/runNode';
import { checkOperation } from './checkOperation';
import { ruleRouterOutputs } from './outputs';
import { properties } from './properties';
import { routeLeads } from './routeLeads';
import { simulateOperation } from './simulateOperation';

export class RuleRouter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rule Router',
		name: 'ruleRouter',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { applyHardRules: "Apply Hard Rules", checkRules: "Check Rules", finishRouting: "Finish Routing", release: "Release", route: "Route", simulate: "Simulate" }[$parameter["operation"]] }}',
		description: 'Gives every lead a queue and an owner by rules, and says why',
		defaults: { name: 'Rule Router' },
		inputs: [
			{ type: NodeConnectionTypes.Main, displayName: 'Leads' },
			{ type: NodeConnectionTypes.Main, displayName: 'Table' },
		],
		// a table that has no rows must not hold the leads back
		requiredInputs: [0],
		outputs: `={{(${ruleRouterOutputs})($parameter)}}`,
		usableAsTool: true,
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, {}, async () => {
			const operation = this.getNodeParameter('operation', 0, 'route') as string;
			if (operation === 'checkRules') return await checkOperation(this);
			if (operation === 'simulate') return await simulateOperation(this);
			return await routeLeads(this);
		});
	}
}
