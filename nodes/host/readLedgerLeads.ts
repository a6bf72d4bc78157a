import { enrichLead } from '../lead/clean/enrichLead';
import type { HandoffRecord } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import type { DecisionSections, Ledger, Scope } from '../ledger/ledger';
import type { Run } from './openRun';
import { startYielding } from './yielding';

/** Leads that are read from the ledger at once. */
const pageSize = 200;

/** The newest leads, as their newest submission was normalized, with what was decided before the rules; for a simulation. */
export async function readLedgerLeads(run: Pick<Run, 'now' | 'newId'>, ledger: Ledger, scope: Scope, limit: number): Promise<HandoffRecord[]> {
	const records: HandoffRecord[] = [];
	const pause = startYielding();
	let after: string | undefined;
	while (records.length < limit) {
		const page = await ledger.listLeads({ ...scope, limit: Math.min(pageSize, limit - records.length), after });
		for (const { leadId } of page) {
			const story = await ledger.getLead(scope, { leadId });
			if (story) records.push(withDecisions(readRecord({ json: story.record, now: run.now(), newId: run.newId }).record, story.decisions));
			await pause();
		}
		if (page.length < pageSize) break;
		after = page.at(-1)?.leadId;
	}
	return records;
}

/** Rules ask for what was decided before them, too; an earlier routing is not one of these things. */
function withDecisions(record: HandoffRecord, { clean, enrich, classify }: Partial<DecisionSections>): HandoffRecord {
	return { ...enrichLead(record, enrich?.enrichment), ...(clean ? { match: clean.match } : {}), ...(classify ? { intent: classify.intent } : {}), routing: undefined };
}
