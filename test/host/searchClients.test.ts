import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import { clientSearch } from '../../nodes/host/searchClients';
import { readClientKey } from '../../nodes/lead/settings/clientSettings';
import { settings } from '../ledger/samples';
import { strictContext } from '../support/strictContext';

const node = { id: 'n', name: 'Node', type: 'n8n-nodes-lead-handoff.leadNormalize', typeVersion: 1, position: [0, 0], parameters: {} };

/** A panel as n8n opens it: it knows the node's parameters, and nothing of n8n's folders. */
const search = async (filter?: string, ledger = 'embedded') => {
	const panel = { getCurrentNodeParameter: (name: string) => ({ ledger })[name], getNode: () => node } as unknown as ILoadOptionsFunctions;
	return (await clientSearch.searchClients.call(panel, filter)).results;
};

let n8nFolder: string;
const before = { user: process.env.N8N_USER_FOLDER, storage: process.env.N8N_STORAGE_PATH };
beforeEach(() => {
	n8nFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-panel-'));
	process.env.N8N_USER_FOLDER = n8nFolder;
	delete process.env.N8N_STORAGE_PATH;
});
afterEach(async () => {
	await closeLedgers();
	for (const [name, value] of [['N8N_USER_FOLDER', before.user], ['N8N_STORAGE_PATH', before.storage]] as const) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
});

async function saveClients(storageFolder: string): Promise<void> {
	const ledger = await openLedger(strictContext({ items: [], storageFolder }));
	for (const [client, name] of [['acme', 'Acme Services'], ['beta', 'Beta'], ['zeta', 'Müller & Co']]) await ledger?.saveSettings({ client, settings: settings({ name }), at: '2026-11-25T09:00:00Z' });
}

describe('the list of clients in the panel', () => {
	it('offers "default" while there is no ledger, and makes none', async () => {
		expect(await search()).toEqual([{ name: 'Default', value: 'default' }]);
		expect(await openLedger(strictContext({ items: [], parameters: { ledger: 'none' } }))).toBeUndefined();
	});

	it('offers the clients of the ledger that this n8n uses, by name and key', async () => {
		await saveClients(n8nFolder);
		expect(await search()).toEqual([{ name: 'Acme Services (acme)', value: 'acme' }, { name: 'Beta', value: 'beta' }, { name: 'Müller & Co (zeta)', value: 'zeta' }]);
		expect(await search('muller')).toEqual([{ name: 'Müller & Co (zeta)', value: 'zeta' }]);
		expect(await search('BET')).toEqual([{ name: 'Beta', value: 'beta' }]);
	});

	it.each<[string, () => string]>([
		['n8n\'s own folder', () => join(n8nFolder, '.n8n')],
		['the folder that N8N_STORAGE_PATH names', () => (process.env.N8N_STORAGE_PATH = join(n8nFolder, 'elsewhere', 'storage')).replace(/.storage$/, '')],
	])('finds the file in %s after a restart', async (_where, folder) => {
		await saveClients(folder());
		await closeLedgers();
		expect(await search()).toHaveLength(3);
	});

	it('offers "default" to a node without a ledger', async () => {
		expect(await search('', 'none')).toEqual([{ name: 'Default', value: 'default' }]);
	});
});

describe('readClientKey', () => {
	it.each<[unknown, string]>([['ACME ', 'acme'], [{ __rl: true, mode: 'list', value: 'acme', cachedResultName: 'Acme Services (acme)' }, 'acme'], [{ __rl: true, mode: 'id', value: ' Acme' }, 'acme']])('reads %j', (given, key) => {
		expect(readClientKey(given)).toBe(key);
	});

	it.each([{ mode: 'id', value: '' }, { value: { value: 'acme' } }, {}, null, 7, ['acme']])('refuses %j', (given) => {
		expect(() => readClientKey(given)).toThrow(/No client is chosen|This is not a client key/);
	});
});
