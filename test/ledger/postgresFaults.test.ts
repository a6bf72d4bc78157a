import { openPostgresLedger } from '../../nodes/ledger/postgresLedger';
import type { PostgresOptions } from '../../nodes/ledger/postgresOptions';
import type { Ledger } from '../../nodes/ledger/ledger';
import { Client } from 'pg';
import { faultyNetwork, type FaultyNetwork } from '../support/faultyNetwork';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { startPostgres, type PostgresServer } from '../support/postgresServer';
import { delivery, live, minutesLater, newLead } from './samples';

// the server of all tests is never stopped: these have one of their own
let server: PostgresServer;
let network: FaultyNetwork;
let ledger: Ledger | undefined;
beforeAll(async () => {
	server = await startPostgres({ settings: { max_connections: 25 } });
	network = await faultyNetwork(server.port);
}, 60_000);
afterAll(async () => {
	network.close();
	await server.end();
});
afterEach(async () => {
	network.heal();
	await ledger?.close();
	ledger = undefined;
});

const address = (change: Partial<PostgresOptions> = {}): PostgresOptions =>
	({ ...postgresAddress(), host: '127.0.0.1', port: server.port, user: 'postgres', password: server.password, database: 'postgres', ...change });

async function opened(change: Partial<PostgresOptions> = {}): Promise<{ ledger: Ledger; at: PostgresOptions }> {
	const at = address(change);
	ledger = await openPostgresLedger(at);
	return { ledger, at };
}

interface Told { name?: string; code?: string; message: string; description: string }

/** What the caller is told. */
async function fault(work: Promise<unknown>): Promise<Told> {
	return await work.then(() => { throw new Error('It went well'); }, (error: Told) => error);
}

