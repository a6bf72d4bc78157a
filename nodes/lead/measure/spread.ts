/** The middle of some numbers: of an even number the mean of the two middle ones; and the least that nine in ten do not exceed (nearest rank). */
export function spreadOf(values: readonly number[]): { count: number; median: number; p90: number } {
	const sorted = [...values].sort((a, b) => a - b);
	const count = sorted.length;
	if (count === 0) return { count, median: 0, p90: 0 };
	return { count, median: (sorted[Math.floor((count - 1) / 2)] + sorted[Math.floor(count / 2)]) / 2, p90: sorted[Math.ceil(count * 0.9) - 1] };
}
