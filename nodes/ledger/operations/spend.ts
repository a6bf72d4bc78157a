import type { SpendInput, SpendResult } from '../ledger';
import { execute, queryOne, type Operation, type OperationContext } from '../operation';

/** Adds to what a client spent on one purpose in one day, unless that would be more than the budget. */
export function* spend(_: OperationContext, { client, purpose, day, amount, budget }: SpendInput): Operation<SpendResult> {
	yield* execute('INSERT INTO spending (client, purpose, day, spent) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING', [client, purpose, day]);
	const within = yield* queryOne<{ spent: number }>(
		`UPDATE spending SET spent = CASE WHEN spent + $4 < 0 THEN 0 ELSE spent + $4 END
		WHERE client = $1 AND purpose = $2 AND day = $3 AND (CAST($5 AS BIGINT) IS NULL OR spent + $4 <= CAST($5 AS BIGINT)) RETURNING spent`,
		[client, purpose, day, amount, budget ?? null],
	);
	if (within) return { within: true, spent: within.spent };
	const row = yield* queryOne<{ spent: number }>('SELECT spent FROM spending WHERE client = $1 AND purpose = $2 AND day = $3', [client, purpose, day]);
	return { within: false, spent: row?.spent ?? 0 };
}
