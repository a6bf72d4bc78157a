import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { ledgerCredentialTest } from '../../nodes/host/ledgerCredential';
import { asAdministrator, postgresAddress } from '../support/postgresAddress';

const press = async (data: object) => await ledgerCredentialTest.leadHandoffPostgresTest.call(
	{} as ICredentialTestFunctions, { id: '1', name: 'Ledger', type: 'leadHandoffPostgresApi', data: data as ICredentialDataDecryptedObject },
);

describe('the test button of the PostgreSQL credential', () => {
	it('says where it connected to, and makes nothing', async () => {
		const at = postgresAddress();
		expect(await press(at)).toEqual({ status: 'OK', message: `Connected to ${at.host}:${at.port}, database ${at.database}, schema ${at.schema}` });
		expect(await asAdministrator(at, `SELECT 1 FROM pg_namespace WHERE nspname = '${at.schema}'`)).toEqual([]);
	});

	it('says at once that the password is wrong, and keeps it to itself', async () => {
		const { status, message } = await press({ ...postgresAddress(), password: 'hunter2' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^The ledger's database refused the sign-in: Correct "User" and "Password".*28P01/);
		expect(message).not.toContain('hunter2');
	});

	it('says what is not filled in', async () => {
		expect(await press({ ...postgresAddress(), host: '' })).toEqual({ status: 'Error', message: '"Host" is empty: Fill in "Host" in the credential of the ledger.' });
	});

	it('says that a user may not make the schema', async () => {
		const at = postgresAddress();
		const user = `clerk_${at.schema.slice(-8)}`;
		await asAdministrator(at, `CREATE USER ${user} PASSWORD 'clerk'`);
		const pressed = await press({ ...at, user, password: 'clerk' });
		await asAdministrator(at, `DROP USER ${user}`);
		expect(pressed).toMatchObject({ status: 'Error', message: expect.stringMatching(/^The ledger's database can't be written.*no right to make the schema/) as string });
	});
});
