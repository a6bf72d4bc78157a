import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openRun, type Run } from '../host/openRun';
import { readLeads, type IncomingLead } from '../host/readLeads';
import { sortLeads } from '../host/sortLeads';
import type { Routing } from '../lead/handoffRecord';
import { inRuleOrder, throwProblems } from '../lead/leadError';
import { orderRecord } from '../lead/orderRecord';
import type { Router } from '../lead/route/router';
import { simplifyRecord } from '../lead/simplifyRecord';
import { decide } from './decide';
import { tellFindings, tellUnowned } from './hints';
import { outputOf, withRouting } from './routedRecord';
import { buildRouter, readSettings, routerWithoutClient, type RouterOperation, type RouterSettings } from './settings';

/** Gives every lead that came in its queue and, but for Apply Hard Rules, its owner. */
export async function routeLeads(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { settings, run, leads } = await prepare(ctx);
	const unowned: Routing[] = [];
	const sorted = await sortLeads(ctx, { outputs: 1 + (settings.queues?.length ?? 0), failedOutput: 0 }, async (_item, itemIndex) => {
		const { record, captured, router } = leads[itemIndex];
		const decision = await decide(settings.operation as RouterOperation, {
			record, ledger: captured ? run.ledger : undefined, router, run, trace: settings.trace, evaluate: (expression) => ctx.evaluateExpression(expression, itemIndex),
		});
		const routed = withRouting(record, decision, router, captured && run.ledger !== undefined);
		if (decision.unowned) unowned.push(decision.routing);
		return { output: outputOf(routed, settings), json: settings.output === 'simplified' ? simplifyRecord(routed) : orderRecord(routed, 'routing') };
	});
	tellUnowned(ctx, unowned);
	return sorted;
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
		// no client's key is empty
		const key = unnamed ? '' : lead.record.client;
		let router = unnamed && !settings.own ? routerWithoutClient : routers.get(key);
		if (!router) {
			const built = buildRouter(settings, client);
			routers.set(key, (router = built.router));
			problems.push(...built.problems.filter(({ message }) => !problems.some((known) => known.message === message)));
		}
		leads.push({ ...lead, router });
	}
	throwProblems(inRuleOrder(problems));
	tellFindings(ctx, [...routers.values()]);
	if (!settings.own) await run.tellVersions();
	return { settings, run, leads };
}
