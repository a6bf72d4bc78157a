/**
 * Loaded into n8n with `--require`: measures how long its event loop was held. SIGUSR2 writes what was seen since the
 * last time to the file that EVENT_LOOP_FILE names, and begins anew. Milliseconds; `count` samples, one each 5 ms.
 */
const { renameSync, writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const file = process.env.EVENT_LOOP_FILE;
if (file && isMainThread) {
	const resolution = 5;
	const delay = monitorEventLoopDelay({ resolution });
	delay.enable();
	process.on('SIGUSR2', () => {
		// the timer's own wait is no delay
		const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
		const seen = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max), count: delay.count };
		delay.reset();
		writeFileSync(`${file}.new`, JSON.stringify(seen));
		renameSync(`${file}.new`, file);
	});
}
