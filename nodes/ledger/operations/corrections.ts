import type { Intent, Moment, Routing } from '../../lead/handoffRecord';
import type { CorrectIntentInput, Correction, CorrectionResult, CorrectOwnerInput } from '../correctionsLedger';
import type { Scope } from '../ledger';
import { execute, flag, inList, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, fromJsonOrNull, toJson, toMillis, toMoment } from '../stored';
import { changeOwner } from './changeOwner';
import { heldDecisions, holdUntil } from './decisions';
import { currentId, markStale } from './openLead';
import { partOf } from './persons';
import { settleReviews } from './reviewItems';

/** Gives the lead to its right owner; see `CorrectionsLedger`. */
export function* correctOwner(_: OperationContext, input: CorrectOwnerInput): Operation<CorrectionResult> {
	const leadId = yield* currentId(input, 'lead', input.leadId);
	const lead = yield* queryOne<{ ownerId: string | null; queue: string | null }>(
		'SELECT owner_id AS "ownerId", queue FROM leads WHERE client = $1 AND test = $2 AND id = $3', [input.client, flag(input.test), leadId],
	);
	if (!lead) return { status: 'unknown' };
	const queue = input.queue ?? lead.queue ?? undefined;
	if (lead.ownerId === input.owner.id && queue === (lead.queue ?? undefined)) return { status: 'already', from: lead.ownerId };
	const before = yield* changeOwner(input, leadId, input.owner, { at: toMillis(input.at), queue: input.queue });
	const from = before?.name ?? null;
	const because = `owner corrected from ${from ?? 'nobody'} to ${input.owner.name}`;
	for (const { submissionId, section } of yield* decisionsOf(input, leadId, 'route')) {
		const { routing } = fromJson<{ routing: Routing }>(section);
		yield* writeCorrection(input, submissionId, 'route', { routing: { ...routing, heldUntil: undefined, waiting: undefined, owner: input.owner, ...(queue === undefined ? {} : { queue }), because: [because, ...routing.because] } });
		yield* holdUntil(input, submissionId, undefined);
	}
	yield* recordCorrection(input, leadId, 'ownerCorrected', {
		from: from ?? 'nobody', to: input.owner.name, before: before ?? null, owner: input.owner, ...(input.queue !== undefined && input.queue !== lead.queue ? { fromQueue: lead.queue ?? 'none', toQueue: input.queue } : {}),
	});
	// the question whether it was a misroute is answered
	yield* settleReviews(input, leadId, 'route', toMillis(input.at));
	return { status: 'corrected', from };
}

/** Says what the newest enquiry wanted; see `CorrectionsLedger`. */
export function* correctIntent(_: OperationContext, input: CorrectIntentInput): Operation<CorrectionResult> {
	const leadId = yield* currentId(input, 'lead', input.leadId);
	const lead = yield* queryOne('SELECT id FROM leads WHERE client = $1 AND test = $2 AND id = $3', [input.client, flag(input.test), leadId]);
	if (!lead) return { status: 'unknown' };
	const decided = (yield* decisionsOf(input, leadId, 'classify')).at(-1);
	const section = decided && fromJson<{ intent: Intent; review: unknown[] }>(decided.section);
	const from = section?.intent.name ?? null;
	if (from === input.intent.name) return { status: 'already', from };
	if (decided && section) {
		yield* writeCorrection(input, decided.submissionId, 'classify', { ...section, intent: { ...section.intent, ...input.intent, because: [`corrected from ${from ?? 'nothing'}`, ...section.intent.because] } });
	}
	yield* recordCorrection(input, leadId, 'intentCorrected', { from: from ?? 'nothing', to: input.intent.name, ...(section ? { engine: section.intent.engine } : {}) }, decided?.submissionId);
	yield* settleReviews(input, leadId, 'classify', toMillis(input.at));
	return { status: 'corrected', from };
}

function* decisionsOf({ client, test }: Scope, leadId: string, stage: string): Operation<{ submissionId: string; section: string }[]> {
	return yield* query(`${heldDecisions} AND decisions.lead_id = $3 AND decisions.stage = $4 ORDER BY decisions.decided_at`, [client, flag(test), leadId, stage]);
}

/** What holds instead of a decision from now on. */
export function* writeCorrection({ client, test, at }: Scope & { at: Moment }, submissionId: string, stage: string, section: unknown): Operation<void> {
	yield* execute(
		`INSERT INTO corrections (client, test, submission_id, stage, section, corrected_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (client, test, submission_id, stage) DO UPDATE SET section = excluded.section, corrected_at = excluded.corrected_at`,
		[client, flag(test), submissionId, stage, toJson(section), toMillis(at)],
	);
}

/** Adds the event of a correction: that it is not told twice was looked at before, by what holds. */
export function* recordCorrection(
	input: Scope & { at: Moment; by?: string; reason?: string }, leadId: string, type: string, detail: Record<string, unknown>, submissionId?: string,
): Operation<void> {
	const sequence = yield* nextNumber(input.client, input.test, 'event');
	yield* execute(
		`INSERT INTO events (client, test, once_key, sequence, lead_id, submission_id, type, happened_at, recorded_by, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		[
			input.client, flag(input.test), `${leadId}:${type}:${sequence}`, sequence, leadId, submissionId ?? null, type, toMillis(input.at), input.by ?? null,
			toJson({ ...detail, ...(input.reason === undefined ? {} : { reason: input.reason }) }),
		],
	);
	yield* markStale(input, leadId);
}

const kinds: Record<string, Correction['kind']> = { ownerCorrected: 'owner', mergeCorrected: 'merge', intentCorrected: 'intent', misrouted: 'misrouted', duplicateRefuted: 'notDuplicate' };
const mostCorrections = 10_000;

interface CorrectionRow {
	type: string;
	leadId: string | null;
	at: number;
	by: string | null;
	detail: string;
	queue: string | null;
	record: string | null;
}

/** Corrections of a period; see `CorrectionsLedger`. */
export function* listCorrections(_: OperationContext, { client, test }: Scope, from: Moment, to: Moment): Operation<Correction[]> {
	const types = inList(Object.keys(kinds), 6);
	// a sum is in no index: in the order of one, SQLite would walk all events of the client.
	// of a lead with several enquiries, the message of the one that was corrected, else of the first
	const rows = yield* query<CorrectionRow>(
		`SELECT events.type, events.lead_id AS "leadId", events.happened_at AS at, events.recorded_by AS by, events.detail, leads.queue,
			(SELECT record FROM submissions WHERE submissions.client = events.client AND submissions.test = events.test AND submissions.lead_id = events.lead_id
				AND (events.submission_id IS NULL OR submissions.id = events.submission_id) ORDER BY received_at LIMIT 1) AS record
		FROM events LEFT JOIN leads ON leads.client = events.client AND leads.test = events.test AND leads.id = events.lead_id
		WHERE events.client = $1 AND events.test = $2 AND events.type IN (${types.list}) AND events.happened_at >= $3 AND events.happened_at < $4
		ORDER BY events.sequence + 0 LIMIT $5`,
		[client, flag(test), toMillis(from), toMillis(to), mostCorrections, ...types.values],
	);
	return rows.map(({ type, record: stored, detail, at, ...row }) => {
		const record = fromJsonOrNull<unknown>(stored);
		const { message } = partOf(record, 'lead');
		return { ...row, kind: kinds[type], at: toMoment(at), detail: fromJson(detail), message: typeof message === 'string' ? message : null, record };
	});
}
