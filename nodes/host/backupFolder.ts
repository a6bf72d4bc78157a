import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync, type ReadStream } from 'node:fs';
import { basename, join } from 'node:path';

const named = /^ledger-.+\.sqlite$/;

/** Where backups stand beside the embedded ledger. */
export function backupFolder(ledgerFolder: string): string {
	return join(ledgerFolder, 'backups');
}

/** A backup by its name: only a name, so that no other folder is read. Undefined when it is not there. */
export function findBackup(ledgerFolder: string, name: string): string | undefined {
	const file = join(backupFolder(ledgerFolder), basename(name));
	return basename(name) !== '' && existsSync(file) ? file : undefined;
}

/** Runs with a file of its own in the ledger's folder, and takes it away afterwards. */
export async function withTemporaryFile<Result>(ledgerFolder: string, use: (file: string) => Promise<Result>): Promise<Result> {
	mkdirSync(ledgerFolder, { recursive: true, mode: 0o700 });
	const file = join(ledgerFolder, `temporary-${randomUUID()}.sqlite`);
	try {
		return await use(file);
	} finally {
		rmSync(file, { force: true });
	}
}

/** Writes bytes for the owner's eyes only. */
export function writePrivately(file: string, bytes: Uint8Array): void {
	writeFileSync(file, bytes, { mode: 0o600 });
}

/** A file's bytes, as they are read. */
export function streamFile(file: string): ReadStream {
	return createReadStream(file);
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
