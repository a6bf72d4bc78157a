import type { RowCounts } from '../keepLedger';
import type { Scope } from '../ledger';
import { execute, flag, inList, query, type Operation, type SqlValue } from '../operation';
import { toMoment } from '../stored';
import { removeAnswers } from './answers';

/** Ids at once in one statement. */
const pageSize = 256;

type Of = 'lead' | 'person' | 'submission';
/** Where rows of leads, persons and submissions stand, those first that point to others. What hangs on a submission or clock goes with it. */
const rowsOf: readonly [table: string, where: string, of: Of][] = [
	['corrections', 'submission_id IN (LIST)', 'submission'], ['decisions', 'submission_id IN (LIST)', 'submission'],
	['match_undo', 'submission_id IN (LIST)', 'submission'], ['review_items', 'submission_id IN (LIST)', 'submission'],
	['events', 'lead_id IN (LIST)', 'lead'],
	// what was told of the person on a lead that is somebody else's by now
	['events', 'person_id IN (LIST) AND (lead_id IS NULL OR lead_id NOT IN (SELECT id FROM leads WHERE client = $1 AND test = $2 AND person_id IN (LIST)))', 'person'],
	['turns', 'lead_id IN (LIST)', 'lead'], ['lead_facts', 'lead_id IN (LIST)', 'lead'],
	['submissions', 'id IN (LIST)', 'submission'],
	['known_records', 'person_id IN (LIST)', 'person'], ['match_keys', 'person_id IN (LIST)', 'person'],
	['never_match', 'person_id IN (LIST) OR other_id IN (LIST)', 'person'],
];

/** What goes together. */
export interface Removal {
	leadIds: string[];
	personIds: string[];
	submissionIds: string[];
}

/** Counts the rows of leads, persons and submissions, or deletes them; only tables that have any. */
export function* removeRows(scope: Scope, removal: Removal, mode: 'count' | 'delete'): Operation<RowCounts> {
	const counts: RowCounts = {};
	const ids: Record<Of, string[]> = { lead: removal.leadIds, person: removal.personIds, submission: removal.submissionIds };
	const go = function* (table: string, where: string, wanted: string[]): Operation<void> {
		for (let start = 0; start < wanted.length; start += pageSize) {
			const page = inList(wanted.slice(start, start + pageSize), 3);
			const values: SqlValue[] = [scope.client, flag(scope.test), ...page.values];
			const condition = `client = $1 AND test = $2 AND ${where.replaceAll('LIST', page.list)}`;
			const rows = mode === 'delete'
				? (yield* query(`DELETE FROM ${table} WHERE ${condition} RETURNING 1 AS gone`, values)).length
				: Number((yield* query<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${table} WHERE ${condition}`, values))[0].rows);
			if (rows > 0) counts[table] = (counts[table] ?? 0) + rows;
		}
	};
	yield* go('steps', 'clock_id IN (SELECT id FROM clocks WHERE client = $1 AND test = $2 AND lead_id IN (LIST))', ids.lead);
	yield* go('clocks', 'lead_id IN (LIST)', ids.lead);
	yield* go('lead_steps', 'lead_id IN (LIST)', ids.lead);
	yield* go('ai_answer_uses', 'submission_id IN (LIST)', mode === 'count' ? ids.submission : []);
	for (let start = 0; mode === 'delete' && start < ids.submission.length; start += pageSize) yield* removeAnswers(scope, ids.submission.slice(start, start + pageSize));
	for (let start = 0; mode === 'delete' && start < ids.submission.length; start += pageSize) {
		const page = inList(ids.submission.slice(start, start + pageSize), 3);
		yield* execute(
			`UPDATE leads SET stale = 1 WHERE client = $1 AND test = $2 AND id IN (SELECT lead_id FROM submissions WHERE client = $1 AND test = $2 AND id IN (${page.list}))`,
			[scope.client, flag(scope.test), ...page.values],
		);
	}
	for (const [table, where, of] of rowsOf) yield* go(table, `(${where})`, ids[of]);
	for (const kind of ['lead', 'person'] as const) yield* go('aliases', `kind = '${kind}' AND (id IN (LIST) OR alias IN (LIST))`, ids[kind]);
	yield* go('leads', 'id IN (LIST)', ids.lead);
	yield* go('persons', 'id IN (LIST)', ids.person);
	return counts;
}

/** Submissions of leads and persons. */
export function* submissionsOf({ client, test }: Scope, leadIds: string[], personIds: string[]): Operation<{ id: string; delivery: string | null; key: string }[]> {
	const found = new Map<string, { id: string; delivery: string | null; key: string }>();
	for (const [column, ids] of [['lead_id', leadIds], ['person_id', personIds]] as const) {
		for (let start = 0; start < ids.length; start += pageSize) {
			const page = inList(ids.slice(start, start + pageSize), 3);
			const rows = yield* query<{ id: string; delivery: string | null; key: string }>(
				`SELECT id, lease_delivery AS delivery, submission_key AS key FROM submissions WHERE client = $1 AND test = $2 AND ${column} IN (${page.list})`,
				[client, flag(test), ...page.values],
			);
			for (const row of rows) found.set(row.id, row);
		}
	}
	return [...found.values()];
}

interface CountedLead {
	id: string;
	openedAt: number;
	touches: number;
	answered: number | null;
	dueAt: number | null;
}

/** Keeps of leads what is a number and no person: how many there were in which month, answered in time or not, won or lost. */
export function* countRemoved({ client, test }: Scope, leadIds: string[], cause: 'retention' | 'erased'): Operation<void> {
	const counts = new Map<string, number>();
	const add = (openedAt: number, name: string, value = 1) => {
		const key = `${toMoment(openedAt).slice(0, 7)} ${name}`;
		counts.set(key, (counts.get(key) ?? 0) + value);
	};
	for (let start = 0; start < leadIds.length; start += pageSize) {
		const page = inList(leadIds.slice(start, start + pageSize), 3);
		const values = [client, flag(test), ...page.values];
		const leads = yield* query<CountedLead>(
			`SELECT leads.id, leads.opened_at AS "openedAt", leads.touches, clocks.responded_at AS answered, clocks.due_at AS "dueAt" FROM leads
			LEFT JOIN clocks ON clocks.client = leads.client AND clocks.test = leads.test AND clocks.lead_id = leads.id AND clocks.name = 'First Response'
			WHERE leads.client = $1 AND leads.test = $2 AND leads.id IN (${page.list})`,
			values,
		);
		for (const { openedAt, touches, answered, dueAt } of leads) {
			add(openedAt, 'leads');
			add(openedAt, 'enquiries', Number(touches));
			if (dueAt !== null) add(openedAt, answered === null ? 'unanswered' : answered <= dueAt ? 'answeredInTime' : 'answeredLate');
		}
		const opened = new Map(leads.map(({ id, openedAt }) => [id, openedAt]));
		const ended = yield* query<{ leadId: string; type: string }>(
			`SELECT DISTINCT lead_id AS "leadId", type FROM events WHERE client = $1 AND test = $2 AND lead_id IN (${page.list}) AND type IN ('won', 'lost', 'rejected', 'accepted')`,
			values,
		);
		for (const { leadId, type } of ended) add(opened.get(leadId) ?? 0, type);
	}
	for (const [key, value] of counts) {
		const [month, name] = key.split(' ');
		yield* execute(
			`INSERT INTO removed_counts (client, test, month, cause, name, value) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (client, test, month, cause, name) DO UPDATE SET value = removed_counts.value + excluded.value`,
			[client, flag(test), month, cause, name, value],
		);
	}
}
