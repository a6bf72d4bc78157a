const { DemoError } = require('./say');

/**
 * Asks again until there is an answer.
 *
 * @param {string} what - What is waited for, as it is told when time runs out.
 * @param {() => Promise<unknown>} attempt - Gives undefined while there is none yet.
 */
async function waitFor(what, timeoutMs, attempt) {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await attempt();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new DemoError(`Waited ${timeoutMs / 1000} seconds in vain for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

module.exports = { waitFor };
