import type { Stage } from '../../lead/handoffRecord';
import type { DecisionStage, Scope } from '../ledger';
import type { ReviewStage } from '../reviewLedger';
import { execute, flag, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson } from '../stored';
import { markStale } from './openLead';

interface Review {
	submissionId: string;
	leadId: string;
	/** A decision's stage that no review item can have, such as `route.hard`, finds none. */
	stage: Stage | DecisionStage;
	/** Empty when nothing is in doubt. */
	reasons: string[];
	ownerId?: string;
	at: number;
}

/**
 * Opens a review item and gives its id. The one that the submission has of this stage, from a decision that was replaced
 * or taken back, gets these reasons, or is settled when there are none.
 */
export function* putReviewItem(context: OperationContext, scope: Scope, { submissionId, leadId, stage, reasons, ownerId, at }: Review): Operation<string | undefined> {
	const place = [scope.client, flag(scope.test)] as const;
	const earlier = yield* findReviewItem(scope, submissionId, stage);
	if (earlier && reasons.length === 0) {
		yield* execute('UPDATE review_items SET settled_at = COALESCE(settled_at, $4) WHERE client = $1 AND test = $2 AND id = $3', [...place, earlier.id, at]);
		return undefined;
	}
	if (reasons.length === 0) return undefined;
	if (earlier) {
		yield* execute(
			'UPDATE review_items SET reasons = $4, owner_id = COALESCE($5, owner_id), settled_at = NULL WHERE client = $1 AND test = $2 AND id = $3',
			[...place, earlier.id, toJson(reasons), ownerId ?? null],
		);
		return earlier.id;
	}
	const id = context.newId();
	yield* execute(
		`INSERT INTO review_items (client, test, id, submission_id, stage, lead_id, reasons, owner_id, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		[...place, id, submissionId, stage, leadId, toJson(reasons), ownerId ?? null, at],
	);
	return id;
}

/** Asks one more question of a lead's newest enquiry; what was asked before of this stage stays. */
export function* askForReview(context: OperationContext, scope: Scope, { leadId, stage, question, ownerId, at }: { leadId: string; stage: Stage; question: string; ownerId?: string; at: number }): Operation<void> {
	const place = [scope.client, flag(scope.test)] as const;
	const submission = yield* queryOne<{ id: string }>(
		'SELECT id FROM submissions WHERE client = $1 AND test = $2 AND lead_id = $3 ORDER BY received_at DESC, id DESC LIMIT 1', [...place, leadId],
	);
	if (!submission) return;
	const open = yield* queryOne<{ reasons: string }>(
		'SELECT reasons FROM review_items WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = $4 AND settled_at IS NULL', [...place, submission.id, stage],
	);
	const reasons = [...(open ? fromJson<string[]>(open.reasons) : []), question];
	yield* putReviewItem(context, scope, { submissionId: submission.id, leadId, stage, reasons, ownerId, at });
	yield* markStale(scope, leadId);
}

/** Settles what is open of one stage of a lead: somebody has answered it. */
export function* settleReviews({ client, test }: Scope, leadId: string, stage: ReviewStage, at: number): Operation<void> {
	yield* execute(
		'UPDATE review_items SET settled_at = $5 WHERE client = $1 AND test = $2 AND lead_id = $3 AND stage = $4 AND settled_at IS NULL',
		[client, flag(test), leadId, stage, at],
	);
	yield* markStale({ client, test }, leadId);
}

/** A submission's review item of one stage. */
export function* findReviewItem({ client, test }: Scope, submissionId: string, stage: Stage | DecisionStage): Operation<{ id: string } | undefined> {
	return yield* queryOne<{ id: string }>(
		'SELECT id FROM review_items WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = $4',
		[client, flag(test), submissionId, stage],
	);
}
