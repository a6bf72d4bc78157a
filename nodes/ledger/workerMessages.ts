import type { LedgerFaultKind } from './ledgerFault';
import type { LedgerMethod } from './operations';

/** What only the embedded driver does: its arguments are a file's path, or texts to search for. */
export type FileMethod = 'copyTo' | 'scrub';

/**
 * What the ledger asks its worker thread. `input` is the arguments as JSON: whatever a lead holds then passes between threads.
 * `askedAt` is in epoch milliseconds: time in the thread's queue counts for patience too. With `unlessMoved` nothing is done in a
 * ledger that was moved to PostgreSQL.
 */
export type WorkerRequest = { id: number; method: LedgerMethod | FileMethod; input: string; askedAt: number; unlessMoved?: true } | { id: number; method: 'close' };

/**
 * What the worker thread answers; `output` is the result as JSON, absent for none. A long list comes as the JSON of its
 * `slices`, so that whoever reads it need not hold the event loop for all of it. The first answer, of id 0, tells how the
 * opening went.
 */
export type WorkerAnswer = { id: number; output?: string } | { id: number; slices: string[] } | { id: number; fault: LedgerFaultKind; detail: string };

/** Entries of a list that are read at once: some milliseconds of work. */
export const sliceLength = 200;

/** What the worker thread is started with. */
export interface WorkerStart {
	file: string;
	/** How long a busy file is asked again. */
	patienceMs: number;
}
