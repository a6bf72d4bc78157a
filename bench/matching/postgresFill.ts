import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Ledger } from '../../nodes/ledger/ledger';
import { openPostgresLedger } from '../../nodes/ledger/postgresLedger';
import type { Filling } from '../ledgerMatching';

export interface PostgresPlace {
	open(): Promise<Ledger>;
	client(): Promise<Client>;
	remove(): Promise<void>;
}

/** A schema of its own on a server, removed at the end. */
export function openPostgres(url: URL): PostgresPlace {
	const schema = `bench_${randomUUID().replaceAll('-', '')}`;
	const at = { host: url.hostname, port: Number(url.port || 5432), database: url.pathname.slice(1) || 'postgres', user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
	const client = async (): Promise<Client> => {
		const connected = new Client(at);
		await connected.connect();
		await connected.query(`SET search_path TO "${schema}"`);
		return connected;
	};
	return {
		open: async () => await openPostgresLedger({ ...at, schema, tls: 'off' }),
		client,
		remove: async () => {
			const connected = await client();
			await connected.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
			await connected.end();
		},
	};
}

const personColumns = ['client', 'test', 'id', 'fields', 'email', 'email_key', 'search_text', 'external_ids', 'customer_status', 'owner_id', 'enquiries', 'updated_at'];
const personTypes = ['text', 'int', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'int', 'bigint'];
const keyColumns = ['client', 'test', 'kind', 'value', 'person_id', 'strength', 'written'];
const keyTypes = ['text', 'int', 'text', 'text', 'text', 'text', 'bigint'];

/** Puts persons and their keys into the tables, many rows a journey. */
export async function fillPostgres(place: PostgresPlace, fillings: Iterable<Filling>, client: string, counter: number): Promise<void> {
	const connected = await place.client();
	const put = async (table: string, columns: string[], types: string[], rows: unknown[][]): Promise<void> => {
		const lists = columns.map((_, column) => rows.map((row) => row[column]));
		await connected.query(`INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')}) ON CONFLICT DO NOTHING`, lists);
	};
	await connected.query('SET synchronous_commit TO off');
	let persons: unknown[][] = [];
	let keys: unknown[][] = [];
	const flush = async (): Promise<void> => {
		if (persons.length > 0) await put('persons', personColumns, personTypes, persons);
		if (keys.length > 0) await put('match_keys', keyColumns, keyTypes, keys);
		persons = [];
		keys = [];
	};
	for (const { person, keys: ofPerson } of fillings) {
		persons.push(person);
		keys.push(...ofPerson);
		if (persons.length === 2_000) await flush();
	}
	await flush();
	await connected.query(`INSERT INTO counters VALUES ('${client}', 0, 'match', ${counter}) ON CONFLICT (client, test, name) DO UPDATE SET value = excluded.value`);
	await connected.query('ANALYZE');
	await connected.end();
}
