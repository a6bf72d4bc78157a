import type { KeepLedger, RestoreInput, RestoreResult, RowCounts } from '../keepLedger';
import type { Scope } from '../ledger';
import { flag, insertRows, query, queryOne, querySlow, type Operation, type OperationContext, type Row, type SqlValue } from '../operation';
import { fromJson, toMillis } from '../stored';
import { erasuresOf, type FindErasure } from '../suppression';
import { ledgerTables, type LedgerTable } from '../tables';
import { eraseInScope } from './erase';

/** Persons looked at with one statement. */
const pageSize = 1_000;

function tableOf(name: string): LedgerTable {
	const table = ledgerTables.find((one) => one.name === name);
	// names come from this package only, so this is a fault of ours
	if (!table) throw new RangeError('no table of the ledger');
	return table;
}

/** What the ledger knows of itself. */
export function* getNote(_: OperationContext, name: string): Operation<string | null> {
	return (yield* queryOne<{ value: string }>('SELECT value FROM notes WHERE name = $1', [name]))?.value ?? null;
}

/** Notes it; null takes it away. */
export function* setNote(_: OperationContext, name: string, value: string | null): Operation<void> {
	if (value === null) yield* query('DELETE FROM notes WHERE name = $1', [name]);
	else yield* query('INSERT INTO notes (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value', [name, value]);
}

/** Rows by table; see `KeepLedger`. */
export function* countRows(): Operation<RowCounts> {
	const counts: RowCounts = {};
	for (const { name } of ledgerTables) counts[name] = yield* countOf(name);
	return counts;
}

