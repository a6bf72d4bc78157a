import { quote } from '../shorten';

/** What the lists of the settings hold, one of each, in the operator's words. */
const oneOf: Record<string, string> = {
	calendars: 'Calendar', members: 'Member', teams: 'Team', rules: 'Rule', intents: 'Intent', slaPolicies: 'SLA policy',
};

/**
 * A place in the settings document in the operator's words:
 * `['rules', 3, 'conditions', 0]` of a rule that has a name is `Rule 4 'UK Enterprise', conditions 1`.
 */
export function placeInWords(path: readonly PropertyKey[], document: unknown): string {
	if (path.length === 0) return 'The settings';
	const words: string[] = [];
	let here = document;
	for (const [depth, part] of path.entries()) {
		here = typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[part] : undefined;
		if (typeof part !== 'number') words.push(String(part));
		else words.push(entryInWords(words.pop() ?? '', part + 1, depth === 1 ? here : undefined));
	}
	return words.join(', ');
}

function entryInWords(list: string, number: number, entry: unknown): string {
	const name = typeof entry === 'object' && entry !== null ? (entry as { name?: unknown }).name : undefined;
	const noun = oneOf[list] ?? list;
	return typeof name === 'string' && name.trim() !== '' ? `${noun} ${number} ${quote(name)}` : `${noun} ${number}`;
}
