import type { Moment, Owner, Routing } from '../../lead/handoffRecord';
import type { Scope } from '../ledger';
import { flag, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import type { Handovers, ReassignInput, ReassignResult } from '../reassignLedger';
import { fromJson, fromJsonOrNull, toJson, toMillis, toMoment } from '../stored';
import { changeOwner } from './changeOwner';
import { writeCorrection } from './corrections';
import { heldDecisions, holdUntil } from './decisions';
import { currentId } from './openLead';
import { moveRotation } from './rotation';

/** See `ReassignLedger`. */
export function* getHandovers(_: OperationContext, scope: Scope, given: string): Operation<Handovers> {
	const leadId = yield* currentId(scope, 'lead', given);
	const place = [scope.client, flag(scope.test), leadId] as const;
	const lead = yield* queryOne<{ ownerId: string | null }>('SELECT owner_id AS "ownerId" FROM leads WHERE client = $1 AND test = $2 AND id = $3', place);
	if (!lead) return { ownerId: undefined, had: [], hops: 0 };
	const events = yield* query<{ detail: string }>(
		`SELECT detail FROM events WHERE client = $1 AND test = $2 AND lead_id = $3 AND type = 'reassigned' ORDER BY sequence`, place,
	);
	const told = events.map(({ detail }) => fromJson<{ fromId?: string; toId: string; hop?: boolean }>(detail));
	return {
		ownerId: lead.ownerId,
		had: [...new Set(told.flatMap(({ fromId, toId }) => (fromId === undefined ? [toId] : [fromId, toId])))],
		hops: told.filter(({ hop }) => hop).length,
	};
}

/** See `ReassignLedger`. */
export function* reassignLead(_: OperationContext, input: ReassignInput): Operation<ReassignResult> {
	const leadId = yield* currentId(input, 'lead', input.leadId);
	const scope = [input.client, flag(input.test)] as const;
	// takes the lead's lock in PostgreSQL, so that two who give it on come one after the other
	const lead = yield* queryOne<{ ownerId: string | null; owner: string | null }>(
		'UPDATE leads SET touches = touches WHERE client = $1 AND test = $2 AND id = $3 RETURNING owner_id AS "ownerId", owner', [...scope, leadId],
	);
	if (!lead) return { status: 'unknown' };
	const known = yield* queryOne('SELECT once_key FROM events WHERE client = $1 AND test = $2 AND once_key = $3', [...scope, input.onceKey]);
	if (known) return { status: 'earlier', owner: fromJsonOrNull<Owner>(lead.owner) };
	if (lead.ownerId !== input.from) return { status: 'changed' };
	const at = toMillis(input.at);
	if (input.turn && !(yield* takeOver(input, leadId, input.turn, at))) return { status: 'changed' };
	const before = yield* changeOwner(input, leadId, input.owner, { at });
	const from = before?.name ?? null;
	const routings = yield* query<{ submissionId: string; section: string }>(`${heldDecisions} AND decisions.lead_id = $3 AND decisions.stage = 'route'`, [...scope, leadId]);
	for (const { submissionId, section } of routings) {
		const { routing } = fromJson<{ routing: Routing }>(section);
		yield* writeCorrection(input, submissionId, 'route', {
			routing: { ...routing, heldUntil: undefined, waiting: undefined, owner: input.owner, because: [`reassigned from ${from ?? 'nobody'} to ${input.owner.name}`, ...input.because, ...routing.because] },
		});
		yield* holdUntil(input, submissionId, undefined);
	}
	if (input.rest) {
		yield* query(
			`INSERT INTO member_rests (client, test, member_id, rests_until, since) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (client, test, member_id) DO UPDATE SET rests_until = excluded.rests_until, since = excluded.since`,
			[...scope, input.rest.memberId, toMillis(input.rest.until), at],
		);
	}
	const detail = {
		from: from ?? 'nobody', to: input.owner.name, because: input.because.join('; '), toId: input.owner.id,
		...(before ? { fromId: before.id } : {}), ...(input.isHop ? { hop: true } : {}), ...(input.reason === undefined ? {} : { reason: input.reason }),
	};
	yield* query(
		`INSERT INTO events (client, test, once_key, sequence, lead_id, type, happened_at, recorded_by, detail) VALUES ($1, $2, $3, $4, $5, 'reassigned', $6, $7, $8)`,
		[...scope, input.onceKey, yield* nextNumber(input.client, input.test, 'event'), leadId, at, input.by ?? null, toJson(detail)],
	);
	return { status: 'reassigned', from };
}

/** The lead's turn passes to the new owner, who pays for it; false when the rotation has moved on. */
function* takeOver({ client, test }: Scope, leadId: string, { pool, expectedVersion, next, memberId }: NonNullable<ReassignInput['turn']>, at: number): Operation<boolean> {
	if (!(yield* moveRotation({ client, test }, pool, expectedVersion, next))) return false;
	yield* query(
		`INSERT INTO turns (client, test, pool, lead_id, member_id, taken_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (client, test, pool, lead_id) DO UPDATE SET member_id = excluded.member_id, taken_at = excluded.taken_at`,
		[client, flag(test), pool, leadId, memberId, at],
	);
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
	yield* query('DELETE FROM member_rests WHERE client = $1 AND test = $2 AND member_id = $3', [client, flag(test), memberId]);
}
