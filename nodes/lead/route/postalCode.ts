/** Postal codes for comparison: capital letters and digits only, e.g. `SW1A 1AA` gives `SW1A1AA`. */
export function foldPostalCode(value: string): string {
	// digits, as most codes are, need no folding
	return /^\d+$/.test(value) ? value : value.normalize('NFKC').toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** Both ends of a range are included: `94000..94999`, `SW1..SW20`, `H1..H9`. */
export interface PostalRange {
	from: string;
	to: string;
	/** Letters that both ends begin with, and the numbers between which the code's own lies; absent for codes of another build. */
	district?: { letters: string; from: number; to: number };
	digits: boolean;
}

/**
 * A range of postal codes; undefined when the ends are of different build. Its ends are either as many digits
 * (`01000..01999`), the same letters with a number (`SW1..SW20`), or equally long codes, which then go by the alphabet.
 */
export function readPostalRange(from: string, to: string): PostalRange | undefined {
	const [first, last] = [foldPostalCode(from), foldPostalCode(to)];
	if (first === '' || last === '') return undefined;
	const [one, other] = [lettersAndNumber(first), lettersAndNumber(last)];
	if (one && other) {
		if (one.letters !== other.letters || one.number > other.number) return undefined;
		return { from: first, to: last, district: { letters: one.letters, from: one.number, to: other.number }, digits: false };
	}
	const digits = /^\d+$/.test(first);
	return first.length === last.length && first <= last && digits === /^\d+$/.test(last) ? { from: first, to: last, digits } : undefined;
}

/**
 * Whether a code lies in the range. A longer code counts by its beginning: ZIP+4 `94107-1234` by `94107`, British codes by
 * the district. Undefined for a code that is shorter than the ends, as one that lost its leading zero is.
 */
export function isInPostalRange(value: string, range: PostalRange): boolean | undefined {
	const code = foldPostalCode(value);
	if (code === '') return undefined;
	if (range.district) {
		const [, letters, digits] = /^([A-Z]+)(\d+)/.exec(withoutInward(code)) ?? [];
		return letters === range.district.letters && Number(digits) >= range.district.from && Number(digits) <= range.district.to;
	}
	if (range.digits && (code < '0' || code >= ':')) return false;
	const start = code.slice(0, range.from.length);
	if (start.length < range.from.length) return undefined;
	return start >= range.from && start <= range.to;
}

/** `SW20` is the letters SW and the number 20; undefined for codes of another build. */
function lettersAndNumber(code: string): { letters: string; number: number } | undefined {
	const [, letters, digits] = /^([A-Z]{1,3})(\d{1,3})$/.exec(code) ?? [];
	return letters === undefined ? undefined : { letters, number: Number(digits) };
}

/** British codes end in a digit and two letters, which stand for a street. */
function withoutInward(code: string): string {
	return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(code) ? code.slice(0, -3) : code;
}
