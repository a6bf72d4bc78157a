/** What a column holds in both databases: JSON, moments and flags are stored as text and numbers. */
export type SqlValue = string | number | null;

/** One statement in the dialect that SQLite 3.45 and PostgreSQL share, with numbered parameters `$1`, `$2`. */
export interface Statement {
	text: string;
	values: readonly SqlValue[];
	/** Instead of `values`, when the statement is to run once for each of these; it then gives no rows. */
	rows?: readonly (readonly SqlValue[])[];
	/** True for one that may take minutes on a large ledger. */
	slow?: boolean;
	/** True when nobody reads what it gives: a driver may send it together with what follows, in this order. */
	blind?: boolean;
}

/** One row as the driver gives it, by column name. */
export type Row = Record<string, SqlValue>;

/**
 * One short transaction, written once for every driver: yields statements, gets their rows, returns the result.
 * It has no other effect and cannot await, so that a driver may run it again from its start: when the database was busy,
 * or, in PostgreSQL, when another transaction wrote the same key first.
 */
export type Operation<Result> = Generator<Statement, Result, Row[]>;

/** What an operation may know of the world. */
export interface OperationContext {
	/** The database's own clock, epoch milliseconds: for leases and claims, never for business moments. */
	now: number;
	/** The opened ledger that runs this operation; leases belong to it. */
	instance: string;
	newId: () => string;
}

/** All rows of one statement. */
export function* query<Shape>(text: string, values: readonly SqlValue[] = []): Operation<Shape[]> {
	return (yield { text, values: values.map(storable) }) as unknown as Shape[];
}

/** Runs one statement whose rows nobody reads. */
export function* execute(text: string, values: readonly SqlValue[] = []): Operation<void> {
	yield { text, values: values.map(storable), blind: true };
}

/** All rows of one statement that goes over a whole table. */
export function* querySlow<Shape>(text: string): Operation<Shape[]> {
	return (yield { text, values: [], slow: true }) as unknown as Shape[];
}

/** The first row of one statement. */
export function* queryOne<Shape>(text: string, values: readonly SqlValue[] = []): Operation<Shape | undefined> {
	const rows = yield* query<Shape>(text, values);
	return rows.at(0);
}

/**
 * Numbered parameters for `IN (…)`, from `$first` on, with the values to bind.
 * Filled up to a power of two with the last value, so that few different statements come to be; needs one value at least.
 */
export function inList(values: readonly string[], first: number): { list: string; values: string[] } {
	const size = 2 ** Math.ceil(Math.log2(values.length));
	const filled = Array.from({ length: size }, (_, index) => values[Math.min(index, values.length - 1)]);
	return { list: filled.map((_, index) => `$${first + index}`).join(', '), values: filled };
}

/**
 * Inserts many rows: one statement that the driver runs for each of them, in the way that is quickest for it.
 *
 * @param then - What follows the values, e.g. what to do on a conflict; it may name `excluded` but no parameter.
 */
export function* insertRows(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[], then = ''): Operation<void> {
	if (rows.length === 0) return;
	const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}) ${then}`.trimEnd();
	yield { text, values: [], rows: rows.map((values) => values.map(storable)), blind: true };
}

/** The next number of a counter, from 1. In PostgreSQL its row stays locked until the transaction ends, so numbers follow the order of commits. */
export function* nextNumber(client: string, test: boolean, name: 'match' | 'event'): Operation<number> {
	const row = yield* queryOne<{ value: number }>(
		`INSERT INTO counters (client, test, name, value) VALUES ($1, $2, $3, 1)
		ON CONFLICT (client, test, name) DO UPDATE SET value = counters.value + 1
		RETURNING value`,
		[client, flag(test), name],
	);
	return row?.value ?? 0;
}

/** A boolean as it is stored. */
export function flag(value: boolean): number {
	return value ? 1 : 0;
}

/** A value as it is stored: databases take no half of a surrogate pair, and PostgreSQL no NUL; a lead may send both. Two texts may come to be one. */
export function storable(value: SqlValue): SqlValue {
	return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}
