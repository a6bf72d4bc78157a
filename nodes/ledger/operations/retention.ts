import type { Moment } from '../../lead/handoffRecord';
import type { KeepLedger } from '../keepLedger';
import type { Scope } from '../ledger';
import { flag, inList, query, type Operation, type OperationContext } from '../operation';
import { toMillis } from '../stored';
import { countRemoved, removeRows, submissionsOf } from './removeLeads';

/** Removes old leads; see `KeepLedger`. */
export function* applyRetention(_: OperationContext, { client, before, limit }: Parameters<KeepLedger['applyRetention']>[0]): Operation<{ leads: number; persons: number }> {
	let leads = 0;
	let persons = 0;
	for (const test of [false, true]) {
		const scope = { client, test };
		const old = yield* oldLeads(scope, before, Math.max(0, limit - leads));
		if (old.length === 0) continue;
		const leadIds = old.map(({ id }) => id);
		yield* countRemoved(scope, leadIds, 'retention');
		const submissions = yield* submissionsOf(scope, leadIds, []);
		yield* removeRows(scope, { leadIds, personIds: [], submissionIds: submissions.map(({ id }) => id) }, 'delete');
		const personIds = yield* forgotten(scope, [...new Set(old.map(({ personId }) => personId))]);
		yield* removeRows(scope, { leadIds: [], personIds, submissionIds: [] }, 'delete');
		leads += leadIds.length;
		persons += personIds.length;
	}
	return { leads, persons };
}

/** Oldest first. What happened to a lead after its last touch counts too. */
function* oldLeads({ client, test }: Scope, before: Moment, limit: number): Operation<{ id: string; personId: string }[]> {
	const found: { id: string; personId: string }[] = [];
	for (const status of test ? ['closed', 'open'] : ['closed']) {
		found.push(...(yield* query<{ id: string; personId: string }>(
			`SELECT id, person_id AS "personId" FROM leads WHERE client = $1 AND test = $2 AND status = $3 AND last_touch_at < $4
			AND NOT EXISTS (SELECT 1 FROM events WHERE events.client = leads.client AND events.test = leads.test AND events.lead_id = leads.id AND events.happened_at >= $4)
			ORDER BY last_touch_at, id LIMIT $5`,
			[client, flag(test), status, toMillis(before), limit - found.length],
		)));
	}
	return found;
}

/** Of these persons, those of whom nothing is left: no lead, no enquiry, no record of a CRM. */
function* forgotten({ client, test }: Scope, personIds: string[]): Operation<string[]> {
	const ids = inList(personIds, 3);
	const of = (table: string) => `SELECT 1 FROM ${table} held WHERE held.client = persons.client AND held.test = persons.test AND held.person_id = persons.id`;
	const rows = yield* query<{ id: string }>(
		`SELECT id FROM persons WHERE client = $1 AND test = $2 AND id IN (${ids.list})
		AND NOT EXISTS (${of('leads')}) AND NOT EXISTS (${of('submissions')}) AND NOT EXISTS (${of('known_records')})`,
		[client, flag(test), ...ids.values],
	);
	return rows.map(({ id }) => id);
}

/** Numbers of removed leads; see `KeepLedger`. Test leads are not told. */
export function* listRemovedCounts(_: OperationContext, client: string): Operation<{ month: string; cause: 'retention' | 'erased'; name: string; value: number }[]> {
	return yield* query('SELECT month, cause, name, value FROM removed_counts WHERE client = $1 AND test = 0 ORDER BY month, cause, name', [client]);
}
