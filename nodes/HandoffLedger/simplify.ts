import { sheetCells } from '../lead/sheetCells';
import type { SimplifiedLead } from '../lead/simplifyRecord';
import type { LeadStory, LeadSummary } from '../ledger/ledger';

/** A listed lead as twelve flat columns. */
export function simplifySummary(lead: LeadSummary): Record<string, string | null> {
	return sheetCells({
		leadId: lead.leadId,
		fullName: lead.fields.fullName ?? null,
		email: lead.fields.email ?? null,
		phone: lead.fields.phone ?? null,
		company: lead.fields.company ?? null,
		status: lead.status,
		verdict: lead.verdict,
		queue: lead.queue,
		owner: lead.owner?.name ?? null,
		clock: lead.clock?.status ?? null,
		dueAt: lead.clock?.dueAt ?? null,
		openedAt: lead.openedAt,
	});
}

/** A lead with its story as the twelve columns that every node of this package gives. */
export function simplifyStory(lead: LeadStory): SimplifiedLead {
	const { clean, classify, route } = lead.decisions;
	return sheetCells({
		leadId: lead.leadId,
		fullName: lead.fields.fullName ?? null,
		email: lead.fields.email ?? null,
		phone: lead.fields.phone ?? null,
		company: lead.fields.company ?? null,
		verdict: lead.verdict,
		intent: classify?.intent.name ?? null,
		queue: lead.queue,
		owner: lead.owner?.name ?? null,
		dueAt: lead.clock?.dueAt ?? null,
		why: route?.routing.because.join('; ') ?? clean?.match.because.join('; ') ?? null,
		needsReview: lead.reviewItems.some(({ settledAt }) => settledAt === null),
	});
}
