import type { Captured, CaptureInput, Scope } from '../ledger';
import { workSeconds } from '../leadSteps';
import { execute, flag, queryOne, type Operation, type OperationContext } from '../operation';
import { toJson, toMillis, toMoment, toState, toStateNumber } from '../stored';
import { isErased, type Identity } from '../suppression';
import { openLead } from './openLead';
import { partOf, textFieldsOf, writePerson } from './persons';
import { findReviewItem, putReviewItem } from './reviewItems';

const hour = 3_600_000;

interface SubmissionRow {
	id: string;
	leadId: string;
	personId: string;
	receivedAt: number;
	state: number;
	deliveries: number;
	leaseUntil: number;
	leaseInstance: string | null;
	leaseDelivery: string | null;
}

const submissionColumns = `id, lead_id AS "leadId", person_id AS "personId", received_at AS "receivedAt", state, deliveries,
	lease_until AS "leaseUntil", lease_instance AS "leaseInstance", lease_delivery AS "leaseDelivery"`;

/** Stores one delivery before anything else is done with it, and says what it is to its submission. */
export function* capture(context: OperationContext, input: CaptureInput): Operation<Captured> {
	const at = toMillis(input.at);
	const scope = [input.client, flag(input.test)] as const;
	const leaseUntil = context.now + (input.leaseSeconds ?? workSeconds) * 1000;
	const key = input.detectResend ? input.key : `${input.key}#${input.submissionId}`;
	if (input.resendWindowHours !== undefined) {
		// an old fingerprint gives its key free for a new submission
		yield* execute(
			'UPDATE submissions SET submission_key = submission_key || \'#\' || id WHERE client = $1 AND test = $2 AND submission_key = $3 AND received_at < $4',
			[...scope, key, Math.floor(at - input.resendWindowHours * hour)],
		);
	}
	// takes the row's lock in PostgreSQL
	const earlier = yield* redeliver(input, key);
	// this very call, begun again because the answer to its commit was lost
	if (earlier?.id === input.submissionId) return answer(earlier, 'first', (yield* findReviewItem(input, earlier.id, 'capture'))?.id);
	if (!earlier) {
		if (yield* isErased(input.client, identityOf(input.record), { key: input.key, sentAt: sentAt(input, at) })) {
			const { submissionId, leadId, personId } = input;
			return { ...answer({ id: submissionId, leadId, personId, receivedAt: at, state: toStateNumber('activated'), deliveries: 1 }, 'done', undefined), erased: true };
		}
		yield* writeFirst(context, input, key, at, leaseUntil);
		const { submissionId, leadId, personId, review: reasons = [] } = input;
		const opened = yield* putReviewItem(context, input, { submissionId, leadId, stage: 'capture', reasons, at });
		return answer({ id: submissionId, leadId, personId, receivedAt: at, state: 0, deliveries: 1 }, 'first', opened);
	}
	const reviewItemId = (yield* findReviewItem(input, earlier.id, 'capture'))?.id;
	if (earlier.state === toStateNumber('activated')) return answer(earlier, 'done', reviewItemId);
	const own = input.deliveryId !== undefined && earlier.leaseDelivery === input.deliveryId;
	if (!own && (yield* isLeaseLive(context, earlier))) return answer(earlier, 'inProgress', reviewItemId);
	yield* execute(
		'UPDATE submissions SET lease_until = $4, lease_instance = $5, lease_delivery = $6 WHERE client = $1 AND test = $2 AND id = $3',
		[...scope, earlier.id, leaseUntil, context.instance, input.deliveryId ?? null],
	);
	return answer(earlier, 'resume', reviewItemId);
}

/** The address alone, where there is one: a number may be a family's. */
function identityOf(record: unknown): Identity {
	const { emailKey, phone } = textFieldsOf(record);
	return emailKey ? { emailKey } : { phone };
}

/** When the form was sent, as its tool says: a backstop brings old forms late. Else when it was received. */
function sentAt({ submittedAt }: CaptureInput, receivedAt: number): number {
	const given = submittedAt === undefined ? NaN : Date.parse(submittedAt);
	return Number.isNaN(given) ? receivedAt : Math.min(given, receivedAt);
}

