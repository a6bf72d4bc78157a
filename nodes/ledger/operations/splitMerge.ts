import type { MergeToSplit, SplitMergeInput, SplitMergeResult } from '../correctionsLedger';
import type { DecisionSections, Scope } from '../ledger';
import { execute, flag, insertRows, nextNumber, query, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import { fromJson, toJson, toMillis, toMoment } from '../stored';
import { lockSubmission } from './capture';
import { recordCorrection, writeCorrection } from './corrections';
import { getDecision } from './decisions';
import { hasOptedOutRecord } from './knownRecords';
import { currentId, openLead } from './openLead';
import { addKeys } from './personKeys';
import { searchTextOf, writePerson } from './persons';
import { settleReviews } from './reviewItems';
import { personColumns, removeAlias, type Before } from './undoMatch';

interface Joined {
	submissionId: string;
	leadId: string;
	personId: string;
	receivedAt: number;
	record: string;
	before: string;
	written: number;
}

/** The enquiry that was put to somebody else; see `CorrectionsLedger`. */
export function* readMerge(context: OperationContext, scope: Scope, by: { leadId: string; submissionId?: string }): Operation<MergeToSplit | undefined> {
	const place = [scope.client, flag(scope.test)] as const;
	const leadId = yield* currentId(scope, 'lead', by.leadId);
	const joined = yield* query<Joined>(
		`SELECT submissions.id AS "submissionId", submissions.lead_id AS "leadId", submissions.person_id AS "personId",
			submissions.received_at AS "receivedAt", submissions.record, match_undo.before, match_undo.written
		FROM submissions JOIN match_undo ON match_undo.client = submissions.client AND match_undo.test = submissions.test AND match_undo.submission_id = submissions.id
		WHERE submissions.client = $1 AND submissions.test = $2 AND submissions.lead_id = $3 ORDER BY match_undo.written DESC`,
		[...place, leadId],
	);
	const movedIn = joined.filter(({ before, personId }) => fromJson<Before>(before).captured.personId !== personId);
	const chosen = by.submissionId !== undefined
		? movedIn.find(({ submissionId }) => submissionId === by.submissionId)
		: movedIn.find(({ before }) => by.leadId !== leadId && fromJson<Before>(before).captured.leadId === by.leadId) ?? movedIn.at(0);
	const person = chosen && (yield* queryOne<Record<(typeof personColumns)[number] | 'enquiries', SqlValue>>(
		`SELECT ${personColumns.join(', ')}, enquiries FROM persons WHERE client = $1 AND test = $2 AND id = $3`, [...place, chosen.personId],
	));
	const decided = chosen && (yield* getDecision(context, scope, chosen.submissionId, 'clean'));
	if (!chosen || !person || !decided) return undefined;
	const { captured, person: before } = fromJson<Before>(chosen.before);
	const others = yield* query<{ record: string; leadId: string }>(
		`SELECT record, lead_id AS "leadId" FROM submissions WHERE client = $1 AND test = $2 AND person_id = $3 AND id <> $4`,
		[...place, chosen.personId, chosen.submissionId],
	);
	const loaded = yield* queryOne<{ at: number | null }>('SELECT MAX(loaded_at) AS at FROM known_records WHERE client = $1 AND test = $2 AND person_id = $3', [...place, chosen.personId]);
	const decidedAt = yield* queryOne<{ at: number }>(
		`SELECT decided_at AS at FROM decisions WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = 'clean'`, [...place, chosen.submissionId],
	);
	return {
		submissionId: chosen.submissionId, leadId: chosen.leadId, personId: chosen.personId, own: captured,
		receivedAt: toMoment(chosen.receivedAt), verdict: decided.match.verdict, record: fromJson(chosen.record),
		before: toPerson(before),
		now: { ...toPerson(person), enquiries: Number(person.enquiries), updatedAt: toMoment(Number(person.updated_at)) },
		broughtIds: decided.match.externalIds,
		otherRecords: others.map(({ record }) => fromJson<unknown>(record)),
		loadedSince: (loaded?.at ?? 0) > (decidedAt?.at ?? 0),
		optedOut: yield* hasOptedOutRecord(scope, chosen.personId),
		followed: captured.leadId === chosen.leadId && others.some((other) => other.leadId === chosen.leadId),
	};
}

function toPerson(row: Record<'fields' | 'external_ids' | 'customer_status' | 'owner_id', SqlValue>): MergeToSplit['before'] {
	return {
		fields: fromJson(String(row.fields)), externalIds: fromJson(String(row.external_ids)),
		customerStatus: row.customer_status as string | null, ownerId: row.owner_id as string | null,
	};
}

/** Takes an enquiry out of a person and lead it does not belong to; see `CorrectionsLedger`. */
export function* splitMerge(_: OperationContext, input: SplitMergeInput): Operation<SplitMergeResult> {
	const place = [input.client, flag(input.test)] as const;
	const decided = yield* lockSubmission(input, input.submissionId);
	const written = yield* nextNumber(input.client, input.test, 'match');
	const kept = yield* queryOne<{ written: number; before: string }>('SELECT written, before FROM match_undo WHERE client = $1 AND test = $2 AND submission_id = $3', [...place, input.submissionId]);
	const person = decided && (yield* queryOne<{ enquiries: number; updatedAt: number }>(
		'SELECT enquiries, updated_at AS "updatedAt" FROM persons WHERE client = $1 AND test = $2 AND id = $3', [...place, decided.personId],
	));
	if (!decided || !kept || !person || person.enquiries !== input.expected.enquiries || Number(person.updatedAt) !== toMillis(input.expected.updatedAt)) return { status: 'changed' };
	const own = fromJson<Before>(kept.before).captured;

	yield* writePerson(input, { personId: own.personId, fields: input.own.fields, externalIds: {}, at: toMillis(input.at) });
	yield* execute('UPDATE persons SET enquiries = 1 WHERE client = $1 AND test = $2 AND id = $3', [...place, own.personId]);
	yield* removeAlias(input, 'person', own.personId);
	yield* moveOut(input, own, decided);
	yield* restorePerson(input, decided.personId, kept.written, written);
	yield* execute('DELETE FROM match_undo WHERE client = $1 AND test = $2 AND submission_id = $3', [...place, input.submissionId]);
	yield* addKeys(input, [{ personId: own.personId, keys: input.own.keys }], written);
	const at = toMillis(input.at);
	yield* insertRows(
		'never_match', ['client', 'test', 'person_id', 'other_id', 'decided_at'],
		[[...place, own.personId, decided.personId, at], [...place, decided.personId, own.personId, at]], 'ON CONFLICT DO NOTHING',
	);
	yield* writeCorrection(input, input.submissionId, 'clean', input.section satisfies DecisionSections['clean']);
	yield* recordCorrection(input, own.leadId, 'mergeCorrected', { from: decided.leadId, to: own.leadId }, input.submissionId);
	if (own.leadId !== decided.leadId) yield* recordCorrection(input, decided.leadId, 'mergeCorrected', { from: decided.leadId, to: own.leadId });
	yield* settleReviews(input, own.leadId, 'clean', at);
	return { status: 'corrected', leads: [decided.leadId, own.leadId], persons: [decided.personId, own.personId] };
}

/** The enquiry gets its own lead again, with what its own run decided; the lead it was put to counts it no more. */
function* moveOut(input: SplitMergeInput, own: { leadId: string; personId: string }, decided: { leadId: string }): Operation<void> {
	const place = [input.client, flag(input.test)] as const;
	const { submissionId } = input;
	const submission = yield* queryOne<{ receivedAt: number; state: number }>('SELECT received_at AS "receivedAt", state FROM submissions WHERE client = $1 AND test = $2 AND id = $3', [...place, submissionId]);
	if (own.leadId !== decided.leadId) {
		yield* openLead(input, { ...own, at: submission?.receivedAt ?? toMillis(input.at) });
		yield* removeAlias(input, 'lead', own.leadId);
		for (const table of ['decisions', 'review_items']) {
			yield* execute(`UPDATE ${table} SET lead_id = $4 WHERE client = $1 AND test = $2 AND submission_id = $3`, [...place, submissionId, own.leadId]);
		}
		yield* execute('UPDATE submissions SET lead_id = $4, person_id = $5 WHERE client = $1 AND test = $2 AND id = $3', [...place, submissionId, own.leadId, own.personId]);
		// queue and owner of the lead it stood on: nobody is without one, and Correct Lead can change it
		yield* execute(
			`UPDATE leads SET stale = 1, state = $4, queue = (SELECT queue FROM leads other WHERE other.client = $1 AND other.test = $2 AND other.id = $5),
				owner_id = (SELECT owner_id FROM leads other WHERE other.client = $1 AND other.test = $2 AND other.id = $5),
				owner = (SELECT owner FROM leads other WHERE other.client = $1 AND other.test = $2 AND other.id = $5)
			WHERE client = $1 AND test = $2 AND id = $3`,
			[...place, own.leadId, submission?.state ?? 0, decided.leadId],
		);
		yield* execute(
			`UPDATE leads SET stale = 1, touches = touches - 1, last_touch_at = COALESCE((SELECT MAX(received_at) FROM submissions WHERE client = $1 AND test = $2 AND lead_id = $3), last_touch_at)
			WHERE client = $1 AND test = $2 AND id = $3`,
			[...place, decided.leadId],
		);
	} else {
		yield* execute('UPDATE submissions SET person_id = $4 WHERE client = $1 AND test = $2 AND id = $3', [...place, submissionId, own.personId]);
	}
	yield* execute(`UPDATE leads SET person_id = $4, verdict = 'create', provisional = 0, stale = 1 WHERE client = $1 AND test = $2 AND id = $3`, [...place, own.leadId, own.personId]);
}

/** The person it was put to, without what the enquiry brought. */
function* restorePerson({ known, ...input }: SplitMergeInput, personId: string, brought: number, written: number): Operation<void> {
	const place = [input.client, flag(input.test), personId] as const;
	yield* execute(
		`UPDATE persons SET fields = $4, email = $5, email_key = $6, search_text = $7, external_ids = $8, customer_status = $9, owner_id = $10,
			enquiries = enquiries - 1, updated_at = $11 WHERE client = $1 AND test = $2 AND id = $3`,
		[
			...place, toJson(known.fields), known.fields.email?.toLowerCase() ?? null, known.fields.emailKey ?? null, searchTextOf(known.fields),
			toJson(known.externalIds), known.customerStatus, known.ownerId, toMillis(input.at),
		],
	);
	yield* execute('DELETE FROM match_keys WHERE client = $1 AND test = $2 AND person_id = $3 AND written = $4', [...place, brought]);
	yield* addKeys(input, [{ personId, keys: known.keys }], written);
}
