import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import type { Ledger } from '../ledger/ledger';
import { placeOf, type PostgresOptions } from '../ledger/postgresOptions';
import { openSqliteLedger, type EmbeddedLedger } from '../ledger/sqliteLedger';
import { readLedgerCredential } from './ledgerCredential';

const embeddedFile = join('n8n-nodes-lead-handoff', 'ledger.sqlite');
/** n8n 2.38 is the first that needs Node.js 24, whose SQLite the embedded ledger uses. */
export const lowestN8n = '2.38';
const lowestNodeMajor = 24;
/** Set by who runs n8n, for all its processes: they all see the same n8n folder. */
export const sharedDiskVariable = 'LEAD_HANDOFF_SHARED_DISK';

type LedgerKind = 'embedded' | 'postgres' | 'none';

/** One open ledger per file, or per credential as it stands, and process. */
const open = new Map<string, Promise<Ledger>>();

/**
 * The ledger that the node's "Ledger" setting names; undefined for None.
 *
 * @throws LeadError `N8N_TOO_OLD`, `EMBEDDED_IN_QUEUE_MODE`, `LEDGER_CREDENTIAL`, or what the driver says when the ledger cannot be opened.
 */
export async function openLedger(ctx: IExecuteFunctions, { evenMoved = false }: { evenMoved?: boolean } = {}): Promise<Ledger | undefined> {
	const kind = ctx.getNodeParameter('ledger', 0, 'embedded') as LedgerKind;
	if (kind === 'none') return undefined;
	if (kind === 'postgres') return await postgresLedger(await readLedgerCredential(ctx));
	const ledger = await openEmbeddedLedger(ctx);
	return evenMoved ? ledger : ledger.unlessMoved;
}

/** Folder of the embedded ledger and of its backups: n8n gives each node type one of its own, the nodes of this package share one beside them. */
export function ledgerFolder(ctx: IExecuteFunctions): string {
	return dirname(join(dirname(ctx.helpers.getStoragePath()), embeddedFile));
}

/**
 * The ledger of a node whose panel is open; undefined where there is none yet, for a panel makes none.
 *
 * @throws LeadError as `openLedger` does.
 */
export async function openLedgerInPanel(ctx: ILoadOptionsFunctions): Promise<Ledger | undefined> {
	const kind = (ctx.getCurrentNodeParameter('ledger') ?? 'embedded') as LedgerKind;
	if (kind === 'none') return undefined;
	if (kind === 'postgres') return await postgresLedger(await readLedgerCredential(ctx));
	const file = [...open.keys()].find((place) => place.endsWith(embeddedFile)) ?? storageFolders().map((folder) => join(folder, embeddedFile)).find(existsSync);
	return file === undefined ? undefined : await opened(file, async () => await openSqliteLedger({ file }));
}

/** Where n8n keeps its nodes' files; a panel is not told, unlike a run. In n8n's own order, its older folder last. */
function storageFolders(): string[] {
	const n8nFolder = join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n');
	return [process.env.N8N_STORAGE_PATH, process.env.N8N_BINARY_DATA_STORAGE_PATH, join(n8nFolder, 'storage'), join(n8nFolder, 'binaryData')].filter((folder) => folder !== undefined);
}

/**
 * The embedded ledger, also one that was moved away.
 *
 * @throws LeadError `N8N_TOO_OLD`, `EMBEDDED_IN_QUEUE_MODE`, or what the driver says.
 */
export async function openEmbeddedLedger(ctx: IExecuteFunctions): Promise<EmbeddedLedger> {
	if (Number(process.versions.node.split('.')[0]) < lowestNodeMajor) {
		throw new LeadError('N8N_TOO_OLD', `This node needs n8n ${lowestN8n} or newer`, `Update n8n to ${lowestN8n} or newer, which runs on Node.js ${lowestNodeMajor}, or set "Ledger" to PostgreSQL or None.`);
	}
	if (isQueueMode() && process.env[sharedDiskVariable] !== 'true') {
		throw new LeadError(
			'EMBEDDED_IN_QUEUE_MODE',
			'The embedded ledger does not work in n8n\'s queue mode',
			`Set "Ledger" to PostgreSQL, the same in all nodes: with the embedded one each worker could keep leads of its own. If all n8n processes run on one host and share one n8n folder, set ${sharedDiskVariable}=true for each of them instead.`,
		);
	}
	const file = join(dirname(ctx.helpers.getStoragePath()), embeddedFile);
	return await opened(file, async () => await openSqliteLedger({ file })) as EmbeddedLedger;
}

/** Main and workers alike: a worker is in queue mode also when nobody told it by the variable. */
function isQueueMode(): boolean {
	return process.env.EXECUTIONS_MODE === 'queue' || ['worker', 'webhook'].includes(process.argv[2]);
}

/** A credential that was changed opens a new one; the connections of the earlier one end when nothing runs on them any more. */
async function postgresLedger(options: PostgresOptions): Promise<Ledger> {
	const print = createHash('sha256').update(JSON.stringify(options)).digest('hex');
	return await opened(`${placeOf(options)} ${print}`, async () => {
		// loads pg only where it is used
		const { openPostgresLedger } = await import('../ledger/postgresLedger');
		return await openPostgresLedger(options);
	});
}

async function opened(place: string, begin: () => Promise<Ledger>): Promise<Ledger> {
	let ledger = open.get(place);
	if (!ledger) {
		ledger = begin();
		open.set(place, ledger);
		// a ledger that failed to open is tried again by the next run
		ledger.catch(() => open.delete(place));
	}
	return await ledger;
}

/** Closes every open ledger of this process, for tests. */
export async function closeLedgers(): Promise<void> {
	const ledgers = [...open.values()];
	open.clear();
	for (const ledger of ledgers) await (await ledger).close();
}
