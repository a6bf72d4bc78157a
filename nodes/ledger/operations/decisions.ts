import type { Moment } from '../../lead/handoffRecord';
import type { DecisionSections, DecisionStage, RecordDecisionInput, RecordedDecision, Scope } from '../ledger';
import { execute, flag, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson, toMillis, toStateNumber } from '../stored';
import { adopt, lockSubmission } from './capture';
import { advance, currentId } from './openLead';
import { findReviewItem, putReviewItem } from './reviewItems';

/** Decisions as they hold: a corrected one with what a person made of it. */
export const heldDecisions = `SELECT COALESCE(corrections.section, decisions.section) AS section, decisions.stage, decisions.submission_id AS "submissionId", decisions.lead_id AS "leadId",
	decisions.decided_at AS "decidedAt"
	FROM decisions LEFT JOIN corrections ON corrections.client = decisions.client AND corrections.test = decisions.test
		AND corrections.submission_id = decisions.submission_id AND corrections.stage = decisions.stage
	WHERE decisions.client = $1 AND decisions.test = $2`;

/** The section that a stage decided for a submission, or that a person corrected. */
export function* getDecision<S extends DecisionStage>(_: OperationContext, { client, test }: Scope, submissionId: string, stage: S): Operation<DecisionSections[S] | undefined> {
	const row = yield* queryOne<{ section: string }>(
		`${heldDecisions} AND decisions.submission_id = $3 AND decisions.stage = $4`,
		[client, flag(test), submissionId, stage],
	);
	return row && fromJson<DecisionSections[S]>(row.section);
}

/** The sections of all stages that decided for a submission. */
export function* getDecisions(_: OperationContext, { client, test }: Scope, submissionId: string): Operation<Partial<DecisionSections>> {
	const rows = yield* query<{ stage: DecisionStage; section: string }>(`${heldDecisions} AND decisions.submission_id = $3`, [client, flag(test), submissionId]);
	return Object.fromEntries(rows.map(({ stage, section }) => [stage, fromJson(section)]));
}

/** Records what a stage decided, once per submission; the earlier decision holds, but for a test lead whose decision is to be replaced. */
export function* recordDecision<S extends DecisionStage>(context: OperationContext, input: RecordDecisionInput<S>): Operation<RecordedDecision<S>> {
	const at = toMillis(input.at);
	const submission = (yield* lockSubmission(input, input.submissionId)) ?? (yield* adoptFor(context, input, at));
	const earlier = yield* getDecision(context, input, input.submissionId, input.stage);
	const replaces = earlier !== undefined && input.test && input.replace === true;
	if (earlier !== undefined && !replaces) {
		const reviewItemId = input.review && (yield* findReviewItem(input, input.submissionId, input.review.stage))?.id;
		return { section: earlier, earlier: true, ...(reviewItemId && { reviewItemId }) };
	}
	yield* writeDecision(input, { ...input, leadId: submission.leadId, at });
	yield* advance(input, input.submissionId, submission.leadId, toStateNumber(input.state ?? 'captured'));
	const { stage, reasons, ownerId } = input.review ?? { stage: input.stage, reasons: [] };
	const reviewItemId = yield* putReviewItem(context, input, { submissionId: input.submissionId, leadId: submission.leadId, stage, reasons, ownerId, at });
	if (input.owner || input.queue !== undefined) yield* assignLead(input, submission.leadId, replaces);
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

function* assignLead({ client, test, owner, queue }: RecordDecisionInput<DecisionStage>, leadId: string, replaces: boolean): Operation<void> {
	if (owner) {
		// a doubt that was opened before the lead had an owner is the owner's now; a replaced owner has none of it any more
		yield* execute(
			`UPDATE review_items SET owner_id = $4 WHERE client = $1 AND test = $2 AND lead_id = $3 AND (owner_id IS NULL OR ($5 = 1 AND owner_id = (
				SELECT owner_id FROM leads WHERE client = $1 AND test = $2 AND id = $3
			)))`,
			[client, flag(test), leadId, owner.id, flag(replaces)],
		);
	}
	yield* execute(
		`UPDATE leads SET queue = COALESCE($4, queue), owner_id = COALESCE($5, owner_id), owner = COALESCE($6, owner), stale = 1
		WHERE client = $1 AND test = $2 AND id = $3`,
		[client, flag(test), leadId, queue ?? null, owner?.id ?? null, owner ? toJson(owner) : null],
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

/** Writes a decision; the caller has looked that there is none that holds. */
export function* writeDecision({ client, test }: Scope, decision: WrittenDecision): Operation<void> {
	yield* execute(
		`INSERT INTO decisions (client, test, submission_id, stage, lead_id, section, settings_version, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (client, test, submission_id, stage) DO UPDATE SET
			lead_id = excluded.lead_id, section = excluded.section, settings_version = excluded.settings_version, decided_at = excluded.decided_at`,
		[
			client, flag(test), decision.submissionId, decision.stage, decision.leadId,
			toJson(decision.section), decision.settingsVersion ?? null, decision.at,
		],
	);
	if (decision.stage === 'route') yield* holdUntil({ client, test }, decision.submissionId, (decision.section as DecisionSections['route']).routing.heldUntil);
}

/** Notes until when a submission's lead is held; without a moment it is not. */
export function* holdUntil({ client, test }: Scope, submissionId: string, until: Moment | undefined): Operation<void> {
	yield* execute(
		'UPDATE submissions SET held_until = $4 WHERE client = $1 AND test = $2 AND id = $3',
		[client, flag(test), submissionId, until === undefined ? null : toMillis(until)],
	);
}
