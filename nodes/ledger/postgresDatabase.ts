import { Pool, types, type PoolClient } from 'pg';
import { LeadError } from '../lead/leadError';
import { LedgerFault } from './ledgerFault';
import type { Operation, Row, Statement } from './operation';
import { isPassing, toPostgresFault } from './postgresFaults';
import { defaultConnections, type PostgresOptions } from './postgresOptions';
import { Slots } from './slots';

/** A row's lock that is not given within this time makes the whole operation begin again. */
const lockTimeoutMs = 2_000;
/** For one statement, e.g. of a scorecard over a year. */
const statementTimeoutMs = 30_000;
/** For one that goes over a whole table of a large ledger. */
const slowTimeoutMs = 3_600_000;
/** The server answers the first words of a transaction at once, or it is not there. */
const greetingTimeoutMs = 5_000;
/** A connection that is not used for so long is closed. */
const idleTimeoutMs = 30_000;
/** For a sign-in to a server under load. */
const leastTimeoutMs = 1_000;
const longestConflictPauseMs = 30;
const longestReconnectPauseMs = 500;
/** A key that two wrote at once is there at the second try; one that still hinders after so many is a fault of ours. */
const mostKeyConflicts = 20;

/** What an operation begins with. */
export type Begin<Result> = (now: number) => Operation<Result>;

type Outcome<Result> = { result: Result } | { fault: LedgerFault };

/** A pool of connections to one schema of a PostgreSQL server. */
export class PostgresDatabase {
	private readonly pool: Pool;
	private readonly slots: Slots;
	private readonly preamble: string;
	private readonly greetingMs: number;

	/** Connects only when it is asked for something. */
	constructor(options: PostgresOptions, private readonly patienceMs: number) {
		const connections = options.maxConnections ?? defaultConnections;
		this.greetingMs = atMost(greetingTimeoutMs, patienceMs);
		this.slots = new Slots(connections);
		this.pool = new Pool({
			host: options.host, port: options.port, database: options.database, user: options.user, password: options.password,
			ssl: options.tls === 'off' ? false : { rejectUnauthorized: options.tls === 'verify', ...(options.ca !== undefined && { ca: options.ca }) },
			application_name: 'n8n-nodes-lead-handoff',
			max: connections,
			// statements are sent without waiting for the answers to those before them
			pipeline: true,
			connectionTimeoutMillis: this.greetingMs,
			idleTimeoutMillis: idleTimeoutMs,
			// what PostgreSQL was told to end, it ends; this is for a server that does not answer at all
			query_timeout: statementTimeoutMs + greetingTimeoutMs,
			keepAlive: true,
			keepAliveInitialDelayMillis: 10_000,
			// n8n may end while nothing is asked
			allowExitOnIdle: true,
			types: { getTypeParser: (id: number, format?: 'text' | 'binary') => (id === bigint ? Number : types.getTypeParser(id, format)) as (value: string) => unknown },
		});
		// a connection that breaks while nobody uses it is replaced when the next one asks
		this.pool.on('error', () => undefined);
		// and one that breaks between two statements of a transaction is told by the second
		this.pool.on('connect', (client) => client.on('error', () => undefined));
		// in each transaction, not once a connection: so it holds behind a pooler such as PgBouncer too
		this.preamble = `SET LOCAL search_path TO "${options.schema}"; SET LOCAL lock_timeout = ${atMost(lockTimeoutMs, patienceMs)}; SET LOCAL statement_timeout = ${statementTimeoutMs};
			SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT AS now`;
	}

	/**
	 * Runs one operation in one transaction; begins it again when another transaction was in its way, and when the server
	 * was gone. So it may be done twice if the answer to its commit was lost: operations know what they have done.
	 *
	 * @param begin - Gets the database's own clock, epoch milliseconds.
	 * @param askedAt - When patience began, epoch milliseconds.
	 * @throws LedgerFault
	 */
	async run<Result>(kind: 'read' | 'write', begin: Begin<Result>, askedAt = Date.now()): Promise<Result> {
		const until = askedAt + this.patienceMs;
		for (let conflicts = 0; ;) {
			const outcome = await this.attempt(kind, begin, until);
			if ('result' in outcome) return outcome.result;
			const { fault } = outcome;
			if (!isPassing(fault) || Date.now() >= until) throw fault;
			if (/PostgreSQL 23/.test(fault.detail) && ++conflicts > mostKeyConflicts) throw new LedgerFault('failed', fault.detail);
			await pause(Math.random() * (fault.kind === 'busy' ? longestConflictPauseMs : longestReconnectPauseMs));
		}
	}

	/**
	 * Reads with several operations that all see the ledger as it is at one moment, while others go on writing. A server
	 * that goes away meanwhile ends it.
	 *
	 * @throws LedgerFault, or what `work` throws.
	 */
	async readThrough(work: (run: <Result>(operation: Operation<Result>) => Promise<Result>) => Promise<void>): Promise<void> {
		if (!(await this.slots.take(Date.now() + this.patienceMs))) throw new LedgerFault('crowded', 'all connections of this process are in use');
		let client: PoolClient | undefined;
		try {
			client = await this.pool.connect();
			await this.greet(client, 'read');
			const reader = client;
			await work(async (operation) => await walk(reader, operation));
			await client.query('COMMIT');
			client.release();
		} catch (caught) {
			// whatever state it is in
			client?.release(true);
			throw caught instanceof LeadError ? caught : toPostgresFault(caught);
		} finally {
			this.slots.giveBack();
		}
	}

