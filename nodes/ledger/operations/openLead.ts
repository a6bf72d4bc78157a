import type { Scope } from '../ledger';
import { execute, flag, queryOne, type Operation } from '../operation';

/** Opens a lead with one touch; a lead that is already there stays as it is. */
export function* openLead({ client, test }: Scope, lead: { leadId: string; personId: string; at: number }): Operation<void> {
	yield* execute(
		`INSERT INTO leads (client, test, id, person_id, status, provisional, opened_at, last_touch_at, touches, state)
		VALUES ($1, $2, $3, $4, 'open', 0, $5, $5, 1, 0) ON CONFLICT DO NOTHING`,
		[client, flag(test), lead.leadId, lead.personId, lead.at],
	);
}

/** Moves a submission and its lead on to a state, never backwards, and marks the lead as changed. */
export function* advance({ client, test }: Scope, submissionId: string, leadId: string, state: number): Operation<void> {
	yield* execute(
		'UPDATE submissions SET state = $4 WHERE client = $1 AND test = $2 AND id = $3 AND state < $4',
		[client, flag(test), submissionId, state],
	);
	yield* execute(
		'UPDATE leads SET state = CASE WHEN state < $4 THEN $4 ELSE state END, stale = 1 WHERE client = $1 AND test = $2 AND id = $3 AND (state < $4 OR stale = 0)',
		[client, flag(test), leadId, state],
	);
}

/** Says that what the scorecard counts of a lead must be read anew; whoever changes a lead or what hangs on it says so. */
export function* markStale({ client, test }: Scope, leadId: string): Operation<void> {
	yield* execute('UPDATE leads SET stale = 1 WHERE client = $1 AND test = $2 AND id = $3 AND stale = 0', [client, flag(test), leadId]);
}

/** The id that holds now for a lead or person that was found to be a known one. */
export function* currentId({ client, test }: Scope, kind: 'lead' | 'person', id: string): Operation<string> {
	const row = yield* queryOne<{ id: string }>(
		'SELECT id FROM aliases WHERE client = $1 AND test = $2 AND kind = $3 AND alias = $4',
		[client, flag(test), kind, id],
	);
	return row?.id ?? id;
}

/** Makes one id stand for another, with all ids that stood for it. */
export function* addAlias({ client, test }: Scope, kind: 'lead' | 'person', alias: string, id: string): Operation<void> {
	yield* execute(
		'UPDATE aliases SET id = $5 WHERE client = $1 AND test = $2 AND kind = $3 AND id = $4',
		[client, flag(test), kind, alias, id],
	);
	yield* execute(
		`INSERT INTO aliases (client, test, kind, alias, id) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (client, test, kind, alias) DO UPDATE SET id = excluded.id`,
		[client, flag(test), kind, alias, id],
	);
}
