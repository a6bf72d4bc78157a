import type { RestoreInput, RestoreResult, RowCounts } from './keepLedger';
import type { Ledger } from './ledger';

/**
 * Copies all rows of one ledger in the place of all rows of another, of whichever drivers. The other is as it was until
 * every row is there and counted.
 *
 * @param read - Walks the rows to copy.
 * @param to.expected - Rows that must arrive, by table; absent: as many as were read.
 */
export async function copyRows(read: Ledger['readAll'], ledger: Ledger, to: Omit<RestoreInput, 'expected'> & { expected?: RowCounts }): Promise<RestoreResult> {
	const counts: RowCounts = {};
	await ledger.openStaging();
	await read(async (table, rows) => {
		await ledger.stageRows(table, rows);
		counts[table] = (counts[table] ?? 0) + rows.length;
	});
	return await ledger.replaceByStaged({ ...to, expected: to.expected ?? counts });
}
