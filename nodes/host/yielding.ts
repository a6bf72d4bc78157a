/** Longest time that one loop holds the event loop; two that go on in the same turn hold it twice as long. */
const yieldAfterMs = 15;

/** Starts a long loop; to be awaited in each round, so that n8n's other work goes on meanwhile. */
export function startYielding(): () => Promise<void> {
	let yieldedAt = Date.now();
	return async () => {
		if (Date.now() - yieldedAt <= yieldAfterMs) return;
		await new Promise((resolve) => setImmediate(resolve));
		yieldedAt = Date.now();
	};
}
