import type { Moment, Owner } from '../lead/handoffRecord';
import type { Scope } from './ledger';

/** Who had a lead until now. */
export interface Handovers {
	/** Undefined: the ledger has no such lead. */
	ownerId: string | null | undefined;
	/** Everybody from whom the lead was taken and to whom it was given by `reassignLead`. */
	had: string[];
	/** How often it was given on because nobody answered. */
	hops: number;
}

export interface ReassignInput extends Scope {
	leadId: string;
	/** Owner that the caller saw; null for nobody. */
	from: string | null;
	owner: Owner;
	at: Moment;
	/** Why this owner, in words. */
	because: string[];
	by?: string;
	reason?: string;
	/** Whether it counts as a hop: given on because nobody answered, not by a person's choice. */
	isHop: boolean;
	/** A handover with this key is done once. */
	onceKey: string;
	/** Turn of the rotation that the new owner takes for this lead. */
	turn?: { pool: string; expectedVersion: number; next: Record<string, number>; memberId: string };
	/** Takes a member out of rotation until that moment. */
	rest?: { memberId: string; until: Moment };
}

/** `changed`: owner or rotation are no longer those that were read; `earlier`: this handover was done before, and `owner` has the lead. */
export type ReassignResult = { status: 'reassigned'; from: string | null } | { status: 'earlier'; owner: Owner | null } | { status: 'changed' } | { status: 'unknown' };

/**
 * Giving leads on. A member who is taken out of rotation comes back when the time is over, or by answering or accepting any
 * lead (event `contacted` or `accepted` by the member's id).
 */
export interface ReassignLedger {
	getHandovers(scope: Scope, leadId: string): Promise<Handovers>;
	/**
	 * Gives a lead with its reviews and alerts to another owner, once; an event `reassigned` tells of it. Its clocks run on
	 * as they were started, and a later node is given the new owner.
	 */
	reassignLead(input: ReassignInput): Promise<ReassignResult>;
}
