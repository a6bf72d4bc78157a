import type { Intent, Moment, Owner, Stage } from '../lead/handoffRecord';
import type { CorrectionResult } from './correctionsLedger';
import type { Scope } from './ledger';

/** What a review item is about: a decision that is in doubt, or one drawn at random to be checked. */
export type ReviewStage = Stage | 'sample';

/** How a person settled it; `settled`: by something else that answered it, such as a correction. */
export type ReviewOutcome = 'right' | 'wrong' | 'duplicate' | 'notDuplicate' | 'settled';

/** A review item with what one needs to see of its lead. */
export interface ReviewWork {
	id: string;
	leadId: string;
	personId: string;
	submissionId: string;
	stage: ReviewStage;
	reasons: string[];
	ownerId: string | null;
	openedAt: Moment;
	/** Set by a person; else it follows from `openedAt`. */
	dueAt: Moment | null;
	snoozedUntil: Moment | null;
	settledAt: Moment | null;
	settledBy: string | null;
	outcome: ReviewOutcome | null;
	note: string | null;
	lead: { fullName: string | null; email: string | null; company: string | null; message: string | null; queue: string | null; owner: Owner | null; status: 'open' | 'closed' };
}

export interface ListReviewItemsInput extends Scope {
	/** Absent: open ones and settled ones. */
	state?: 'open' | 'settled';
	stage?: ReviewStage;
	ownerId?: string;
	/** Leaves out what is snoozed beyond that moment. */
	awakeAt?: Moment;
	/** Items opened at or after. */
	from?: Moment;
	/** From 1 to 1,000. */
	limit: number;
	/** Last item of the page before. */
	after?: { openedAt: Moment; id: string };
}

export interface ChangeReviewItemInput extends Scope {
	id: string;
	ownerId?: string;
	dueAt?: Moment;
	snoozedUntil?: Moment;
}

export interface SettleReviewItemInput extends Scope {
	id: string;
	outcome: ReviewOutcome;
	at: Moment;
	by?: string;
	note?: string;
	putRight?: PutRight;
}

/** What follows from an outcome: written with it in one transaction, so that of two people only the first puts right. */
export interface PutRight {
	/** Each counts once for an item. */
	events?: { type: string; detail: Record<string, unknown> }[];
	/** Persons that the item's person never matches again. */
	apartFrom?: string[];
	/** As in `correctOwner` and `correctIntent`. */
	owner?: { owner: Owner; queue?: string };
	intent?: Pick<Intent, 'name'> & Partial<Intent>;
}

/** What was written beside the outcome. */
export interface PutRightResult {
	/** Types of the events that were added. */
	events: string[];
	/** How many pairs were not kept apart before. */
	keptApart: number;
	owner?: CorrectionResult;
	intent?: CorrectionResult;
}

export interface SampleInput extends Scope {
	/** Leads drawn, each with its question. */
	leads: { leadId: string; question: string }[];
	at: Moment;
	ownerId?: string;
}

/** Doubts that a person should settle. */
export interface ReviewLedger {
	/** Oldest first, because they wait longest. */
	listReviewItems(input: ListReviewItemsInput): Promise<ReviewWork[]>;
	getReviewItem(scope: Scope, id: string): Promise<ReviewWork | undefined>;
	/** `settled`: it was settled before, and nothing was written. */
	changeReviewItem(input: ChangeReviewItemInput): Promise<'changed' | 'settled' | 'unknown'>;
	/** `earlier`: somebody settled it before, and that outcome holds; nothing was written. */
	settleReviewItem(input: SettleReviewItemInput): Promise<{ status: 'settled'; done: PutRightResult } | { status: 'earlier'; outcome: ReviewOutcome } | { status: 'unknown' }>;
	/** Opens an item for each lead that has none of this kind; gives how many were opened. A lead that is gone gets none. */
	openSample(input: SampleInput): Promise<number>;
	/** Leads opened from `from` (included) to `to` (excluded) that were given an owner: id, queue and owner; a page in the order of ids. */
	listRouted(input: Scope & { from: Moment; to: Moment; limit: number; after?: string }): Promise<{ leadId: string; queue: string | null; owner: Owner | null }[]>;
	/** Says that two persons are not the same: they never match. False when it was said before, or one of them is gone. */
	keepApart(input: Scope & { personId: string; otherId: string; at: Moment }): Promise<boolean>;
	/**
	 * Remembers the id that a system, such as a CRM, gave to the person of this lead. `taken`: another person has it, or this
	 * person has another id of that system and `replace` is not set.
	 */
	setExternalId(input: Scope & { leadId: string; system: string; externalId: string; at: Moment; replace?: boolean }): Promise<{ status: 'set' | 'already' | 'unknown' } | { status: 'taken'; by: 'person' | 'id' }>;
}
