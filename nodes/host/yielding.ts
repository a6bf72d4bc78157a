/** Longest time that a batch holds the event loop. */
const yieldAfterMs = 25;

/** Starts a long loop; to be awaited in each round, so that n8n's other work goes on meanwhile. */
export function startYielding(): () => Promise<void> {
	let yieldedAt = Date.now();
	return async () => {
		if (Date.now() - yieldedAt <= yieldAfterMs) return;
		await new Promise((resolve) => setImmediate(resolve));
		yieldedAt = Date.now();
	};
}