function* redeliver({ client, test, submissionId }: CaptureInput, key: string): Operation<SubmissionRow | undefined> {
	return yield* queryOne<SubmissionRow>(
		`UPDATE submissions SET deliveries = CASE WHEN id = $4 THEN deliveries ELSE deliveries + 1 END
		WHERE client = $1 AND test = $2 AND submission_key = $3 RETURNING ${submissionColumns}`,
		[client, flag(test), key, submissionId],
	);
}

/** The lead is there from now on, so that it is found even when its run dies at once. */
function* writeFirst(context: OperationContext, input: CaptureInput, key: string, at: number, leaseUntil: number): Operation<void> {
	yield* writePerson(input, { personId: input.personId, fields: textFieldsOf(input.record), externalIds: {}, at });
	yield* openLead(input, { leadId: input.leadId, personId: input.personId, at });
	yield* execute(
		`INSERT INTO submissions (client, test, id, submission_key, lead_id, person_id, state, received_at, submitted_at, form_tool, form_id, event_id,
			deliveries, lease_until, lease_instance, lease_delivery, source, payload, record)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16, $17)`,
		[
			input.client, flag(input.test), input.submissionId, key, input.leadId, input.personId, at, input.submittedAt ?? null,
			input.formTool, input.formId ?? null, input.eventId ?? null, leaseUntil, context.instance, input.deliveryId ?? null,
			toJson(partOf(input.record, 'source')), toJson(input.payload), toJson(input.record),
		],
	);
}

/** A lease ends with its time, with the submission's work, or with the ledger that held it. */
function* isLeaseLive(context: OperationContext, { leaseUntil, leaseInstance }: SubmissionRow): Operation<boolean> {
	if (leaseUntil <= context.now || leaseInstance === null) return false;
	const holder = yield* queryOne('SELECT id FROM instances WHERE id = $1', [leaseInstance]);
	return holder !== undefined;
}

type AnsweredRow = Pick<SubmissionRow, 'id' | 'leadId' | 'personId' | 'receivedAt' | 'state' | 'deliveries'>;

function answer(row: AnsweredRow, outcome: Captured['delivery']['outcome'], reviewItemId: string | undefined): Captured {
	return {
		submissionId: row.id,
		leadId: row.leadId,
		personId: row.personId,
		receivedAt: toMoment(row.receivedAt),
		state: toState(row.state),
		delivery: { number: row.deliveries, outcome },
		...(reviewItemId && { reviewItemId }),
	};
}

/**
 * A submission that this ledger never captured, e.g. because Lead Normalize ran without a ledger, is taken in with what
 * is known of it, so that its decisions hold as well.
 */
export function* adopt(input: Scope & { submissionId: string; leadId: string; personId: string; at: number }): Operation<void> {
	const known = yield* queryOne('SELECT id FROM persons WHERE client = $1 AND test = $2 AND id = $3', [input.client, flag(input.test), input.personId]);
	if (!known) yield* writePerson(input, { personId: input.personId, fields: {}, externalIds: {}, at: input.at });
	yield* openLead(input, { leadId: input.leadId, personId: input.personId, at: input.at });
	yield* execute(
		`INSERT INTO submissions (client, test, id, submission_key, lead_id, person_id, state, received_at, form_tool, deliveries, lease_until, payload, record)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 'unknown', 1, 0, 'null', 'null') ON CONFLICT DO NOTHING`,
		[input.client, flag(input.test), input.submissionId, `adopted:${input.submissionId}`, input.leadId, input.personId, input.at],
	);
}

/** The submission's lead and person, locked until the transaction ends. */
export function* lockSubmission({ client, test }: Scope, submissionId: string): Operation<{ leadId: string; personId: string } | undefined> {
	return yield* queryOne(
		`UPDATE submissions SET deliveries = deliveries WHERE client = $1 AND test = $2 AND id = $3
		RETURNING lead_id AS "leadId", person_id AS "personId"`,
		[client, flag(test), submissionId],
	);
}
