import type { IExecuteFunctions } from 'n8n-workflow';
import { KnownIndex } from '../lead/clean/knownIndex';
import { keysOfKnown, readKnownRow } from '../lead/clean/knownRows';
import { LeadError } from '../lead/leadError';
import type { DedupeMatchSettings } from './settings';

export const capPerKey = 50;
/** Longest time that reading rows holds the event loop. */
const yieldAfterMs = 25;

/** The known records of the second input, ready to be found; tells in a hint what could not be compared. */
export async function readKnownRecords(ctx: IExecuteFunctions, { compareWith, mapping, system }: DedupeMatchSettings, now: Date): Promise<KnownIndex> {
	const index = new KnownIndex(capPerKey);
	if (compareWith === 'ledger') return index;
	const items = ctx.getInputData(1) ?? [];
	if (items.length > 0) refuseSeveralClients(ctx.getInputData().map(({ json }) => json.client));
	const at = now.toISOString();
	let unreadable = 0;
	let yieldedAt = Date.now();
	for (const [row, item] of items.entries()) {
		const person = readKnownRow({ row: item?.json, index: row, mapping, system, at });
		if (person) index.add(person, keysOfKnown(person));
		else unreadable++;
		if (Date.now() - yieldedAt > yieldAfterMs) {
			await new Promise((resolve) => setImmediate(resolve));
			yieldedAt = Date.now();
		}
	}
	if (unreadable > 0) {
		ctx.addExecutionHints({
			message: `${unreadable} of ${items.length} known records were left out: no name, e-mail or phone was found in them. Check "Field Mapping".`,
			location: 'outputPane',
		});
	}
	return index;
}

/** Nothing ever matches across clients, and a list does not say whose it is. */
function refuseSeveralClients(clients: unknown[]): void {
	if (new Set(clients).size < 2) return;
	throw new LeadError(
		'SEVERAL_CLIENTS_ONE_LIST',
		'One list of known records cannot serve the leads of several clients',
		'Set "Compare With" to Ledger, or run this node once for each client with its own known records.',
	);
}
