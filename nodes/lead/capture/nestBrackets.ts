import { isObject } from '../isObject';

const bracketed = /^([\w-]{1,80})((?:\[[\w -]{0,80}\]){1,6})$/;

/**
 * Keys such as `fields[email][value]`, as a URL-encoded form sends them, as the objects that they mean; keys without
 * brackets stay. A key that would change what an object is, such as `__proto__`, is a key like any other.
 */
export function nestBrackets(body: Record<string, unknown>): Record<string, unknown> {
	if (!Object.keys(body).some((key) => key.endsWith(']') && bracketed.test(key))) return body;
	const nested: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(body)) {
		const match = key.endsWith(']') ? bracketed.exec(key) : null;
		const path = match ? [match[1], ...[...match[2].matchAll(/\[([^\]]*)\]/g)].map(([, part]) => part)] : [key];
		put(nested, path, value);
	}
	return nested;
}

function put(into: Record<string, unknown>, path: string[], value: unknown): void {
	let here = into;
	for (const part of path.slice(0, -1)) {
		const inner = Object.hasOwn(here, part) ? here[part] : undefined;
		const next = isObject(inner) ? inner : {};
		if (next !== inner) set(here, part, next);
		here = next;
	}
	set(here, path[path.length - 1], value);
}

function set(into: Record<string, unknown>, key: string, value: unknown): void {
	Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}
