import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeLedgers, openLedger } from '../../nodes/host/openLedger';
import type { Ledger } from '../../nodes/ledger/ledger';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';
import { strictContext } from '../support/strictContext';

let storageFolder: string;

beforeEach(() => { storageFolder = mkdtempSync(join(tmpdir(), 'lead-handoff-open-')); });
afterEach(closeLedgers);

const open = async (type = 'leadNormalize', parameters: Record<string, unknown> = {}): Promise<Ledger | undefined> =>
	await openLedger(strictContext({ items: [], storageFolder, node: { type }, parameters }));

describe('openLedger', () => {
	it('gives every node type the same ledger, in one file beside their folders', async () => {
		const [one, other] = await Promise.all([open('leadNormalize'), open('slaWatch')]);
		expect(one).toBeDefined();
		expect(other).toBe(one);
		expect(existsSync(join(storageFolder, 'storage', 'n8n-nodes-lead-handoff', 'ledger.sqlite'))).toBe(true);
		expect(existsSync(join(storageFolder, 'storage', 'leadNormalize', 'ledger.sqlite'))).toBe(false);
	});

	it('gives none, and touches no folder, when none is wanted', async () => {
		expect(await open('leadNormalize', { ledger: 'none' })).toBeUndefined();
		expect(existsSync(join(storageFolder, 'storage'))).toBe(false);
	});

	describe('on an older Node.js', () => {
		const versions = Object.getOwnPropertyDescriptor(process, 'versions') as PropertyDescriptor;
		beforeEach(() => { Object.defineProperty(process, 'versions', { ...versions, value: { ...process.versions, node: '22.19.0' } }); });
		afterEach(() => { Object.defineProperty(process, 'versions', versions); });

		it('says which n8n it needs', async () => {
			await expect(open()).rejects.toMatchObject({ code: 'N8N_TOO_OLD', message: 'This node needs n8n 2.38 or newer', description: expect.stringContaining('"Ledger"') as string });
		});

		it('still works without a ledger', async () => {
			expect(await open('leadNormalize', { ledger: 'none' })).toBeUndefined();
		});
	});

	describe('in n8n\'s queue mode', () => {
		const { EXECUTIONS_MODE: mode } = process.env;
		const { argv } = process;
		afterEach(() => {
			process.argv = argv;
			delete process.env.LEAD_HANDOFF_SHARED_DISK;
			if (mode === undefined) delete process.env.EXECUTIONS_MODE;
			else process.env.EXECUTIONS_MODE = mode;
		});

		it.each([
			{ name: 'main', begin: () => { process.env.EXECUTIONS_MODE = 'queue'; } },
			// n8n puts a worker into queue mode by itself
			{ name: 'a worker', begin: () => { process.argv = [argv[0], 'n8n', 'worker', '--concurrency=5']; } },
			{ name: 'a webhook process', begin: () => { process.argv = [argv[0], 'n8n', 'webhook']; } },
		])('refuses the file on $name, and says what to choose', async ({ begin }) => {
			begin();
			const refused = open();
			await expect(refused).rejects.toMatchObject({ code: 'EMBEDDED_IN_QUEUE_MODE', message: 'The embedded ledger does not work in n8n\'s queue mode' });
			const { description } = await refused.then(() => ({ description: '' }), (error: { description: string }) => error);
			expect(description).toMatch(/Set "Ledger" to PostgreSQL.*LEAD_HANDOFF_SHARED_DISK=true/);
			expect(existsSync(join(storageFolder, 'storage'))).toBe(false);
			expect(await open('leadNormalize', { ledger: 'none' })).toBeUndefined();
		});

		it('takes the file when the operator says that all processes share one disk', async () => {
			process.env.EXECUTIONS_MODE = 'queue';
			process.env.LEAD_HANDOFF_SHARED_DISK = 'true';
			expect(await (await open())?.listClients()).toEqual([]);
		});

		it('takes a PostgreSQL ledger', async () => {
			process.env.EXECUTIONS_MODE = 'queue';
			expect(await (await openPostgres(postgresAddress()))?.listClients()).toEqual([]);
		});
	});

	const openPostgres = async (credential: object): Promise<Ledger | undefined> => await openLedger(strictContext({
		items: [], storageFolder, parameters: { ledger: 'postgres' },
		extra: { getCredentials: async (name: string) => (name === 'leadHandoffPostgresApi' ? credential : {}) },
	}));

	describe('with a PostgreSQL credential', () => {
		it('opens the schema that it names, once a process, and touches no folder', async () => {
			const at = postgresAddress({ maxConnections: 2 });
			const [one, other] = await Promise.all([openPostgres({ ...at }), openPostgres({ ...at })]);
			expect(one).toBeDefined();
			expect(other).toBe(one);
			expect(await asAdministrator(at, 'SELECT COUNT(*)::INT AS open FROM instances')).toEqual([{ open: 1 }]);
			expect(existsSync(join(storageFolder, 'storage'))).toBe(false);
		});

		it('opens a new one when the credential was changed, and the first goes on with what it has', async () => {
			const at = postgresAddress();
			const first = await openPostgres({ ...at, maxConnections: 1 });
			const second = await openPostgres({ ...at, maxConnections: 2 });
			expect(second).not.toBe(first);
			expect(await first?.listClients()).toEqual([]);
		});

		it.each([
			{ name: 'an empty host', change: { host: ' ' }, message: '"Host" is empty' },
			{ name: 'an empty database', change: { database: '' }, message: '"Database" is empty' },
			{ name: 'an empty user', change: { user: '' }, message: '"User" is empty' },
			{ name: 'a port that is none', change: { port: 99_999 }, message: '"Port" is not a number from 1 to 65535' },
			{ name: 'no connection', change: { maxConnections: 0 }, message: '"Maximum Connections" is not a number from 1 to 100' },
			{ name: 'a schema that leaves its quotes', change: { schema: 'a"; DROP SCHEMA public; --' }, message: '"Schema" is not a name that PostgreSQL takes' },
			{ name: 'a schema of the server\'s own', change: { schema: 'pg_catalog' }, message: '"Schema" is not a name that PostgreSQL takes' },
		])('says what is wrong with $name', async ({ change, message }) => {
			await expect(openPostgres({ ...postgresAddress(), ...change })).rejects.toMatchObject({ name: 'LeadError', code: 'LEDGER_CREDENTIAL', message });
		});
	});

	it('tries again in the next run when the file could not be opened', async () => {
		const folder = join(storageFolder, 'storage', 'n8n-nodes-lead-handoff');
		mkdirSync(join(storageFolder, 'storage'));
		writeFileSync(folder, 'a file where the folder should be');
		await expect(open()).rejects.toMatchObject({ name: 'LeadError' });
		rmSync(folder);
		expect(await (await open())?.listClients()).toEqual([]);
	});
});
