import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { openRun, type Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { toNodeError } from '../host/toNodeError';
import type { HandoffRecord } from '../lead/handoffRecord';
import { throwProblems } from '../lead/leadError';
import { readRecord } from '../lead/readRecord';
import { explainLead } from '../lead/route/explain';
import { simplifyRecord } from '../lead/simplifyRecord';
import { decide, type Decision } from './decide';
import { ruleRouterOutputs } from './outputs';
import { properties } from './properties';
import { buildRouter, readSettings, type Router, type RouterSettings } from './settings';

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
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { settings, run, leads, routers } = await prepare(this);
		return await sortLeads(this, { outputs: 1 + (settings.queues?.length ?? 0), failedOutput: 0 }, async (_item, itemIndex) => {
			const { record, captured } = leads[itemIndex];
			const router = routers.get(record.client) as Router;
			const evaluate = (expression: string): unknown => this.evaluateExpression(expression, itemIndex);
			const decision = await decide(settings.operation, { record, ledger: captured ? run.ledger : undefined, router, run, evaluate });
			const routed = withRouting(record, decision, router, captured && run.ledger !== undefined);
			const output = outputOf(routed, settings);
			return { output, json: settings.output === 'simplified' ? simplifyRecord(routed) : routed };
		});
	}
}

interface Prepared {
	settings: RouterSettings;
	run: Run;
	leads: ReturnType<typeof readRecord>[];
	/** By client. */
	routers: Map<string, Router>;
}

/** All that can be wrong with settings is told here, before the first lead is touched. */
async function prepare(ctx: IExecuteFunctions): Promise<Prepared> {
	try {
		const settings = readSettings(ctx);
		const run = await openRun(ctx);
		const leads = ctx.getInputData().map(({ json }) => readRecord({ json, now: run.now(), newId: run.newId }));
		const routers = new Map<string, Router>();
		const problems = [...settings.problems];
		for (const client of new Set(leads.map(({ record }) => record.client))) {
			const built = buildRouter(settings, await run.client(client));
			routers.set(client, built.router);
			problems.push(...built.problems.filter(({ message }) => !problems.some((known) => known.message === message)));
		}
		throwProblems(problems);
		return { settings, run, leads, routers };
	} catch (caught) {
		throw toNodeError(ctx, caught);
	}
}

function withRouting(record: HandoffRecord, { routing, earlier, assigned }: Decision, router: Router, remembered: boolean): HandoffRecord {
	const routed: HandoffRecord = { ...record, routing };
	if (!earlier && router.settingsVersion !== undefined) routed.settingsVersion = router.settingsVersion;
	if (assigned && remembered && record.submission.state !== 'activated') routed.submission = { ...record.submission, state: 'assigned' };
	return { ...routed, text: explainLead(routed) };
}

/** Output 0 is Fallback. A queue that has no output of its own is told on the lead, which never vanishes. */
function outputOf(record: HandoffRecord, { queues }: RouterSettings): number {
	if (!queues || !record.routing || record.routing.tier === 'fallback') return 0;
	const place = queues.indexOf(record.routing.queue);
	if (place === -1) {
		record.quality = {
			...record.quality,
			issues: [...record.quality.issues, { field: 'routing.queue', code: 'QUEUE_WITHOUT_OUTPUT', message: 'The queue of this lead has no output, so it left on Fallback: list it in "Queues"', severity: 'warning' }],
		};
	}
	return place + 1;
}
