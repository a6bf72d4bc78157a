import { inList, query, type Operation, type OperationContext } from '../operation';

/** One opened ledger of one process. */
export interface Instance {
	id: string;
	host: string;
	pid: number;
	/** Tells two processes apart that had the same pid. */
	processStart: string;
}

/** The opened ledgers of one host, dead ones included. */
export function* listInstances(_: OperationContext, host: string): Operation<Instance[]> {
	return yield* query<Instance>('SELECT id, host, pid, process_start AS "processStart" FROM instances WHERE host = $1', [host]);
}

/** Adds this opened ledger and takes out dead ones: their leases end at once. */
export function* registerInstance(context: OperationContext, instance: Omit<Instance, 'id'>, deadIds: readonly string[]): Operation<void> {
	if (deadIds.length > 0) {
		const dead = inList(deadIds, 1);
		yield* query(`DELETE FROM instances WHERE id IN (${dead.list})`, dead.values);
	}
	yield* query(
		'INSERT INTO instances (id, host, pid, process_start, opened_at) VALUES ($1, $2, $3, $4, $5)',
		[context.instance, instance.host, instance.pid, instance.processStart, context.now],
	);
}

/** Says that this opened ledger is still there. */
export function* keepInstance(context: OperationContext, instance: Omit<Instance, 'id'>): Operation<void> {
	yield* query(
		`INSERT INTO instances (id, host, pid, process_start, opened_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at`,
		[context.instance, instance.host, instance.pid, instance.processStart, context.now],
	);
}

/**
 * Takes out opened ledgers that have not said for long that they are there, e.g. of containers that are gone.
 *
 * @param before - Epoch milliseconds, not included.
 */
export function* removeUnseen(_: OperationContext, before: number): Operation<void> {
	yield* query('DELETE FROM instances WHERE opened_at < $1', [before]);
}

/** Takes out this opened ledger: leases that it still holds end at once. */
export function* removeInstance(context: OperationContext): Operation<void> {
	yield* query('DELETE FROM instances WHERE id = $1', [context.instance]);
}
