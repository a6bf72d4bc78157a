import { LedgerFault } from '../ledgerFault';
import { migrations, type Migration } from '../migrations/migrations';
import { query, queryOne, type Operation, type OperationContext } from '../operation';

/**
 * Brings the schema up to date.
 *
 * @throws LedgerFault `tooNew` when a newer version of the package wrote this ledger.
 */
export function* migrate(context: OperationContext, known: readonly Migration[] = migrations): Operation<void> {
	yield* query('CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)');
	const row = yield* queryOne<{ newest: number | null }>('SELECT MAX(number) AS newest FROM schema_migrations');
	const newest = row?.newest ?? 0;
	if (newest > Math.max(...known.map(({ number }) => number))) throw new LedgerFault('tooNew');
	for (const { number, name, statements } of known) {
		if (number <= newest) continue;
		for (const statement of statements) yield* query(statement);
		yield* query('INSERT INTO schema_migrations (number, name, applied_at) VALUES ($1, $2, $3)', [number, name, context.now]);
	}
}
