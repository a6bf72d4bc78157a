import type { Verdict } from '../handoffRecord';
import type { KnownPerson } from './knownPerson';
import type { PairScore } from './scorePair';

/** Both included: at `match` it is a match, at `review` a possible one. */
export interface Thresholds {
	match: number;
	review: number;
}

export const strictnesses = ['careful', 'balanced', 'eager'] as const;
export type Strictness = (typeof strictnesses)[number];

/** What the operator's word means in numbers. */
export const thresholdsOf: Record<Strictness, Thresholds> = {
	careful: { match: 0.995, review: 0.4 },
	balanced: { match: 0.95, review: 0.5 },
	eager: { match: 0.85, review: 0.65 },
};

export interface ScoredPerson extends PairScore {
	person: KnownPerson;
	/** Whether it is a row of a list of known records: it adds to a person of the ledger, and never competes with one. */
	isListed: boolean;
}

export interface VerdictOfPairs {
	verdict: Exclude<Verdict, 'resend'>;
	/** Whom the lead joins (`append`, `merge`) or may be (`review`). */
	chosen?: ScoredPerson;
	because: string[];
}

/** Scores that are equal after rounding to half a hundredth are a tie. */
const tieSteps = 200;

/** Best first, and always in the same order: known by an open lead, newest, then by id. */
export function rank(scored: readonly ScoredPerson[]): ScoredPerson[] {
	return [...scored].sort((a, b) => step(b) - step(a)
		|| Number(b.agrees.includes('externalId')) - Number(a.agrees.includes('externalId'))
		|| Number(b.person.enquiries > 0) - Number(a.person.enquiries > 0)
		|| Number(b.person.openLead !== undefined) - Number(a.person.openLead !== undefined)
		|| compare(b.person.updatedAt, a.person.updatedAt)
		|| compare(a.person.personId, b.person.personId));
}

/**
 * What the ranked persons make of the lead: `append` to a person who enquired before, `merge` with a record that was
 * only known, `review` when doubtful or when two persons match equally well, else `create`.
 */
export function decideVerdict(ranked: readonly ScoredPerson[], thresholds: Thresholds): VerdictOfPairs {
	const [best] = ranked;
	if (best === undefined) return { verdict: 'create', because: ['nobody known is like this lead'] };
	const matches = ranked.filter((one) => one.atMost === 'match' && one.score >= thresholds.match);
	if (matches.length > 0) {
		const remembered = matches.filter((one) => !one.isListed);
		const [chosen, ...others] = remembered.length > 0 ? remembered : matches;
		const rival = others.find((other) => step(other) === step(chosen) && !isSameRecordTwice(chosen, other));
		if (rival) return { verdict: 'review', chosen, because: [...chosen.because, 'two known persons match equally well'] };
		return { verdict: chosen.person.enquiries > 0 ? 'append' : 'merge', chosen, because: chosen.because };
	}
	const possible = ranked.find((one) => one.atMost !== 'never' && one.score >= thresholds.review);
	if (possible) return { verdict: 'review', chosen: possible, because: possible.because };
	return { verdict: 'create', because: ['nobody known is alike enough', ...best.because.map((reason) => `nearest: ${reason}`).slice(0, 4)] };
}

/** Two entries that carry proof of the same address or id are one person entered twice, not a tie between two persons: unless somebody found them to be two. */
function isSameRecordTwice(one: ScoredPerson, other: ScoredPerson): boolean {
	if (one.person.neverMatch?.includes(other.person.personId)) return false;
	return (['email', 'externalId'] as const).some((proof) => one.agrees.includes(proof) && other.agrees.includes(proof));
}

const dayMs = 86_400_000;

/** Whether the person's open lead takes the new enquiry; a lead exactly `newOpportunityDays` old still does. */
export function isInsideWindow(openedAt: string, at: string, newOpportunityDays: number): boolean {
	const age = Date.parse(at) - Date.parse(openedAt);
	return Number.isFinite(age) && age <= newOpportunityDays * dayMs;
}

function step({ score }: ScoredPerson): number {
	return Math.round(score * tieSteps);
}

function compare(one: string, other: string): number {
	return one < other ? -1 : Number(one > other);
}
