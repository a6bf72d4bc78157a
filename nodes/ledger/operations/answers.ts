import type { FindAnswerInput, KeepAnswerInput, KeptAnswerRow, Scope } from '../ledger';
import { execute, flag, inList, query, queryOne, type Operation, type OperationContext } from '../operation';
import { toMillis } from '../stored';

/** The client's own secret, made when it is first asked for. */
export function* getAnswerSecret(context: OperationContext, client: string): Operation<string> {
	yield* execute('INSERT INTO ai_answer_secrets (client, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING', [client, `${context.newId()}${context.newId()}`]);
	const row = yield* queryOne<{ secret: string }>('SELECT secret FROM ai_answer_secrets WHERE client = $1', [client]);
	return row?.secret ?? '';
}

/** The kept answer; it then belongs to this submission too. A submission that is not in the ledger gets none: nothing could remove its use. */
export function* findAnswer(_: OperationContext, { client, test, key, submissionId }: FindAnswerInput): Operation<KeptAnswerRow | undefined> {
	const row = yield* queryOne<KeptAnswerRow>('SELECT answer FROM ai_answers WHERE client = $1 AND test = $2 AND answer_key = $3', [client, flag(test), key]);
	if (!row || !(yield* addUse({ client, test }, key, submissionId))) return undefined;
	return { answer: row.answer };
}

/** Keeps an answer for a submission; the one that was kept first holds. */
export function* keepAnswer(_: OperationContext, { client, test, key, submissionId, answer, at }: KeepAnswerInput): Operation<void> {
	const known = yield* queryOne('SELECT id FROM submissions WHERE client = $1 AND test = $2 AND id = $3', [client, flag(test), submissionId]);
	if (!known) return;
	yield* execute(
		'INSERT INTO ai_answers (client, test, answer_key, answer, kept_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
		[client, flag(test), key, answer, toMillis(at)],
	);
	yield* addUse({ client, test }, key, submissionId);
}

function* addUse({ client, test }: Scope, key: string, submissionId: string): Operation<boolean> {
	const known = yield* queryOne('SELECT id FROM submissions WHERE client = $1 AND test = $2 AND id = $3', [client, flag(test), submissionId]);
	if (!known) return false;
	yield* execute(
		'INSERT INTO ai_answer_uses (client, test, answer_key, submission_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
		[client, flag(test), key, submissionId],
	);
	return true;
}

/**
 * Removes what these submissions used of kept answers, and each answer that no other submission uses.
 * To be called before the submissions themselves are deleted.
 */
export function* removeAnswers({ client, test }: Scope, submissionIds: readonly string[]): Operation<void> {
	if (submissionIds.length === 0) return;
	const ids = inList(submissionIds, 3);
	const removed = yield* query<{ key: string }>(
		`DELETE FROM ai_answer_uses WHERE client = $1 AND test = $2 AND submission_id IN (${ids.list}) RETURNING answer_key AS key`,
		[client, flag(test), ...ids.values],
	);
	if (removed.length === 0) return;
	const keys = inList([...new Set(removed.map(({ key }) => key))], 3);
	yield* execute(
		`DELETE FROM ai_answers WHERE client = $1 AND test = $2 AND answer_key IN (${keys.list}) AND NOT EXISTS (
			SELECT 1 FROM ai_answer_uses uses WHERE uses.client = ai_answers.client AND uses.test = ai_answers.test AND uses.answer_key = ai_answers.answer_key
		)`,
		[client, flag(test), ...keys.values],
	);
}
