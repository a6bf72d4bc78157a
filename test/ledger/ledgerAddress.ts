import type { Ledger } from '../../nodes/ledger/ledger';
import { openPostgresLedger } from '../../nodes/ledger/postgresLedger';
import type { PostgresOptions } from '../../nodes/ledger/postgresOptions';
import { openSqliteLedger, type SqliteLedgerOptions } from '../../nodes/ledger/sqliteLedger';

/** Where the ledger of the test is. */
export type LedgerAddress = SqliteLedgerOptions | PostgresOptions;

/** Opens it with the driver that its address is of. */
export async function openLedgerAt(address: LedgerAddress): Promise<Ledger> {
	return 'file' in address ? await openSqliteLedger(address) : await openPostgresLedger(address);
}
