import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';

/** Rows of a ledger by table, as they are stored. */
export type Rows = Record<string, Record<string, string | number | null>[]>;

/** Folders of `test/fixtures/upgrade`, one for each released version, oldest first. */
export const releasesFolder = join(__dirname, '..', 'fixtures', 'upgrade');
export const releases = readdirSync(releasesFolder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** Where the embedded ledger stands in an n8n folder. */
export const ledgerFileIn = (n8nFolder: string) => join(n8nFolder, 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite');

/** Puts a release's ledger into an n8n folder. */
export function unpackLedger(release: string, n8nFolder: string): string {
	const file = ledgerFileIn(n8nFolder);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, gunzipSync(readFileSync(join(releasesFolder, release, 'ledger.sqlite.gz'))));
	return file;
}

/** All rows of a ledger's file, but not which migrations ran and who has it open. */
export function readRows(file: string): Rows {
	if (!existsSync(file)) throw new Error(`There is no ledger ${file}`);
	const database = new DatabaseSync(file);
	try {
		const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).all() as { name: string }[];
		const kept = tables.map(({ name }) => name).filter((name) => name !== 'schema_migrations' && name !== 'instances');
		return Object.fromEntries(kept.map((name) => [name, database.prepare(`SELECT * FROM ${name}`).all() as Rows[string]]));
	} finally {
		database.close();
	}
}

/**
 * What of the first rows is not among the second: a table, a row, or a value of a row that changed.
 *
 * @param except - Columns, e.g. `leads.stale`, that a later version may write anew.
 */
export function lostRows(before: Rows, after: Rows, except: readonly string[] = []): string[] {
	return Object.entries(before).flatMap(([table, rows]) => {
		if (!after[table]) return rows.length > 0 ? [`table ${table} is gone`] : [];
		const columns = Object.keys(rows[0] ?? {}).filter((column) => !except.includes(`${table}.${column}`));
		const textOf = (row: Rows[string][number]) => JSON.stringify(columns.map((column) => (row[column] === null || row[column] === undefined ? null : String(row[column]))));
		const left = new Map<string, number>();
		for (const row of after[table]) left.set(textOf(row), (left.get(textOf(row)) ?? 0) + 1);
		return rows.flatMap((row) => {
			const count = left.get(textOf(row)) ?? 0;
			left.set(textOf(row), count - 1);
			return count > 0 ? [] : [`a row of ${table} is not as it was: ${textOf(row).slice(0, 200)}`];
		});
	});
}
