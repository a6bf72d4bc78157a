import { Worker } from 'node:worker_threads';
import type { Ledger } from './ledger';
import { ledgerError } from './ledgerError';
import { ledgerMethods } from './operations';
import { workerFile } from './workerFile';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './workerMessages';

/** Where the embedded ledger is. */
export interface SqliteLedgerOptions {
	/** Full path; made with its folder when it is not there. */
	file: string;
	/** How long a busy file is asked again before the caller is told. Default 10 seconds. */
	patienceMs?: number;
}

/**
 * Opens the embedded ledger: one worker thread with one connection, so that no write holds n8n's event loop.
 * The thread does not keep the process alive, except while something is asked of it; one that died is started again.
 *
 * @throws LeadError `LEDGER_NOT_WRITABLE`, `LEDGER_FULL`, `LEDGER_TOO_NEW`, `LEDGER_BUSY` or `LEDGER_FAILED`.
 */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
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

	const methods = ledgerMethods.map((method) => [
		method,
		async (...input: unknown[]) => {
			const asked = { method, input: toText(input, file), askedAt: Date.now() };
			return await (await running()).ask(asked);
		},
	]);
	return {
		...(Object.fromEntries(methods) as Omit<Ledger, 'close'>),
		close: async () => {
			if (closed) return;
			closed = true;
			if (starting) thread = await starting;
			if (!thread.ended) await thread.close();
		},
	};
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
