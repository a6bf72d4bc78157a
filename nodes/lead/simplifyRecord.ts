import type { HandoffRecord } from './handoffRecord';
import { sheetCells } from './sheetCells';

/** The record as one flat row, for a sheet, a message or a table view. */
export interface SimplifiedLead {
	leadId: string;
	fullName: string | null;
	email: string | null;
	phone: string | null;
	company: string | null;
	verdict: string | null;
	intent: string | null;
	queue: string | null;
	owner: string | null;
	dueAt: string | null;
	why: string | null;
	needsReview: boolean;
}

/** The twelve columns of a record; `null` where the record knows nothing yet. No column is run as a formula by a sheet. */
export function simplifyRecord(record: HandoffRecord): SimplifiedLead {
	const { lead, match, intent, routing, sla } = record;
	return sheetCells({
		leadId: record.leadId,
		fullName: lead.fullName,
		email: lead.email,
		phone: lead.phone,
		company: lead.company,
		verdict: match?.verdict ?? null,
		intent: intent?.name ?? null,
		queue: routing?.queue ?? null,
		owner: routing?.owner?.name ?? null,
		dueAt: sla?.dueAt ?? null,
		why: routing?.because.join('; ') ?? match?.because.join('; ') ?? null,
		needsReview: record.review.length > 0,
	});
}
