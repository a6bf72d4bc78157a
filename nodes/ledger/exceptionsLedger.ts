import type { Moment } from '../lead/handoffRecord';
import type { Scope } from './ledger';

/** One thing that did not go by itself: what was told of a lead, or a doubt that a decision left. */
export interface LedgerException {
	leadId: string;
	at: Moment;
	/** An event such as `misrouted`; `doubt` for a review item. */
	type: string;
	/** Of a doubt: the stage that left it. */
	stage: string | null;
	by: string | null;
	detail: Record<string, unknown>;
	/** Of a doubt. */
	reasons: string[];
	/** Of a doubt: when it was settled, and how. */
	settledAt: Moment | null;
	outcome: string | null;
	queue: string | null;
	owner: string | null;
}

/** What a weekly review talks about. */
export interface ExceptionsLedger {
	/** Events of these types, and doubts, from `from` (included) to `to` (excluded), oldest first; at most 10,000 of each. */
	listExceptions(input: Scope & { from: Moment; to: Moment; types: readonly string[] }): Promise<LedgerException[]>;
}
