import type { Moment, Owner } from '../lead/handoffRecord';
import type { Scope, TurnLimits } from './ledger';

/** Who had a lead until now. */
export interface Handovers {
	/** Undefined: the ledger has no such lead. */
	ownerId: string | null | undefined;
	/** Everybody who has or had it: by its routing, a release, a change in the CRM, a correction or `reassignLead`. */
	had: string[];
	/** How often it was given on because nobody answered. */
	hops: number;
	/** Since when its owner has it; absent for the one of its routing. */
	since?: Moment;
	/** Key of the event by which the owner got it. */
	lastKey?: string;
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
	/** Nothing is written when this clock was answered meanwhile. */
	unlessAnswered?: string;
	/** Turn that the new owner takes for this lead, with the caps that are counted again. */
	turn?: { pool: string; expectedVersion: number; next: Record<string, number>; limits?: TurnLimits };
	/** Takes a member out of rotation until that moment. */
	rest?: { memberId: string; until: Moment };
}

/** One handover, as it is kept with the lead. */
export interface Handover {
	/** Null: nobody. */
	from: Owner | null;
	to: Owner;
	at: Moment;
	/** Why this owner. */
	because: string;
	reason?: string;
	/** Who is out of rotation since. */
	rest?: { memberId: string; until: Moment };
}

/**
 * `earlier`: done before under this key, as it was then. `changed`: owner, rotation or caps are no longer those that were
 * read. `answered`, `closed`: nothing is to be given on any more. `unknown`: there is no such lead.
 */
export type ReassignResult = { status: 'reassigned' | 'earlier'; handover: Handover } | { status: 'changed' | 'answered' | 'closed' | 'unknown' };

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
