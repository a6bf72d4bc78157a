import type { Client, ClientSettings } from '../../lead/settings/clientSettings';
import type { SaveSettingsInput } from '../ledger';
import { query, queryOne, type Operation, type OperationContext } from '../operation';
import { canonicalJson, fromJson, toJson, toMillis } from '../stored';

/** Saves a new version of a client's settings, unless they are the ones that hold. */
export function* saveSettings(_: OperationContext, { client, settings, by, at }: SaveSettingsInput): Operation<{ version: number; changed: boolean }> {
	// locks the client's row first, so that two who save at once get two versions
	yield* query(
		`INSERT INTO clients (client, name, mode, version) VALUES ($1, $2, $3, 0)
		ON CONFLICT (client) DO UPDATE SET name = clients.name`,
		[client, settings.name, settings.mode],
	);
	const current = yield* getClient(_, client);
	if (current && canonicalJson(current.settings) === canonicalJson(settings)) return { version: current.version, changed: false };
	const version = (current?.version ?? 0) + 1;
	yield* query('UPDATE clients SET name = $2, mode = $3, version = $4 WHERE client = $1', [client, settings.name, settings.mode, version]);
	yield* query(
		'INSERT INTO client_settings (client, version, settings, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5)',
		[client, version, toJson(settings), toMillis(at), by ?? null],
	);
	return { version, changed: true };
}

/** A client with the settings that hold. */
export function* getClient(_: OperationContext, key: string): Operation<Client | undefined> {
	const row = yield* queryOne<{ version: number; settings: string }>(
		`SELECT saved.version, saved.settings FROM clients
		JOIN client_settings saved ON saved.client = clients.client AND saved.version = clients.version
		WHERE clients.client = $1`,
		[key],
	);
	return row && { key, version: row.version, settings: fromJson<ClientSettings>(row.settings) };
}

/** All clients, by key. */
export function* listClients(): Operation<{ key: string; name: string; mode: 'test' | 'live'; version: number }[]> {
	return yield* query('SELECT client AS key, name, mode, version FROM clients ORDER BY client');
}
