import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, ICredentialTestFunctions, IExecuteFunctions, ILoadOptionsFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { LeadError } from '../lead/leadError';
import { placeOf, readPostgresOptions, type PostgresOptions } from '../ledger/postgresOptions';

const credentialName = 'leadHandoffPostgresApi';

/**
 * Where the ledger is that the node's credential names.
 *
 * @throws LeadError `LEDGER_CREDENTIAL`.
 */
export async function readLedgerCredential(ctx: IExecuteFunctions | ILoadOptionsFunctions): Promise<PostgresOptions> {
	return readPostgresOptions(await ctx.getCredentials<ICredentialDataDecryptedObject>(credentialName));
}

/** The test button of the credential: signs in as the nodes would, and changes nothing. */
async function leadHandoffPostgresTest(this: ICredentialTestFunctions, { data = {} }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	try {
		const options = readPostgresOptions(data);
		// loads pg only where it is used
		const { checkPostgresLedger } = await import('../ledger/postgresLedger');
		await checkPostgresLedger(options);
		return { status: 'OK', message: `Connected to ${placeOf(options)}` };
	} catch (caught) {
		if (caught instanceof LeadError) return { status: 'Error', message: `${caught.message}: ${caught.description}` };
		return { status: 'Error', message: 'The ledger\'s database could not be tested' };
	}
}

/** What a node offers to test its ledger's credential with. */
export const ledgerCredentialTest = { leadHandoffPostgresTest };
