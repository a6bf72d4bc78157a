import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { HandoffRecord } from '../lead/handoffRecord';
import { throwProblems, type Problem } from '../lead/leadError';
import { completeSettings, nameClient, type Client, type ClientSettings } from '../lead/settings/clientSettings';
import { nearNames } from '../lead/settings/nearNames';
import { quote } from '../lead/shorten';
import type { Ledger } from '../ledger/ledger';
import { forgetExecution, knownToExecution } from './executionClients';
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
	/**
	 * The registered client of a lead. An item that names none never stops the run: `unnamed` says that none can be taken for it.
	 *
	 * @throws LeadError `CLIENT_NOT_SET_UP`.
	 */
	clientOf(lead: { record: Pick<HandoffRecord, 'client'>; captured: boolean }): Promise<{ client?: Client; unnamed: boolean }>;
	/**
	 * Whether a lead is decided anew although it was decided before: a test lead in the editor, where an operator tries out
	 * rules. A resend keeps what its first delivery was given.
	 *
	 * @param carried - What the item already holds of this stage: then a node before this one has just decided it.
	 */
	decidesAfresh(record: HandoffRecord, carried: unknown): boolean;
	/** Tells an operator in the editor which version of which client's settings this run goes by; others see it on the lead. */
	tellVersions(): Promise<void>;
	now(): Date;
	newId(): string;
	/** The workflow's time zone, for times without a zone of their own. */
	timeZone: string;
	/** Whether this is an editor or evaluation run. */
	manual: boolean;
}

/**
 * Opens the ledger that the node's "Ledger" setting names. Clients are read once a node, and for the nodes of one execution that
 * follow within seconds once together.
 *
 * @param options.savesSettings - Of the node that saves settings: it sees what is saved now, and so does every node after it.
 */
export async function openRun(ctx: IExecuteFunctions, options: { evenMoved?: boolean; savesSettings?: boolean } = {}): Promise<Run> {
	const ledger = await openLedger(ctx, options);
	const clients = new Map<string, Promise<FoundClient>>();
	const execution = ctx.getExecutionId();
	if (options.savesSettings) forgetExecution(execution);
	const read = async (key: string): Promise<FoundClient> => {
		if (!ledger) return {};
		return options.savesSettings ? await readClient(ledger, key) : await knownToExecution({ ledger, execution, key }, async () => await readClient(ledger, key));
	};
	const find = (key: string): Promise<FoundClient> => {
		let found = clients.get(key);
		if (!found) clients.set(key, (found = read(key)));
		return found;
	};
	const client = async (key: string): Promise<Client | undefined> => {
		const found = await find(key);
		if (found.problem) throwProblems([found.problem]);
		return found.client;
	};
	const mode = ctx.getMode();
	const manual = mode === 'manual' || mode === 'evaluation';
	return {
		ledger,
		client,
		clientOf: async ({ record, captured }) => {
			const unnamed = !captured && record.client === unnamedClient && (await find(unnamedClient)).problem !== undefined;
			return unnamed ? { unnamed } : { client: await client(record.client), unnamed };
		},
		decidesAfresh: ({ run, submission: { delivery } }, carried) =>
			manual && run.test && carried === undefined && delivery.outcome !== 'done' && delivery.outcome !== 'inProgress',
		tellVersions: async () => {
			if (!manual) return;
			for (const { client: one } of await Promise.all(clients.values())) {
				if (one) ctx.addExecutionHints({ message: `Settings of ${one.key}: version ${one.version}, in ${one.settings.mode} mode`, location: 'outputPane' });
			}
		},
		now: () => new Date(),
		newId: () => randomUUID(),
		timeZone: ctx.getTimezone(),
		manual,
	};
}

/** Whom an item belongs to that names no client. */
const unnamedClient = 'default';

export interface FoundClient {
	client?: Client;
	/** Why leads of this client can't be handled. */
	problem?: Problem;
}

async function readClient(ledger: Ledger, key: string): Promise<FoundClient> {
	const saved = await ledger.getClient(key);
	const client = saved && { ...saved, settings: completeOnce(saved.settings) };
	const others = key === unnamedClient || !client ? (await ledger.listClients()).filter((one) => one.key !== key) : [];
	if (key === unnamedClient && others.length === 0) return { client };
	if (client && key !== unnamedClient) return { client };
	const problem: Problem = {
		code: 'CLIENT_NOT_SET_UP',
		message: `${nameClient(key)} is not set up`,
		description: others.length === 0
			? 'Save this client\'s settings with a Handoff Ledger node (operation Save Settings) first.'
			: `${didYouMean(key, others.map((one) => one.key))}Set "Client", or the Client Config node that it comes from, to a client that is set up (${others.slice(0, 5).map((one) => one.key).join(', ')}), or save this client's settings with a Handoff Ledger node.`,
	};
	return { problem };
}

/** Settings of so many clients are kept complete. */
const mostCompleted = 500;
const completed = new Map<string, ClientSettings>();

/**
 * The settings with all defaults, frozen. Checking the document anew for each node and lead was the greatest single part of the
 * stages' time; it is known by its whole text and not by its version, because a restored backup may bring another text of the same number.
 */
function completeOnce(saved: ClientSettings): ClientSettings {
	const text = JSON.stringify(saved);
	const known = completed.get(text);
	if (known) return known;
	const settings = freeze(completeSettings(saved));
	const [oldest] = completed.keys();
	if (completed.size >= mostCompleted && oldest !== undefined) completed.delete(oldest);
	completed.set(text, settings);
	return settings;
}

/** One run's change of what all runs share would be found at once. */
function freeze<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(freeze);
		Object.freeze(value);
	}
	return value;
}

function didYouMean(key: string, known: readonly string[]): string {
	const near = nearNames(key, known);
	return near.length === 0 ? '' : `Did you mean ${near.map((name) => quote(name, 40)).join(' or ')}? `;
}
