import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { query, type Operation, type OperationContext } from '../../nodes/ledger/operation';
import { findAnswer, keepAnswer, removeAnswers } from '../../nodes/ledger/operations/answers';
import { capture } from '../../nodes/ledger/operations/capture';
import { migrate } from '../../nodes/ledger/operations/migrate';
import { SqliteDatabase } from '../../nodes/ledger/sqliteDatabase';
import { delivery, live, monday } from './samples';

const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('removeAnswers', () => {
	let ids = 0;
	const context: OperationContext = { now: 1, instance: 'test', newId: () => `id ${++ids}` };
	const database = new SqliteDatabase(join(folder, 'ledger.sqlite'), 100);
	afterAll(() => database.close());
	const run = <Result>(begin: () => Operation<Result>) => database.run('write', begin);
	const count = (table: string) => run(() => query<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${table}`))[0].rows;

	it('takes an answer with the last submission that used it, not before', () => {
		run(() => migrate(context));
		const [one, two] = [run(() => capture(context, delivery())), run(() => capture(context, delivery()))].map(({ submissionId }) => submissionId);
		run(() => keepAnswer(context, { ...live, key: 'shared', submissionId: one, answer: '{}', at: monday }));
		run(() => findAnswer(context, { ...live, key: 'shared', submissionId: two }));
		run(() => keepAnswer(context, { ...live, key: 'own', submissionId: one, answer: '{}', at: monday }));
		run(() => removeAnswers(live, [one]));
		expect([count('ai_answers'), count('ai_answer_uses')]).toEqual([1, 1]);
		expect(run(() => findAnswer(context, { ...live, key: 'shared', submissionId: two }))).toEqual({ answer: '{}' });
		run(() => removeAnswers({ ...live, test: true }, [two]));
		expect(count('ai_answers')).toBe(1);
		run(() => removeAnswers(live, [two]));
		expect([count('ai_answers'), count('ai_answer_uses')]).toEqual([0, 0]);
	});
});
