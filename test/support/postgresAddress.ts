import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { PostgresOptions } from '../../nodes/ledger/postgresOptions';

/** A new, empty schema on the server of the tests. */
export function postgresAddress(change: Partial<PostgresOptions> = {}): PostgresOptions {
	const url = new URL(process.env.LEDGER_TEST_PG_URL ?? '');
	return {
		host: url.hostname, port: Number(url.port || 5432), database: url.pathname.slice(1) || 'postgres',
		user: decodeURIComponent(url.username), password: decodeURIComponent(url.password),
		schema: `ledger_${randomUUID().replaceAll('-', '')}`, tls: 'off', ...change,
	};
}

/** Runs statements beside the ledger, as an administrator would; rows of the last one. */
export async function asAdministrator(at: PostgresOptions, ...statements: string[]): Promise<Record<string, unknown>[]> {
	const client = new Client({ ...at, ssl: false });
	await client.connect();
	try {
		let rows: Record<string, unknown>[] = [];
		await client.query(`SET search_path TO "${at.schema}"`);
		for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
		return rows;
	} finally {
		await client.end();
	}
}
