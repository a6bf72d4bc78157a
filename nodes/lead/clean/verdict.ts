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

/** How much is joined without a person looking. */
export interface JoinLimits {
	/** Most enquiries that one person has. */
	groupSize: number;
	/** Joins that this run may still make. */
	joinsLeft: number;
}

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
	/** What became of each person: `chosen`, or why it lost. */
	outcomes: Map<ScoredPerson, string>;
}

/** Scores that are equal after rounding to half a hundredth are a tie. */
const tieSteps = 200;
/** Of two sure matches, one this many bits better is the right one: twice its evidence and more. */
const clearBits = 3;

/** Best first, and always in the same order: known by an open lead, newest, then by id. */
export function rank(scored: readonly ScoredPerson[]): ScoredPerson[] {
	return [...scored].sort((a, b) => step(b) - step(a)
		|| Number(b.agrees.includes('externalId')) - Number(a.agrees.includes('externalId'))
		|| Math.round((b.bits - a.bits) / clearBits)
		|| Number(b.person.enquiries > 0) - Number(a.person.enquiries > 0)
		|| Number(b.person.openLead !== undefined) - Number(a.person.openLead !== undefined)
		|| compare(b.person.updatedAt, a.person.updatedAt)
		|| compare(a.person.personId, b.person.personId));
}

/**
 * What the ranked persons make of the lead: `append` to a person who enquired before, `merge` with a record that was
 * only known, `review` when doubtful, when two persons match equally well or when a limit is reached, else `create`.
 */
export function decideVerdict(ranked: readonly ScoredPerson[], thresholds: Thresholds, limits?: JoinLimits): VerdictOfPairs {
	const [best] = ranked;
	if (best === undefined) return { verdict: 'create', because: ['nobody known is like this lead'], outcomes: new Map() };
	const matches = ranked.filter((one) => one.atMost === 'match' && one.score >= thresholds.match);
	if (matches.length > 0) {
		const remembered = matches.filter((one) => !one.isListed);
		const [chosen, ...others] = remembered.length > 0 ? remembered : matches;
		const rival = others.find((other) => isRival(chosen, other));
		const outcomes = outcomesOf(ranked, thresholds, chosen, rival);
		const limit = limits === undefined ? undefined : limitReached(chosen, limits);
		const doubt = rival ? 'two known persons match equally well' : limit;
		if (doubt !== undefined) return { verdict: 'review', chosen, because: [...chosen.because, doubt], outcomes };
		return { verdict: chosen.person.enquiries > 0 ? 'append' : 'merge', chosen, because: chosen.because, outcomes };
	}
	const possible = ranked.find((one) => one.atMost !== 'never' && one.score >= thresholds.review);
	const outcomes = outcomesOf(ranked, thresholds, possible);
	if (possible) return { verdict: 'review', chosen: possible, because: possible.because, outcomes };
	return { verdict: 'create', because: ['nobody known is alike enough', ...best.because.map((reason) => `nearest: ${reason}`).slice(0, 4)], outcomes };
}

/** As likely, another person, and no one said which of the two it is. */
function isRival(chosen: ScoredPerson, other: ScoredPerson): boolean {
	if (step(other) !== step(chosen) || isSameRecordTwice(chosen, other)) return false;
	return Math.abs(chosen.bits - other.bits) < clearBits;
}

/** Two entries that carry proof of the same address or id are one person entered twice, not a tie, unless somebody told them apart. */
function isSameRecordTwice(one: ScoredPerson, other: ScoredPerson): boolean {
	if (one.person.neverMatch?.includes(other.person.personId)) return false;
	return (['email', 'externalId'] as const).some((proof) => one.agrees.includes(proof) && other.agrees.includes(proof));
}

function limitReached({ person }: ScoredPerson, { groupSize, joinsLeft }: JoinLimits): string | undefined {
	if (person.enquiries >= groupSize) return `this person has ${groupSize} enquiries, the most that join without a look`;
	return joinsLeft <= 0 ? 'this run has joined as many leads as it may' : undefined;
}

function outcomesOf(ranked: readonly ScoredPerson[], thresholds: Thresholds, chosen: ScoredPerson | undefined, rival?: ScoredPerson): Map<ScoredPerson, string> {
	return new Map(ranked.map((one): [ScoredPerson, string] => {
		if (one === chosen) return [one, 'chosen'];
		if (one === rival) return [one, 'as likely as the chosen one'];
		if (one.atMost === 'never') return [one, 'kept apart by a rule'];
		if (chosen !== undefined && one.isListed && !chosen.isListed && one.score >= thresholds.match) return [one, 'adds to the chosen one'];
		if (one.score < thresholds.review) return [one, 'not alike enough'];
		return [one, chosen === undefined ? 'not alike enough' : 'less alike than the chosen one'];
	}));
}

const dayMs = 86_400_000;

/** Whether the person's open lead takes the new enquiry; a lead exactly `newOpportunityDays` old still does. */
export function isInsideWindow(openedAt: string, at: string, newOpportunityDays: number): boolean {
	const age = Date.parse(at) - Date.parse(openedAt);
	return Number.isFinite(age) && age <= newOpportunityDays * dayMs;
}

/** The score in steps; persons of one step are a tie. */
export function step({ score }: Pick<ScoredPerson, 'score'>): number {
	return Math.round(score * tieSteps);
}

function compare(one: string, other: string): number {
	return one < other ? -1 : Number(one > other);
}
