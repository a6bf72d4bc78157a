import type { PersonKey } from '../../lead/clean/knownPerson';
import type { RecordMatchInput, RecordMatchResult, Scope } from '../ledger';
import { execute, flag, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import { toJson, toMillis, toStateNumber } from '../stored';
import { keysAtOnce } from './candidates';
import { adopt, lockSubmission } from './capture';
import { getDecision, writeDecision } from './decisions';
import { addAlias, advance, markStale, openLead } from './openLead';
import { addKeys } from './personKeys';
import { writePerson } from './persons';
import { findReviewItem, putReviewItem } from './reviewItems';
import { keepForUndo, readForUndo } from './undoMatch';

/** Writes what Dedupe Match decided, unless someone with the same keys came in meanwhile. */
export function* recordMatch(context: OperationContext, input: RecordMatchInput): Operation<RecordMatchResult> {
	const at = toMillis(input.at);
	const known = yield* lockSubmission(input, input.submissionId);
	const earlier = yield* getDecision(context, input, input.submissionId, 'clean');
	if (earlier !== undefined) {
		const reviewItemId = (yield* findReviewItem(input, input.submissionId, 'clean'))?.id;
		return { status: 'written', earlier, ...(reviewItemId && { reviewItemId }) };
	}
	// before the re-check: in PostgreSQL its lock makes this one see what every earlier number wrote
	const written = yield* nextNumber(input.client, input.test, 'match');
	if (yield* hasChanged(input, written)) return { status: 'changed' };
	const captured = known ?? (yield* takeIn(input, at));
	// a live lead's match is taken back only when it joined two who are not one
	const joins = input.verdict === 'append' || input.verdict === 'merge';
	const before = input.test || joins ? yield* readForUndo(input, captured) : undefined;

	yield* writePerson(input, {
		personId: input.personId, fields: input.fields, externalIds: input.externalIds,
		customerStatus: input.customerStatus, ownerId: input.match.existingOwner, at,
	});
	yield* execute(
		'UPDATE persons SET enquiries = enquiries + 1 WHERE client = $1 AND test = $2 AND id = $3',
		[input.client, flag(input.test), input.personId],
	);
	yield* touchLead(input, captured.leadId, at);
	yield* moveSubmission(input, captured);
	yield* writeKeys(input, written);
	if (before) yield* keepForUndo(input, written, before);

	const reasons = input.review ?? [];
	const reviewItemId = yield* putReviewItem(context, input, { submissionId: input.submissionId, leadId: input.leadId, stage: 'clean', reasons, at });
	const review = reviewItemId ? [{ stage: 'clean' as const, reasons, itemId: reviewItemId }] : [];
	yield* writeDecision(input, {
		submissionId: input.submissionId, leadId: input.leadId, stage: 'clean', at, settingsVersion: input.settingsVersion,
		section: { match: input.match, leadId: input.leadId, personId: input.personId, review },
	});
	yield* advance(input, input.submissionId, input.leadId, toStateNumber('decided'));
	return { status: 'written', ...(reviewItemId && { reviewItemId }) };
}

/** Takes in a submission that this ledger never captured, with the lead's own ids, so that it moves and is undone like any other. */
function* takeIn({ client, test, submissionId, leadId, personId, own = { leadId, personId } }: RecordMatchInput, at: number): Operation<{ leadId: string; personId: string }> {
	yield* adopt({ client, test, submissionId, ...own, at });
	return own;
}

/**
 * Whether another person got one of the keys since the candidates were read. Keys that only decide what is compared
 * count when a new person would be written: two near-identical leads at once must not both be new.
 */
function* hasChanged(input: RecordMatchInput, written: number): Operation<boolean> {
	// mostly nobody wrote at all since
	if (written === input.asOf + 1) return false;
	const newPerson = input.verdict === 'create' || input.verdict === 'review';
	const keys = input.keys.filter(({ strength }) => strength === 'match' || newPerson);
	for (let start = 0; start < keys.length; start += keysAtOnce) {
		const asked = keys.slice(start, start + keysAtOnce);
		const text = asked.map((_, place) => `SELECT * FROM (
			SELECT person_id FROM match_keys
			WHERE client = $1 AND test = $2 AND kind = $${place * 2 + 5} AND value = $${place * 2 + 6} AND written > $3 AND person_id <> $4 LIMIT 1) AS key${place}`).join(' UNION ALL ');
		const changed = yield* query(text, [input.client, flag(input.test), input.asOf, input.personId, ...asked.flatMap(({ kind, value }) => [kind, value])]);
		if (changed.length > 0) return true;
	}
	return false;
}

function* touchLead(input: RecordMatchInput, capturedLeadId: string, at: number): Operation<void> {
	const { client, test, leadId, personId, match, verdict } = input;
	const lead = yield* queryOne('SELECT id FROM leads WHERE client = $1 AND test = $2 AND id = $3', [client, flag(test), leadId]);
	if (!lead) yield* openLead(input, { leadId, personId, at });
	// its own submission was counted when it was captured
	const touches = lead && leadId !== capturedLeadId ? 1 : 0;
	yield* execute(
		`UPDATE leads SET stale = 1, person_id = $4, touches = touches + $5,
			last_touch_at = CASE WHEN last_touch_at < $6 THEN $6 ELSE last_touch_at END,
			verdict = COALESCE(verdict, $7), provisional = CASE WHEN verdict IS NULL THEN $8 ELSE provisional END
		WHERE client = $1 AND test = $2 AND id = $3`,
		[client, flag(test), leadId, personId, touches, at, verdict, flag(match.provisional ?? verdict === 'review')],
	);
}

/** Gives a submission to the decided lead and person; the ids it was captured with stand for them from now on. */
function* moveSubmission(input: RecordMatchInput, captured: { leadId: string; personId: string }): Operation<void> {
	const { client, test, submissionId, leadId, personId } = input;
	const scope = [client, flag(test)] as const;
	yield* execute(
		'UPDATE submissions SET lead_id = $4, person_id = $5, source = $6 WHERE client = $1 AND test = $2 AND id = $3',
		[...scope, submissionId, leadId, personId, toJson(input.source)],
	);
	if (captured.leadId !== leadId) {
		yield* moveLeadRows(input, captured.leadId, leadId);
		yield* execute(
			`DELETE FROM leads WHERE client = $1 AND test = $2 AND id = $3
			AND NOT EXISTS (SELECT 1 FROM submissions other WHERE other.client = $1 AND other.test = $2 AND other.lead_id = $3)`,
			[...scope, captured.leadId],
		);
		// one that stays holds other enquiries
		yield* markStale(input, captured.leadId);
		yield* addAlias(input, 'lead', captured.leadId, leadId);
	}
	if (captured.personId !== personId) {
		yield* execute(
			`DELETE FROM persons WHERE client = $1 AND test = $2 AND id = $3
			AND NOT EXISTS (SELECT 1 FROM submissions other WHERE other.client = $1 AND other.test = $2 AND other.person_id = $3)
			AND NOT EXISTS (SELECT 1 FROM leads other WHERE other.client = $1 AND other.test = $2 AND other.person_id = $3)`,
			[...scope, captured.personId],
		);
		yield* addAlias(input, 'person', captured.personId, personId);
	}
}

/** What an earlier node already wrote for the captured lead goes with it. */
function* moveLeadRows({ client, test }: Scope, from: string, to: string): Operation<void> {
	const values = [client, flag(test), from, to];
	for (const table of ['decisions', 'events', 'review_items']) {
		yield* execute(`UPDATE ${table} SET lead_id = $4 WHERE client = $1 AND test = $2 AND lead_id = $3`, values);
	}
	// of one name a lead has one
	for (const table of ['clocks', 'lead_steps']) {
		yield* execute(
			`UPDATE ${table} SET lead_id = $4 WHERE client = $1 AND test = $2 AND lead_id = $3
			AND NOT EXISTS (SELECT 1 FROM ${table} known WHERE known.client = $1 AND known.test = $2 AND known.lead_id = $4 AND known.name = ${table}.name)`,
			values,
		);
	}
	yield* execute('DELETE FROM clocks WHERE client = $1 AND test = $2 AND lead_id = $3', [client, flag(test), from]);
}

function* writeKeys(input: RecordMatchInput, written: number): Operation<void> {
	const ids = Object.entries(input.externalIds).map(([system, value]): PersonKey => ({ kind: `externalId:${system}`, value, strength: 'match' }));
	yield* addKeys(input, [{ personId: input.personId, keys: [...input.keys, ...ids] }], written);
}
