import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import { toNodeError } from './toNodeError';
import { startYielding } from './yielding';

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
	refuseLeadsOutOfNothing(ctx, plan);
	const items = ctx.getInputData();
	const left: { output: number; item: INodeExecutionData }[] = new Array(items.length);
	let next = 0;
	const pause = startYielding();

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
				left[itemIndex] = { output: plan.failedOutput, item: failedLead(ctx, item, itemIndex, withRemedy(error)) };
			}
			await pause();
		}
	}

	await Promise.all(Array.from({ length: Math.max(1, plan.concurrency ?? 1) }, work));
	const sorted: INodeExecutionData[][] = Array.from({ length: plan.outputs }, () => []);
	for (const { output, item } of left) sorted[output].push(item);
	return sorted;
}

/** A lead that could not be handled, with its fields, as it leaves a node that is set to continue. */
export function failedLead(ctx: IExecuteFunctions, item: INodeExecutionData, itemIndex: number, error: string): INodeExecutionData {
	// n8n knows an error-branch item by json that holds only `error`, and adds the lead's fields back
	const forErrorBranch = ctx.getNode().onError === 'continueErrorOutput';
	return leaving(item, itemIndex, forErrorBranch ? { error } : { ...item.json, error });
}

/** What is wrong and what to do, in one text: a failed lead has one place for both. */
export function withRemedy({ message, description }: { message: string; description?: string | null }): string {
	return description ? `${message}. ${description}` : message;
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

/** n8n looks at the first output only, and puts an empty item there when all leads left elsewhere. */
function refuseLeadsOutOfNothing(ctx: IExecuteFunctions, { outputs }: SortPlan): void {
	const { alwaysOutputData, onError } = ctx.getNode();
	if (alwaysOutputData !== true || (outputs === 1 && onError !== 'continueErrorOutput')) return;
	const problem = new LeadError(
		'ALWAYS_OUTPUT_DATA',
		'"Always Output Data" would make a lead out of nothing',
		'Switch off "Always Output Data" in the settings of this node: every lead leaves it anyway.',
	);
	if (!ctx.continueOnFail()) throw toNodeError(ctx, problem);
	// here a refusal would itself empty the first output
	ctx.addExecutionHints({ message: `${problem.message}. ${problem.description}`, type: 'warning', location: 'outputPane' });
}
