import type { KeepLedger } from './keepLedger';
import type { SqlValue } from './operation';
import { ledgerTables } from './tables';

/** Rows at once: a page of payloads stays at some megabytes. */
const pageSize = 500;

/** Walks all rows of a ledger that nobody changes meanwhile, table by table, those first that others point to. */
export async function readAllRows({ readRows }: Pick<KeepLedger, 'readRows'>, take: (table: string, rows: SqlValue[][]) => Promise<void>): Promise<void> {
	for (const { name, key } of ledgerTables) {
		let after: SqlValue[] | undefined;
		for (;;) {
			const rows = await readRows(name, after, pageSize);
			if (rows.length > 0) await take(name, rows);
			if (rows.length < pageSize) break;
			// the key stands first
			after = rows[rows.length - 1].slice(0, key.length);
		}
	}
}
