import type { PersonKey } from '../../lead/clean/knownPerson';
import type { Scope } from '../ledger';
import { flag, inList, insertRows, query, storable, type Operation, type SqlValue } from '../operation';

/** Keys of one person, to be found by from now on. */
export interface KeysOfPerson {
	personId: string;
	keys: readonly PersonKey[];
	/** True for a person that this transaction wrote: nothing is asked. */
	fresh?: boolean;
}

const columns = ['client', 'test', 'kind', 'value', 'written', 'person_id', 'strength'];
const mostAsked = 256;

/**
 * Gives persons their keys. A key that a person has keeps its number: whoever read it knows this person.
 * Needs the lock of the counter `match`, so that nobody else writes keys of this client meanwhile.
 *
 * @param written - The number of this write, from `nextNumber`.
 */
export function* addKeys({ client, test }: Scope, persons: readonly KeysOfPerson[], written: number): Operation<void> {
	const known = new Set<string>();
	const asked = persons.filter(({ fresh }) => fresh !== true).map(({ personId }) => personId);
	for (let start = 0; start < asked.length; start += mostAsked) {
		const ids = inList(asked.slice(start, start + mostAsked), 3);
		// asks for the strength, too, which no index holds: else SQLite goes through all keys in the one that holds the rest
		const rows = yield* query<{ personId: string; kind: string; value: string }>(
			`SELECT person_id AS "personId", kind, value, strength FROM match_keys WHERE client = $1 AND test = $2 AND person_id IN (${ids.list})`,
			[client, flag(test), ...ids.values],
		);
		for (const { personId, kind, value } of rows) known.add(`${personId} ${kind} ${value}`);
	}
	const rows: SqlValue[][] = [];
	for (const { personId, keys } of persons) {
		for (const { kind, value, strength } of keys) {
			const key = storable(`${personId} ${kind} ${value}`) as string;
			if (known.has(key)) continue;
			known.add(key);
			rows.push([client, flag(test), kind, value, written, personId, strength]);
		}
	}
	// in the order of the index, which makes a large load much faster
	rows.sort((one, other) => compare(one[2], other[2]) || compare(one[3], other[3]));
	// another run may write the same key of the same person in between
	yield* insertRows('match_keys', columns, rows, 'ON CONFLICT DO NOTHING');
}

function compare(one: SqlValue, other: SqlValue): number {
	return one === other ? 0 : String(one) < String(other) ? -1 : 1;
}
