import type { AddTokensInput, AddTokensResult } from '../ledger';
import { execute, queryOne, type Operation, type OperationContext } from '../operation';

/** Adds to a client's tokens of one day, unless that would be more than the budget. */
export function* addTokens(_: OperationContext, { client, day, tokens, budget }: AddTokensInput): Operation<AddTokensResult> {
	yield* execute('INSERT INTO ai_tokens (client, day, tokens) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING', [client, day]);
	const added = yield* queryOne<{ tokens: number }>(
		`UPDATE ai_tokens SET tokens = CASE WHEN tokens + $3 < 0 THEN 0 ELSE tokens + $3 END
		WHERE client = $1 AND day = $2 AND (CAST($4 AS BIGINT) IS NULL OR tokens + $3 <= CAST($4 AS BIGINT)) RETURNING tokens`,
		[client, day, tokens, budget ?? null],
	);
	if (added) return { added: true, spent: added.tokens };
	const row = yield* queryOne<{ tokens: number }>('SELECT tokens FROM ai_tokens WHERE client = $1 AND day = $2', [client, day]);
	return { added: false, spent: row?.tokens ?? 0 };
}
