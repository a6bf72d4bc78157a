import type { ClientRows, ClientRowsInput } from '../ledger';
import { query, queryOne, type Operation, type OperationContext, type Row } from '../operation';
import { fromJsonOrNull, toMoment } from '../stored';
import { clientTables, type LedgerTable } from '../tables';

/** One page of what one table knows of a client, in the order of its key. */
export function* exportRows(_: OperationContext, { client, table, after, limit }: ClientRowsInput): Operation<ClientRows> {
	const place = clientTables.find(({ name }) => name === table);
	if (!place) return { rows: [] };
	// the client is the same in every row
	const key = place.key.filter((column) => column !== 'client');
	const first = after && key.length > 0
		? ` AND (${key.join(', ')}) > (${key.map((_column, index) => `$${index + 3}`).join(', ')})`
		: '';
	const order = key.length > 0 ? ` ORDER BY ${key.join(', ')}` : '';
	const found = yield* query<Row>(`SELECT * FROM ${table} WHERE client = $1${first}${order} LIMIT $2`, [client, limit, ...(first === '' ? [] : after ?? [])]);
	const last = found.at(-1);
	const more = key.length > 0 && last !== undefined && found.length === limit;
	return { rows: found.map((row) => readable(row, place)), ...(more ? { next: key.map((column) => last[column] ?? null) } : {}) };
}

/** Removes a client with everything that belongs to it, settings and counters too. */
export function* deleteClient(_: OperationContext, client: string): Operation<{ found: boolean; leads: number; versions: number }> {
	const known = yield* queryOne('SELECT client FROM clients WHERE client = $1', [client]);
	const removed: Record<string, number> = {};
	for (const { name } of clientTables) {
		removed[name] = (yield* query(`DELETE FROM ${name} WHERE client = $1 RETURNING 1 AS removed`, [client])).length;
	}
	return { found: known !== undefined, leads: removed.leads, versions: removed.client_settings };
}

/** Columns as the rest of the house names and writes them: `opened_at` as a moment, JSON as what it holds. */
function readable(row: Row, { json, secret }: LedgerTable): Record<string, unknown> {
	return Object.fromEntries(Object.entries(row).filter(([column]) => column !== 'client' && !secret.includes(column)).map(([column, value]) => {
		const name = column.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
		if (json.includes(column)) return [name, fromJsonOrNull(value as string | null)];
		if (typeof value === 'number' && /_(at|until)$/.test(column)) return [name, toMoment(value)];
		return [name, column === 'test' || column === 'provisional' ? value === 1 : value];
	}));
}
