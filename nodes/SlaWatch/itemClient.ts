import type { IExecuteFunctions } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { readClientKey } from '../lead/settings/clientSettings';

/** Why an item without a client is left as it is. */
export const namesNoClient = 'this item names no client: keep the field "client" on the item, or set "Client"';

/**
 * The client of each item, checked before the first; an item that names none belongs to `default` while there is no
 * other client, else to nobody (undefined).
 *
 * @throws LeadError `CLIENT_KEY_INVALID`, `CLIENT_NOT_SET_UP`.
 */
export async function readItemClient(ctx: IExecuteFunctions, run: Run): Promise<(string | undefined)[]> {
	const clients: (string | undefined)[] = [];
	for (const itemIndex of ctx.getInputData().keys()) {
		const given = ctx.getNodeParameter('client', itemIndex, '');
		const isNamed = given !== '' && given !== null && given !== undefined;
		const key = isNamed ? readClientKey(given) : 'default';
		const { unnamed } = await run.clientOf({ record: { client: key }, captured: isNamed });
		clients.push(unnamed ? undefined : key);
	}
	return clients;
}

/** Zone in which a moment without one is read: the client's, else the workflow's. */
export async function zoneOf(run: Run, client: string | undefined): Promise<string> {
	return (client === undefined ? undefined : await run.client(client))?.settings.timeZone ?? run.timeZone;
}
