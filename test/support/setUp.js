const buildWorker = require('./buildWorker');
const { startPostgres } = require('./postgresServer');

/** Before all tests: the ledger's worker thread, and a PostgreSQL server unless `LEDGER_TEST_PG_URL` names one. */
module.exports = async function setUp() {
	await buildWorker();
	if (process.env.LEDGER_TEST_PG_URL) return;
	globalThis.ledgerTestServer = await startPostgres();
	process.env.LEDGER_TEST_PG_URL = globalThis.ledgerTestServer.url;
	process.env.LEDGER_TEST_PG_PRIVATE = 'true';
};
