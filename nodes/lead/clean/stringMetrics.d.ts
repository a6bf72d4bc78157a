declare module 'talisman/metrics/jaro-winkler' {
	/** Jaro–Winkler similarity, 0 to 1. */
	export default function jaroWinkler(one: string, other: string): number;
}

declare module 'fast-levenshtein' {
	/** Number of single-letter edits. */
	export function get(one: string, other: string): number;
}
