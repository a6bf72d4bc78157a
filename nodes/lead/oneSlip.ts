/** Whether two texts differ by one typing slip: a letter too many, missing or wrong, or two swapped. Equal texts do too. */
export function isOneSlipAway(one: string, other: string): boolean {
	if (Math.abs(one.length - other.length) > 1) return false;
	let start = 0;
	while (start < one.length && one[start] === other[start]) start++;
	let tail = 0;
	while (tail < Math.min(one.length, other.length) - start && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
	const left = one.slice(start, one.length - tail);
	const right = other.slice(start, other.length - tail);
	if (left.length <= 1 && right.length <= 1) return true;
	return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
