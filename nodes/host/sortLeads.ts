import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import { toNodeError } from './toNodeError';

/** Where one lead leaves, and as what. */
export interface SortedLead {
	output: number;
	json: object;
}

export interface SortPlan {
	/** Number of the node's own outputs. */
	outputs: number;
	/** Output of leads that failed when the node is set to continue. */
	failedOutput: number;
	/** Leads handled at once; default 1. Order is kept. */
	concurrency?: number;
	/** True where an item is no lead: then "Execute Once" loses none. */
	allowExecuteOnce?: boolean;
}

/** Longest time that a batch holds the event loop. */
const yieldAfterMs = 25;

/**
 * Walks the leads, and is the only place that does: each leaves exactly once, linked to the item it came from.
 * A lead that fails stops the run, or goes on with its fields when the node is set to continue.
 */
export async function sortLeads(
	ctx: IExecuteFunctions,
	plan: SortPlan,
	handle: (item: INodeExecutionData, itemIndex: number) => Promise<SortedLead> | SortedLead,
): Promise<INodeExecutionData[][]> {
	if (!plan.allowExecuteOnce) refuseExecuteOnce(ctx);
	const items = ctx.getInputData();
	const left: { output: number; item: INodeExecutionData }[] = new Array(items.length);
	let next = 0;
	let yieldedAt = Date.now();

	async function work(): Promise<void> {
		while (next < items.length) {
			const itemIndex = next++;
			const item = items[itemIndex];
			try {
				const { output, json } = await handle(item, itemIndex);
				left[itemIndex] = { output, item: leaving(item, itemIndex, json as IDataObject) };
			} catch (caught) {
				const error = toNodeError(ctx, caught, itemIndex);
				if (!ctx.continueOnFail()) throw error;
				// n8n knows an error-branch item by json that holds only `error`, and adds the lead's fields back
				const forErrorBranch = ctx.getNode().onError === 'continueErrorOutput';
				const json = forErrorBranch ? { error: error.message } : { ...item.json, error: error.message };
				left[itemIndex] = { output: plan.failedOutput, item: leaving(item, itemIndex, json) };
			}
			if (Date.now() - yieldedAt > yieldAfterMs) {
				await new Promise((resolve) => setImmediate(resolve));
				yieldedAt = Date.now();
			}
		}
	}

	await Promise.all(Array.from({ length: Math.max(1, plan.concurrency ?? 1) }, work));
	const sorted: INodeExecutionData[][] = Array.from({ length: plan.outputs }, () => []);
	for (const { output, item } of left) sorted[output].push(item);
	return sorted;
}

function leaving(item: INodeExecutionData, itemIndex: number, json: IDataObject): INodeExecutionData {
	return { json, pairedItem: { item: itemIndex }, ...(item.binary ? { binary: item.binary } : {}) };
}

function refuseExecuteOnce(ctx: IExecuteFunctions): void {
	if (ctx.getNode().executeOnce !== true) return;
	throw toNodeError(ctx, new LeadError(
		'EXECUTE_ONCE',
		'"Execute Once" would drop every lead but the first',
		'Switch off "Execute Once" in the settings of this node.',
	));
}
