import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { Operation, OperationContext } from './operation';
import { operations, type LedgerMethod } from './operations';
import { listInstances, registerInstance, removeInstance } from './operations/instances';
import { migrate } from './operations/migrate';
import { isGone, thisProcess } from './processes';
import { SqliteDatabase, toFault } from './sqliteDatabase';
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

function perform(method: LedgerMethod, input: string, askedAt: number): unknown {
	if (database?.hasMoved()) {
		// what is written to a file that was deleted would be lost in silence
		database.close();
		database = undefined;
	}
	if (!database) open();
	const { kind, run } = operations[method];
	const begin = run as (context: OperationContext, ...input: unknown[]) => Operation<unknown>;
	return database?.run(kind, () => begin(context(), ...(JSON.parse(input) as unknown[])), askedAt);
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
	if (request.method !== 'close') return answer(request.id, () => perform(request.method, request.input, request.askedAt));
	answer(request.id, close);
	parentPort?.close();
});
answer(0, open);
if (!database) parentPort?.close();
