import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LeadError } from '../lead/leadError';
import { copyRows } from '../ledger/copyRows';
import { movedNote, type RowCounts } from '../ledger/keepLedger';
import type { Ledger } from '../ledger/ledger';
import { readAllRows } from '../ledger/readAllRows';
import { openSqliteLedger } from '../ledger/sqliteLedger';
import { settleOverdueClocks } from './settleClocks';

/** What a backup says of itself. */
export interface BackupNote {
	takenAt: string;
	rows: RowCounts;
}

/** Overdue clocks rest so long after a restore, until they are settled. */
const restMs = 10 * 60_000;

/** Name of a backup's file, e.g. `ledger-2026-11-20T183000Z.sqlite`: names sort by time. */
export function backupName(at: Date): string {
	return `ledger-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.sqlite`;
}

/** Saves the ledger, of whichever driver, as one file with the counts of its rows; whole or not at all. */
export async function backUp(ledger: Ledger, file: string, at: Date): Promise<BackupNote & { bytes: number }> {
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const unfinished = `${file}.${randomUUID()}.part`;
	try {
		await ledger.saveTo(unfinished);
		const saved = await openSqliteLedger({ file: unfinished });
		const note: BackupNote = { takenAt: at.toISOString(), rows: await saved.countRows() };
		await saved.setNote('backup', JSON.stringify(note));
		// a copy of a ledger that was moved is the ledger as it was before
		await saved.setNote(movedNote, null);
		await saved.close();
		renameSync(unfinished, file);
		return { ...note, bytes: statSync(file).size };
	} finally {
		removeFile(unfinished);
	}
}

/** A backup that was looked at: nothing is changed before `restore`. */
export interface OpenBackup {
	/** Undefined for a file that was copied by hand and knows no counts. */
	note?: BackupNote;
	rows: RowCounts;
	/** Puts its rows in the place of all rows of a ledger. */
	restore(ledger: Ledger, now: Date): Promise<{ rows: RowCounts; erasedAgain: number; settledClocks: number }>;
	close(): Promise<void>;
}

/**
 * Opens a backup and counts what is in it. The file itself is not touched: a copy is opened, and brought to the newest
 * schema if an earlier version of this package wrote it.
 *
 * @throws LeadError `BACKUP_NOT_WHOLE` when rows are missing, or what the driver says of a damaged file.
 */
export async function openBackup(file: string, folder: string): Promise<OpenBackup> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const copy = join(folder, `restoring-${randomUUID()}.sqlite`);
	copyFileSync(file, copy);
	const backup = await openSqliteLedger({ file: copy }).catch((caught: unknown) => {
		removeFile(copy);
		throw caught;
	});
	const close = async () => {
		await backup.close();
		removeFile(copy);
	};
	let whole = false;
	try {
		const kept = await backup.getNote('backup');
		const note = kept === null ? undefined : JSON.parse(kept) as BackupNote;
		const rows = await backup.countRows();
		const wrong = Object.keys(rows).filter((table) => note && (note.rows[table] ?? 0) !== rows[table]);
		if (wrong.length > 0) throw notWhole(wrong);
		whole = true;
		return {
			...(note ? { note } : {}), rows, close,
			restore: async (ledger, now) => {
				const at = now.toISOString();
				const checkClocksFrom = new Date(now.getTime() + restMs).toISOString();
				const result = await copyRows(async (take) => await readAllRows(backup, take), ledger, { at, checkClocksFrom, expected: rows });
				if (result.status === 'different') throw notWhole(result.tables);
				await ledger.setNote(movedNote, null);
				return { rows: result.rows, erasedAgain: result.erasedAgain, settledClocks: await settleOverdueClocks(ledger, now, checkClocksFrom) };
			},
		};
	} finally {
		if (!whole) await close();
	}
}

function notWhole(tables: string[]): LeadError {
	return new LeadError('BACKUP_NOT_WHOLE', 'This backup does not hold what it should', `Nothing was replaced. Take another backup; rows are missing in: ${tables.join(', ')}.`);
}

function removeFile(file: string): void {
	for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}
