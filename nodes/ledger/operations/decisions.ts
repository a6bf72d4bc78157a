import type { Stage } from '../../lead/handoffRecord';
import type { DecisionSections, DecisionStage, RecordDecisionInput, RecordedDecision, Scope } from '../ledger';
import { flag, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson, toMillis, toStateNumber } from '../stored';
import { adopt, lockSubmission } from './capture';
import { advance, currentId } from './openLead';

/** The section that a stage decided for a submission. */
export function* getDecision<S extends DecisionStage>(_: OperationContext, { client, test }: Scope, submissionId: string, stage: S): Operation<DecisionSections[S] | undefined> {
	const row = yield* queryOne<{ section: string }>(
		'SELECT section FROM decisions WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = $4',
		[client, flag(test), submissionId, stage],
	);
	return row && fromJson<DecisionSections[S]>(row.section);
}

/** Records what a stage decided, once per submission; the earlier decision holds. */
export function* recordDecision<S extends DecisionStage>(context: OperationContext, input: RecordDecisionInput<S>): Operation<RecordedDecision<S>> {
	const at = toMillis(input.at);
	const submission = (yield* lockSubmission(input, input.submissionId)) ?? (yield* adoptFor(context, input, at));
	const earlier = yield* getDecision(context, input, input.submissionId, input.stage);
	if (earlier !== undefined) {
		const reviewItemId = input.review && (yield* findReviewItem(input, input.submissionId, input.review.stage));
		return { section: earlier, earlier: true, ...(reviewItemId && { reviewItemId }) };
	}
	yield* writeDecision(input, { ...input, leadId: submission.leadId, at });
	yield* advance(input, input.submissionId, submission.leadId, toStateNumber(input.state ?? 'captured'));
	const reviewItemId = input.review && (yield* openReviewItem(context, input, { ...input.review, submissionId: input.submissionId, leadId: submission.leadId, at }));
	if (input.owner || input.queue !== undefined) yield* assignLead(input, submission.leadId);
	return { section: input.section, earlier: false, ...(reviewItemId && { reviewItemId }) };
}

function* adoptFor(context: OperationContext, input: RecordDecisionInput<DecisionStage>, at: number): Operation<{ leadId: string; personId: string }> {
	const leadId = yield* currentId(input, 'lead', input.leadId);
	const lead = yield* queryOne<{ personId: string }>(
		'SELECT person_id AS "personId" FROM leads WHERE client = $1 AND test = $2 AND id = $3',
		[input.client, flag(input.test), leadId],
	);
	const personId = lead?.personId ?? context.newId();
	yield* adopt({ client: input.client, test: input.test, submissionId: input.submissionId, leadId, personId, at });
	return { leadId, personId };
}

function* assignLead({ client, test, owner, queue }: RecordDecisionInput<DecisionStage>, leadId: string): Operation<void> {
	yield* query(
		`UPDATE leads SET queue = COALESCE($4, queue), owner_id = COALESCE($5, owner_id), owner = COALESCE($6, owner)
		WHERE client = $1 AND test = $2 AND id = $3`,
		[client, flag(test), leadId, queue ?? null, owner?.id ?? null, owner ? toJson(owner) : null],
	);
	if (!owner) return;
	// a doubt that was opened before the lead had an owner is the owner's now
	yield* query(
		'UPDATE review_items SET owner_id = $4 WHERE client = $1 AND test = $2 AND lead_id = $3 AND owner_id IS NULL',
		[client, flag(test), leadId, owner.id],
	);
}

interface WrittenDecision {
	submissionId: string;
	leadId: string;
	stage: DecisionStage;
	section: unknown;
	settingsVersion?: number;
	at: number;
}

/** Appends a decision; the caller has looked that there is none. */
export function* writeDecision({ client, test }: Scope, decision: WrittenDecision): Operation<void> {
	yield* query(
		`INSERT INTO decisions (client, test, submission_id, stage, lead_id, section, settings_version, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		[
			client, flag(test), decision.submissionId, decision.stage, decision.leadId,
			toJson(decision.section), decision.settingsVersion ?? null, decision.at,
		],
	);
}

interface OpenedReview {
	submissionId: string;
	leadId: string;
	stage: Stage;
	reasons: string[];
	ownerId?: string;
	at: number;
}

/** Opens a review item and gives its id; the one that is there when the submission has one of this stage. */
export function* openReviewItem(context: OperationContext, scope: Scope, review: OpenedReview): Operation<string> {
	const earlier = yield* findReviewItem(scope, review.submissionId, review.stage);
	if (earlier !== undefined) return earlier;
	const id = context.newId();
	yield* query(
		`INSERT INTO review_items (client, test, id, submission_id, stage, lead_id, reasons, owner_id, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		[
			scope.client, flag(scope.test), id, review.submissionId, review.stage, review.leadId,
			toJson(review.reasons), review.ownerId ?? null, review.at,
		],
	);
	return id;
}

/** The id of a submission's review item of one stage. */
export function* findReviewItem({ client, test }: Scope, submissionId: string, stage: Stage): Operation<string | undefined> {
	const row = yield* queryOne<{ id: string }>(
		'SELECT id FROM review_items WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = $4',
		[client, flag(test), submissionId, stage],
	);
	return row?.id;
}