	/** Ends all connections, as soon as what runs on them is done. */
	async close(): Promise<void> {
		await this.pool.end();
	}

	private async attempt<Result>(kind: 'read' | 'write', begin: Begin<Result>, until: number): Promise<Outcome<Result>> {
		if (!(await this.slots.take(until))) return { fault: new LedgerFault('crowded', 'all connections of this process are in use') };
		try {
			return await this.onConnection(kind, begin);
		} catch (caught) {
			return { fault: toPostgresFault(caught) };
		} finally {
			this.slots.giveBack();
		}
	}

	private async onConnection<Result>(kind: 'read' | 'write', begin: Begin<Result>): Promise<Outcome<Result>> {
		const client = await this.pool.connect();
		try {
			const now = await this.greet(client, kind);
			const result = await walk(client, begin(now), 'COMMIT');
			client.release();
			return { result };
		} catch (caught) {
			const fault = toPostgresFault(caught);
			// one that may be broken, or still in a transaction, is never used again
			client.release(!(await isRolledBack(client, fault)));
			return { fault };
		}
	}

	/** A read sees one moment; a write sees what was committed before each of its statements, and waits for locked rows. */
	private async greet(client: PoolClient, kind: 'read' | 'write'): Promise<number> {
		const mode = kind === 'read' ? 'ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'ISOLATION LEVEL READ COMMITTED';
		const answers = await client.query({ text: `BEGIN ${mode}; ${this.preamble}`, query_timeout: this.greetingMs } as { text: string });
		return ((answers as unknown as { rows: { now: number }[] }[]).at(-1)?.rows[0].now) ?? Date.now();
	}
}

/** Shorter for the impatient, but never so short that a sound server fails. */
function atMost(milliseconds: number, patienceMs: number): number {
	return Math.min(milliseconds, Math.max(patienceMs, leastTimeoutMs));
}

/** The type of BIGINT and COUNT, whose numbers stay below 2^53 here. */
const bigint = 20;

/**
 * Runs an operation's statements in their order. One whose rows nobody reads is sent without waiting for its answer: the
 * journeys to a server are most of what a short transaction costs. `last` is sent behind them.
 */
async function walk<Result>(client: PoolClient, operation: Operation<Result>, last?: string): Promise<Result> {
	const sent: Promise<unknown>[] = [];
	const send = (answer: Promise<unknown>): void => {
		// told below; nobody may be waiting when it comes
		answer.catch(() => undefined);
		sent.push(answer);
	};
	const goThrough = async (): Promise<Result> => {
		let step = operation.next([]);
		while (!step.done) {
			const answer = rowsOf(client, step.value);
			if (step.value.blind) send(answer);
			step = operation.next(step.value.blind ? [] : await answer);
		}
		if (last !== undefined) send(client.query(last));
		await Promise.all(sent);
		return step.value;
	};
	return await goThrough().catch(async (caught: Error) => {
		// what follows a failed statement only says that the transaction is lost: the first to fail is told
		await Promise.all(sent);
		return await Promise.reject(caught);
	});
}

async function rowsOf(client: PoolClient, { text, values, rows: many, slow }: Statement): Promise<Row[]> {
	if (many) return await insertMany(client, text, many);
	if (slow) {
		await client.query('SET LOCAL statement_timeout = 0');
		return (await client.query<Row>({ text, query_timeout: slowTimeoutMs } as { text: string })).rows;
	}
	const { rows } = await client.query<Row>(text, [...values]);
	return rows;
}

/** More parameters than this make a statement of many rows no faster; PostgreSQL takes 65,535. */
const mostParameters = 4_000;

/** Many rows travel together: one statement with as many lists of values. */
async function insertMany(client: PoolClient, text: string, many: NonNullable<Statement['rows']>): Promise<Row[]> {
	const width = many[0]?.length ?? 0;
	const atOnce = Math.max(1, Math.floor(mostParameters / Math.max(1, width)));
	const sent: Promise<unknown>[] = [];
	for (let start = 0; start < many.length; start += atOnce) {
		const page = many.slice(start, start + atOnce);
		const lists = page.map((_, row) => `(${Array.from({ length: width }, (__, column) => `$${row * width + column + 1}`).join(', ')})`);
		// all at once: what the operation sends next stays behind them
		sent.push(client.query(text.replace(/VALUES \([^)]*\)/, `VALUES ${lists.join(', ')}`), page.flat()));
	}
	await Promise.all(sent);
	return [];
}

/** Whether the connection is as good as new after an error. */
async function isRolledBack(client: PoolClient, { kind }: LedgerFault): Promise<boolean> {
	if (kind === 'unreachable') return false;
	return await client.query('ROLLBACK').then(() => true, () => false);
}

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
