import type { IExecuteFunctions } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { readClientKey } from '../lead/settings/clientSettings';

/**
 * The client of each item, checked before the first; an item that names none belongs to `default`.
 *
 * @throws LeadError `CLIENT_KEY_INVALID`, `CLIENT_NOT_SET_UP`.
 */
export async function readItemClient(ctx: IExecuteFunctions, run: Run): Promise<string[]> {
	const keys = ctx.getInputData().map((_item, itemIndex) => readClientKey(ctx.getNodeParameter('client', itemIndex, '') || 'default'));
	for (const key of new Set(keys)) await run.client(key);
	return keys;
}
