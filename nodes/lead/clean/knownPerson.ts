import type { Moment } from '../handoffRecord';

/** Fields by their name in `LeadFields`, text only; what is unknown is `null` or absent. A phone that can't be read is digits without a plus. */
export type ComparedFields = Record<string, string | null>;

/**
 * A person whom a new lead is compared with: from the ledger, from a list of known records, or from earlier in the
 * same run.
 */
export interface KnownPerson {
	personId: string;
	/** Newest open lead, if any. */
	openLead?: { leadId: string; openedAt: Moment; lastTouchAt: Moment };
	/** Number of enquiries so far; 0 for a record that was only loaded. */
	enquiries: number;
	fields: ComparedFields;
	/** What single enquiries of this person said, newest first, where that is still known. */
	entries?: readonly ComparedFields[];
	externalIds: Record<string, string>;
	customerStatus?: string;
	ownerId?: string;
	/** Kinds of the keys that the person shares with the asking lead, e.g. `email`: an address that it had before counts, too. */
	sharedKeys?: readonly string[];
	/** Persons of whom somebody said that they are not this one. */
	neverMatch?: readonly string[];
	/** Other names and domains of the person's company, small letters. */
	companyAliases?: readonly string[];
	updatedAt: Moment;
}

/** A value that proves two leads the same (`match`) or decides that they are compared at all (`block`). */
export interface PersonKey {
	/** e.g. `email`, `phone`, `externalId:hubspot`, `block:name`. */
	kind: string;
	value: string;
	strength: 'match' | 'block';
}

/** A key that more persons share than are looked at: weak evidence, e.g. a switchboard number. */
export interface CappedKey {
	kind: string;
	value: string;
	persons: number;
}
