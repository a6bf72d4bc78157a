import { shareInterval } from './shareInterval';

/** A share as it was counted, or as somebody believes it to be. */
export interface LiftShare {
	/** 0 to 1. */
	share: number;
	/** Leads that it rests on; absent: typed in, with nothing to say how sure it is. */
	count?: number;
}

/** How a handoff worked in one period: leads contacted ÷ leads, and leads with a meeting ÷ contacted leads. */
export interface LiftSide {
	contact: LiftShare;
	meeting: LiftShare;
}

export interface Lift {
	/** Meetings that so many leads give, as it was and as it is. */
	meetingsBefore: number;
	meetingsAfter: number;
	/** The difference. */
	more: number;
	/** Where the difference lies in 95 of 100 cases; null when nothing tells how sure the shares are. */
	range: { low: number; high: number } | null;
	because: string[];
}

/**
 * Meetings that a better handoff brings: leads × (contact₁ × meeting₁ − contact₀ × meeting₀).
 * The range combines the Wilson intervals of the four shares without adding up their worst cases (MOVER: R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions", 1998; A. Donner and G. Y. Zou, 2012, for products).
 *
 * @param leads - Leads of the time that is asked about, from 0.
 */
export function lift(leads: number, before: LiftSide, after: LiftSide): Lift {
	const [was, is] = [before, after].map(meetingsPerLead);
	const known = [before.contact, before.meeting, after.contact, after.meeting].some(({ count }) => count !== undefined && count > 0);
	const more = is.share - was.share;
	const range = known ? {
		low: leads * (more - Math.hypot(is.share - is.low, was.high - was.share)),
		high: leads * (more + Math.hypot(is.high - is.share, was.share - was.low)),
	} : null;
	const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
	const side = ({ contact, meeting }: LiftSide, share: number) => `${percent(contact.share)} contacted × ${percent(meeting.share)} with a meeting = ${percent(share)} of leads`;
	return {
		meetingsBefore: leads * was.share, meetingsAfter: leads * is.share, more: leads * more, range,
		because: [`Before: ${side(before, was.share)}`, `After: ${side(after, is.share)}`, ...(known ? [] : ['No range: the shares were typed in without the number of leads they rest on'])],
	};
}

/** Contact × meeting, with bounds: each factor's distance to its own bound, weighed by the other factor. */
function meetingsPerLead({ contact, meeting }: LiftSide): { share: number; low: number; high: number } {
	const [one, other] = [contact, meeting].map(({ share, count }) => ({ share, ...(count !== undefined && count > 0 ? shareInterval(share * count, count) : { low: share, high: share }) }));
	const share = one.share * other.share;
	const down = Math.hypot((one.share - one.low) * other.share, (other.share - other.low) * one.share);
	const up = Math.hypot((one.high - one.share) * other.share, (other.high - other.share) * one.share);
	return { share, low: Math.max(0, share - down), high: Math.min(1, share + up) };
}
