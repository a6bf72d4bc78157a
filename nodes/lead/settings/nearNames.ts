import levenshtein from 'fast-levenshtein';

/** Names longer than this are compared no further: a lead can write into a field that names a client. */
const longestCompared = 64;

/**
 * The names that somebody may have meant, nearest first, at most three: a quarter of the letters may differ, at least two,
 * or one begins with the other.
 */
export function nearNames(given: string, names: readonly string[]): string[] {
	const asked = given.slice(0, longestCompared).toLowerCase();
	const most = Math.max(2, Math.floor(asked.length / 4));
	return names
		.map((name) => ({ name, distance: levenshtein.get(asked, name.toLowerCase()), begins: asked.length >= 3 && (name.startsWith(asked) || (name.length >= 3 && asked.startsWith(name))) }))
		// a short name is not like every other short one
		.filter(({ name, distance, begins }) => begins || (distance <= most && distance < Math.min(asked.length, name.length)))
		.sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
		.slice(0, 3)
		.map(({ name }) => name);
}
