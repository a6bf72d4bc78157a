import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations, type Migration } from '../../nodes/ledger/migrations/migrations';
import { query, type Operation, type OperationContext } from '../../nodes/ledger/operation';
import { migrate } from '../../nodes/ledger/operations/migrate';
import { SqliteDatabase } from '../../nodes/ledger/sqliteDatabase';

const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('migrate', () => {
	const context: OperationContext = { now: 1, instance: 'test', newId: () => 'id' };
	const second: Migration = { number: 2, name: 'second', statements: ['ALTER TABLE clients ADD COLUMN note TEXT', 'CREATE TABLE notes (id TEXT PRIMARY KEY)'] };
	const broken: Migration = { ...second, statements: [...second.statements, 'CREATE TABLE notes (id TEXT)'] };
	const base = migrations.slice(0, 1);

	let files = 0;
	let database: SqliteDatabase;
	beforeEach(() => { database = new SqliteDatabase(join(folder, `${++files}.sqlite`), 100); });
	afterEach(() => database.close());

	const run = <Result>(begin: () => Operation<Result>) => database.run('write', begin);
	const applied = () => run(() => query<{ number: number; name: string }>('SELECT number, name FROM schema_migrations ORDER BY number'));

	it('numbers the changes from 1 without gaps', () => {
		expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
	});

	it('brings an empty file to the newest schema, once', () => {
		run(() => migrate(context));
		run(() => migrate(context));
		expect(applied()).toEqual(migrations.map(({ number, name }) => ({ number, name })));
	});

	it('brings an older file on and keeps its rows', () => {
		run(() => migrate(context, base));
		run(() => query(`INSERT INTO clients (client, name, mode, version) VALUES ('acme', 'Acme', 'live', 1)`));
		run(() => migrate(context, [...base, second]));
		expect(run(() => query('SELECT client, note FROM clients'))).toEqual([{ client: 'acme', note: null }]);
		expect(applied()).toHaveLength(2);
	});

	it('leaves the file as it was when a change fails', () => {
		run(() => migrate(context, base));
		expect(() => run(() => migrate(context, [...base, broken]))).toThrow(expect.objectContaining({ kind: 'failed' }));
		expect(applied()).toHaveLength(1);
		run(() => migrate(context, [...base, second]));
		expect(applied()).toHaveLength(2);
	});

	it('keeps each key of a person in the new order of keys, and keys still go with their person', () => {
		run(() => migrate(context, migrations.slice(0, 10)));
		for (const id of ['p1', 'p2']) run(() => query(`INSERT INTO persons (client, test, id, fields, search_text, external_ids, enquiries, updated_at) VALUES ('acme', 0, '${id}', '{}', '', '{}', 1, 1)`));
		const keys = [['email', 'a@example.com', 'p1', 'match', 7], ['email', 'a@example.com', 'p2', 'block', 3], ['phone', '+441', 'p1', 'match', 7]] as const;
		for (const [kind, value, person, strength, written] of keys) run(() => query(`INSERT INTO match_keys (client, test, kind, value, person_id, strength, written) VALUES ('acme', 0, $1, $2, $3, $4, $5)`, [kind, value, person, strength, written]));
		run(() => migrate(context));
		const kept = () => run(() => query('SELECT kind, value, person_id AS person, strength, written FROM match_keys ORDER BY written DESC, kind'));
		expect(kept()).toEqual([keys[0], keys[2], keys[1]].map(([kind, value, person, strength, written]) => ({ kind, value, person, strength, written })));
		run(() => query(`DELETE FROM persons WHERE id = 'p1'`));
		expect(kept()).toMatchObject([{ person: 'p2' }]);
	});

	it('refuses a file that a newer version wrote', () => {
		run(() => migrate(context, [...base, second]));
		expect(() => run(() => migrate(context, base))).toThrow(expect.objectContaining({ kind: 'tooNew' }));
	});
});
