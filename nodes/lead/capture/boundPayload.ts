/** Far deeper than any form nests, and far from where writing JSON ends in a stack overflow. */
export const deepestPayload = 100;
const leftOut = 'left out: nested too deep';

/** The payload as it can be kept, and whether something was nested so deep that it was left out. Lists and objects each count as a level. */
export function boundPayload(payload: unknown): { payload: unknown; cut: boolean } {
	return isTooDeep(payload) ? { payload: copyUpTo(deepestPayload, payload), cut: true } : { payload, cut: false };
}

/** Goes without recursion, which is what a deep payload breaks. */
function isTooDeep(payload: unknown): boolean {
	let level: unknown[] = [payload];
	for (let depth = 0; level.length > 0; depth++) {
		const inner: unknown[] = [];
		for (const value of level) {
			if (typeof value !== 'object' || value === null) continue;
			if (depth >= deepestPayload) return true;
			for (const part of Object.values(value)) inner.push(part);
		}
		level = inner;
	}
	return false;
}

function copyUpTo(levels: number, value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (levels === 0) return leftOut;
	if (Array.isArray(value)) return value.map((part) => copyUpTo(levels - 1, part));
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyUpTo(levels - 1, part)]));
}
