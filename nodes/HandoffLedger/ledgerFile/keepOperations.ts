import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { backUp, backupName, openBackup, type BackupNote } from '../../host/backUp';
import { backupFolder, findBackup, keepNewest, listBackups, streamFile, withTemporaryFile, writePrivately } from '../../host/backupFolder';
import { ledgerFolder, openEmbeddedLedger } from '../../host/openLedger';
import { volumeHint } from '../../host/volumeHint';
import { LeadError } from '../../lead/leadError';
import { copyRows } from '../../ledger/copyRows';
import { movedNote, type RowCounts } from '../../ledger/keepLedger';
import { readIncomingFile } from '../incomingFile';
import type { LedgerRun } from '../operations';
import { readClient, readText } from '../settings';

/** Leads removed with one short transaction. */
const leadsAtOnce = 200;

/** Saves the whole ledger as one file. */
export async function backUpLedger(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const at = run.now();
	const folder = ledgerFolder(ctx);
	const name = backupName(at);
	if (ctx.getNodeParameter('ledger', 0, 'embedded') === 'embedded') run.hint(volumeHint(folder));
	if (ctx.getNodeParameter('saveBackupAs', 0, 'folder') === 'folder') {
		const path = `${backupFolder(folder)}/${name}`;
		const json = { file: name, ...told(await backUp(run.ledger, path, at)), path, deleted: await keepNewest(folder, Number(ctx.getNodeParameter('keepBackups', 0, 14))) };
		return [{ json: json as unknown as IDataObject, pairedItem: { item: 0 } }];
	}
	return await withTemporaryFile(folder, async (file) => {
		const saved = await backUp(run.ledger, file, at);
		const data = await ctx.helpers.prepareBinaryData(streamFile(file), name, 'application/vnd.sqlite3');
		const field = ctx.getNodeParameter('outputField', 0, 'data') as string;
		return [{ json: { file: name, ...told(saved) } as unknown as IDataObject, binary: { [field]: data }, pairedItem: { item: 0 } }];
	});
}

function told({ takenAt, bytes, rows }: BackupNote & { bytes: number }): object {
	return { takenAt, bytes, leads: rows.leads, persons: rows.persons, enquiries: rows.submissions, rows };
}

/** Puts a backup in the place of everything, or says what it holds. */
export async function restoreLedger(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const folder = ledgerFolder(ctx);
	if (ctx.getNodeParameter('backupFrom', 0, 'folder') === 'folder') {
		const name = readText(ctx.getNodeParameter('backupFile', 0, '')) ?? (await listBackups(folder)).at(-1) ?? '';
		const file = findBackup(folder, name);
		if (file) return await restoreFrom(ctx, run, { file, name });
		throw new LeadError('BACKUP_MISSING', name === '' ? 'There is no backup in the ledger\'s folder' : 'This backup is not in the ledger\'s folder', `Set "File Name" to one of the files in ${backupFolder(folder)}, or "Backup" to File on the Item.`);
	}
	const { bytes, name } = await readIncomingFile(ctx, 0, { setting: 'backupField', what: 'backup' });
	return await withTemporaryFile(folder, async (file) => {
		writePrivately(file, bytes);
		return await restoreFrom(ctx, run, { file, name });
	});
}

async function restoreFrom(ctx: IExecuteFunctions, run: LedgerRun, { file, name }: { file: string; name: string }): Promise<object[]> {
	const backup = await openBackup(file, ledgerFolder(ctx));
	try {
		if (!backup.note) run.hint('This file was copied by hand: it does not know how many rows it should hold, so only what is in it was counted.');
		const about = { file: name, takenAt: backup.note?.takenAt ?? null, backup: summary(backup.rows), ledger: summary(await run.ledger.countRows()) };
		if (ctx.getNodeParameter('keepMode', 0, 'preview') !== 'do') return [{ restored: false, ...about, because: 'Preview: nothing was changed. Set "Mode" to Do It to restore' }];
		const { rows, erasedAgain, settledClocks } = await backup.restore(run.ledger, run.now());
		if (settledClocks > 0) run.hint(`${settledClocks} leads had alerts that fell due while the ledger was away. They are not sent: look at these leads with List Leads, they stand as overdue.`);
		return [{ restored: true, ...about, ledger: summary(await run.ledger.countRows()), rows, erasedAgain, settledClocks, because: 'Every row of the backup was counted before anything was replaced' }];
	} finally {
		await backup.close();
	}
}

function summary(rows: RowCounts): object {
	return { clients: rows.clients, leads: rows.leads, persons: rows.persons, enquiries: rows.submissions, events: rows.events };
}

/** Copies the embedded ledger to PostgreSQL, and counts every table on both sides. */
export async function moveToPostgres(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	if (ctx.getNodeParameter('ledger', 0, 'embedded') !== 'postgres') {
		throw new LeadError('MOVE_TARGET_MISSING', 'The ledger to move to is not chosen', 'Set "Ledger" to PostgreSQL and choose its credential: the embedded ledger of this n8n is copied there.');
	}
	const embedded = await openEmbeddedLedger(ctx);
	const [from, to] = [await embedded.countRows(), await run.ledger.countRows()];
	const about = { embedded: summary(from), postgres: summary(to) };
	if (to.leads > 0 || to.persons > 0) {
		throw new LeadError('MOVE_TARGET_IN_USE', 'The PostgreSQL ledger holds leads already', 'Moving would put the embedded ledger in their place. Name an empty "Schema" in the credential, or restore a backup of the embedded ledger if that is what you want.');
	}
	if (ctx.getNodeParameter('keepMode', 0, 'preview') !== 'do') return [{ moved: false, ...about, because: 'Preview: nothing was changed. Stop the workflows that write leads, then set "Mode" to Do It' }];
	const at = run.now().toISOString();
	// first: what a workflow still writes would otherwise be missing on the other side
	await embedded.setNote(movedNote, at);
	let moved = false;
	try {
		const result = await copyRows(embedded.readAll, run.ledger, { at, checkClocksFrom: at });
		if (result.status === 'different') throw new LeadError('MOVE_NOT_WHOLE', 'Not every row arrived in PostgreSQL', `Nothing was moved. Run this again; tables that differ: ${result.tables.join(', ')}.`);
		moved = true;
		return [{ moved, ...about, postgres: summary(result.rows), rows: result.rows, because: 'Every table was counted on both sides. Set "Ledger" to PostgreSQL in all nodes now: the embedded ledger refuses to be used' }];
	} finally {
		if (!moved) await embedded.setNote(movedNote, null);
	}
}

/** Removes what is older than the client keeps leads; for a nightly workflow. */
export async function applyRetention(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const settings = (await run.client(client))?.settings;
	const days = settings?.retentionDays ?? 365;
	const before = new Date(run.now().getTime() - days * 86_400_000).toISOString();
	let leads = 0;
	let persons = 0;
	for (;;) {
		const removed = await run.ledger.applyRetention({ client, before, limit: leadsAtOnce });
		leads += removed.leads;
		persons += removed.persons;
		if (removed.leads < leadsAtOnce) break;
	}
	const counts = await run.ledger.listRemovedCounts(client);
	const everRemoved: Record<string, number> = {};
	for (const { name, value } of counts) everRemoved[name] = (everRemoved[name] ?? 0) + value;
	return [{ client, retentionDays: days, before, removedLeads: leads, removedPersons: persons, everRemoved, because: `Closed leads without a touch or event in ${days} days are removed; their numbers stay` }];
}
