import type { AssignmentInput, AssignmentState, PeriodStarts, RotationState, Scope, TakeTurnInput, TakeTurnResult, TurnLimits } from '../ledger';
import { execute, flag, inList, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson, toMillis } from '../stored';
import { listRests } from './reassign';

/** State of a pool's rotation; version 0 before the first turn. */
export function* getRotation(_: OperationContext, { client, test }: Scope, pool: string): Operation<RotationState> {
	const row = yield* queryOne<{ version: number; state: string }>(
		'SELECT version, state FROM rotations WHERE client = $1 AND test = $2 AND pool = $3',
		[client, flag(test), pool],
	);
	return row ? { version: row.version, state: fromJson(row.state) } : { version: 0, state: {} };
}

/** All that a choice of one team's members rests on, read in one transaction. */
export function* getAssignment(context: OperationContext, input: AssignmentInput): Operation<AssignmentState> {
	const rotation = yield* getRotation(context, input, input.pool);
	const earlier = yield* turnOf(input, input.pool, input.leadId);
	const state: AssignmentState = { ...rotation, today: {}, thisWeek: {}, thisMonth: {}, open: {}, team: { today: 0, thisWeek: 0, thisMonth: 0 }, resting: yield* listRests(input, input.at) };
	if (earlier !== undefined) state.turnOf = earlier;
	for (const { id, ...starts } of input.counted) {
		const counts = yield* countTurns(input, { column: 'member_id', value: id }, starts);
		state.today[id] = counts.today;
		state.thisWeek[id] = counts.thisWeek;
		state.thisMonth[id] = counts.thisMonth;
	}
	if (input.team) state.team = yield* countTurns(input, { column: 'pool', value: input.pool }, input.team);
	if (input.open.length > 0) state.open = yield* countLoad(input, input.open, input.leadId);
	if (input.sticky) {
		const sticky = yield* queryOne<{ memberId: string }>(
			`SELECT member_id AS "memberId" FROM sticky_owners
			WHERE client = $1 AND test = $2 AND pool = $3 AND sticky_key = $4 AND taken_at >= $5`,
			[input.client, flag(input.test), input.pool, input.sticky.key, toMillis(input.sticky.since)],
		);
		if (sticky) state.stickyOwner = sticky.memberId;
	}
	return state;
}

/**
 * Takes a turn if the rotation is still the one that the caller read, and if the member is still below its caps: those
 * are counted again behind a lock on the member, because another team may have chosen the same one meanwhile.
 */
export function* takeTurn(_: OperationContext, input: TakeTurnInput): Operation<TakeTurnResult> {
	const scope = [input.client, flag(input.test), input.pool] as const;
	const earlier = yield* turnOf(input, input.pool, input.leadId);
	if (earlier !== undefined) return { status: 'earlier', memberId: earlier };
	if (input.limits && !(yield* isBelowLimits(input, input.limits))) return { status: 'changed' };
	if (!(yield* moveRotation(input, input.pool, input.expectedVersion, input.next))) return { status: 'changed' };
	const at = toMillis(input.at);
	yield* execute(
		'INSERT INTO turns (client, test, pool, lead_id, member_id, taken_at) VALUES ($1, $2, $3, $4, $5, $6)',
		[...scope, input.leadId, input.memberId, at],
	);
	if (input.stickyKey !== undefined) {
		yield* execute(
			`INSERT INTO sticky_owners (client, test, pool, sticky_key, member_id, taken_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (client, test, pool, sticky_key) DO UPDATE SET member_id = excluded.member_id, taken_at = excluded.taken_at`,
			[...scope, input.stickyKey, input.memberId, at],
		);
	}
	return { status: 'taken' };
}

