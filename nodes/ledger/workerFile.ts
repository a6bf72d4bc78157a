import { join } from 'node:path';

/** The worker thread's script, which the bundle puts beside the code that uses it. */
export function workerFile(): string {
	return join(__dirname, 'sqliteWorker.js');
}
