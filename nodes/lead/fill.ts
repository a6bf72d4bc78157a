/** A sentence with its places `{name}` filled in; a place without a value stays empty. */
export function fill(sentence: string, values: Record<string, string>): string {
	return sentence.replace(/\{(\w+)\}/g, (_all, name: string) => (Object.hasOwn(values, name) ? values[name] : ''));
}