const pause = async (milliseconds: number) => await new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('PostgreSQL ledger', () => {
	describe('when the server is gone', () => {
		it.each(['stop', 'kill'] as const)('goes on without a word when it is back within its patience (%s), and loses nothing', async (how) => {
			const { ledger, at } = await opened({ patienceMs: 10_000 });
			const acknowledged: string[] = [];
			let writing = true;
			const writers = Array.from({ length: 5 }, async (_, writer) => {
				for (let minute = 0; writing; minute++) acknowledged.push((await ledger.capture(delivery({ key: `${writer}/${minute}` }))).submissionId);
			});
			await pause(200);
			await server[how]();
			const before = acknowledged.length;
			await pause(1500);
			await server.start();
			await pause(1000);
			writing = false;
			await Promise.all(writers);
			expect(acknowledged.length).toBeGreaterThan(before);
			const stored = new Set((await asAdministrator(at, 'SELECT id FROM submissions')).map(({ id }) => id));
			expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
			// no call was done twice
			expect(stored.size).toBe(acknowledged.length);
		}, 60_000);

		it('says so once for each call when it stays away, and needs nothing but the server to go on', async () => {
			const { ledger } = await opened({ patienceMs: 500 });
			await ledger.capture(delivery({ key: 'form 1' }));
			await server.stop();
			const told = await Promise.all([fault(ledger.capture(delivery({ key: 'form 2' }))), fault(ledger.listClients()), fault(ledger.capture(delivery()))]);
			for (const one of told) {
				expect(one).toMatchObject({ name: 'LeadError', code: 'LEDGER_UNREACHABLE', message: 'The ledger\'s database can\'t be reached' });
				expect(one.description).toMatch(/^Check that PostgreSQL runs, and "Host" and "Port"/);
			}
			expect((await fault(openPostgresLedger(address({ patienceMs: 200 })))).code).toBe('LEDGER_UNREACHABLE');
			await server.start();
			expect((await ledger.capture(delivery({ key: 'form 2' }))).delivery).toEqual({ number: 1, outcome: 'first' });
			expect(await ledger.listLeads({ ...live, limit: 10 })).toHaveLength(2);
		}, 60_000);

		it('notices a server that keeps the connection and says nothing', async () => {
			const { ledger } = await opened({ port: network.port, patienceMs: 1000 });
			network.freeze();
			expect(await fault(ledger.capture(delivery({ key: 'form 1' })))).toMatchObject({ code: 'LEDGER_UNREACHABLE' });
			network.heal();
			expect((await ledger.capture(delivery({ key: 'form 1' }))).delivery.outcome).toBe('first');
		}, 30_000);

		it('survives that an idle connection breaks', async () => {
			const { ledger } = await opened({ port: network.port });
			network.cut();
			await pause(50);
			network.heal();
			expect((await ledger.capture(delivery())).delivery.outcome).toBe('first');
		});

		it('is told of no second delivery when only the answer to its commit was lost', async () => {
			const { ledger, at } = await opened({ port: network.port });
			network.loseAnswerTo('COMMIT\0');
			expect((await ledger.capture(delivery({ key: 'form 1' }))).delivery).toEqual({ number: 1, outcome: 'first' });
			const lead = await newLead(ledger, { at: minutesLater(1) });
			network.loseAnswerTo('COMMIT\0');
			const turn = { ...live, pool: 'Sales', leadId: lead.leadId, expectedVersion: 0, next: { mia: 1 }, memberId: 'mia', at: minutesLater(1) };
			expect(await ledger.takeTurn(turn)).toEqual({ status: 'earlier', memberId: 'mia' });
			expect(await ledger.getRotation(live, 'Sales')).toEqual({ version: 1, state: { mia: 1 } });
			expect(await asAdministrator({ ...at, port: server.port }, 'SELECT COUNT(*)::INT AS rows FROM submissions')).toEqual([{ rows: 2 }]);
		});
	});

	describe('when another session is in the way', () => {
		async function locked(at: PostgresOptions): Promise<Client> {
			const other = new Client({ ...at, ssl: false });
			await other.connect();
			await other.query(`BEGIN; LOCK TABLE "${at.schema}".submissions IN ACCESS EXCLUSIVE MODE`);
			return other;
		}

		it('waits for it', async () => {
			const { ledger, at } = await opened();
			const other = await locked(at);
			const captured = ledger.capture(delivery());
			await pause(300);
			await other.query('COMMIT');
			expect((await captured).delivery.outcome).toBe('first');
			await other.end();
		});

		it('says so when it stays, and goes on when it is gone', async () => {
			const { ledger, at } = await opened({ patienceMs: 300 });
			const other = await locked(at);
			expect(await fault(ledger.capture(delivery({ key: 'form 1' })))).toMatchObject({ code: 'LEDGER_BUSY', description: expect.stringContaining('pg_stat_activity') as string });
			await other.end();
			expect((await ledger.capture(delivery({ key: 'form 1' }))).delivery).toEqual({ number: 1, outcome: 'first' });
		});

		it('says that no connection became free when all of its own wait, and that to those in line together', async () => {
			const { ledger, at } = await opened({ patienceMs: 400, maxConnections: 2 });
			const other = await locked(at);
			const asked = Array.from({ length: 12 }, (_, index) => fault(ledger.capture(delivery({ key: `form ${index}` }))));
			const told = await Promise.all(asked);
			expect(told.filter(({ code }) => code === 'LEDGER_CROWDED')).toHaveLength(10);
			expect(told.find(({ code }) => code === 'LEDGER_CROWDED')).toMatchObject({ message: 'No connection to the ledger\'s database became free', description: expect.stringContaining('"Maximum Connections"') as string });
			await other.end();
			expect(await Promise.all(Array.from({ length: 12 }, async (_, index) => (await ledger.capture(delivery({ key: `form ${index}` }))).delivery.number))).toEqual(Array(12).fill(1));
		});

		it('says that the server has no connection left, and goes on when it has', async () => {
			const { ledger, at } = await opened({ patienceMs: 300 });
			// its own connections end, so that it must sign in again
			await asAdministrator(at, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'n8n-nodes-lead-handoff'`);
			const others: Client[] = [];
			for (;;) {
				const other = new Client({ ...at, ssl: false });
				other.on('error', () => undefined);
				others.push(other);
				if (!(await other.connect().then(() => true, () => false))) break;
			}
			expect(await fault(ledger.capture(delivery({ key: 'form 1' })))).toMatchObject({ code: 'LEDGER_CROWDED', description: expect.stringContaining('53300') as string });
			await Promise.all(others.map(async (other) => await other.end().catch(() => undefined)));
			await pause(100);
			expect((await ledger.capture(delivery({ key: 'form 1' }))).delivery).toEqual({ number: 1, outcome: 'first' });
		});
	});

	describe('when it may not', () => {
		it.each([
			{ name: 'a wrong password', change: { password: 'hunter2' }, code: 'LEDGER_REFUSED', says: /"User" and "Password".*28P01/ },
			{ name: 'an unknown user', change: { user: 'stranger' }, code: 'LEDGER_REFUSED', says: /"User" and "Password"/ },
			{ name: 'an empty password', change: { password: '' }, code: 'LEDGER_REFUSED', says: /"User" and "Password"/ },
			{ name: 'a database that is not there', change: { database: 'nowhere' }, code: 'LEDGER_REFUSED', says: /"Database".*3D000/ },
		])('says at once what to do about $name', async ({ change, code, says }) => {
			const told = await fault(openPostgresLedger(address({ ...change, patienceMs: 60_000 })));
			expect(told).toMatchObject({ name: 'LeadError', code });
			expect(told.description).toMatch(says);
			expect(`${told.message} ${told.description}`).not.toContain('hunter2');
		});

		it('says so when the password was changed while n8n ran', async () => {
			await asAdministrator(address(), `CREATE USER agency PASSWORD 'one'`, 'GRANT CREATE ON DATABASE postgres TO agency');
			const { ledger, at } = await opened({ user: 'agency', password: 'one' });
			await asAdministrator(address(), `ALTER USER agency PASSWORD 'two'`, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'agency'`);
			expect(await fault(ledger.listClients())).toMatchObject({ code: 'LEDGER_REFUSED' });
			const again = await openPostgresLedger({ ...at, password: 'two' });
			expect(await again.listClients()).toEqual([]);
			await again.close();
		});

		it('works for a user who may only read and write rows of a schema that is prepared', async () => {
			const { at } = await opened();
			await asAdministrator(at, `CREATE USER clerk PASSWORD 'clerk'`, `GRANT USAGE ON SCHEMA "${at.schema}" TO clerk`, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${at.schema}" TO clerk`);
			const clerk = await openPostgresLedger({ ...at, user: 'clerk', password: 'clerk' });
			expect((await clerk.capture(delivery())).delivery.outcome).toBe('first');
			await clerk.close();
			expect(await fault(openPostgresLedger(address({ user: 'clerk', password: 'clerk' })))).toMatchObject({ code: 'LEDGER_NOT_WRITABLE', description: expect.stringContaining('create in this database') as string });
		});

		it('refuses a schema that a newer version of the package wrote', async () => {
			const { at } = await opened();
			await asAdministrator(at, `INSERT INTO schema_migrations (number, name, applied_at) VALUES (9999, 'later', 0)`);
			expect(await fault(openPostgresLedger(at))).toMatchObject({ code: 'LEDGER_TOO_NEW' });
		});

		it('makes a new schema when its own was dropped, and keeps what comes from then on', async () => {
			const { ledger, at } = await opened();
			await ledger.capture(delivery({ key: 'form 1' }));
			await asAdministrator(at, `DROP SCHEMA "${at.schema}" CASCADE`);
			const outcomes = await Promise.all(['form 1', 'form 2', 'form 3'].map(async (key) => (await ledger.capture(delivery({ key }))).delivery.outcome));
			expect(outcomes).toEqual(['first', 'first', 'first']);
		});
	});

	describe('across hosts', () => {
		it('leaves a submission alone that a process of another host has in hand, until its time is over', async () => {
			const { ledger, at } = await opened();
			const held = delivery({ key: 'form 1', leaseSeconds: 600 });
			await ledger.capture(held);
			await asAdministrator(at, `UPDATE instances SET host = 'another host', pid = 1`, `UPDATE submissions SET lease_instance = (SELECT id FROM instances)`);
			const here = await openPostgresLedger(at);
			expect((await here.capture(delivery({ key: 'form 1' }))).delivery.outcome).toBe('inProgress');
			await asAdministrator(at, 'UPDATE submissions SET lease_until = 0');
			expect((await here.capture(delivery({ key: 'form 1' }))).delivery.outcome).toBe('resume');
			await here.close();
		});

		it('measures leases by the database\'s clock, not by the host\'s', async () => {
			const { ledger, at } = await opened();
			const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
			await ledger.capture(delivery({ key: 'form 1', leaseSeconds: 60 }));
			clock.mockRestore();
			const [{ left }] = await asAdministrator(at, 'SELECT (lease_until / 1000 - EXTRACT(EPOCH FROM now()))::INT AS left FROM submissions');
			expect(left).toBeGreaterThan(50);
		});

		it('forgets processes of hosts that are gone for a day', async () => {
			const { at } = await opened();
			await asAdministrator(at, `INSERT INTO instances (id, host, pid, process_start, opened_at) VALUES ('old', 'gone', 1, '', 0)`);
			const again = await openPostgresLedger(at);
			expect(await asAdministrator(at, `SELECT id FROM instances WHERE id = 'old'`)).toEqual([]);
			await again.close();
		});
	});

	// last: it changes what the server is
	it('says that a server which only follows another one can\'t be written, and can be read', async () => {
		const { ledger } = await opened({ patienceMs: 500 });
		await ledger.capture(delivery());
		await server.standBy();
		expect(await fault(ledger.capture(delivery()))).toMatchObject({ code: 'LEDGER_NOT_WRITABLE', description: expect.stringContaining('primary server') as string });
		expect(await ledger.listLeads({ ...live, limit: 10 })).toHaveLength(1);
	}, 60_000);
});
