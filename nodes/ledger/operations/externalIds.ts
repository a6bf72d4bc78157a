import type { Ledger } from '../ledger';
import { execute, flag, nextNumber, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toJson, toMillis } from '../stored';
import { currentId } from './openLead';
import { addKeys } from './personKeys';

/** See `ReviewLedger`. */
export function* setExternalId(_: OperationContext, input: Parameters<Ledger['setExternalId']>[0]): Operation<Awaited<ReturnType<Ledger['setExternalId']>>> {
	const { client, test, system, externalId } = input;
	const scope = [client, flag(test)] as const;
	const leadId = yield* currentId(input, 'lead', input.leadId);
	// its lock keeps other matches of this client out until the end
	const written = yield* nextNumber(client, test, 'match');
	const person = yield* queryOne<{ id: string; externalIds: string }>(
		`SELECT persons.id, persons.external_ids AS "externalIds" FROM leads
		JOIN persons ON persons.client = leads.client AND persons.test = leads.test AND persons.id = leads.person_id
		WHERE leads.client = $1 AND leads.test = $2 AND leads.id = $3`,
		[...scope, leadId],
	);
	if (!person) return { status: 'unknown' };
	const kind = `externalId:${system}`;
	const holders = yield* query<{ id: string }>('SELECT person_id AS id FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND value = $4', [...scope, kind, externalId]);
	if (holders.some(({ id }) => id !== person.id)) return { status: 'taken', by: 'person' };
	const ids = fromJson<Record<string, string>>(person.externalIds);
	if (ids[system] === externalId && holders.length > 0) return { status: 'already' };
	if (ids[system] !== undefined && ids[system] !== externalId) {
		if (!input.replace) return { status: 'taken', by: 'id' };
		yield* execute('DELETE FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND value = $4 AND person_id = $5', [...scope, kind, ids[system], person.id]);
	}
	yield* addKeys({ client, test }, [{ personId: person.id, keys: [{ kind, value: externalId, strength: 'match' }] }], written);
	yield* execute('UPDATE persons SET external_ids = $4, updated_at = $5 WHERE client = $1 AND test = $2 AND id = $3', [...scope, person.id, toJson({ ...ids, [system]: externalId }), toMillis(input.at)]);
	return { status: 'set' };
}

/** See `ReviewLedger`. */
export function* keepApart(_: OperationContext, { client, test, personId, otherId, at }: Parameters<Ledger['keepApart']>[0]): Operation<boolean> {
	const scope = [client, flag(test)] as const;
	const [one, other] = [yield* currentId({ client, test }, 'person', personId), yield* currentId({ client, test }, 'person', otherId)].sort();
	if (one === other) return false;
	const persons = yield* query('SELECT id FROM persons WHERE client = $1 AND test = $2 AND id IN ($3, $4)', [...scope, one, other]);
	if (persons.length < 2) return false;
	// from both sides, because either may be the one that is looked for
	const written = yield* query(
		`INSERT INTO never_match (client, test, person_id, other_id, decided_at) VALUES ($1, $2, $3, $4, $5), ($1, $2, $4, $3, $5)
		ON CONFLICT DO NOTHING RETURNING person_id`,
		[...scope, one, other, toMillis(at)],
	);
	return written.length > 0;
}
