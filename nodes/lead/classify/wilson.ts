/** Lower and upper bound of a share, 0 to 1. */
export interface Interval {
	low: number;
	high: number;
}

/** 97.5 % point of the normal distribution, for 95 % on both sides. */
const z = 1.959964;

/**
 * Wilson score interval of a share at 95 %: honest for few rows and for shares near 0 and 1.
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
 *
 * @param count - From 1.
 */
export function wilson(hits: number, count: number): Interval {
	const share = hits / count;
	const spread = z * z / count;
	const middle = share + spread / 2;
	const half = z * Math.sqrt(share * (1 - share) / count + spread / count / 4);
	return { low: Math.max(0, (middle - half) / (1 + spread)), high: Math.min(1, (middle + half) / (1 + spread)) };
}
