import { openPostgresLedger } from '../../nodes/ledger/postgresLedger';
import type { PostgresOptions } from '../../nodes/ledger/postgresOptions';
import { authority } from '../support/certificate';
import { postgresAddress } from '../support/postgresAddress';
import { startPostgres, type PostgresServer } from '../support/postgresServer';
import { delivery } from './samples';

const ours = authority('Agency Test Authority');
const others = authority('Another Authority');
let server: PostgresServer;
beforeAll(async () => { server = await startPostgres({ ssl: ours.certify('localhost') }); }, 60_000);
afterAll(async () => { await server.end(); });

const address = (change: Partial<PostgresOptions>): PostgresOptions =>
	({ ...postgresAddress(), host: 'localhost', port: server.port, user: 'postgres', password: server.password, database: 'postgres', patienceMs: 60_000, ...change });

describe('PostgreSQL ledger over TLS', () => {
	it.each([
		{ name: 'Require, with any certificate', change: { tls: 'require' as const } },
		{ name: 'Verify, with the authority that signed it', change: { tls: 'verify' as const, ca: ours.cert } },
	])('connects with $name', async ({ change }) => {
		const ledger = await openPostgresLedger(address(change));
		expect((await ledger.capture(delivery())).delivery.outcome).toBe('first');
		await ledger.close();
	});

	it.each([
		{ name: 'of another authority', change: { ca: others.cert } },
		{ name: 'that no public authority signed', change: {} },
		{ name: 'of another host', change: { ca: ours.cert, host: '127.0.0.1' } },
	])('refuses at once a certificate $name with Verify, and says what to do', async ({ change }) => {
		await expect(openPostgresLedger(address({ tls: 'verify', ...change }))).rejects.toMatchObject({
			name: 'LeadError', code: 'LEDGER_REFUSED', message: 'The certificate of the ledger\'s database is not trusted',
			description: expect.stringMatching(/"Certificate Authority".*"Host"/) as string,
		});
	});

	it('says that an authority is no certificate', async () => {
		await expect(openPostgresLedger(address({ tls: 'verify', ca: 'not a certificate' }))).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});

	it('says that a server offers none', async () => {
		await expect(openPostgresLedger({ ...postgresAddress(), tls: 'require', patienceMs: 60_000 })).rejects.toMatchObject({
			code: 'LEDGER_REFUSED', message: 'The ledger\'s database offers no TLS', description: expect.stringContaining('"TLS"') as string,
		});
	});
});
