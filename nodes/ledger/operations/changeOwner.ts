import type { Owner } from '../../lead/handoffRecord';
import type { Scope } from '../ledger';
import { execute, flag, queryOne, type Operation } from '../operation';
import { fromJsonOrNull, toJson, toMoment } from '../stored';

/** Clocks that `lead/activate/ownerClock` opened for an owner. */
const ownersOwn = 'First Response: %';

/**
 * Gives a lead to an owner, with its open reviews and the alerts of its unanswered clocks; an earlier owner's own clock
 * stands still from then on. Gives the owner before, null for nobody; undefined when there is no such lead.
 */
export function* changeOwner({ client, test }: Scope, leadId: string, owner: Owner, { at, queue }: { at: number; queue?: string }): Operation<Owner | null | undefined> {
	const place = [client, flag(test), leadId] as const;
	// takes the lead's lock in PostgreSQL
	const lead = yield* queryOne<{ owner: string | null }>('UPDATE leads SET touches = touches WHERE client = $1 AND test = $2 AND id = $3 RETURNING owner', place);
	if (!lead) return undefined;
	const before = fromJsonOrNull<Owner>(lead.owner);
	yield* execute('UPDATE leads SET owner_id = $4, owner = $5, queue = COALESCE($6, queue), stale = 1 WHERE client = $1 AND test = $2 AND id = $3', [...place, owner.id, toJson(owner), queue ?? null]);
	if (before?.id === owner.id) return before;
	yield* execute('UPDATE clocks SET owner_id = $4, revision = revision + 1 WHERE client = $1 AND test = $2 AND lead_id = $3 AND name NOT LIKE $5 AND responded_at IS NULL', [...place, owner.id, ownersOwn]);
	yield* execute(
		`UPDATE clocks SET status = 'paused', next_check_at = NULL, pauses = $5, revision = revision + 1
		WHERE client = $1 AND test = $2 AND lead_id = $3 AND name LIKE $4 AND responded_at IS NULL`,
		[...place, ownersOwn, toJson([{ from: toMoment(at), reason: 'somebody else has the lead' }])],
	);
	yield* execute(
		'UPDATE review_items SET owner_id = $4 WHERE client = $1 AND test = $2 AND lead_id = $3 AND settled_at IS NULL AND (owner_id IS NULL OR owner_id = $5)',
		[...place, owner.id, before?.id ?? ''],
	);
	return before;
}
