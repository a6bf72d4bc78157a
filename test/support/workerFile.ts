import { join } from 'node:path';

/** Stands in for `nodes/ledger/workerFile` in tests: the worker that `buildWorker` built. */
export function workerFile(): string {
	return join(__dirname, '..', '..', '.artifacts', 'test', 'sqliteWorker.js');
}
