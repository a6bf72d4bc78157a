import { query, type Operation, type OperationContext } from '../operation';

/** Tables that hold rows of leads, those first that point to others. */
const leadTables = [
	'steps', 'clocks', 'turns', 'rotations', 'review_items', 'events', 'corrections', 'decisions', 'match_undo', 'submissions', 'match_keys', 'known_records', 'never_match', 'aliases', 'leads', 'persons',
];

/** Removes all test rows of a client; counters stay, so that no number comes twice. */
export function* resetTestLeads(_: OperationContext, client: string): Operation<{ leads: number }> {
	let leads = 0;
	for (const table of leadTables) {
		const removed = yield* query(`DELETE FROM ${table} WHERE client = $1 AND test = 1 RETURNING 1 AS removed`, [client]);
		if (table === 'leads') leads = removed.length;
	}
	return { leads };
}
