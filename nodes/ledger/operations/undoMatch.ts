import type { RecordMatchInput, Scope } from '../ledger';
import { execute, flag, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import { fromJson, toJson } from '../stored';
import { lockSubmission } from './capture';
import { openLead } from './openLead';
import { textFieldsOf, writePerson } from './persons';

interface Ids {
	leadId: string;
	personId: string;
}

/** Columns of a person that a match changes. */
export const personColumns = ['fields', 'email', 'email_key', 'search_text', 'external_ids', 'customer_status', 'owner_id', 'updated_at'] as const;
const leadColumns = ['person_id', 'verdict', 'provisional', 'last_touch_at'] as const;

/** What a match is about to change. */
export interface Before {
	/** Ids that the submission was captured with. */
	captured: Ids;
	/** Columns of the decided person and lead. */
	person: Record<(typeof personColumns)[number], SqlValue>;
	lead: Record<(typeof leadColumns)[number], SqlValue>;
}

/** Reads what a match is about to change; undefined when it makes a person or lead that nobody knew, which can't be taken back. */
export function* readForUndo({ client, test, leadId, personId }: RecordMatchInput, captured: Ids): Operation<Before | undefined> {
	const where = 'WHERE client = $1 AND test = $2 AND id = $3';
	const person = yield* queryOne<Before['person']>(`SELECT ${personColumns.join(', ')} FROM persons ${where}`, [client, flag(test), personId]);
	const lead = yield* queryOne<Before['lead']>(`SELECT ${leadColumns.join(', ')} FROM leads ${where}`, [client, flag(test), leadId]);
	return person && lead && { captured, person, lead };
}

/** Keeps it under the number of the match. */
export function* keepForUndo({ client, test, submissionId, personId }: RecordMatchInput, written: number, before: Before): Operation<void> {
	yield* execute(
		'INSERT INTO match_undo (client, test, submission_id, person_id, written, before) VALUES ($1, $2, $3, $4, $5, $6)',
		[client, flag(test), submissionId, personId, written, toJson(before)],
	);
}

/** Takes back the match of a test lead, as long as its person was not decided on again. */
export function* undoMatch(_: OperationContext, scope: Scope, submissionId: string): Operation<boolean> {
	if (!scope.test) return false;
	const place = [scope.client, flag(scope.test)] as const;
	const decided = yield* lockSubmission(scope, submissionId);
	const kept = yield* queryOne<{ written: number; before: string }>(
		'SELECT written, before FROM match_undo WHERE client = $1 AND test = $2 AND submission_id = $3',
		[...place, submissionId],
	);
	if (!decided || !kept) return false;
	const followed = yield* queryOne(
		'SELECT submission_id FROM match_undo WHERE client = $1 AND test = $2 AND person_id = $3 AND written > $4 LIMIT 1',
		[...place, decided.personId, kept.written],
	);
	if (followed) return false;

	const { captured, person, lead } = fromJson<Before>(kept.before);
	yield* giveBack(scope, submissionId, captured, decided);
	yield* execute(
		`UPDATE leads SET ${assignments(leadColumns)}, touches = touches - $4, stale = 1 WHERE client = $1 AND test = $2 AND id = $3`,
		[...place, decided.leadId, decided.leadId === captured.leadId ? 0 : 1, ...leadColumns.map((column) => lead[column])],
	);
	yield* execute(
		`UPDATE persons SET ${assignments(personColumns)}, enquiries = enquiries - $4 WHERE client = $1 AND test = $2 AND id = $3`,
		[...place, decided.personId, 1, ...personColumns.map((column) => person[column])],
	);
	// a key carries the number of the match that brought it
	yield* execute('DELETE FROM match_keys WHERE client = $1 AND test = $2 AND person_id = $3 AND written = $4', [...place, decided.personId, kept.written]);
	yield* execute('DELETE FROM match_undo WHERE client = $1 AND test = $2 AND submission_id = $3', [...place, submissionId]);
	yield* execute(`DELETE FROM decisions WHERE client = $1 AND test = $2 AND submission_id = $3 AND stage = 'clean'`, [...place, submissionId]);
	return true;
}

/** Opens the submission's own lead and person again if they had gone into others, and gives them what is the submission's. */
function* giveBack(scope: Scope, submissionId: string, own: Ids, decided: Ids): Operation<void> {
	const place = [scope.client, flag(scope.test)] as const;
	const submission = yield* queryOne<{ receivedAt: number; state: number; record: string }>(
		'SELECT received_at AS "receivedAt", state, record FROM submissions WHERE client = $1 AND test = $2 AND id = $3',
		[...place, submissionId],
	);
	if (!submission) return;
	const at = submission.receivedAt;
	if (own.personId !== decided.personId) {
		yield* writePerson(scope, { personId: own.personId, fields: textFieldsOf(fromJson(submission.record)), externalIds: {}, at });
		yield* removeAlias(scope, 'person', own.personId);
	}
	if (own.leadId !== decided.leadId) {
		yield* openLead(scope, { ...own, at });
		yield* execute('UPDATE leads SET state = $4, stale = 1 WHERE client = $1 AND test = $2 AND id = $3', [...place, own.leadId, submission.state]);
		yield* removeAlias(scope, 'lead', own.leadId);
		for (const table of ['decisions', 'review_items']) {
			yield* execute(`UPDATE ${table} SET lead_id = $4 WHERE client = $1 AND test = $2 AND submission_id = $3`, [...place, submissionId, own.leadId]);
		}
	}
	yield* execute(
		'UPDATE submissions SET lead_id = $4, person_id = $5 WHERE client = $1 AND test = $2 AND id = $3',
		[...place, submissionId, own.leadId, own.personId],
	);
}

/** An id that stood for another is itself again. */
export function* removeAlias({ client, test }: Scope, kind: 'lead' | 'person', alias: string): Operation<void> {
	yield* execute('DELETE FROM aliases WHERE client = $1 AND test = $2 AND kind = $3 AND alias = $4', [client, flag(test), kind, alias]);
}

/** `column = $5, …`: after the scope, the id and what is counted down. */
function assignments(columns: readonly string[]): string {
	return columns.map((column, index) => `${column} = $${index + 5}`).join(', ');
}
