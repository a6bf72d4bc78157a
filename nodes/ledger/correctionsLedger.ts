import type { ComparedFields, PersonKey } from '../lead/clean/knownPerson';
import type { Intent, Moment, Owner, Verdict } from '../lead/handoffRecord';
import type { DecisionSections, Scope } from './ledger';

interface CorrectionInput extends Scope {
	leadId: string;
	at: Moment;
	by?: string;
	/** Why, in a person's words. */
	reason?: string;
}

export interface CorrectOwnerInput extends CorrectionInput {
	owner: Owner;
	/** Where the lead belongs instead; absent: its queue was right. */
	queue?: string;
}

export interface CorrectIntentInput extends CorrectionInput {
	/** The right intent with what follows from it, as the taxonomy says. */
	intent: Pick<Intent, 'name'> & Partial<Intent>;
}

/** `already`: it is so, e.g. because this was told before; nothing was written. */
export type CorrectionResult = { status: 'corrected' | 'already'; from: string | null } | { status: 'unknown' };

/** A match that joined two, as it is read before it is taken apart. */
export interface MergeToSplit {
	submissionId: string;
	/** Where the enquiry was put. */
	leadId: string;
	personId: string;
	/** Ids that the enquiry came with, and gets again. */
	own: { leadId: string; personId: string };
	receivedAt: Moment;
	verdict: Verdict;
	/** The normalized record of the enquiry. */
	record: unknown;
	/** Person that it was put to, as it stood before and stands now. */
	before: { fields: ComparedFields; externalIds: Record<string, string>; customerStatus: string | null; ownerId: string | null };
	now: { fields: ComparedFields; externalIds: Record<string, string>; customerStatus: string | null; ownerId: string | null; enquiries: number; updatedAt: Moment };
	/** Ids that the match brought. */
	broughtIds: Record<string, string>;
	/** Records of the person's other enquiries. */
	otherRecords: unknown[];
	/** Whether a record of this person was loaded since the match, and whether one opted out. */
	loadedSince: boolean;
	optedOut: boolean;
	/** Whether later enquiries stand on the enquiry's own lead: then they must be corrected first. */
	followed: boolean;
}

export interface SplitMergeInput extends CorrectionInput {
	submissionId: string;
	/** What the person was when it was read. */
	expected: { enquiries: number; updatedAt: Moment };
	/** The person that the enquiry was put to, without it. */
	known: { fields: ComparedFields; externalIds: Record<string, string>; customerStatus: string | null; ownerId: string | null; keys: PersonKey[] };
	/** The person of the enquiry. */
	own: { fields: ComparedFields; keys: PersonKey[] };
	/** The decision that holds from now on. */
	section: DecisionSections['clean'];
}

export type SplitMergeResult = { status: 'corrected'; leads: [string, string]; persons: [string, string] } | { status: 'changed' };

/** One thing that a person put right; with the message, so that it can teach. */
export interface Correction {
	kind: 'owner' | 'merge' | 'intent' | 'misrouted' | 'notDuplicate';
	leadId: string | null;
	at: Moment;
	by: string | null;
	detail: Record<string, unknown>;
	message: string | null;
	queue: string | null;
	/** The normalized record of the enquiry; `null` when it is gone. */
	record: unknown;
}

/** Corrections are events, added and never changed. A decision that was corrected stays; what holds instead stands beside it. */
export interface CorrectionsLedger {
	/**
	 * Gives the lead, its open reviews and the alerts of its unanswered clock to another owner. The clock itself runs on as
	 * it was started; a clock of the owner before, started by an earlier correction, stands still.
	 */
	correctOwner(input: CorrectOwnerInput): Promise<CorrectionResult>;
	/** Says what the lead's newest enquiry really wanted. */
	correctIntent(input: CorrectIntentInput): Promise<CorrectionResult>;
	/**
	 * The enquiry that was put to somebody else: the one that came with this lead id, the one named, or the newest of the
	 * lead. Undefined when none joined anybody, or it was taken apart before.
	 */
	readMerge(scope: Scope, by: { leadId: string; submissionId?: string }): Promise<MergeToSplit | undefined>;
	/** Takes an enquiry out of a person and a lead it does not belong to; the two never match again. `changed`: read it again. */
	splitMerge(input: SplitMergeInput): Promise<SplitMergeResult>;
	/** Corrections recorded from `from` (included) to `to` (excluded), oldest first; at most 10,000. */
	listCorrections(scope: Scope, from: Moment, to: Moment): Promise<Correction[]>;
}
