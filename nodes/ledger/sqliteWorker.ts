import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { Operation, OperationContext } from './operation';
import { LedgerFault } from './ledgerFault';
import { operations } from './operations';
import { getNote } from './operations/copy';
import { listInstances, registerInstance, removeInstance } from './operations/instances';
import { migrate } from './operations/migrate';
import { isGone, thisProcess } from './processes';
import { SqliteDatabase, toFault } from './sqliteDatabase';
import { movedNote } from './keepLedger';
import { sliceLength, type WorkerAnswer, type WorkerRequest, type WorkerStart } from './workerMessages';

let instance: string;
let database: SqliteDatabase | undefined;

function context(): OperationContext {
	return { now: Date.now(), instance, newId: randomUUID };
}

function open(): void {
	const { file, patienceMs } = workerData as WorkerStart;
	instance = randomUUID();
	const opened = new SqliteDatabase(file, patienceMs);
	try {
		opened.run('write', () => migrate(context()));
		const self = thisProcess();
		const dead = opened.run('read', () => listInstances(context(), self.host)).filter(isGone);
		opened.run('write', () => registerInstance(context(), self, dead.map(({ id }) => id)));
		database = opened;
	} finally {
		if (!database) opened.close();
	}
}

function close(): void {
	database?.run('write', () => removeInstance(context()));
	database?.close();
}

function perform({ method, input, askedAt, unlessMoved }: Extract<WorkerRequest, { input: string }>): unknown {
	if (database?.hasMoved()) {
		// what is written to a file that was deleted would be lost in silence
		database.close();
		database = undefined;
	}
	if (!database) open();
	const given = JSON.parse(input) as unknown[];
	if (method === 'copyTo') return database?.copyTo(given[0] as string);
	if (method === 'scrub') return database?.scrub(given[0] as string[]);
	const { kind, run } = operations[method];
	const begin = run as (context: OperationContext, ...input: unknown[]) => Operation<unknown>;
	return database?.run(kind, () => (unlessMoved ? whereItIs(begin(context(), ...given)) : begin(context(), ...given)), askedAt);
}

/** In one transaction with the operation itself, so that nothing is written between a look and the move. */
function* whereItIs(operation: Operation<unknown>): Operation<unknown> {
	if ((yield* getNote(context(), movedNote)) !== null) throw new LedgerFault('moved');
	return yield* operation;
}

function toText(result: unknown): { output?: string } | { slices: string[] } {
	if (!Array.isArray(result) || result.length <= sliceLength) return { ...(result !== undefined && { output: JSON.stringify(result) }) };
	const slices: string[] = [];
	for (let start = 0; start < result.length; start += sliceLength) slices.push(JSON.stringify(result.slice(start, start + sliceLength)));
	return { slices };
}

function answer(id: number, work: () => unknown): void {
	let message: WorkerAnswer;
	try {
		message = { id, ...toText(work()) };
	} catch (caught) {
		const fault = toFault(caught);
		message = { id, fault: fault.kind, detail: fault.detail };
	}
	parentPort?.postMessage(message);
}

parentPort?.on('message', (request: WorkerRequest) => {
	if (request.method !== 'close') return answer(request.id, () => perform(request));
	answer(request.id, close);
	parentPort?.close();
});
answer(0, open);
if (!database) parentPort?.close();
