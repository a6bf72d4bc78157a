import type { Ledger } from './ledger';

export interface SqliteLedgerOptions {
	file: string;
}

export async function openSqliteLedger(_options: SqliteLedgerOptions): Promise<Ledger> {
	throw new Error('being built');
}
