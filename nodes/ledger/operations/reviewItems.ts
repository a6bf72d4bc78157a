import type { Stage } from '../../lead/handoffRecord';
import type { DecisionStage, Scope } from '../ledger';
import { flag, query, queryOne, type Operation, type OperationContext } from '../operation';
import { toJson } from '../stored';

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
		yield* query('UPDATE review_items SET settled_at = COALESCE(settled_at, $4) WHERE client = $1 AND test = $2 AND id = $3', [...place, earlier.id, at]);
		return undefined;
	}
	if (reasons.length === 0) return undefined;
	if (earlier) {
		yield* query(
			'UPDATE review_items SET reasons = $4, owner_id = COALESCE($5, owner_id), settled_at = NULL WHERE client = $1 AND test = $2 AND id = $3',
			[...place, earlier.id, toJson(reasons), ownerId ?? null],
		);
		return earlier.id;
	}
	const id = context.newId();
	yield* query(
		`INSERT INTO review_items (client, test, id, submission_id, stage, lead_id, reasons, owner_id, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		[...place, id, submissionId, stage, leadId, toJson(reasons), ownerId ?? null, at],
	);
	return id;
}

/** A submission's review item of one stage. */
export function* findReviewItem({ client, test }: Scope, submissionId: string, stage: Stage | DecisionStage): Operation<{ id: string } | undefined> {
	return yield* queryOne<{ id: string }>(
		'SELECT id FROM review_items WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = $4',
		[client, flag(test), submissionId, stage],
	);
}
