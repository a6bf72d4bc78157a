/** An error whose text is for the person at the terminal: no stack is shown. */
class DemoError extends Error {}

const start = Date.now();

/** One line of progress with the seconds since the start. */
function say(line) {
	process.stdout.write(`[${String(Math.round((Date.now() - start) / 1000)).padStart(3)} s] ${line}\n`);
}

/** Says that a long step is still going, every 15 seconds, until it ends. */
async function withProgress(what, work) {
	const from = Date.now();
	say(`${what} …`);
	const timer = setInterval(() => say(`${what}: still working (${Math.round((Date.now() - from) / 1000)} s)`), 15_000);
	try {
		return await work();
	} finally {
		clearInterval(timer);
	}
}

module.exports = { DemoError, say, withProgress };
