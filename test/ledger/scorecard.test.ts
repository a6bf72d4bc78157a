import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import type { Ledger } from '../../nodes/ledger/ledger';
import type { Operation, OperationContext, Row } from '../../nodes/ledger/operation';
import { operations, type LedgerMethod } from '../../nodes/ledger/operations';
import { migrate } from '../../nodes/ledger/operations/migrate';
import { checkScorecard } from '../support/checkScorecard';
import { leadCase } from '../support/randomLeads';

/** The ledger's own operations on a database in memory: a thousand ledgers need no disk. */
function ledgerInMemory(): { ledger: Ledger; close: () => void } {
	const database = new DatabaseSync(':memory:');
	let ids = 0;
	const context: OperationContext = { now: 0, instance: 'test', newId: () => `id ${++ids}` };
	const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
	const run = <Result>(operation: Operation<Result>): Result => {
		let step = operation.next([]);
		while (!step.done) {
			const { text, values, rows } = step.value;
			const statement = prepared.get(text) ?? database.prepare(text.replace(/\$(\d+)/g, '?$1'));
			prepared.set(text, statement);
			for (const row of rows ?? []) statement.run(...row);
			step = operation.next(rows ? [] : statement.all(...values) as Row[]);
		}
		return step.value;
	};
	run(migrate(context));
	prepared.clear();
	const method = (name: LedgerMethod) => async (...input: unknown[]) => {
		const begin = operations[name].run as (given: OperationContext, ...rest: unknown[]) => Operation<unknown>;
		return run(begin(context, ...input));
	};
	return { ledger: Object.fromEntries(Object.keys(operations).map((name) => [name, method(name as LedgerMethod)])) as unknown as Ledger, close: () => database.close() };
}

describe('the scorecard of a random ledger', () => {
	it('has in every figure, of all leads and of each part, what plain counting gives, 1,000 times', async () => {
		const { ledger, close } = ledgerInMemory();
		let clients = 0;
		await fc.assert(fc.asyncProperty(fc.array(leadCase, { maxLength: 12 }), fc.boolean(), fc.boolean(), async (leads, refreshBetween, test) => {
			await checkScorecard(ledger, { client: `c${++clients}`, test }, leads, refreshBetween);
		}), { numRuns: 1_000 });
		close();
	}, 300_000);
});
