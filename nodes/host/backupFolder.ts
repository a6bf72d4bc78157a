import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const named = /^ledger-.+\.sqlite$/;

/** Where backups stand beside the embedded ledger. */
export function backupFolder(ledgerFolder: string): string {
	return join(ledgerFolder, 'backups');
}

/** Names of the backups, oldest first; none when there is no such folder. */
export async function listBackups(ledgerFolder: string): Promise<string[]> {
	try {
		return readdirSync(backupFolder(ledgerFolder)).filter((name) => named.test(name)).sort();
	} catch {
		return [];
	}
}

/** Deletes all but the newest backups; 0 keeps all. */
export async function keepNewest(ledgerFolder: string, most: number): Promise<string[]> {
	const old = most === 0 ? [] : (await listBackups(ledgerFolder)).slice(0, -most);
	for (const name of old) rmSync(join(backupFolder(ledgerFolder), name), { force: true });
	return old;
}
