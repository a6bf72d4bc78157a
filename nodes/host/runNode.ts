import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import { failedLead, withRemedy } from './sortLeads';
import { toNodeError } from './toNodeError';

/**
 * Does a node's whole work. What reaches this place is wrong with a setting or with the ledger, not with one lead: it
 * stops the run. When the node is set to continue, every lead leaves as failed: n8n itself would pass the leads on
 * untouched, past the error output and without the reason.
 */
export async function runNode(
	ctx: IExecuteFunctions,
	{ failedOutput = 0 }: { failedOutput?: number },
	work: () => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	try {
		return await work();
	} catch (caught) {
		const error = toNodeError(ctx, caught);
		if (!ctx.continueOnFail()) throw error;
		ctx.addExecutionHints({ message: withRemedy(error), type: 'warning', location: 'outputPane' });
		const sorted: INodeExecutionData[][] = Array.from({ length: failedOutput + 1 }, () => []);
		sorted[failedOutput] = allItems(ctx).map((item, itemIndex) => failedLead(ctx, item, itemIndex, reasonOf(caught) ?? withRemedy(error)));
		return sorted;
	}
}

/** Also those that "Execute Once" keeps from the node, so that none of them is lost. */
function allItems(ctx: IExecuteFunctions): INodeExecutionData[] {
	if (ctx.getNode().executeOnce !== true) return ctx.getInputData();
	return ctx.getExecuteData().data.main?.[0] ?? ctx.getInputData();
}

/** Several problems are told under a headline that only counts them; a lead has no other place for them. */
function reasonOf(caught: unknown): string | undefined {
	if (!(caught instanceof LeadError) || caught.problems.length < 2) return undefined;
	return caught.problems.map(({ message }) => message).join('; ');
}
