import type { IExecuteFunctions } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import type { LedgerRun } from './operations';
import { readClient, readSettingsDocument } from './settings';

export async function saveSettings(ctx: IExecuteFunctions, { ledger, now }: LedgerRun, itemIndex: number): Promise<object> {
	const { client, settings, by } = readSettingsDocument(ctx, itemIndex);
	if (client === 'default' && (await ledger.listClients()).some(({ key }) => key !== 'default')) {
		throw new LeadError('DEFAULT_CLIENT_CLOSED', 'Client \'default\' can\'t be used beside other clients', 'Set "Client" to a key of its own, such as acme.');
	}
	const { version, changed } = await ledger.saveSettings({ client, settings, by, at: now().toISOString() });
	return { client, name: settings.name, mode: settings.mode, version, changed };
}

export async function getSettings(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const key = readClient(ctx, 0);
	const client = await run.client(key);
	if (!client) {
		throw new LeadError('NO_SETTINGS', `No settings are saved for client '${key}'`, 'Save them with the operation Save Settings, or choose another "Client".');
	}
	const { settings, version } = client;
	return [{ client: key, name: settings.name, mode: settings.mode, version, settings }];
}

export async function listClients(_ctx: IExecuteFunctions, { ledger }: LedgerRun): Promise<object[]> {
	return (await ledger.listClients()).map(({ key, name, mode, version }) => ({ client: key, name, mode, version }));
}
