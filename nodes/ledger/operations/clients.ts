import type { Client, ClientSettings } from '../../lead/settings/clientSettings';
import type { SaveSettingsInput, SavedVersion, SettingsVersion } from '../ledger';
import { execute, query, queryOne, type Operation, type OperationContext } from '../operation';
import { canonicalJson, fromJson, toJson, toMillis, toMoment } from '../stored';

/** Saves a new version of a client's settings, unless they are the ones that hold. */
export function* saveSettings(_: OperationContext, { client, settings, by, at, expectedVersion }: SaveSettingsInput): Operation<SavedVersion> {
	// locks the client's row first, so that two who save at once get two versions
	yield* execute(
		`INSERT INTO clients (client, name, mode, version) VALUES ($1, $2, $3, 0)
		ON CONFLICT (client) DO UPDATE SET name = clients.name`,
		[client, settings.name, settings.mode],
	);
	const current = yield* getClient(_, client);
	const version = current?.version ?? 0;
	// also this very call, begun again because the answer to its commit was lost: no conflict then
	if (current && canonicalJson(current.settings) === canonicalJson(settings)) return { version, changed: false };
	if (expectedVersion !== undefined && expectedVersion !== version) {
		// a client that nobody saved is not one because somebody expected it
		if (version === 0) yield* execute('DELETE FROM clients WHERE client = $1', [client]);
		return { version, changed: false, conflict: true };
	}
	yield* execute('UPDATE clients SET name = $2, mode = $3, version = $4 WHERE client = $1', [client, settings.name, settings.mode, version + 1]);
	yield* execute(
		'INSERT INTO client_settings (client, version, settings, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5)',
		[client, version + 1, toJson(settings), toMillis(at), by ?? null],
	);
	return { version: version + 1, changed: true };
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

interface VersionRow {
	version: number;
	savedAt: number;
	savedBy: string | null;
}

/** One saved version of a client's settings, the newest when none is named. */
export function* getSettings(_: OperationContext, { client, version }: { client: string; version?: number }): Operation<SettingsVersion | undefined> {
	const row = yield* queryOne<VersionRow & { settings: string }>(
		`SELECT version, settings, saved_at AS "savedAt", saved_by AS "savedBy" FROM client_settings
		WHERE client = $1 ${version === undefined ? 'ORDER BY version DESC LIMIT 1' : 'AND version = $2'}`,
		[client, ...(version === undefined ? [] : [version])],
	);
	return row && { version: row.version, settings: fromJson<ClientSettings>(row.settings), savedAt: toMoment(row.savedAt), savedBy: row.savedBy };
}

/** All clients, by key. */
export function* listClients(): Operation<{ key: string; name: string; mode: 'test' | 'live'; version: number }[]> {
	return yield* query('SELECT client AS key, name, mode, version FROM clients ORDER BY client');
}
