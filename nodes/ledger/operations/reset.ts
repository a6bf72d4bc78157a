import { leadTables } from '../tables';
import { query, type Operation, type OperationContext } from '../operation';

/** Removes all test rows of a client; counters stay, so that no number comes twice. */
export function* resetTestLeads(_: OperationContext, client: string): Operation<{ leads: number }> {
	let leads = 0;
	for (const { name } of leadTables) {
		const removed = yield* query(`DELETE FROM ${name} WHERE client = $1 AND test = 1 RETURNING 1 AS removed`, [client]);
		if (name === 'leads') leads = removed.length;
	}
	return { leads };
}
