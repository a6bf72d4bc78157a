import type { Owner } from '../../lead/handoffRecord';
import type { LeadEvent, LeadEventInput, Scope } from '../ledger';
import { execute, flag, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson, toMillis, toMoment } from '../stored';
import { changeOwner } from './changeOwner';
import { currentId, markStale } from './openLead';
import { endRest } from './reassign';
import { askForReview, settleReviews } from './reviewItems';

/** Events after which a lead is no longer open, and which open it again. */
const statusAfter: Record<string, 'open' | 'closed'> = { won: 'closed', lost: 'closed', rejected: 'closed', closed: 'closed', reopened: 'open' };

/**
 * Appends an event, once per key. `won`, `lost`, `rejected` and `closed` close the lead, `reopened` opens it;
 * `ownerChanged` with `detail.owner` (`{ id, name, email }`) gives it to that owner, whose alerts they are from then on,
 * and asks whether it was a misroute; `misrouted` and `routingChecked` answer that.
 */
export function* recordEvent(context: OperationContext, input: LeadEventInput): Operation<boolean> {
	const at = toMillis(input.at);
	const scope = [input.client, flag(input.test)] as const;
	const sequence = yield* nextNumber(input.client, input.test, 'event');
	const known = yield* queryOne('SELECT once_key FROM events WHERE client = $1 AND test = $2 AND once_key = $3', [...scope, input.onceKey]);
	if (known) return false;
	const leadId = input.leadId === undefined ? null : yield* currentId(input, 'lead', input.leadId);
	yield* execute(
		`INSERT INTO events (client, test, once_key, sequence, lead_id, person_id, submission_id, type, happened_at, recorded_by, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		[
			...scope, input.onceKey, sequence, leadId, input.personId ?? null, input.submissionId ?? null,
			input.type, at, input.by ?? null, toJson(input.detail ?? {}),
		],
	);
	if ((input.type === 'contacted' || input.type === 'accepted') && input.by !== undefined) yield* endRest(input, input.by);
	if (leadId === null) return true;
	if (Object.hasOwn(statusAfter, input.type)) {
		yield* execute('UPDATE leads SET status = $4, stale = 1 WHERE client = $1 AND test = $2 AND id = $3', [...scope, leadId, statusAfter[input.type]]);
	} else yield* markStale(input, leadId);
	const owner = input.type === 'ownerChanged' ? readOwner(input.detail?.owner) : undefined;
	if (owner) yield* takeNewOwner(context, input, leadId, owner, at);
	if (input.type === 'misrouted' || input.type === 'routingChecked') yield* settleReviews(input, leadId, 'route', at);
	if (input.type === 'routingChecked') yield* settleReviews(input, leadId, 'sample', at);
	return true;
}

/** Alerts go to the new owner from now on; whether the first one was wrong is for a person to say, be it a CRM's change or a colleague's press. */
function* takeNewOwner(context: OperationContext, scope: Scope, leadId: string, owner: Owner, at: number): Operation<void> {
	const before = yield* changeOwner(scope, leadId, owner, { at });
	if (!before || before.id === owner.id) return;
	const question = `owner changed from ${before.name} to ${owner.name}: was it a misroute?`;
	yield* askForReview(context, scope, { leadId, stage: 'route', question, ownerId: owner.id, at });
}

function readOwner(value: unknown): Owner | undefined {
	const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	const { id, name, email } = given;
	if (typeof id !== 'string' || id === '') return undefined;
	// what else is known of the owner, such as a Slack ID, stays
	return { ...given, id, name: typeof name === 'string' ? name : id, email: typeof email === 'string' ? email : null };
}

interface EventRow {
	sequence: number;
	type: string;
	at: number;
	leadId: string | null;
	by: string | null;
	detail: string;
}

/** A lead's events in the order in which they were recorded. */
export function* eventsOf({ client, test }: Scope, leadId: string): Operation<LeadEvent[]> {
	const rows = yield* query<EventRow>(
		`SELECT sequence, type, happened_at AS "at", lead_id AS "leadId", recorded_by AS "by", detail
		FROM events WHERE client = $1 AND test = $2 AND lead_id = $3 ORDER BY sequence`,
		[client, flag(test), leadId],
	);
	return rows.map((row) => ({ ...row, at: toMoment(row.at), detail: fromJson(row.detail) }));
}
