import { LeadError } from '../lead/leadError';

/** How the connection is protected. `require`: encrypted, any certificate; `verify`: encrypted, and the certificate must be right. */
export type PostgresTls = 'off' | 'require' | 'verify';

/** Where a PostgreSQL ledger is, and how patiently it is used. */
export interface PostgresOptions {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	/** The package's own schema, made when it is not there. Letters, digits and `_`, at most 63. */
	schema: string;
	tls: PostgresTls;
	/** Certificate authority in PEM, for `verify`; the system's own ones when absent. */
	ca?: string;
	/** Most connections of this process. From 1 to 100; default 5. */
	maxConnections?: number;
	/** How long a busy or unreachable server is asked again before the caller is told. Default 10 seconds. */
	patienceMs?: number;
}

export const defaultSchema = 'lead_handoff';
export const defaultConnections = 5;

/** Where the ledger is, in words for an error: never the password. */
export function placeOf({ host, port, database, schema }: PostgresOptions): string {
	return `${host}:${port}, database ${database}, schema ${schema}`;
}

/**
 * Options from what stands in the credential; its labels are those of the errors.
 *
 * @throws LeadError `LEDGER_CREDENTIAL`, with the first setting that is missing or wrong.
 */
export function readPostgresOptions(given: Record<string, unknown>): PostgresOptions {
	const text = (name: string) => (typeof given[name] === 'string' ? given[name].trim() : '');
	const host = required(text('host'), 'Host');
	const database = required(text('database'), 'Database');
	const user = required(text('user'), 'User');
	const schema = text('schema') || defaultSchema;
	// PostgreSQL cuts longer names, and keeps names that begin with pg_ for itself
	if (!/^(?!pg_)[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) {
		throw wrong('"Schema" is not a name that PostgreSQL takes', 'Use letters, digits and _ in "Schema", at most 63, not beginning with a digit or pg_.');
	}
	const ca = text('ca');
	return {
		host, database, user, schema,
		password: typeof given.password === 'string' ? given.password : '',
		port: within(given.port ?? 5432, 1, 65_535, 'Port'),
		maxConnections: within(given.maxConnections ?? defaultConnections, 1, 100, 'Maximum Connections'),
		tls: given.tls === 'require' || given.tls === 'verify' ? given.tls : 'off',
		...(ca !== '' && { ca }),
	};
}

function required(value: string, label: string): string {
	if (value === '') throw wrong(`"${label}" is empty`, `Fill in "${label}" in the credential of the ledger.`);
	return value;
}

function within(value: unknown, least: number, most: number, label: string): number {
	const number = Number(value);
	if (!Number.isInteger(number) || number < least || number > most) {
		throw wrong(`"${label}" is not a number from ${least} to ${most}`, `Correct "${label}" in the credential of the ledger.`);
	}
	return number;
}

function wrong(message: string, description: string): LeadError {
	return new LeadError('LEDGER_CREDENTIAL', message, description);
}
