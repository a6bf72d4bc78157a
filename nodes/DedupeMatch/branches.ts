import type { Verdict } from '../lead/handoffRecord';
import type { DedupeMatchSettings } from './settings';

type Outputs = DedupeMatchSettings['outputs'];

/** Output of each verdict. A doubtful lead without a branch of its own goes on as the new lead that it provisionally is. */
const branchOf: Record<Outputs, Record<Verdict, number>> = {
	one: { create: 0, append: 0, merge: 0, review: 0, resend: 0 },
	resendsApart: { create: 0, append: 0, merge: 0, review: 0, resend: 1 },
	reviewsApart: { create: 0, append: 0, merge: 0, review: 2, resend: 1 },
	byVerdict: { create: 0, append: 1, merge: 2, review: 0, resend: 3 },
	byVerdictAndReview: { create: 0, append: 1, merge: 2, review: 4, resend: 3 },
};

/** Where a decided lead leaves. */
export function branchOfVerdict(outputs: Outputs, verdict: Verdict | undefined): number {
	return branchOf[outputs]?.[verdict ?? 'create'] ?? 0;
}

/** Where a lead that failed leaves when the node is set to continue: with those that a person looks at. */
export function branchOfFailed(outputs: string): number {
	return branchOf[outputs as Outputs]?.review ?? 0;
}
