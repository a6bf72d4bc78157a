import { dirname, join } from 'node:path';
import type { IExecuteFunctions } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import type { Ledger } from '../ledger/ledger';
import { openSqliteLedger } from '../ledger/sqliteLedger';

const packageName = 'n8n-nodes-lead-handoff';
/** n8n 2.38 is the first that needs Node.js 24, whose SQLite the embedded ledger uses. */
export const lowestN8n = '2.38';
const lowestNodeMajor = 24;

/** One open ledger per file and process. */
const open = new Map<string, Promise<Ledger>>();

/**
 * The ledger that the node's "Ledger" setting names; undefined for None.
 *
 * @throws LeadError `N8N_TOO_OLD`, `EMBEDDED_IN_QUEUE_MODE`, or what the driver says when the file cannot be opened.
 */
export async function openLedger(ctx: IExecuteFunctions): Promise<Ledger | undefined> {
	const kind = ctx.getNodeParameter('ledger', 0, 'embedded') as 'embedded' | 'none';
	if (kind === 'none') return undefined;
	if (Number(process.versions.node.split('.')[0]) < lowestNodeMajor) {
		throw new LeadError('N8N_TOO_OLD', `This node needs n8n ${lowestN8n} or newer`, `Update n8n to ${lowestN8n} or newer, which runs on Node.js ${lowestNodeMajor}, or set "Ledger" to None.`);
	}
	if (process.env.EXECUTIONS_MODE === 'queue') {
		throw new LeadError('EMBEDDED_IN_QUEUE_MODE', 'The embedded ledger does not work in n8n\'s queue mode', 'Each worker could keep leads of its own: set "Ledger" to None, or run n8n in regular mode.');
	}
	// n8n gives each node type a folder of its own; the nodes of this package share one file beside them
	const file = join(dirname(ctx.helpers.getStoragePath()), packageName, 'ledger.sqlite');
	let ledger = open.get(file);
	if (!ledger) {
		ledger = openSqliteLedger({ file });
		open.set(file, ledger);
		// a ledger that failed to open is tried again by the next run
		ledger.catch(() => open.delete(file));
	}
	return await ledger;
}

/** Closes every open ledger of this process, for tests. */
export async function closeLedgers(): Promise<void> {
	const ledgers = [...open.values()];
	open.clear();
	for (const ledger of ledgers) await (await ledger).close();
}
