import type { Moment } from '../handoffRecord';

/** By what the figures of a period can be told apart. */
export const splitNames = ['source', 'campaign', 'queue', 'owner', 'intent', 'form', 'territory', 'service', 'tier'] as const;
export type SplitName = (typeof splitNames)[number];

/**
 * What is counted, in leads. `due`: has a first response clock that was answered or came due; `inSla`: of these, answered
 * not after the due time. `highDue`, `highUnder5`, `highUnder15`: the same of high intent, answered in less than so many
 * business minutes. `contacted`: answered, contacted or with a meeting. `judged`: accepted or rejected by sales.
 * `duplicate`: given `create`, later confirmed duplicate and not refuted. `repeat`: of somebody who asked before.
 * `mqlToSql`: became MQL and SQL. `checked`, `right`: in the weekly sample, and found right there.
 */
export type CountName =
	| 'due' | 'inSla' | 'highDue' | 'highUnder5' | 'highUnder15' | 'highIntent' | 'contacted' | 'meeting' | 'checked' | 'right'
	| 'sourceComplete' | 'campaign' | 'created' | 'duplicate' | 'repeat' | 'noOwner' | 'judged' | 'accepted' | 'mql' | 'mqlToSql'
	| 'opportunity' | 'won' | 'inReview' | 'aiAsked' | 'aiFallback';

/** Minutes of the answered leads: their number, the middle one (mean of two) and the one that nine in ten are not above. */
export interface Spread {
	count: number;
	/** Null when none was answered. */
	median: number | null;
	p90: number | null;
}

/** Amounts of one currency, `''` when none was told. */
export interface Money {
	currency: string;
	amount: number;
	/** Leads that brought it. */
	leads: number;
}

/** What was counted of some leads of a period; the ledger's tallies are of this shape. */
export interface Tally {
	leads: number;
	counts: Record<CountName, number>;
	/** First response in business minutes, and in minutes of the wall clock. */
	business: Spread;
	wall: Spread;
	/** Deals that were opened, and won. */
	pipeline: Money[];
	won: Money[];
	/** Why confirmed duplicates were not found, most frequent first. */
	duplicateCauses: { cause: string; leads: number }[];
}

/** One part of a split: leads that have this value in common. */
export interface PartTally extends Tally {
	/** Null when unknown. */
	value: string | null;
	/** True for the one part that holds all values with fewer leads than the listed ones. */
	rest?: true;
}

/** All that was counted of one period. */
export interface PeriodTally {
	/** First moment, included. */
	from: Moment;
	/** End, not included. */
	to: Moment;
	/** Different owners who have one of its leads. */
	reps: number;
	total: Tally;
	/** Parts with most leads first; each split holds every lead once. */
	splits: Partial<Record<SplitName, PartTally[]>>;
}
