import type { ClockStatus, Intent, Moment, Verdict } from '../handoffRecord';

/** What the scorecard needs to know of one lead; the ledger's scorecard rows are of this shape. */
export interface MeasuredLead {
	leadId: string;
	/** Enquiries that this lead holds, from 1. */
	touches: number;
	verdict: Verdict | null;
	ownerId: string | null;
	intent: Pick<Intent, 'highIntent' | 'engine'> | null;
	source: { complete: boolean } | null;
	clock: {
		dueAt: Moment;
		status: ClockStatus;
		respondedAt: Moment | null;
		/** Business minutes from start to response. */
		elapsedMinutes: number | null;
	} | null;
	/** Types of the lead's events with their newest detail. */
	events: Record<string, Record<string, unknown>>;
	openReviewItems: number;
}
