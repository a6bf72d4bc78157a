import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { foldText } from '../lead/foldText';
import { openLedgerInPanel } from './openLedger';
import { toNodeError } from './toNodeError';

/** Whose lead this is: chosen from those that are set up, typed, or given by an expression. A plain text is taken as the key. */
export const clientProperty: INodeProperties = {
	displayName: 'Client',
	name: 'client',
	type: 'resourceLocator',
	default: { mode: 'id', value: 'default' },
	description: 'The client whose settings and leads are meant',
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a client', typeOptions: { searchListMethod: 'searchClients', searchable: true } },
		{ displayName: 'By Key', name: 'id', type: 'string', placeholder: 'e.g. acme' },
	],
};

/** The clients that the panel offers: those of the chosen ledger whose name or key holds what was typed. */
async function searchClients(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	try {
		const ledger = await openLedgerInPanel(this);
		const clients = (await ledger?.listClients()) ?? [];
		// without any client, leads belong to this one
		const known = clients.length > 0 ? clients : [{ key: 'default', name: 'Default' }];
		const wanted = foldText(filter);
		return { results: known.filter(({ key, name }) => foldText(`${name} ${key}`).includes(wanted)).map(({ key, name }) => ({ name: name.toLowerCase() === key ? name : `${name} (${key})`, value: key })) };
	} catch (caught) {
		throw toNodeError(this, caught);
	}
}

/** What a node with a "Client" offers to its panel. */
export const clientSearch = { searchClients };
