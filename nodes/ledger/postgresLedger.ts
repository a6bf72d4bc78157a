import { randomUUID } from 'node:crypto';
import { LeadError } from '../lead/leadError';
import { copyRows } from './copyRows';
import type { LedgerFiles, RowCounts } from './keepLedger';
import type { Ledger } from './ledger';
import { ledgerError } from './ledgerError';
import { LedgerFault } from './ledgerFault';
import { migrations } from './migrations/migrations';
import { query, queryOne, type Operation, type OperationContext, type SqlValue } from './operation';
import { ledgerMethods, operations, type LedgerMethod } from './operations';
import { keepInstance, listInstances, registerInstance, removeInstance, removeUnseen } from './operations/instances';
import { readRows } from './operations/copy';
import { migrate } from './operations/migrate';
import { PostgresDatabase, type Begin } from './postgresDatabase';
import { placeOf, type PostgresOptions } from './postgresOptions';
import { isGone, thisProcess } from './processes';
import { openSqliteLedger } from './sqliteLedger';
import { readAllRows } from './readAllRows';

const defaultPatienceMs = 10_000;
/** How often an opened ledger says that it is still there, and after how long one that said nothing is forgotten. */
const seenEveryMs = 3_600_000;
const forgottenAfterMs = 24 * seenEveryMs;

/**
 * Opens a ledger in a schema of a PostgreSQL server, and makes the schema when it is not there. Several hosts may have
 * the same one open. The connections do not keep the process alive; a server that was gone is used again when it is back.
 *
 * @throws LeadError `LEDGER_UNREACHABLE`, `LEDGER_REFUSED`, `LEDGER_CROWDED`, `LEDGER_NOT_WRITABLE`, `LEDGER_FULL`, `LEDGER_TOO_NEW`, `LEDGER_BUSY` or `LEDGER_FAILED`.
 */
export async function openPostgresLedger(options: PostgresOptions): Promise<Ledger> {
	const ledger = new PostgresLedger(options);
	await ledger.open();
	return {
		...(Object.fromEntries(ledgerMethods.map((method) => [method, async (...input: unknown[]) => await ledger.perform(method, input)])) as unknown as Omit<Ledger, 'close' | keyof LedgerFiles>),
		// PostgreSQL gives the room of deleted rows to new ones by itself; what can be read is looked at
		scrub: async (texts) => {
			const rows = await ledger.perform('findTraces', [texts]) as RowCounts;
			const tables = Object.keys(rows);
			return tables.length === 0 ? { state: 'erased' } : { state: 'others', because: `Rows of others hold it too: ${tables.join(', ')}` };
		},
		saveTo: async (file) => {
			const saved = await openSqliteLedger({ file });
			try {
				const at = new Date().toISOString();
				await copyRows(async (take) => await ledger.readAll(take), saved, { at, checkClocksFrom: at });
			} finally {
				await saved.close();
			}
		},
		readAll: async (take) => await ledger.readAll(take),
		close: async () => await ledger.close(),
	};
}

/**
 * Signs in, and looks whether the ledger's schema is there or may be made; changes nothing.
 *
 * @throws LeadError as `openPostgresLedger`.
 */
export async function checkPostgresLedger(options: PostgresOptions): Promise<void> {
	const database = new PostgresDatabase({ ...options, maxConnections: 1 }, 0);
	try {
		const row = await database.run('read', () => queryOne<{ there: number; may: number; newer: number }>(
			`SELECT (to_regnamespace($1) IS NOT NULL)::INT AS there,
				CASE WHEN to_regnamespace($1) IS NULL THEN has_database_privilege(current_database(), 'CREATE') ELSE has_schema_privilege($1, 'USAGE') END::INT AS may`,
			[`"${options.schema}"`],
		));
		if (row?.may !== 1) throw new LedgerFault('notWritable', row?.there === 1 ? 'no right to use the schema' : 'no right to make the schema');
	} catch (caught) {
		throw toLeadError(caught, options);
	} finally {
		await database.close();
	}
}

class PostgresLedger {
	private readonly database: PostgresDatabase;
	private readonly instance = randomUUID();
	private readonly self = thisProcess('container');
	private closed = false;
	private seen?: NodeJS.Timeout;

	constructor(private readonly options: PostgresOptions) {
		this.database = new PostgresDatabase(options, options.patienceMs ?? defaultPatienceMs);
	}