function* countOf(table: string): Operation<number> {
	const [{ rows }] = yield* querySlow<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${table}`);
	return Number(rows);
}

/** A page of rows; see `KeepLedger`. */
export function* readRows(_: OperationContext, name: string, after: SqlValue[] | null | undefined, limit: number): Operation<SqlValue[][]> {
	const { columns, key } = tableOf(name);
	const where = after ? `WHERE (${key.join(', ')}) > (${key.map((__, index) => `$${index + 2}`).join(', ')})` : '';
	const rows = yield* query<Row>(`SELECT ${columns.join(', ')} FROM ${name} ${where} ORDER BY ${key.join(', ')} LIMIT $1`, [limit, ...(after ?? [])]);
	return rows.map((row) => columns.map((column) => row[column]));
}

const staged = (table: string) => `staged_${table}`;

/** Makes room for staged rows; see `KeepLedger`. */
export function* openStaging(): Operation<void> {
	for (const { name, columns } of ledgerTables) {
		yield* query(`DROP TABLE IF EXISTS ${staged(name)}`);
		yield* query(`CREATE TABLE ${staged(name)} AS SELECT ${columns.join(', ')} FROM ${name} WHERE 1 = 0`);
	}
}

/** Puts rows beside the ledger's own. */
export function* stageRows(_: OperationContext, name: string, rows: SqlValue[][]): Operation<void> {
	const table = tableOf(name);
	yield* insertRows(staged(table.name), table.columns, rows);
}

/** Puts the staged rows in the place of all others; see `KeepLedger`. */
export function* replaceByStaged(context: OperationContext, { at, expected, checkClocksFrom }: RestoreInput): Operation<RestoreResult> {
	const counts: RowCounts = {};
	for (const { name } of ledgerTables) counts[name] = yield* countOf(staged(name));
	const tables = ledgerTables.map(({ name }) => name).filter((name) => counts[name] !== (expected[name] ?? 0));
	if (tables.length > 0) return { status: 'different', tables };
	const keys = yield* query<{ id: string; secret: string; madeAt: number }>('SELECT id, secret, made_at AS "madeAt" FROM suppression_keys');
	const erased = yield* query<{ client: string; hash: string; keyId: string; erasedAt: number }>('SELECT client, hash, key_id AS "keyId", erased_at AS "erasedAt" FROM suppressed');
	for (const { name } of [...ledgerTables].reverse()) yield* querySlow(`DELETE FROM ${name}`);
	for (const { name, columns } of ledgerTables) {
		yield* querySlow(`INSERT INTO ${name} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${staged(name)}`);
		yield* query(`DROP TABLE ${staged(name)}`);
	}
	// what was erased here stays erased, whatever the backup says
	yield* insertRows('suppression_keys', ['id', 'secret', 'made_at'], keys.map(({ id, secret, madeAt }) => [id, secret, madeAt]), 'ON CONFLICT DO NOTHING');
	yield* insertRows(
		'suppressed', ['client', 'hash', 'key_id', 'erased_at'], erased.map(({ client, hash, keyId, erasedAt }) => [client, hash, keyId, erasedAt]),
		'ON CONFLICT (client, hash) DO UPDATE SET erased_at = CASE WHEN suppressed.erased_at < excluded.erased_at THEN excluded.erased_at ELSE suppressed.erased_at END',
	);
	const erasedAgain = yield* eraseAgain(context, toMillis(at));
	// nobody is told at once of all that fell due meanwhile
	yield* query('UPDATE clocks SET next_check_at = $1 WHERE responded_at IS NULL AND next_check_at < $1', [toMillis(checkClocksFrom)]);
	return { status: 'replaced', rows: counts, erasedAgain };
}

/** Erases the persons of a backup who were erased after it was made. One who came back by a form of their own stays. */
function* eraseAgain(context: OperationContext, at: number): Operation<number> {
	let erased = 0;
	for (const { client } of yield* query<{ client: string }>('SELECT DISTINCT client FROM suppressed')) {
		const erasedAt = yield* erasuresOf(client);
		for (const test of [false, true]) {
			const scope = { client, test };
			const found = yield* personsToErase(scope, erasedAt);
			yield* eraseInScope(scope, found, 'delete', { context, at });
			erased += found.length;
		}
	}
	return erased;
}

function* personsToErase(scope: Scope, erasedAt: FindErasure): Operation<string[]> {
	const place = [scope.client, flag(scope.test)] as const;
	const found: string[] = [];
	for (let after = ''; ;) {
		const page = yield* query<{ id: string; fields: string; externalIds: string }>(
			'SELECT id, fields, external_ids AS "externalIds" FROM persons WHERE client = $1 AND test = $2 AND id > $3 ORDER BY id LIMIT $4', [...place, after, pageSize],
		);
		for (const { id, fields, externalIds } of page) {
			const { emailKey, phone } = fromJson<Record<string, string | null>>(fields);
			const emails = yield* query<{ value: string }>(`SELECT value FROM match_keys WHERE client = $1 AND test = $2 AND person_id = $3 AND kind = 'email'`, [...place, id]);
			const moments = [{ emailKey, phone: emailKey ? null : phone, externalIds: fromJson<Record<string, string>>(externalIds) }, ...emails.map(({ value }) => ({ emailKey: value }))]
				.flatMap((identity) => erasedAt(identity) ?? []);
			if (moments.length === 0) continue;
			const later = yield* queryOne('SELECT id FROM submissions WHERE client = $1 AND test = $2 AND person_id = $3 AND received_at > $4 LIMIT 1', [...place, id, Math.max(...moments)]);
			if (!later) found.push(id);
		}
		if (page.length < pageSize) return found;
		after = page[page.length - 1].id;
	}
}

/** Marks steps as sent; see `KeepLedger`. */
export function* passSteps(context: OperationContext, { client, test }: Scope, clockId: string, names: string[], at: Parameters<KeepLedger['passSteps']>[3]): Operation<void> {
	for (const name of names) {
		yield* query(
			`INSERT INTO steps (client, test, clock_id, name, id, claim_token, attempt, lease_until, confirmed_at) VALUES ($1, $2, $3, $4, $5, 'passed', 0, 0, $6)
			ON CONFLICT (client, test, clock_id, name) DO UPDATE SET confirmed_at = COALESCE(steps.confirmed_at, excluded.confirmed_at)`,
			[client, flag(test), clockId, name, context.newId(), toMillis(at)],
		);
	}
}
