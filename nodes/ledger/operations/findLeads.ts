import type { Ledger, Scope } from '../ledger';
import { flag, inList, query, type Operation } from '../operation';
import { currentId } from './openLead';

/** IDs of the leads that this names, newest last. */
export function* leadIds(scope: Scope, by: Parameters<Ledger['getLead']>[1]): Operation<string[]> {
	if ('leadId' in by) return [yield* currentId(scope, 'lead', by.leadId)];
	if ('submissionKey' in by) return yield* leadOfSubmission(scope, by.submissionKey);
	return yield* leadsOf(scope, yield* personIds(scope, by));
}

/** Each test of one submission is a lead of its own, under the key with its own end. */
function* leadOfSubmission({ client, test }: Scope, key: string): Operation<string[]> {
	const ofScope = 'SELECT lead_id AS "leadId" FROM submissions WHERE client = $1 AND test = $2';
	const rows = yield* query<{ leadId: string }>(
		`${ofScope} AND ${test ? '(submission_key = $3 OR substr(submission_key, 1, $4) = $5)' : 'submission_key = $3'} ORDER BY received_at, id`,
		[client, flag(test), key, ...(test ? [key.length + 1, `${key}#`] : [])],
	);
	return [...new Set(rows.map(({ leadId }) => leadId))];
}

/** IDs of the persons with this address (as a key for matching, or as it is written), number (E.164) or external ID. */
export function* personIds({ client, test }: Scope, by: Exclude<Parameters<Ledger['getLead']>[1], { leadId: string } | { submissionKey: string }>): Operation<string[]> {
	const scope = [client, flag(test)] as const;
	const ofPersons = 'SELECT id FROM persons WHERE client = $1 AND test = $2';
	const rows: { id: string }[] = [];
	if ('email' in by) {
		const email = by.email.trim().toLowerCase();
		rows.push(...(yield* query<{ id: string }>(`${ofPersons} AND email_key = $3`, [...scope, email])));
		rows.push(...(yield* query<{ id: string }>(`${ofPersons} AND email = $3`, [...scope, email])));
	} else {
		rows.push(...(yield* query<{ id: string }>(
			'SELECT person_id AS id FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND value = $4',
			[...scope, ...('phone' in by ? ['phone', by.phone] : [`externalId:${by.system}`, by.externalId])],
		)));
	}
	return rows.map(({ id }) => id);
}

/** Newest last. */
function* leadsOf({ client, test }: Scope, persons: string[]): Operation<string[]> {
	if (persons.length === 0) return [];
	const wanted = inList(persons, 3);
	const leads = yield* query<{ id: string; openedAt: number }>(
		`SELECT id, opened_at AS "openedAt" FROM leads WHERE client = $1 AND test = $2 AND person_id IN (${wanted.list})`,
		[client, flag(test), ...wanted.values],
	);
	return leads.sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}
