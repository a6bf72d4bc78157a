import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { movedNote, type LedgerFiles } from './keepLedger';
import type { PeriodTally } from '../lead/measure/tally';
import type { Ledger } from './ledger';
import { ledgerError } from './ledgerError';
import { ledgerMethods, type LedgerMethod } from './operations';
import { readAllRows } from './readAllRows';
import { workerFile } from './workerFile';
import type { FileMethod, WorkerAnswer, WorkerRequest, WorkerStart } from './workerMessages';

/** Where the embedded ledger is. */
export interface SqliteLedgerOptions {
	/** Full path; made with its folder when it is not there. */
	file: string;
	/** How long a busy file is asked again before the caller is told. Default 10 seconds. */
	patienceMs?: number;
}

export interface EmbeddedLedger extends Ledger {
	/** The same ledger as leads go by it: everything is refused with `LEDGER_MOVED` once it was moved to PostgreSQL. */
	unlessMoved: Ledger;
}

/**
 * Opens the embedded ledger: one worker thread with one connection, so that no write holds n8n's event loop.
 * The thread does not keep the process alive, except while something is asked of it; one that died is started again.
 *
 * @throws LeadError `LEDGER_NOT_WRITABLE`, `LEDGER_FULL`, `LEDGER_TOO_NEW`, `LEDGER_BUSY` or `LEDGER_FAILED`.
 */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<EmbeddedLedger> {
	const { file } = options;
	let thread = await LedgerThread.start(options);
	let starting: Promise<LedgerThread> | undefined;
	let closed = false;

	async function running(): Promise<LedgerThread> {
		if (closed) throw ledgerError('closed', '', file);
		if (!thread.ended) return thread;
		// all who wait here share the new one
		starting ??= LedgerThread.start(options).finally(() => { starting = undefined; });
		return (thread = await starting);
	}

	function methodsOf(guard: { unlessMoved?: true }): Ledger {
		const ask = async (method: LedgerMethod | FileMethod, input: unknown[]): Promise<unknown> =>
			await (await running()).ask({ method, input: toText(input, file), askedAt: Date.now(), ...guard });
		const methods = ledgerMethods.map((method) => [method, async (...input: unknown[]) => await ask(method, input)]);
		const ledger = Object.fromEntries(methods) as Omit<Ledger, 'close' | keyof LedgerFiles>;
		return {
			...ledger,
			scrub: async (texts) => {
				const state = await ask('scrub', [texts]) as 'gone' | 'pending' | 'found';
				if (state === 'gone') return { state: 'erased' };
				const rows = state === 'found' ? await ledger.findTraces(texts) : {};
				if (Object.keys(rows).length > 0) return { state: 'others', because: `Rows of others hold it too: ${Object.keys(rows).join(', ')}` };
				return { state: 'pending', because: 'Somebody who reads the ledger still holds the old bytes: run this again in a few minutes' };
			},
			// many leads take seconds, and others who ask something must not wait for them
			tallyLeads: async (...input) => {
				const asked = { method: 'tallyLeads' as const, input: toText(input, file), askedAt: Date.now(), ...guard };
				return await inOwnThread(options, async (other) => await other.ask(asked)) as PeriodTally;
			},
			// the first call is refused where the ledger was moved
			saveTo: async (to) => {
				await ledger.getNote(movedNote);
				await copySqliteLedger(options, to);
			},
			readAll: async (take) => {
				await ledger.getNote(movedNote);
				await withCopy(options, async (copy) => await readAllRows(copy, take));
			},
			close: async () => {
				if (closed) return;
				closed = true;
				if (starting) thread = await starting;
				if (!thread.ended) await thread.close();
			},
		};
	}
	return { ...methodsOf({}), unlessMoved: methodsOf({ unlessMoved: true }) };
}

/** Copies the ledger in a thread of its own: leads go on being written meanwhile. */
async function copySqliteLedger(options: SqliteLedgerOptions, to: string): Promise<void> {
	await inOwnThread(options, async (thread) => await thread.ask({ method: 'copyTo', input: toText([to], options.file), askedAt: Date.now() }));
}

async function inOwnThread<Result>(options: SqliteLedgerOptions, use: (thread: LedgerThread) => Promise<Result>): Promise<Result> {
	const thread = await LedgerThread.start(options);
	try {
		return await use(thread);
	} finally {
		await thread.close();
	}
}

async function withCopy(options: SqliteLedgerOptions, use: (copy: Ledger) => Promise<void>): Promise<void> {
	const file = join(dirname(options.file), `reading-${randomUUID()}.sqlite`);
	try {
		await copySqliteLedger(options, file);
		const copy = await openSqliteLedger({ file });
		try {
			await use(copy);
		} finally {
			await copy.close();
		}
	} finally {
		for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
	}
}

/** Arguments as JSON. Fails for what is no JSON, e.g. an object that holds itself. */
function toText(input: unknown[], file: string): string {
	try {
		return JSON.stringify(input);
	} catch {
		throw ledgerError('failed', 'not JSON', file);
	}
}

/** A long list, read slice by slice; what else n8n has to do comes between. */
async function joined(slices: string[]): Promise<unknown[]> {
	const list: unknown[] = [];
	for (const slice of slices) {
		list.push(...(JSON.parse(slice) as unknown[]));
		await new Promise((resolve) => setImmediate(resolve));
	}
	return list;
}

const defaultPatienceMs = 10_000;

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** The worker thread, with what it was asked and has not answered. */
class LedgerThread {
	ended = false;
	private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
	private lastId = 0;

	private readonly worker: Worker;
	private readonly opened: Promise<unknown>;
	private readonly exited: Promise<void>;

	static async start(options: SqliteLedgerOptions): Promise<LedgerThread> {
		const thread = new LedgerThread(options);
		await thread.opened;
		return thread;
	}

	private constructor(private readonly options: SqliteLedgerOptions) {
		const start: WorkerStart = { file: options.file, patienceMs: options.patienceMs ?? defaultPatienceMs };
		// n8n's own flags and variables are nothing to this thread
		this.worker = new Worker(workerFile(), { workerData: start, execArgv: [], env: {} });
		this.opened = this.waitFor(0);
		this.exited = new Promise((resolve) => this.worker.once('exit', () => { this.end(); resolve(); }));
		this.worker.on('message', (answer: WorkerAnswer) => this.take(answer));
		this.worker.on('error', (error) => this.end(error.name));
	}

	async ask(request: Unnumbered<WorkerRequest>): Promise<unknown> {
		const id = ++this.lastId;
		const answered = this.waitFor(id);
		this.worker.postMessage({ id, ...request } satisfies WorkerRequest);
		return await answered;
	}

	async close(): Promise<void> {
		await this.ask({ method: 'close' });
		await this.exited;
	}

	private async waitFor(id: number): Promise<unknown> {
		this.worker.ref();
		return await new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
	}

	private take(answer: WorkerAnswer): void {
		const asked = this.waiting.get(answer.id);
		this.waiting.delete(answer.id);
		if (this.waiting.size === 0) this.worker.unref();
		if ('fault' in answer) asked?.reject(ledgerError(answer.fault, answer.detail, this.options.file));
		else if ('slices' in answer) asked?.resolve(joined(answer.slices));
		else asked?.resolve(answer.output === undefined ? undefined : JSON.parse(answer.output));
	}

	private end(detail = 'its thread ended'): void {
		this.ended = true;
		for (const { reject } of this.waiting.values()) reject(ledgerError('failed', detail, this.options.file));
		this.waiting.clear();
	}
}
