import { enrichLead } from '../lead/clean/enrichLead';
import type { HandoffRecord } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import type { DecisionSections, Scope } from '../ledger/ledger';

interface DecidedLead extends Scope {
	leadId: string;
	submissionId: string;
	/** The normalized record as it was captured. */
	record: unknown;
	decisions: Partial<DecisionSections>;
}

/** The handoff record of a lead as the nodes left it, from what was captured and what was decided since. */
export function decidedRecord({ client, test, record: captured, decisions, leadId, submissionId }: DecidedLead, now: number): HandoffRecord {
	const { record } = readRecord({ json: captured, now: new Date(now), newId: () => submissionId });
	const { clean, enrich, classify, route, activate } = decisions;
	return {
		// whose it is, the ledger knows for sure
		...enrichLead(record, enrich?.enrichment), client, run: { test }, leadId,
		...(clean ? { personId: clean.personId, match: clean.match } : {}),
		...(classify ? { intent: classify.intent } : {}),
		...route, ...activate,
		review: [...record.review, ...(clean?.review ?? []), ...(classify?.review ?? [])],
		submission: { ...record.submission, id: submissionId, state: activate ? 'activated' as const : 'assigned' as const },
	};
}
