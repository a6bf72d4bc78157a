/** Paths of all values that an expression may name in a lead, e.g. `routing.owner.id`; a list counts as one value, what a form brought is left out. */
export function pathsOf(value: unknown, path = ''): string[] {
	if (path === 'payload' || path === 'lead.custom') return [];
	if (value === null || typeof value !== 'object' || Array.isArray(value)) return [path];
	return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, path ? `${path}.${key}` : key));
}
