import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import workerThreads, { type Worker } from 'node:worker_threads';
import { openSqliteLedger, type SqliteLedgerOptions } from '../../nodes/ledger/sqliteLedger';
import { toFault } from '../../nodes/ledger/sqliteDatabase';
import { openLedgerAt } from './ledgerAddress';
import { buildChild, runChild, startChild } from './childProcess';
import { ledgerContract, type StoredRow } from './contract';
import { delivery, live, newLead } from './samples';

const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-ledger-'));
let files = 0;
const makeAddress = (): SqliteLedgerOptions => ({ file: join(folder, `${++files}`, 'ledger.sqlite') });

beforeAll(buildChild);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

ledgerContract('SQLite', {
	makeAddress, open: openLedgerAt,
	rows: async (address, sql) => {
		const file = new DatabaseSync((address as SqliteLedgerOptions).file);
		const ask = (text: string) => file.prepare(text).all() as StoredRow[];
		expect(ask('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
		expect(ask('PRAGMA foreign_key_check')).toEqual([]);
		const found = ask(sql);
		file.close();
		return found;
	},
});

describe('SQLite ledger', () => {
	it('makes its folder and file for the owner\'s eyes only', async () => {
		const { file } = makeAddress();
		const ledger = await openSqliteLedger({ file });
		await ledger.capture(delivery());
		expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
		for (const one of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(one).mode & 0o777).toBe(0o600);
		await ledger.close();
	});

	it('leaves one whole file when it is closed', async () => {
		const address = makeAddress();
		const ledger = await openSqliteLedger(address);
		await newLead(ledger);
		await ledger.close();
		await ledger.close();
		expect(existsSync(`${address.file}-wal`)).toBe(false);
		await expect(ledger.listClients()).rejects.toMatchObject({ code: 'LEDGER_FAILED', message: 'The ledger was closed' });
	});

	it('starts its thread again when that died, and tells those who were waiting', async () => {
		const threads: Worker[] = [];
		const RealWorker = workerThreads.Worker;
		const spy = jest.spyOn(workerThreads, 'Worker').mockImplementation((...given) => {
			const thread = new RealWorker(...given);
			threads.push(thread);
			return thread;
		});
		const ledger = await openSqliteLedger(makeAddress());
		await ledger.capture(delivery({ key: 'form 1' }));
		const waiting = ledger.listClients();
		await threads[0].terminate();
		await expect(waiting).rejects.toMatchObject({ name: 'LeadError', code: 'LEDGER_FAILED' });
		const [one, two] = await Promise.all([ledger.capture(delivery({ key: 'form 1' })), ledger.capture(delivery({ key: 'form 2' }))]);
		expect([one.delivery.number, two.delivery.number]).toEqual([2, 1]);
		expect(threads).toHaveLength(2);
		await ledger.close();
		spy.mockRestore();
	});

	it('makes a new file when its own was deleted, and keeps what comes from then on', async () => {
		const address = makeAddress();
		const ledger = await openSqliteLedger(address);
		await ledger.capture(delivery({ key: 'form 1' }));
		rmSync(join(address.file, '..'), { recursive: true });
		expect((await ledger.capture(delivery({ key: 'form 1' }))).delivery.outcome).toBe('first');
		await ledger.close();
		const again = await openSqliteLedger(address);
		expect(await again.listLeads({ ...live, limit: 10 })).toHaveLength(1);
		await again.close();
	});

	it('ends with the process although it was not closed', async () => {
		const child = await startChild({ name: 'open', address: makeAddress() });
		const ended = new Promise((resolve) => child.once('exit', resolve));
		await runChild(child);
		expect(await ended).toBe(0);
	});

	describe('on a busy file', () => {
		async function lockedBesides(patienceMs: number) {
			const address = makeAddress();
			const ledger = await openSqliteLedger({ ...address, patienceMs });
			const other = new DatabaseSync(address.file);
			other.exec('BEGIN IMMEDIATE');
			return { ledger, other };
		}

		it('waits for the other writer, without holding this process', async () => {
			const { ledger, other } = await lockedBesides(10_000);
			const captured = ledger.capture(delivery());
			// would never come if the write held the event loop
			await new Promise((resolve) => setTimeout(resolve, 200));
			other.exec('COMMIT');
			expect((await captured).delivery.outcome).toBe('first');
			other.close();
			await ledger.close();
		});

		it('tells all who wait after the same time, not one after the other', async () => {
			const { ledger, other } = await lockedBesides(300);
			const asked = Array.from({ length: 40 }, () => ledger.capture(delivery()));
			const answers = await Promise.allSettled(asked);
			expect(answers.every((answer) => answer.status === 'rejected')).toBe(true);
			other.close();
			await ledger.close();
		});

		it('says so when it stays busy, and goes on when it is free', async () => {
			const { ledger, other } = await lockedBesides(100);
			await expect(ledger.capture(delivery({ key: 'form 1' }))).rejects.toMatchObject({ name: 'LeadError', code: 'LEDGER_BUSY' });
			expect(await ledger.listLeads({ ...live, limit: 1 })).toEqual([]);
			other.exec('COMMIT');
			expect((await ledger.capture(delivery({ key: 'form 1' }))).delivery).toEqual({ number: 1, outcome: 'first' });
			other.close();
			await ledger.close();
		});
	});

	describe('that can\'t be opened', () => {
		it('refuses a file that a newer version wrote', async () => {
			const address = makeAddress();
			await (await openSqliteLedger(address)).close();
			const file = new DatabaseSync(address.file);
			file.exec(`INSERT INTO schema_migrations (number, name, applied_at) VALUES (9999, 'later', 0)`);
			file.close();
			await expect(openSqliteLedger(address)).rejects.toMatchObject({ name: 'LeadError', code: 'LEDGER_TOO_NEW' });
		});

		it('says that a file is no ledger, and keeps what it holds out of the error', async () => {
			const { file } = makeAddress();
			mkdirSync(join(file, '..'));
			writeFileSync(file, 'this is my diary and not a database. '.repeat(50));
			const error = await openSqliteLedger({ file }).then(() => undefined, (caught: Error & { description: string }) => caught);
			expect(error).toMatchObject({ name: 'LeadError', code: 'LEDGER_FAILED', message: 'The ledger file is damaged or not a ledger' });
			expect(`${error?.message} ${error?.description}`).not.toContain('diary');
		});

		it('says that a file is damaged whose pages were written over', async () => {
			const address = makeAddress();
			const ledger = await openSqliteLedger(address);
			await newLead(ledger);
			await ledger.close();
			const opened = openSync(address.file, 'r+');
			writeSync(opened, Buffer.alloc(statSync(address.file).size - 100, 0xff), 0, undefined, 100);
			closeSync(opened);
			await expect(openSqliteLedger(address)).rejects.toMatchObject({ code: 'LEDGER_FAILED', message: 'The ledger file is damaged or not a ledger' });
		});

		it('says that it can\'t write when its folder is a file', async () => {
			const { file } = makeAddress();
			writeFileSync(join(file, '..'), '');
			await expect(openSqliteLedger({ file })).rejects.toMatchObject({ name: 'LeadError', code: 'LEDGER_NOT_WRITABLE' });
		});

		it.each(['folder', 'file'])('says that it can\'t write when its %s is read-only', async (what) => {
			const { file } = makeAddress();
			chmodSync(folder, 0o755);
			mkdirSync(join(file, '..'), { mode: 0o755 });
			if (what === 'file') writeFileSync(file, '', { mode: 0o444 });
			chmodSync(join(file, '..'), 0o555);
			// root may write everywhere, so another user tries
			const uid = process.getuid?.() === 0 ? 65_534 : undefined;
			await expect(startChild({ name: 'open', address: { file } }, uid)).rejects.toThrow('LEDGER_NOT_WRITABLE');
		});

		it('knows a full disk from other faults', () => {
			const small = new DatabaseSync(':memory:');
			small.exec('PRAGMA max_page_count = 2; CREATE TABLE notes (text TEXT)');
			const fill = () => small.prepare('INSERT INTO notes VALUES (?)').run('x'.repeat(100_000));
			let fault;
			try { fill(); } catch (caught) { fault = toFault(caught); }
			expect(fault).toMatchObject({ kind: 'full', detail: 'SQLite 13: database or disk is full' });
			expect(toFault(Object.assign(new Error('x'), { code: 'ENOSPC' })).kind).toBe('full');
			small.close();
		});
	});
});
