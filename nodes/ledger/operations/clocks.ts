import type { ClockStatus, Moment } from '../../lead/handoffRecord';
import type { ClockChange, ClockRow, Ledger, Scope } from '../ledger';
import { execute, flag, inList, query, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import { canonicalJson, fromJson, toJson, toMillis, toMoment, toMomentOrNull } from '../stored';
import { currentId, markStale } from './openLead';

interface StoredClock {
	client: string;
	test: number;
	id: string;
	leadId: string;
	name: string;
	policy: string;
	startedAt: number;
	startedFrom: 'submittedAt' | 'receivedAt';
	warnAt: number;
	dueAt: number;
	terms: string;
	status: ClockStatus;
	respondedAt: number | null;
	respondedBy: string | null;
	elapsedMinutes: number | null;
	nextCheckAt: number | null;
	ownerId: string | null;
	leadText: string | null;
	pauses: string;
	revision: number;
}

const clockColumns = `client, test, id, lead_id AS "leadId", name, policy, started_at AS "startedAt", started_from AS "startedFrom", warn_at AS "warnAt",
	due_at AS "dueAt", terms, status, responded_at AS "respondedAt", responded_by AS "respondedBy", elapsed_minutes AS "elapsedMinutes",
	next_check_at AS "nextCheckAt", owner_id AS "ownerId", lead_text AS "leadText", pauses, revision`;

/** Starts a clock, or gives the one of this lead and name that is there; a test lead's clock may be replaced. */
export function* startClock(_: OperationContext, clock: ClockRow, options?: { replace?: boolean }): Operation<{ clock: ClockRow; earlier: boolean }> {
	const leadId = yield* currentId(clock, 'lead', clock.leadId);
	const known = yield* getClock(_, clock, leadId, clock.name);
	const replaces = known !== undefined && clock.test && options?.replace === true && !isStartedAlike(known, clock);
	if (known && !replaces) return { clock: known, earlier: true };
	// its steps go with it
	if (known) yield* execute('DELETE FROM clocks WHERE client = $1 AND test = $2 AND id = $3', [clock.client, flag(clock.test), known.id]);
	const [stored] = yield* query<StoredClock>(
		`INSERT INTO clocks (client, test, id, lead_id, name, policy, started_at, started_from, warn_at, due_at, terms, status,
			responded_at, responded_by, elapsed_minutes, next_check_at, owner_id, lead_text, pauses)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
		RETURNING ${clockColumns}`,
		[
			clock.client, flag(clock.test), clock.id, leadId, clock.name, clock.policy, toMillis(clock.startedAt), clock.startedFrom,
			toMillis(clock.warnAt), toMillis(clock.dueAt), toJson(clock.terms), clock.status, toMillisOrNull(clock.respondedAt), clock.respondedBy,
			clock.elapsedMinutes, toMillisOrNull(clock.nextCheckAt), clock.ownerId, clock.leadText, toJson(clock.pauses),
		],
	);
	yield* markStale(clock, leadId);
	return { clock: toClockRow(stored, []), earlier: false };
}

/** Whether two clocks run by the same terms to the same moments, for the same owner. */
function isStartedAlike(one: ClockRow, other: ClockRow): boolean {
	const [first, second] = [one, other].map(({ policy, startedAt, startedFrom, warnAt, dueAt, terms, ownerId }) =>
		canonicalJson([policy, startedAt, startedFrom, warnAt, dueAt, terms, ownerId]));
	return first === second;
}

/** The clock of a lead and name. */
export function* getClock(_: OperationContext, scope: Scope, leadId: string, name: string): Operation<ClockRow | undefined> {
	const stored = yield* queryOne<StoredClock>(
		`SELECT ${clockColumns} FROM clocks WHERE client = $1 AND test = $2 AND lead_id = $3 AND name = $4`,
		[scope.client, flag(scope.test), yield* currentId(scope, 'lead', leadId), name],
	);
	if (!stored) return undefined;
	const [clock] = yield* withSteps([stored]);
	return clock;
}

/** All clocks of a lead, in the order in which they were started. */
export function* listClocks(_: OperationContext, scope: Scope, leadId: string): Operation<ClockRow[]> {
	const stored = yield* query<StoredClock>(
		`SELECT ${clockColumns} FROM clocks WHERE client = $1 AND test = $2 AND lead_id = $3 ORDER BY started_at, name`,
		[scope.client, flag(scope.test), yield* currentId(scope, 'lead', leadId)],
	);
	return yield* withSteps(stored);
}

/** Clocks that are to be looked at now, oldest first. */
export function* listDueClocks(_: OperationContext, { client, test, now, limit }: Parameters<Ledger['listDueClocks']>[0]): Operation<ClockRow[]> {
	const due = [flag(test), toMillis(now), limit];
	const stored = client === undefined
		? yield* query<StoredClock>(`SELECT ${clockColumns} FROM clocks WHERE test = $1 AND next_check_at <= $2 ORDER BY next_check_at, id LIMIT $3`, due)
		: yield* query<StoredClock>(
			`SELECT ${clockColumns} FROM clocks WHERE test = $1 AND next_check_at <= $2 AND client = $4 ORDER BY next_check_at, id LIMIT $3`,
			[...due, client],
		);
	return yield* withSteps(stored);
}

const changeable = {
	status: 'status', respondedAt: 'responded_at', respondedBy: 'responded_by', elapsedMinutes: 'elapsed_minutes',
	nextCheckAt: 'next_check_at', ownerId: 'owner_id', pauses: 'pauses', dueAt: 'due_at', warnAt: 'warn_at',
} as const;
const moments = new Set<keyof ClockChange>(['respondedAt', 'nextCheckAt', 'dueAt', 'warnAt']);

/** Changes the given fields of a clock; a clock that is gone stays gone. */
export function* updateClock(_: OperationContext, { client, test }: Scope, clockId: string, change: ClockChange, ifRevision?: number): Operation<boolean> {
	const fields = (Object.keys(changeable) as (keyof typeof changeable)[]).filter((field) => change[field] !== undefined);
	if (fields.length === 0) return true;
	const values = fields.map((field): SqlValue => {
		const value = change[field] ?? null;
		if (moments.has(field)) return toMillisOrNull(value as Moment | null);
		return typeof value === 'object' && value !== null ? toJson(value) : value;
	});
	const sets = fields.map((field, index) => `${changeable[field]} = $${index + 4}`).join(', ');
	const only = ifRevision === undefined ? '' : ` AND revision = $${fields.length + 4}`;
	const changed = yield* query<{ leadId: string }>(
		`UPDATE clocks SET ${sets}, revision = revision + 1 WHERE client = $1 AND test = $2 AND id = $3${only} RETURNING lead_id AS "leadId"`,
		[client, flag(test), clockId, ...values, ...(ifRevision === undefined ? [] : [ifRevision])],
	);
	for (const { leadId } of changed) yield* markStale({ client, test }, leadId);
	return changed.length > 0;
}

/** Clocks with the names of their confirmed steps, in the order given. */
function* withSteps(stored: StoredClock[]): Operation<ClockRow[]> {
	if (stored.length === 0) return [];
	const clocks = inList(stored.map(({ id }) => id), 2);
	const steps = yield* query<{ client: string; clockId: string; name: string }>(
		`SELECT client, clock_id AS "clockId", name FROM steps
		WHERE test = $1 AND clock_id IN (${clocks.list}) AND confirmed_at IS NOT NULL ORDER BY confirmed_at, name`,
		[stored[0].test, ...clocks.values],
	);
	return stored.map((clock) => toClockRow(clock, steps.filter((step) => step.clockId === clock.id && step.client === clock.client).map(({ name }) => name)));
}

function toClockRow(stored: StoredClock, confirmedSteps: string[]): ClockRow {
	return {
		...stored,
		test: stored.test === 1,
		startedAt: toMoment(stored.startedAt),
		warnAt: toMoment(stored.warnAt),
		dueAt: toMoment(stored.dueAt),
		terms: fromJson<unknown>(stored.terms),
		respondedAt: toMomentOrNull(stored.respondedAt),
		nextCheckAt: toMomentOrNull(stored.nextCheckAt),
		pauses: fromJson(stored.pauses),
		confirmedSteps,
	};
}

function toMillisOrNull(moment: Moment | null): number | null {
	return moment === null ? null : toMillis(moment);
}
