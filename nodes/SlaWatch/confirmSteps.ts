import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { namesNoClient, readItemClient } from './itemClient';
import { readItemText } from './itemText';

/** Confirm Step: each item leaves with `confirmed` and `why`. */
export async function confirmSteps(ctx: IExecuteFunctions, run: Run): Promise<INodeExecutionData[][]> {
	const clients = await readItemClient(ctx, run);
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const steps = stepsOf(readItemText(ctx, 'stepId', itemIndex), readItemText(ctx, 'claimToken', itemIndex));
		if (steps.length === 0) {
			return { output: 0, json: { ...json, confirmed: false, why: 'this item names no claimed step: give the step of the item that Check gave' } };
		}
		const client = clients[itemIndex];
		if (client === undefined) return { output: 0, json: { ...json, confirmed: false, why: namesNoClient } };
		let confirmed = true;
		for (const { id, claimToken } of steps) {
			// a step belongs to a test lead or a live one, never to both, so its id is looked for in either
			const one = (await run.ledger?.confirmStep({ client, test: false }, id, claimToken))
				|| (await run.ledger?.confirmStep({ client, test: true }, id, claimToken)) === true;
			confirmed &&= one;
		}
		const why = confirmed ? 'the alert was sent and will not come again' : 'this claim is no longer the live one: the alert came again, or the step is unknown';
		return { output: 0, json: { ...json, confirmed, why } };
	});
}

/** One step, or those of a group with commas between. */
function stepsOf(ids: string, claimTokens: string): { id: string; claimToken: string }[] {
	const [all, tokens] = [ids, claimTokens].map((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));
	return all.length === tokens.length ? all.map((id, index) => ({ id, claimToken: tokens[index] })) : [];
}
