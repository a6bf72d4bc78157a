import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { ledgerCredentialTest } from '../host/ledgerCredential';
import { openRun, type Run } from '../host/openRun';
import { readLeads, type IncomingLead } from '../host/readLeads';
import { runNode } from '../host/runNode';
import { sortLeads } from '../host/sortLeads';
import type { Routing } from '../lead/handoffRecord';
import { inRuleOrder, throwProblems } from '../lead/leadError';
import { orderRecord } from '../lead/orderRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import { decide } from './decide';
import { tellUnowned } from './hints';
import { ruleRouterOutputs } from './outputs';
import { properties } from './properties';
import { outputOf, withRouting } from './routedRecord';
import { buildRouter, readSettings, routerWithoutClient, type Router, type RouterSettings } from './settings';

export class RuleRouter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rule Router',
		name: 'ruleRouter',
		icon: { light: 'file:icon.svg', dark: 'file:icon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ { applyHardRules: "Apply Hard Rules", finishRouting: "Finish Routing", route: "Route" }[$parameter["operation"]] }}',
		description: 'Gives every lead a queue and an owner by rules, and says why',
		defaults: { name: 'Rule Router' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${ruleRouterOutputs})($parameter)}}`,
		usableAsTool: true,
		credentials: [{ name: 'leadHandoffPostgresApi', required: true, testedBy: 'leadHandoffPostgresTest', displayOptions: { show: { ledger: ['postgres'] } } }],
		properties,
	};

	methods = { credentialTest: ledgerCredentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, {}, async () => {
			const { settings, run, leads } = await prepare(this);
			const unowned: Routing[] = [];
			const sorted = await sortLeads(this, { outputs: 1 + (settings.queues?.length ?? 0), failedOutput: 0 }, async (_item, itemIndex) => {
				const { record, captured, router } = leads[itemIndex];
				const decision = await decide(settings.operation, { record, ledger: captured ? run.ledger : undefined, router, run, evaluate: (expression) => this.evaluateExpression(expression, itemIndex) });
				const routed = withRouting(record, decision, router, captured && run.ledger !== undefined);
				if (decision.unowned) unowned.push(decision.routing);
				return { output: outputOf(routed, settings), json: settings.output === 'simplified' ? simplifyRecord(routed) : orderRecord(routed, 'routing') };
			});
			tellUnowned(this, unowned);
			return sorted;
		});
	}
}

interface Prepared {
	settings: RouterSettings;
	run: Run;
	leads: (IncomingLead & { router: Router })[];
}

/** All that can be wrong with settings is told here, before the first lead is touched. */
async function prepare(ctx: IExecuteFunctions): Promise<Prepared> {
	const settings = readSettings(ctx);
	const run = await openRun(ctx);
	const leads: Prepared['leads'] = [];
	const routers = new Map<string, Router>();
	const problems = [...settings.problems];
	for (const lead of await readLeads(ctx, run.now(), run.newId)) {
		const { client, unnamed } = await run.clientOf(lead);
		const key = unnamed ? '' : lead.record.client; // no client's key is empty
		let router = unnamed && !settings.own ? routerWithoutClient : routers.get(key);
		if (!router) {
			const built = buildRouter(settings, client);
			routers.set(key, (router = built.router));
			problems.push(...built.problems.filter(({ message }) => !problems.some((known) => known.message === message)));
		}
		leads.push({ ...lead, router });
	}
	throwProblems(inRuleOrder(problems));
	if (!settings.own) await run.tellVersions();
	return { settings, run, leads };
}
