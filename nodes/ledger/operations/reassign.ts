import type { Moment, Owner, Routing } from '../../lead/handoffRecord';
import type { Scope } from '../ledger';
import { execute, flag, inList, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import type { Handover, Handovers, ReassignInput, ReassignResult } from '../reassignLedger';
import { fromJson, toJson, toMillis, toMoment } from '../stored';
import { changeOwner } from './changeOwner';
import { writeCorrection } from './corrections';
import { heldDecisions, holdUntil } from './decisions';
import { currentId } from './openLead';
import { isBelowLimits, moveRotation } from './rotation';

/** Events by which a lead gets another owner; each keeps that one in `owner`, as a whole or by id. */
const ownerEvents = ['reassigned', 'ownerChanged', 'ownerCorrected', 'released'];

/** What an event `reassigned` keeps: names for who reads it, owners whole for who acts on it. */
interface Kept extends Omit<Handover, 'from' | 'to' | 'at'> {
	from: string;
	to: string;
	before: Owner | null;
	owner: Owner;
	hop?: number;
	outOfRotation?: string;
}

/** See `ReassignLedger`. */
export function* getHandovers(_: OperationContext, scope: Scope, given: string): Operation<Handovers> {
	const leadId = yield* currentId(scope, 'lead', given);
	const place = [scope.client, flag(scope.test), leadId] as const;
	const lead = yield* queryOne<{ ownerId: string | null }>('SELECT owner_id AS "ownerId" FROM leads WHERE client = $1 AND test = $2 AND id = $3', place);
	if (!lead) return { ownerId: undefined, had: [], hops: 0 };
	const had = new Set<string>();
	const add = (owner: unknown) => {
		const id = typeof owner === 'object' && owner !== null ? (owner as Partial<Owner>).id : owner;
		if (typeof id === 'string' && id !== '') had.add(id);
	};
	// as it was decided: what holds by now names the newest owner
	const decided = yield* query<{ section: string }>(
		"SELECT section FROM decisions WHERE client = $1 AND test = $2 AND lead_id = $3 AND stage = 'route' ORDER BY decided_at", place,
	);
	for (const { section } of decided) add(fromJson<{ routing: Routing }>(section).routing.owner);
	const types = inList(ownerEvents, 4);
	const events = yield* query<{ type: string; at: number; onceKey: string; detail: string }>(
		`SELECT type, happened_at AS at, once_key AS "onceKey", detail FROM events WHERE client = $1 AND test = $2 AND lead_id = $3 AND type IN (${types.list}) ORDER BY sequence`,
		[...place, ...types.values],
	);
	const told = events.map(({ detail, ...event }) => ({ ...fromJson<Partial<Kept>>(detail), ...event }));
	for (const { before, owner } of told) { add(before); add(owner); }
	const last = told.findLast(({ owner }) => owner !== undefined);
	return {
		ownerId: lead.ownerId, had: [...had], hops: told.filter(({ type, hop }) => type === 'reassigned' && hop !== undefined).length,
		...(last ? { since: toMoment(last.at), lastKey: last.onceKey } : {}),
	};
}

/** See `ReassignLedger`. */
export function* reassignLead(_: OperationContext, input: ReassignInput): Operation<ReassignResult> {
	const scope = [input.client, flag(input.test)] as const;
	// first of all locks, as in `recordEvent`
	const sequence = yield* nextNumber(input.client, input.test, 'event');
	const known = yield* queryOne<{ at: number; detail: string }>(
		'SELECT happened_at AS at, detail FROM events WHERE client = $1 AND test = $2 AND once_key = $3', [...scope, input.onceKey],
	);
	if (known) return { status: 'earlier', handover: toHandover(known.at, fromJson<Kept>(known.detail)) };
	const leadId = yield* currentId(input, 'lead', input.leadId);
	// takes the lead's lock in PostgreSQL, so that two who give it on come one after the other
	const lead = yield* queryOne<{ ownerId: string | null; status: string }>(
		'UPDATE leads SET touches = touches WHERE client = $1 AND test = $2 AND id = $3 RETURNING owner_id AS "ownerId", status', [...scope, leadId],
	);
	if (!lead) return { status: 'unknown' };
	if (lead.status === 'closed') return { status: 'closed' };
	if (input.unlessAnswered !== undefined) {
		const clock = yield* queryOne<{ respondedAt: number | null }>(
			'UPDATE clocks SET name = name WHERE client = $1 AND test = $2 AND id = $3 RETURNING responded_at AS "respondedAt"', [...scope, input.unlessAnswered],
		);
		if (!clock || clock.respondedAt !== null) return { status: 'answered' };
	}
	if (lead.ownerId !== input.from) return { status: 'changed' };
	const at = toMillis(input.at);
	if (!(yield* takeOver(input, leadId, at))) return { status: 'changed' };
	const before = (yield* changeOwner(input, leadId, input.owner, { at })) ?? null;
	const routings = yield* query<{ submissionId: string; section: string }>(`${heldDecisions} AND decisions.lead_id = $3 AND decisions.stage = 'route'`, [...scope, leadId]);
	for (const { submissionId, section } of routings) {
		const { routing } = fromJson<{ routing: Routing }>(section);
		yield* writeCorrection(input, submissionId, 'route', {
			routing: { ...routing, heldUntil: undefined, waiting: undefined, owner: input.owner, because: [`reassigned from ${before?.name ?? 'nobody'} to ${input.owner.name}`, ...input.because, ...routing.because] },
		});
		yield* holdUntil(input, submissionId, undefined);
	}
	if (input.rest) {
		yield* execute(
			`INSERT INTO member_rests (client, test, member_id, rests_until, since) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (client, test, member_id) DO UPDATE SET rests_until = excluded.rests_until, since = excluded.since`,
			[...scope, input.rest.memberId, toMillis(input.rest.until), at],
		);
	}
	const kept: Kept = {
		from: before?.name ?? 'nobody', to: input.owner.name, because: input.because.join('; '), ...(input.reason === undefined ? {} : { reason: input.reason }),
		...(input.isHop ? { hop: (yield* getHandovers(_, input, leadId)).hops + 1 } : {}),
		...(input.rest ? { outOfRotation: `${before?.name ?? input.rest.memberId} until ${input.rest.until}` } : {}),
		before, owner: input.owner, ...(input.rest ? { rest: input.rest } : {}),
	};
	yield* execute(
		`INSERT INTO events (client, test, once_key, sequence, lead_id, type, happened_at, recorded_by, detail) VALUES ($1, $2, $3, $4, $5, 'reassigned', $6, $7, $8)`,
		[...scope, input.onceKey, sequence, leadId, at, input.by ?? null, toJson(kept)],
	);
	return { status: 'reassigned', handover: toHandover(at, kept) };
}

function toHandover(at: number, { before, owner, because, reason, rest }: Kept): Handover {
	return { from: before, to: owner, at: toMoment(at), because, ...(reason === undefined ? {} : { reason }), ...(rest ? { rest } : {}) };
}

/**
 * The lead's turns pass to the new owner, so that a new enquiry of this lead stays there; the one in the team that chose is
 * paid for. False when that rotation has moved on, or the new owner is full by now.
 */
function* takeOver(input: ReassignInput, leadId: string, at: number): Operation<boolean> {
	const { client, test, owner, turn } = input;
	const place = [client, flag(test)] as const;
	if (turn) {
		if (turn.limits && !(yield* isBelowLimits({ client, test, memberId: owner.id, leadId }, turn.limits))) return false;
		if (!(yield* moveRotation({ client, test }, turn.pool, turn.expectedVersion, turn.next))) return false;
		yield* execute(
			`INSERT INTO turns (client, test, pool, lead_id, member_id, taken_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (client, test, pool, lead_id) DO NOTHING`,
			[...place, turn.pool, leadId, owner.id, at],
		);
	}
	yield* execute('UPDATE turns SET member_id = $4, taken_at = $5 WHERE client = $1 AND test = $2 AND lead_id = $3', [...place, leadId, owner.id, at]);
	return true;
}

/** Members who get no lead by assignment at that moment, each with the end of the rest. */
export function* listRests({ client, test }: Scope, at: Moment): Operation<Record<string, Moment>> {
	const rows = yield* query<{ memberId: string; until: number }>(
		'SELECT member_id AS "memberId", rests_until AS until FROM member_rests WHERE client = $1 AND test = $2 AND rests_until > $3', [client, flag(test), toMillis(at)],
	);
	return Object.fromEntries(rows.map(({ memberId, until }) => [memberId, toMoment(until)]));
}

/** Who answers or accepts a lead is back in rotation. */
export function* endRest({ client, test }: Scope, memberId: string): Operation<void> {
	yield* execute('DELETE FROM member_rests WHERE client = $1 AND test = $2 AND member_id = $3', [client, flag(test), memberId]);
}