	async open(): Promise<void> {
		try {
			await this.prepare();
		} catch (caught) {
			await this.database.close();
			throw toLeadError(caught, this.options);
		}
		this.seen = setInterval(() => void this.database.run('write', this.with((context) => keepInstance(context, this.self))).catch(() => undefined), seenEveryMs).unref();
	}

	async perform(method: LedgerMethod, input: unknown[]): Promise<unknown> {
		const askedAt = Date.now();
		const { kind, run } = operations[method];
		try {
			if (this.closed) throw new LedgerFault('closed');
			// as it is now: an operation that begins again must not see what its caller did meanwhile
			const given = JSON.parse(JSON.stringify(input)) as unknown[];
			const begin = this.with((context) => (run as (context: OperationContext, ...input: unknown[]) => Operation<unknown>)(context, ...given));
			return await this.database.run(kind, begin, askedAt).catch(async (caught: unknown) => {
				// somebody dropped the schema: it is made again, as the embedded driver makes a file again that was deleted
				if (!(caught instanceof LedgerFault) || caught.kind !== 'noSchema') throw caught;
				await this.prepare();
				return await this.database.run(kind, begin, askedAt);
			});
		} catch (caught) {
			throw toLeadError(caught, this.options);
		}
	}

	async readAll(take: (table: string, rows: SqlValue[][]) => Promise<void>): Promise<void> {
		try {
			await this.database.readThrough(async (run) => {
				const context: OperationContext = { now: Date.now(), instance: this.instance, newId: randomUUID };
				await readAllRows({ readRows: async (table, after, limit) => await run(readRows(context, table, after, limit)) }, take);
			});
		} catch (caught) {
			throw toLeadError(caught, this.options);
		}
	}

	async close(): Promise<void> {
		if (this.closed) return;
		this.closed = true;
		clearInterval(this.seen);
		// a server that is gone frees the leases by their time
		await this.database.run('write', this.with((context) => removeInstance(context))).catch(() => undefined);
		await this.database.close();
	}

	private with<Result>(begin: (context: OperationContext) => Operation<Result>): Begin<Result> {
		return (now) => begin({ now, instance: this.instance, newId: randomUUID });
	}

	private async prepare(): Promise<void> {
		const newest = await this.database.run('read', () => readNewest(this.options.schema));
		// a user who may only read and write rows can use what an administrator prepared
		if (newest !== migrations.at(-1)?.number) await this.database.run('write', this.with((context) => prepareSchema(context, this.options.schema)));
		const dead = (await this.database.run('read', this.with((context) => listInstances(context, this.self.host)))).filter(isGone);
		await this.database.run('write', this.with((context) => this.register(context, dead.map(({ id }) => id))));
	}

	private* register(context: OperationContext, deadIds: string[]): Operation<void> {
		yield* removeUnseen(context, context.now - forgottenAfterMs);
		yield* registerInstance(context, this.self, [context.instance, ...deadIds]);
	}
}

/** Number of the newest change of the schema; undefined when there is no ledger yet. */
function* readNewest(schema: string): Operation<number | undefined> {
	const table = yield* queryOne<{ there: number }>('SELECT (to_regclass($1) IS NOT NULL)::INT AS there', [`"${schema}".schema_migrations`]);
	if (table?.there !== 1) return undefined;
	return (yield* queryOne<{ newest: number | null }>('SELECT MAX(number) AS newest FROM schema_migrations'))?.newest ?? undefined;
}

/** Makes the schema and brings it up to date; one process at a time. */
function* prepareSchema(context: OperationContext, schema: string): Operation<void> {
	yield* query(`SET LOCAL lock_timeout = 0`);
	yield* query(`SET LOCAL statement_timeout = 0`);
	yield* query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`n8n-nodes-lead-handoff ${schema}`]);
	const there = yield* queryOne('SELECT 1 AS there FROM pg_namespace WHERE nspname = $1', [schema]);
	if (!there) yield* query(`CREATE SCHEMA "${schema}"`);
	yield* migrate(context);
}

function toLeadError(caught: unknown, options: PostgresOptions): Error {
	// what reads may itself write somewhere that can fail
	if (caught instanceof LeadError) return caught;
	const fault = caught instanceof LedgerFault ? caught : new LedgerFault('failed', caught instanceof TypeError ? 'not JSON' : 'unknown');
	return ledgerError(fault.kind, fault.detail, placeOf(options), 'postgres');
}
