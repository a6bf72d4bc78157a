import type { RotationState, Scope, TakeTurnInput, TakeTurnResult } from '../ledger';
import { flag, inList, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson, toMillis } from '../stored';

/** State of a pool's rotation; version 0 before the first turn. */
export function* getRotation(_: OperationContext, { client, test }: Scope, pool: string): Operation<RotationState> {
	const row = yield* queryOne<{ version: number; state: string }>(
		'SELECT version, state FROM rotations WHERE client = $1 AND test = $2 AND pool = $3',
		[client, flag(test), pool],
	);
	return row ? { version: row.version, state: fromJson(row.state) } : { version: 0, state: {} };
}

/** Takes a turn if the rotation is still the one that the caller read. */
export function* takeTurn(_: OperationContext, input: TakeTurnInput): Operation<TakeTurnResult> {
	const scope = [input.client, flag(input.test), input.pool] as const;
	const earlier = yield* queryOne<{ memberId: string }>(
		'SELECT member_id AS "memberId" FROM turns WHERE client = $1 AND test = $2 AND pool = $3 AND lead_id = $4',
		[...scope, input.leadId],
	);
	if (earlier) return { status: 'earlier', memberId: earlier.memberId };
	yield* query(`INSERT INTO rotations (client, test, pool, version, state) VALUES ($1, $2, $3, 0, '{}') ON CONFLICT DO NOTHING`, scope);
	const moved = yield* query(
		'UPDATE rotations SET version = version + 1, state = $5 WHERE client = $1 AND test = $2 AND pool = $3 AND version = $4 RETURNING version',
		[...scope, input.expectedVersion, toJson(input.next)],
	);
	if (moved.length === 0) return { status: 'changed' };
	yield* query(
		'INSERT INTO turns (client, test, pool, lead_id, member_id, taken_at) VALUES ($1, $2, $3, $4, $5, $6)',
		[...scope, input.leadId, input.memberId, toMillis(input.at)],
	);
	return { status: 'taken' };
}

/** Open leads of each owner asked for, 0 included; one lead may be left out. */
export function* countOpenLeads(_: OperationContext, { client, test }: Scope, ownerIds: string[], exceptLeadId?: string): Operation<Record<string, number>> {
	const counts = new Map(ownerIds.map((id) => [id, 0]));
	if (ownerIds.length === 0) return {};
	const owners = inList(ownerIds, 3);
	const rows = yield* query<{ ownerId: string; leads: number }>(
		`SELECT owner_id AS "ownerId", COUNT(*) AS leads FROM leads
		WHERE client = $1 AND test = $2 AND status = 'open' AND owner_id IN (${owners.list}) GROUP BY owner_id`,
		[client, flag(test), ...owners.values],
	);
	for (const { ownerId, leads } of rows) counts.set(ownerId, leads);
	const except = exceptLeadId === undefined ? undefined : yield* queryOne<{ ownerId: string | null }>(
		`SELECT owner_id AS "ownerId" FROM leads WHERE client = $1 AND test = $2 AND id = $3 AND status = 'open'`,
		[client, flag(test), exceptLeadId],
	);
	if (except?.ownerId && counts.has(except.ownerId)) counts.set(except.ownerId, (counts.get(except.ownerId) ?? 0) - 1);
	return Object.fromEntries(counts);
}
