import type { LedgerFaultKind } from './ledgerFault';
import type { LedgerMethod } from './operations';

/** What the ledger asks its worker thread. `input` is the arguments as JSON: whatever a lead holds then passes between threads. */
export type WorkerRequest = { id: number; method: LedgerMethod; input: string } | { id: number; method: 'close' };

/** What the worker thread answers; `output` is the result as JSON, absent for none. The first answer, of id 0, tells how the opening went. */
export type WorkerAnswer = { id: number; output?: string } | { id: number; fault: LedgerFaultKind; detail: string };

export interface WorkerStart {
	file: string;
	/** How long a busy file is asked again. */
	patienceMs: number;
}
