import type { PostgresOptions } from '../../nodes/ledger/postgresOptions';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { openLedgerAt } from './ledgerAddress';
import { ledgerContract } from './contract';

const addresses: PostgresOptions[] = [];
const makeAddress = (change: Partial<PostgresOptions> = {}): PostgresOptions => {
	// hundreds at once on a machine under load: how long is too long stands in postgresFaults.test.ts
	const address = postgresAddress({ patienceMs: 60_000, ...change });
	addresses.push(address);
	return address;
};
// a server that is not private is left as it was
afterAll(async () => {
	if (process.env.LEDGER_TEST_PG_PRIVATE) return;
	for (const address of addresses) await asAdministrator(address, `DROP SCHEMA IF EXISTS "${address.schema}" CASCADE`);
}, 120_000);

ledgerContract('PostgreSQL', {
	makeAddress, open: openLedgerAt,
	rows: async (address, sql) => await asAdministrator(address as PostgresOptions, sql),
});
