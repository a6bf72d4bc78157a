import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { namesNoClient, readItemClient } from './itemClient';
import { readItemText } from './itemText';

/** Confirm Step: each item leaves with `confirmed` and `why`. */
export async function confirmSteps(ctx: IExecuteFunctions, run: Run): Promise<INodeExecutionData[][]> {
	const clients = await readItemClient(ctx, run);
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const stepId = readItemText(ctx, 'stepId', itemIndex);
		const claimToken = readItemText(ctx, 'claimToken', itemIndex);
		if (stepId === '' || claimToken === '') {
			return { output: 0, json: { ...json, confirmed: false, why: 'this item names no claimed step: give the step of the item that Check gave' } };
		}
		const client = clients[itemIndex];
		if (client === undefined) return { output: 0, json: { ...json, confirmed: false, why: namesNoClient } };
		// a step belongs to a test lead or a live one, never to both, so its id is looked for in either
		const confirmed = (await run.ledger?.confirmStep({ client, test: false }, stepId, claimToken))
			|| (await run.ledger?.confirmStep({ client, test: true }, stepId, claimToken)) === true;
		const why = confirmed ? 'the alert was sent and will not come again' : 'this claim is no longer the live one: the alert came again, or the step is unknown';
		return { output: 0, json: { ...json, confirmed, why } };
	});
}
