import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../nodes/ledger/ledger';
import { openPostgresLedger } from '../../nodes/ledger/postgresLedger';
import { openSqliteLedger } from '../../nodes/ledger/sqliteLedger';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { startPostgres } from '../support/postgresServer';
import { canMount, enlarge, mount, unmount } from '../support/volume';
import { delivery, live } from './samples';

/** Random, so that no database packs it. */
const bulky = () => delivery({ payload: { body: randomBytes(60_000).toString('base64') } });

/** Writes until there is no room; gives what was acknowledged and what the caller was told then. */
async function fill(ledger: Ledger): Promise<{ acknowledged: string[]; told: { code?: string; message: string; description: string } }> {
	const acknowledged: string[] = [];
	for (;;) {
		const captured = await ledger.capture(bulky()).catch((caught: Error & { description: string }) => caught);
		if (captured instanceof Error) return { acknowledged, told: captured };
		acknowledged.push(captured.leadId);
		if (acknowledged.length > 2000) throw new Error('the volume never became full');
	}
}

/** Fills it, checks what is told and kept, makes room, and checks that it goes on by itself. */
async function passesThroughFullDisk(ledger: Ledger, makeRoom: () => Promise<void>): Promise<void> {
	const { acknowledged, told } = await fill(ledger);
	expect(told).toMatchObject({ name: 'LeadError', code: 'LEDGER_FULL', message: 'There is no room left for the ledger' });
	expect(told.description).toMatch(/^Free space on the volume/);
	expect(acknowledged.length).toBeGreaterThan(3);
	const kept = async () => (await ledger.listLeads({ ...live, limit: 1000 })).map(({ leadId }) => leadId).sort();
	expect(await kept()).toEqual([...acknowledged].sort());
	await makeRoom();
	const next = await ledger.capture(bulky());
	expect(next.delivery).toEqual({ number: 1, outcome: 'first' });
	expect(await kept()).toEqual([...acknowledged, next.leadId].sort());
}

// where nothing can be mounted, SQLite's code for it is tested in sqliteLedger.test.ts
if (canMount) {
	describe('SQLite ledger on a full disk', () => {
		it('says so, loses nothing that it had acknowledged, and goes on when there is room', async () => {
			const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-full-'));
			mkdirSync(join(folder, 'volume'));
			const volume = join(folder, 'volume');
			mount(volume, 3);
			const ledger = await openSqliteLedger({ file: join(volume, 'package', 'ledger.sqlite') });
			try {
				await passesThroughFullDisk(ledger, async () => { enlarge(volume, 16); });
			} finally {
				await ledger.close();
				unmount(volume);
				rmSync(folder, { recursive: true, force: true });
			}
		}, 60_000);

		it('can\'t be made on a disk that is full already', async () => {
			const folder = mkdtempSync(join(tmpdir(), 'lead-handoff-full-'));
			mount(folder, 1);
			try {
				expect(() => writeFileSync(join(folder, 'other'), randomBytes(2 ** 21))).toThrow('ENOSPC');
				await expect(openSqliteLedger({ file: join(folder, 'ledger.sqlite') })).rejects.toMatchObject({ code: 'LEDGER_FULL' });
			} finally {
				unmount(folder);
				rmSync(folder, { recursive: true, force: true });
			}
		});
	});
}

describe('PostgreSQL ledger on a full disk', () => {
	it('says so, loses nothing that it had acknowledged, and goes on when there is room', async () => {
		if (!canMount) return await withFaultOfTheServer();
		const server = await startPostgres({ smallVolumeMb: 6 });
		const volume = String(server.smallVolume);
		const at = { ...postgresAddress(), host: '127.0.0.1', port: server.port, user: 'postgres', password: server.password, database: 'postgres' };
		await asAdministrator(at, `CREATE TABLESPACE small LOCATION '${volume}'`, 'ALTER ROLE postgres SET default_tablespace = small');
		const ledger = await openPostgresLedger(at);
		try {
			await passesThroughFullDisk(ledger, async () => { enlarge(volume, 32); });
		} finally {
			await ledger.close();
			await server.end();
		}
	}, 60_000);
});

/** Where nothing can be mounted: the server itself says that its disk is full, at the ninth submission. */
async function withFaultOfTheServer(): Promise<void> {
	const at = postgresAddress();
	const ledger = await openPostgresLedger(at);
	await asAdministrator(at,
		`CREATE FUNCTION "${at.schema}".full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF (SELECT COUNT(*) FROM "${at.schema}".submissions) >= 8 THEN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END IF; RETURN NEW; END $$`,
		`CREATE TRIGGER full_disk BEFORE INSERT ON "${at.schema}".submissions FOR EACH ROW EXECUTE FUNCTION "${at.schema}".full_disk()`,
	);
	await passesThroughFullDisk(ledger, async () => { await asAdministrator(at, `DROP TRIGGER full_disk ON "${at.schema}".submissions`); });
	await ledger.close();
}
