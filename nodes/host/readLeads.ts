import type { IExecuteFunctions } from 'n8n-workflow';
import { readRecord } from '../lead/readRecord';
import { startYielding } from './yielding';

/** A lead as a node gets it: its record, and whether a ledger may know it. */
export type IncomingLead = ReturnType<typeof readRecord>;

/** All leads that came in, in their order, before the first is handled: their clients decide which settings are needed. */
export async function readLeads(ctx: IExecuteFunctions, now: Date, newId: () => string): Promise<IncomingLead[]> {
	const pause = startYielding();
	const leads: IncomingLead[] = [];
	for (const { json } of ctx.getInputData()) {
		leads.push(readRecord({ json, now, newId }));
		await pause();
	}
	return leads;
}
