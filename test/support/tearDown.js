/** After all tests. */
module.exports = async function tearDown() {
	await globalThis.ledgerTestServer?.end();
};
