import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { ByteSearch } from './byteSearch';
import { LedgerFault, type LedgerFaultKind } from './ledgerFault';
import type { Operation, Row, Statement } from './operation';

/** SQLite waits this long by itself; then the whole operation is begun again. */
const busyTimeoutMs = 50;
const longestPauseMs = 20;
/** A reader that lets go within this time is waited for. */
const longestScrubWaitMs = 1_000;
/** Statements kept ready; their texts differ only by the length of their lists. */
const mostPrepared = 200;

/** One connection to a ledger file. Synchronous: for a worker thread only. */
export class SqliteDatabase {
	private readonly database: DatabaseSync;
	/** The file's own number on its volume. */
	private inode = 0;
	private readonly prepared = new Map<string, StatementSync>();
	private search?: ByteSearch;

	/**
	 * Opens the file, and makes it with its folder when it is not there: for the owner's eyes only.
	 *
	 * @param patienceMs - How long a busy file is asked again before the fault `busy` is thrown.
	 */
	constructor(private readonly file: string, private readonly patienceMs: number) {
		this.database = patiently(0, () => {
			mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
			const isNew = !existsSync(file);
			const database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
			// by path only: to open and close the file here would drop the locks of this process' other connections
			if (isNew) chmodSync(file, 0o600);
			this.inode = statSync(file).ino;
			return database;
		});
		let ready = false;
		try {
			// a form is acknowledged after its capture, so a commit must outlast a power cut;
			// what is deleted is written over with zeros, or an erased person could be read from the file;
			// 64 MB of cache and 16 MB of log: keys of a large load go to pages all over the file
			patiently(Date.now() + patienceMs, () => this.database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
				PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000`));
			ready = true;
		} finally {
			if (!ready) this.database.close();
		}
	}

	/** Whether the file was deleted, or another one stands in its place. */
	hasMoved(): boolean {
		return statSync(this.file, { throwIfNoEntry: false })?.ino !== this.inode;
	}

	/**
	 * Runs one operation in one transaction; begins it again while the database is busy.
	 *
	 * @param askedAt - When patience began, epoch milliseconds.
	 */
	run<Result>(kind: 'read' | 'write', begin: () => Operation<Result>, askedAt = Date.now()): Result {
		return patiently(askedAt + this.patienceMs, () => {
			this.database.exec(kind === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
			try {
				const result = this.walk(begin());
				this.database.exec('COMMIT');
				return result;
			} finally {
				// still open only after a fault; a full disk makes SQLite roll back by itself
				if (this.database.isTransaction) this.database.exec('ROLLBACK');
			}
		});
	}

	/** Copies the ledger as it is at this moment to a new file, for the owner's eyes only, while others go on writing. */
	copyTo(file: string): void {
		patiently(Date.now() + this.patienceMs, () => this.database.prepare('VACUUM INTO ?').run(file));
		chmodSync(file, 0o600);
	}

	/**
	 * Writes the log to the file and empties it, and searches both for the texts; builds the file anew when one is found.
	 *
	 * @returns `pending` while somebody who reads holds the log; `found` when a text stands in rows that are there.
	 */
	scrub(texts: readonly string[]): 'gone' | 'pending' | 'found' {
		if (!this.emptyLog()) return 'pending';
		this.search ??= new ByteSearch(this.file);
		if (!this.search.holds(texts)) return 'gone';
		// bytes between the rows of a page, left when rows moved
		patiently(Date.now() + this.patienceMs, () => this.database.exec('VACUUM'));
		if (!this.emptyLog()) return 'pending';
		return this.search.holds(texts) ? 'found' : 'gone';
	}

	private emptyLog(): boolean {
		const until = Date.now() + Math.min(this.patienceMs, longestScrubWaitMs);
		do {
			const answer = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
			if (answer.busy === 0) return (statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
			sleep(longestPauseMs);
		} while (Date.now() < until);
		return false;
	}

	/** Writes what is in the log to the file, if no other process has it open, and closes it. */
	close(): void {
		this.prepared.clear();
		this.database.close();
	}

	private walk<Result>(operation: Operation<Result>): Result {
		let step = operation.next([]);
		while (!step.done) step = operation.next(this.rows(step.value));
		return step.value;
	}

	private rows({ text, values, rows }: Statement): Row[] {
		let statement = this.prepared.get(text);
		if (!statement) {
			if (this.prepared.size >= mostPrepared) this.prepared.clear();
			statement = this.database.prepare(text.replace(/\$(\d+)/g, '?$1'));
			this.prepared.set(text, statement);
		}
		if (!rows) return statement.all(...values) as Row[];
		// one row at a time: SQLite takes twice as long for many in one statement
		for (const row of rows) statement.run(...row);
		return [];
	}
}

/** Does it once at least, and again while the database is busy, until the given moment. Throws faults only. */
function patiently<Result>(until: number, attempt: () => Result): Result {
	for (;;) {
		const outcome = outcomeOf(attempt);
		if ('result' in outcome) return outcome.result;
		if (outcome.fault.kind !== 'busy' || Date.now() >= until) throw outcome.fault;
		sleep(Math.random() * longestPauseMs);
	}
}

function outcomeOf<Result>(attempt: () => Result): { result: Result } | { fault: LedgerFault } {
	try {
		return { result: attempt() };
	} catch (caught) {
		return { fault: toFault(caught) };
	}
}

/** Blocks this thread only. */
function sleep(milliseconds: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html */
const sqliteFaults: Record<number, LedgerFaultKind> = {
	5: 'busy', 6: 'busy', 8: 'notWritable', 11: 'damaged', 13: 'full', 14: 'notWritable', 26: 'damaged',
};
const systemFaults: Record<string, LedgerFaultKind> = {
	EACCES: 'notWritable', EPERM: 'notWritable', EROFS: 'notWritable', ENOTDIR: 'notWritable', EISDIR: 'notWritable', EEXIST: 'notWritable',
	ENOENT: 'notWritable', ENOSPC: 'full', EDQUOT: 'full',
};

/** Any error of the driver as a fault; its text is the driver's own, never a stored value. */
export function toFault(caught: unknown): LedgerFault {
	if (caught instanceof LedgerFault) return caught;
	const { code, errcode, errstr, name } = caught as { code?: string; errcode?: number; errstr?: string; name?: string };
	if (code === 'ERR_SQLITE_ERROR' && errcode !== undefined) {
		return new LedgerFault(sqliteFaults[errcode & 0xff] ?? 'failed', `SQLite ${errcode}: ${errstr ?? 'no text'}`);
	}
	if (code !== undefined && code in systemFaults) return new LedgerFault(systemFaults[code], code);
	return new LedgerFault('failed', code ?? name ?? 'unknown');
}
