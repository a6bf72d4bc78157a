import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../lead/settings/clientSettings';
import { LeadError } from '../lead/leadError';
import type { Ledger } from '../ledger/ledger';
import { openLedger } from './openLedger';

/** What every node needs of the world: state, time, ids. */
export interface Run {
	/** Absent when the node works without a ledger. */
	ledger?: Ledger;
	/**
	 * The registered client. Undefined without a ledger, and for `default` while no client is set up.
	 *
	 * @throws LeadError `CLIENT_NOT_SET_UP`.
	 */
	client(key: string): Promise<Client | undefined>;
	now(): Date;
	newId(): string;
	/** The workflow's time zone, for times without a zone of their own. */
	timeZone: string;
	/** Whether this is an editor or evaluation run. */
	manual: boolean;
}

/** Opens the ledger that the node's "Ledger" setting names. Clients are read once a run. */
export async function openRun(ctx: IExecuteFunctions): Promise<Run> {
	const ledger = await openLedger(ctx);
	const clients = new Map<string, Promise<Client | undefined>>();
	const mode = ctx.getMode();
	return {
		ledger,
		client: (key) => {
			let client = clients.get(key);
			if (!client) clients.set(key, (client = ledger ? readClient(ledger, key) : Promise.resolve(undefined)));
			return client;
		},
		now: () => new Date(),
		newId: () => randomUUID(),
		timeZone: ctx.getTimezone(),
		manual: mode === 'manual' || mode === 'evaluation',
	};
}

async function readClient(ledger: Ledger, key: string): Promise<Client | undefined> {
	const client = await ledger.getClient(key);
	const others = key === 'default' || !client ? (await ledger.listClients()).filter((one) => one.key !== key) : [];
	if (key === 'default' && others.length === 0) return client;
	if (client && key !== 'default') return client;
	throw new LeadError(
		'CLIENT_NOT_SET_UP',
		`Client '${key}' is not set up`,
		others.length === 0
			? 'Save this client\'s settings with a Handoff Ledger node (operation Save Settings) first.'
			: `Choose one of the clients that are set up in "Client" (${others.slice(0, 5).map((one) => one.key).join(', ')}), or save this client's settings with a Handoff Ledger node.`,
	);
}
