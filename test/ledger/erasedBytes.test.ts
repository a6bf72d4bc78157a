import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteLedger } from '../../nodes/ledger/sqliteLedger';
import { ledgerTables } from '../../nodes/ledger/tables';
import { clockOf, emailKey, minutesLater, newLead } from './samples';
import type { Ledger } from '../../nodes/ledger/ledger';

const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-erase-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
let file: string;
let ledger: Ledger;
beforeEach(async () => {
	file = join(folder, `${++files}`, 'ledger.sqlite');
	ledger = await openSqliteLedger({ file });
});
afterEach(async () => { await ledger.close(); });

/** Bytes of the ledger on the disk: its file, its log, its index of the log. Read by path, while the ledger is open, in this process' own way. */
function bytesHold(text: string): boolean {
	return ['', '-wal', '-shm'].some((end) => existsSync(`${file}${end}`) && readFileSync(`${file}${end}`).includes(Buffer.from(text)));
}

const secrets = ['ada@love.example', 'Ada Loveless', '+442079460111', 'Please call my mother'];

async function fill(): Promise<void> {
	const record = { lead: { email: 'ada@love.example', emailKey: 'ada@love.example', fullName: 'Ada Loveless', message: `Please call my mother ${'x'.repeat(9_000)}` } };
	const fields = { email: 'ada@love.example', emailKey: 'ada@love.example', fullName: 'Ada Loveless', phone: '+442079460111' };
	for (let lead = 0; lead < 40; lead++) {
		await newLead(ledger, { payload: { filler: 'y'.repeat(lead * 97) } });
		if (lead % 4 !== 0) continue;
		const captured = await newLead(ledger, { record, payload: record }, { fields: { ...fields, fullName: `Ada Loveless ${lead}` }, keys: [emailKey('ada@love.example')], asOf: 999 });
		await ledger.startClock(clockOf(captured, { leadText: 'Ada Loveless' }));
	}
}

describe('an erased person in the embedded ledger\'s files', () => {
	it('is in no byte of them, while the ledger goes on', async () => {
		await fill();
		expect(secrets.map(bytesHold)).toEqual([true, true, true, true]);
		const { traces, rows } = await ledger.erasePerson('acme', { email: 'ada@love.example' }, minutesLater(1));
		expect(rows).toMatchObject({ persons: 10, submissions: 10 });
		// the log still holds pages as they were
		expect(bytesHold('Ada Loveless')).toBe(true);
		expect(await ledger.scrub(traces)).toEqual({ state: 'erased' });
		expect([...secrets, ...traces].filter(bytesHold)).toEqual([]);
		expect(await ledger.listLeads({ client: 'acme', test: false, limit: 100 })).toHaveLength(40);
		await newLead(ledger);
	});

	it('is pending while somebody reads, and gone at the next try', async () => {
		await fill();
		const reader = new DatabaseSync(file, { readOnly: true });
		reader.exec('BEGIN');
		reader.prepare('SELECT COUNT(*) FROM persons').get();
		const { traces } = await ledger.erasePerson('acme', { email: 'ada@love.example' }, minutesLater(1));
		expect(await ledger.scrub(traces)).toMatchObject({ state: 'pending' });
		expect(bytesHold('ada@love.example')).toBe(true);
		reader.exec('COMMIT');
		reader.close();
		expect(await ledger.scrub(traces)).toEqual({ state: 'erased' });
		expect([...secrets, ...traces].filter(bytesHold)).toEqual([]);
	});

	it('is found when it still stands in what somebody else wrote', async () => {
		await fill();
		await newLead(ledger, { record: { lead: { message: 'my colleague ada@love.example knows more' } } });
		const { traces } = await ledger.erasePerson('acme', { email: 'ada@love.example' }, minutesLater(1));
		expect(await ledger.scrub(traces)).toEqual({ state: 'others', because: 'Rows of others hold it too: submissions' });
	});
});

describe('the list of tables', () => {
	it('is the schema: no table or column can be left out of a backup or an erasure', () => {
		const database = new DatabaseSync(file, { readOnly: true });
		const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).all() as { name: string }[];
		const kept = ledgerTables.map(({ name }) => name);
		expect(tables.map(({ name }) => name).sort()).toEqual([...kept, 'instances', 'notes', 'schema_migrations'].sort());
		for (const { name, columns, key } of ledgerTables) {
			const real = database.prepare(`SELECT name, pk FROM pragma_table_info('${name}')`).all() as { name: string; pk: number }[];
			expect([name, [...columns].sort()]).toEqual([name, real.map((column) => column.name).sort()]);
			expect([name, key]).toEqual([name, real.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name)]);
		}
		database.close();
	});
});
