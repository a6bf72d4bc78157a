import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildSync } from 'esbuild';
import type { Client } from 'pg';
import type { Ledger } from '../../nodes/ledger/ledger';
import { openSqliteLedger } from '../../nodes/ledger/sqliteLedger';
import type { startPostgres } from '../../test/support/postgresServer';
import { openPostgres, type PostgresPlace } from '../matching/postgresFill';
import type { TableRows } from '../scorecard/ledgerRows';

/** One database under test, filled beside the ledger. */
export interface Place {
	open(): Promise<Ledger>;
	put(rows: TableRows[]): Promise<void>;
	execute(sql: string): Promise<void>;
	remove(): Promise<void>;
}

/** A new embedded ledger in a folder of its own. */
export function embedded(): Place {
	buildSync({ entryPoints: ['nodes/ledger/sqliteWorker.ts'], outfile: join('.artifacts', 'bench', 'sqliteWorker.js'), bundle: true, platform: 'node', format: 'cjs', target: 'node24', logLevel: 'warning' });
	const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-bench-'));
	const file = join(folder, 'ledger.sqlite');
	const using = <Result>(use: (database: DatabaseSync) => Result): Result => {
		const database = new DatabaseSync(file);
		database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
		try {
			return use(database);
		} finally {
			database.close();
		}
	};
	return {
		open: async () => await openSqliteLedger({ file }),
		put: async (tables) => using((database) => {
			database.exec('BEGIN');
			for (const { table: name, columns, rows } of tables) {
				const statement = database.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
				for (const row of rows) statement.run(...row);
			}
			database.exec('COMMIT');
		}),
		execute: async (sql) => using((database) => database.exec(sql)),
		remove: async () => rmSync(folder, { recursive: true, force: true }),
	};
}

/** A new ledger on the private server of the tests. */
export async function postgres(): Promise<Place> {
	const load = createRequire(join(process.cwd(), 'package.json'));
	const server = await (load('./test/support/postgresServer.js') as { startPostgres: typeof startPostgres }).startPostgres();
	const place: PostgresPlace = openPostgres(new URL(server.url));
	let connected: Client | undefined;
	const connect = async () => (connected ??= await place.client());
	return {
		open: async () => await place.open(),
		put: async (tables) => {
			const to = await connect();
			for (const { table: name, columns, rows } of tables) {
				const atOnce = Math.floor(60_000 / columns.length);
				for (let start = 0; start < rows.length; start += atOnce) {
					const page = rows.slice(start, start + atOnce);
					const lists = page.map((_, row) => `(${columns.map((__, column) => `$${row * columns.length + column + 1}`).join(', ')})`);
					await to.query(`INSERT INTO ${name} (${columns.join(', ')}) VALUES ${lists.join(', ')}`, page.flat());
				}
			}
		},
		execute: async (sql) => { await (await connect()).query(sql); },
		remove: async () => {
			await connected?.end();
			await place.remove();
			await server.end();
		},
	};
}
