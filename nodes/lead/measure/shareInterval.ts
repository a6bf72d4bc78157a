/** 95 of 100 such intervals hold the true share. */
const z = 1.959964;

/**
 * Wilson's score interval of a share: where the true share lies with 95 % confidence, 0 to 1, not outside.
 * Right for small numbers and for shares near 0 and 1, where the plain interval is not.
 * (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.)
 *
 * @param count - At least 1.
 */
export function shareInterval(hits: number, count: number): { low: number; high: number } {
	const share = hits / count;
	const divisor = 1 + (z * z) / count;
	const middle = (share + (z * z) / (2 * count)) / divisor;
	const half = (z / divisor) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
	return { low: hits === 0 ? 0 : Math.max(0, middle - half), high: hits === count ? 1 : Math.min(1, middle + half) };
}

/** Whether two shares differ by more than chance explains in 95 of 100 cases: test of two proportions, pooled. */
export function sharesDiffer(one: { hits: number; count: number }, other: { hits: number; count: number }): boolean {
	if (one.count === 0 || other.count === 0) return false;
	const pooled = (one.hits + other.hits) / (one.count + other.count);
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.count + 1 / other.count));
	return error > 0 && Math.abs(one.hits / one.count - other.hits / other.count) / error > z;
}
