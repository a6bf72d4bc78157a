import type { Owner } from '../../lead/handoffRecord';
import type { ExceptionsLedger, LedgerException } from '../exceptionsLedger';
import { flag, inList, query, type Operation, type OperationContext } from '../operation';
import { fromJson, fromJsonOrNull, toMillis, toMoment, toMomentOrNull } from '../stored';

const most = 10_000;

interface PlaceRow {
	leadId: string;
	at: number;
	queue: string | null;
	owner: string | null;
}

/** See `ExceptionsLedger`. */
export function* listExceptions(_: OperationContext, { client, test, from, to, types }: Parameters<ExceptionsLedger['listExceptions']>[0]): Operation<LedgerException[]> {
	const values = [client, flag(test), toMillis(from), toMillis(to), most];
	const wanted = inList([...types], 6);
	// a sum is in no index: in the order of one, SQLite would walk all events of the client
	const events = yield* query<PlaceRow & { type: string; by: string | null; detail: string }>(
		`SELECT events.lead_id AS "leadId", events.happened_at AS at, events.type, events.recorded_by AS by, events.detail, leads.queue, leads.owner
		FROM events JOIN leads ON leads.client = events.client AND leads.test = events.test AND leads.id = events.lead_id
		WHERE events.client = $1 AND events.test = $2 AND events.type IN (${wanted.list}) AND events.happened_at >= $3 AND events.happened_at < $4
		ORDER BY events.sequence + 0 LIMIT $5`,
		[...values, ...wanted.values],
	);
	const doubts = yield* query<PlaceRow & { stage: string; reasons: string; settledAt: number | null; settledBy: string | null; outcome: string | null }>(
		`SELECT items.lead_id AS "leadId", items.opened_at AS at, items.stage, items.reasons, items.settled_at AS "settledAt", items.settled_by AS "settledBy", items.outcome, leads.queue, leads.owner
		FROM review_items items JOIN leads ON leads.client = items.client AND leads.test = items.test AND leads.id = items.lead_id
		WHERE items.client = $1 AND items.test = $2 AND items.opened_at >= $3 AND items.opened_at < $4 AND items.stage <> 'sample'
		ORDER BY items.opened_at, items.id LIMIT $5`,
		values,
	);
	return [
		...events.map((row) => ({ ...placeOf(row), type: row.type, stage: null, by: row.by, detail: fromJson<Record<string, unknown>>(row.detail), reasons: [], settledAt: null, outcome: null })),
		...doubts.map((row) => ({
			...placeOf(row), type: 'doubt', stage: row.stage, by: row.settledBy, detail: {}, reasons: fromJson<string[]>(row.reasons), settledAt: toMomentOrNull(row.settledAt), outcome: row.outcome,
		})),
	].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function placeOf({ leadId, at, queue, owner }: PlaceRow): Pick<LedgerException, 'leadId' | 'at' | 'queue' | 'owner'> {
	return { leadId, at: toMoment(at), queue, owner: fromJsonOrNull<Owner>(owner)?.name ?? null };
}
