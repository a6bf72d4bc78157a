import type { Owner } from '../../lead/handoffRecord';
import type { Scope } from '../ledger';
import { flag, query, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import type { ChangeReviewItemInput, ListReviewItemsInput, ReviewLedger, ReviewOutcome, ReviewStage, ReviewWork, PutRightResult, SampleInput, SettleReviewItemInput } from '../reviewLedger';
import { fromJson, fromJsonOrNull, toJson, toMillis, toMoment, toMomentOrNull } from '../stored';
import { correctIntent, correctOwner } from './corrections';
import { recordEvent } from './events';
import { keepApart } from './externalIds';
import { markStale } from './openLead';

interface WorkRow {
	id: string;
	leadId: string;
	personId: string;
	submissionId: string;
	stage: ReviewStage;
	reasons: string;
	ownerId: string | null;
	openedAt: number;
	dueAt: number | null;
	snoozedUntil: number | null;
	settledAt: number | null;
	settledBy: string | null;
	outcome: ReviewOutcome | null;
	note: string | null;
	fields: string;
	record: string;
	queue: string | null;
	owner: string | null;
	status: 'open' | 'closed';
}

const selectWork = `SELECT items.id, items.lead_id AS "leadId", leads.person_id AS "personId", items.submission_id AS "submissionId", items.stage, items.reasons, items.owner_id AS "ownerId",
	items.opened_at AS "openedAt", items.due_at AS "dueAt", items.snoozed_until AS "snoozedUntil", items.settled_at AS "settledAt", items.settled_by AS "settledBy",
	items.outcome, items.note, persons.fields, submissions.record, leads.queue, leads.owner, leads.status
	FROM review_items items
	JOIN leads ON leads.client = items.client AND leads.test = items.test AND leads.id = items.lead_id
	JOIN persons ON persons.client = leads.client AND persons.test = leads.test AND persons.id = leads.person_id
	JOIN submissions ON submissions.client = items.client AND submissions.test = items.test AND submissions.id = items.submission_id
	WHERE items.client = $1 AND items.test = $2`;

/** See `ReviewLedger`. */
export function* listReviewItems(_: OperationContext, input: ListReviewItemsInput): Operation<ReviewWork[]> {
	const values: SqlValue[] = [input.client, flag(input.test)];
	const bind = (value: SqlValue) => `$${values.push(value)}`;
	let where = '';
	if (input.state !== undefined) where += ` AND items.settled_at IS ${input.state === 'open' ? '' : 'NOT '}NULL`;
	if (input.stage !== undefined) where += ` AND items.stage = ${bind(input.stage)}`;
	if (input.ownerId !== undefined) where += ` AND items.owner_id = ${bind(input.ownerId)}`;
	if (input.awakeAt !== undefined) where += ` AND COALESCE(items.snoozed_until, 0) <= ${bind(toMillis(input.awakeAt))}`;
	if (input.from !== undefined) where += ` AND items.opened_at >= ${bind(toMillis(input.from))}`;
	if (input.after) where += ` AND (items.opened_at, items.id) > (${bind(toMillis(input.after.openedAt))}, ${bind(input.after.id)})`;
	const limit = bind(Math.min(1000, Math.max(1, Math.trunc(input.limit))));
	const rows = yield* query<WorkRow>(`${selectWork}${where} ORDER BY items.opened_at, items.id LIMIT ${limit}`, values);
	return rows.map(toWork);
}

/** See `ReviewLedger`. */
export function* getReviewItem(_: OperationContext, { client, test }: Scope, id: string): Operation<ReviewWork | undefined> {
	const row = yield* queryOne<WorkRow>(`${selectWork} AND items.id = $3`, [client, flag(test), id]);
	return row && toWork(row);
}

function toWork({ fields, record, queue, owner, status, ...row }: WorkRow): ReviewWork {
	const known = fromJson<Record<string, string | null>>(fields);
	const said = fromJsonOrNull<{ lead?: { message?: unknown } }>(record)?.lead?.message;
	return {
		...row,
		reasons: fromJson(row.reasons),
		openedAt: toMoment(row.openedAt), dueAt: toMomentOrNull(row.dueAt), snoozedUntil: toMomentOrNull(row.snoozedUntil), settledAt: toMomentOrNull(row.settledAt),
		lead: {
			fullName: known.fullName ?? null, email: known.email ?? null, company: known.company ?? null, message: typeof said === 'string' ? said : null,
			queue, owner: fromJsonOrNull<Owner>(owner), status,
		},
	};
}

/** See `ReviewLedger`. */
export function* changeReviewItem(_: OperationContext, { client, test, id, ...change }: ChangeReviewItemInput): Operation<'changed' | 'settled' | 'unknown'> {
	const changed = yield* query(
		`UPDATE review_items SET owner_id = COALESCE($4, owner_id), due_at = COALESCE($5, due_at), snoozed_until = COALESCE($6, snoozed_until)
		WHERE client = $1 AND test = $2 AND id = $3 AND settled_at IS NULL RETURNING id`,
		[client, flag(test), id, change.ownerId ?? null, millisOrNull(change.dueAt), millisOrNull(change.snoozedUntil)],
	);
	if (changed.length > 0) return 'changed';
	const known = yield* queryOne('SELECT id FROM review_items WHERE client = $1 AND test = $2 AND id = $3', [client, flag(test), id]);
	return known ? 'settled' : 'unknown';
}

/** See `ReviewLedger`. */
export function* settleReviewItem(context: OperationContext, input: SettleReviewItemInput): Operation<Awaited<ReturnType<ReviewLedger['settleReviewItem']>>> {
	const { client, test, id, outcome, at, by, note } = input;
	const [settled] = yield* query<{ leadId: string; submissionId: string }>(
		`UPDATE review_items SET settled_at = COALESCE(settled_at, $4), outcome = $5, settled_by = $6, note = $7
		WHERE client = $1 AND test = $2 AND id = $3 AND outcome IS NULL RETURNING lead_id AS "leadId", submission_id AS "submissionId"`,
		[client, flag(test), id, toMillis(at), outcome, by ?? null, note ?? null],
	);
	if (settled) {
		yield* markStale({ client, test }, settled.leadId);
		return { status: 'settled', done: yield* putRight(context, input, settled) };
	}
	const known = yield* queryOne<{ outcome: ReviewOutcome }>('SELECT outcome FROM review_items WHERE client = $1 AND test = $2 AND id = $3', [client, flag(test), id]);
	return known ? { status: 'earlier', outcome: known.outcome } : { status: 'unknown' };
}

function* putRight(context: OperationContext, { client, test, id, at, by, note, putRight: asked = {} }: SettleReviewItemInput, { leadId, submissionId }: { leadId: string; submissionId: string }): Operation<PutRightResult> {
	const scope = { client, test };
	const person = yield* queryOne<{ personId: string }>('SELECT person_id AS "personId" FROM submissions WHERE client = $1 AND test = $2 AND id = $3', [client, flag(test), submissionId]);
	const done: PutRightResult = { events: [], keptApart: 0 };
	for (const { type, detail } of asked.events ?? []) {
		const isNew = yield* recordEvent(context, { ...scope, leadId, personId: person?.personId, type, at, by, detail, onceKey: `review:${id}:${type}` });
		if (isNew) done.events.push(type);
	}
	for (const otherId of person ? asked.apartFrom ?? [] : []) {
		if (yield* keepApart(context, { ...scope, personId: person!.personId, otherId, at })) done.keptApart++;
	}
	const correction = { ...scope, leadId, at, by, reason: note };
	if (asked.owner) done.owner = yield* correctOwner(context, { ...correction, ...asked.owner });
	if (asked.intent) done.intent = yield* correctIntent(context, { ...correction, intent: asked.intent });
	return done;
}

/** See `ReviewLedger`. */
export function* openSample(context: OperationContext, { client, test, leads, at, ownerId }: SampleInput): Operation<number> {
	let opened = 0;
	for (const { leadId, question } of leads) {
		const rows = yield* query(
			`INSERT INTO review_items (client, test, id, submission_id, stage, lead_id, reasons, owner_id, opened_at)
			SELECT client, test, $4, id, 'sample', lead_id, $5, CAST($6 AS TEXT), $7 FROM submissions
			WHERE client = $1 AND test = $2 AND lead_id = $3 ORDER BY received_at LIMIT 1
			ON CONFLICT DO NOTHING RETURNING id`,
			[client, flag(test), leadId, context.newId(), toJson([question]), ownerId ?? null, toMillis(at)],
		);
		opened += rows.length;
	}
	return opened;
}

/** See `ReviewLedger`. */
export function* listRouted(_: OperationContext, { client, test, from, to, limit, after }: Parameters<ReviewLedger['listRouted']>[0]): Operation<{ leadId: string; queue: string | null; owner: Owner | null }[]> {
	const rows = yield* query<{ leadId: string; queue: string | null; owner: string | null }>(
		`SELECT id AS "leadId", queue, owner FROM leads
		WHERE client = $1 AND test = $2 AND opened_at >= $3 AND opened_at < $4 AND id > $5 AND owner_id IS NOT NULL ORDER BY id LIMIT $6`,
		[client, flag(test), toMillis(from), toMillis(to), after ?? '', Math.trunc(limit)],
	);
	return rows.map((row) => ({ ...row, owner: fromJsonOrNull<Owner>(row.owner) }));
}

function millisOrNull(moment: string | undefined): number | null {
	return moment === undefined ? null : toMillis(moment);
}