/** Writes the next state of a rotation if it is still the one that was read. */
export function* moveRotation({ client, test }: Scope, pool: string, expectedVersion: number, next: Record<string, number>): Operation<boolean> {
	const scope = [client, flag(test), pool] as const;
	yield* execute(`INSERT INTO rotations (client, test, pool, version, state) VALUES ($1, $2, $3, 0, '{}') ON CONFLICT DO NOTHING`, scope);
	const moved = yield* query(
		'UPDATE rotations SET version = version + 1, state = $5 WHERE client = $1 AND test = $2 AND pool = $3 AND version = $4 RETURNING version',
		[...scope, expectedVersion, toJson(next)],
	);
	return moved.length > 0;
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

/** Open leads of each member, and those whose turn was taken a moment ago and that have no owner in the ledger yet. */
function* countLoad(scope: Scope, memberIds: string[], exceptLeadId?: string): Operation<Record<string, number>> {
	const counts = yield* countOpenLeads({ now: 0, instance: '', newId: () => '' }, scope, memberIds, exceptLeadId);
	const members = inList(memberIds, 3);
	const pending = yield* query<{ memberId: string; leads: number }>(
		`SELECT turns.member_id AS "memberId", COUNT(DISTINCT leads.id) AS leads FROM turns
		JOIN leads ON leads.client = turns.client AND leads.test = turns.test AND leads.id = turns.lead_id
		WHERE turns.client = $1 AND turns.test = $2 AND turns.member_id IN (${members.list}) AND leads.status = 'open' AND leads.owner_id IS NULL
			AND leads.id <> $${3 + members.values.length}
		GROUP BY turns.member_id`,
		[scope.client, flag(scope.test), ...members.values, exceptLeadId ?? ''],
	);
	for (const { memberId, leads } of pending) counts[memberId] += leads;
	return counts;
}

/** Whether a member may take one more lead, counted again behind a lock on that member. */
export function* isBelowLimits(input: Pick<TakeTurnInput, 'client' | 'test' | 'memberId' | 'leadId'>, { perDay, perWeek, perMonth, open, ...starts }: TurnLimits): Operation<boolean> {
	const { client, test, memberId } = input;
	// the row stays locked until the transaction ends, so that two teams cannot both count before either has written
	yield* execute(
		`INSERT INTO member_turns (client, test, member_id, turns) VALUES ($1, $2, $3, 1)
		ON CONFLICT (client, test, member_id) DO UPDATE SET turns = member_turns.turns + 1`,
		[client, flag(test), memberId],
	);
	if (perDay !== undefined || perWeek !== undefined || perMonth !== undefined) {
		const { today, thisWeek, thisMonth } = yield* countTurns(input, { column: 'member_id', value: memberId }, starts);
		if (today >= (perDay ?? Infinity) || thisWeek >= (perWeek ?? Infinity) || thisMonth >= (perMonth ?? Infinity)) return false;
	}
	if (open === undefined) return true;
	const load = yield* countLoad(input, [memberId], input.leadId);
	return load[memberId] < open;
}

function* turnOf({ client, test }: Scope, pool: string, leadId: string): Operation<string | undefined> {
	const row = yield* queryOne<{ memberId: string }>(
		'SELECT member_id AS "memberId" FROM turns WHERE client = $1 AND test = $2 AND pool = $3 AND lead_id = $4',
		[client, flag(test), pool, leadId],
	);
	return row?.memberId;
}

/** A lead that had turns in two teams counts once for a member. */
function* countTurns({ client, test }: Scope, by: { column: 'member_id' | 'pool'; value: string }, { dayFrom, weekFrom, monthFrom }: PeriodStarts): Operation<{ today: number; thisWeek: number; thisMonth: number }> {
	const [day, week, month] = [dayFrom, weekFrom, monthFrom].map(toMillis);
	const row = yield* queryOne<{ today: number; thisWeek: number; thisMonth: number }>(
		`SELECT COUNT(DISTINCT CASE WHEN taken_at >= $4 THEN lead_id END) AS today, COUNT(DISTINCT CASE WHEN taken_at >= $5 THEN lead_id END) AS "thisWeek",
			COUNT(DISTINCT CASE WHEN taken_at >= $6 THEN lead_id END) AS "thisMonth"
		FROM turns WHERE client = $1 AND test = $2 AND ${by.column} = $3 AND taken_at >= $7`,
		[client, flag(test), by.value, day, week, month, Math.min(week, month)],
	);
	return row ?? { today: 0, thisWeek: 0, thisMonth: 0 };
}
