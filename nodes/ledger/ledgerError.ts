import { LeadError } from '../lead/leadError';
import type { LedgerFaultKind } from './ledgerFault';

/** A ledger's fault in the operator's words. `place` is where the ledger is: its file, or its server. */
export function ledgerError(kind: LedgerFaultKind, detail: string, place: string, driver: 'embedded' | 'postgres' = 'embedded'): LeadError {
	const { code, message, description } = (driver === 'postgres' && serverWords[kind]) || words[kind];
	return new LeadError(code, message, `${description} The ledger: ${place}${detail === '' ? '' : ` (${detail})`}.`);
}

interface Words {
	code: string;
	message: string;
	description: string;
}

const unknown: Words = {
	code: 'LEDGER_FAILED',
	message: 'The ledger could not do this',
	description: 'This may be a fault in the package: please report it with its version and the words in brackets.',
};

const words: Record<LedgerFaultKind, Words> = {
	busy: {
		code: 'LEDGER_BUSY',
		message: 'The ledger stayed busy',
		description: 'Run this again. If it happens often, look for another program that has the ledger file open, such as a backup.',
	},
	notWritable: {
		code: 'LEDGER_NOT_WRITABLE',
		message: 'The ledger file can\'t be written',
		description: 'Let n8n\'s user write to this folder and file, or set "Ledger" to None.',
	},
	full: {
		code: 'LEDGER_FULL',
		message: 'There is no room left for the ledger',
		description: 'Free space on the volume of n8n\'s folder, then run this again.',
	},
	tooNew: {
		code: 'LEDGER_TOO_NEW',
		message: 'A newer version of this package wrote the ledger',
		description: 'Update n8n-nodes-lead-handoff to the version that was in use before.',
	},
	damaged: {
		code: 'LEDGER_FAILED',
		message: 'The ledger file is damaged or not a ledger',
		description: 'Put the newest backup of this file in its place, or move it away and a new one is made.',
	},
	failed: unknown,
	closed: {
		code: 'LEDGER_FAILED',
		message: 'The ledger was closed',
		description: 'Run this again.',
	},
	moved: {
		code: 'LEDGER_MOVED',
		message: 'The embedded ledger was moved to PostgreSQL',
		description: 'Set "Ledger" to PostgreSQL, the same in all nodes: what is written here would be missing there. To go back, restore a backup into the embedded ledger.',
	},
	unreachable: {
		code: 'LEDGER_UNREACHABLE',
		message: 'The ledger\'s database can\'t be reached',
		description: 'Check that PostgreSQL runs, and "Host" and "Port" in the credential of the ledger, then run this again: what was not answered is not lost.',
	},
	refused: {
		code: 'LEDGER_REFUSED',
		message: 'The ledger\'s database refused the sign-in',
		description: 'Correct "User" and "Password" in the credential of the ledger, or let this user connect from here (pg_hba.conf).',
	},
	noDatabase: {
		code: 'LEDGER_REFUSED',
		message: 'The ledger\'s database does not exist',
		description: 'Make the database, or correct "Database" in the credential of the ledger.',
	},
	noSchema: {
		code: 'LEDGER_FAILED',
		message: 'The ledger\'s tables are gone',
		description: 'Restore the newest backup of this schema; if you dropped it on purpose, run this again and empty ones are made.',
	},
	noTls: {
		code: 'LEDGER_REFUSED',
		message: 'The ledger\'s database offers no TLS',
		description: 'Switch TLS on in PostgreSQL, or set "TLS" in the credential of the ledger to Off on a network that nobody else is in.',
	},
	untrusted: {
		code: 'LEDGER_REFUSED',
		message: 'The certificate of the ledger\'s database is not trusted',
		description: 'Put the authority that signed it into "Certificate Authority" in the credential of the ledger, and check that "Host" is the name in the certificate.',
	},
	crowded: {
		code: 'LEDGER_CROWDED',
		message: 'No connection to the ledger\'s database became free',
		description: 'Run this again. If it happens often, raise "Maximum Connections" in the credential of the ledger, and max_connections in PostgreSQL if that is the limit.',
	},
	slow: {
		code: 'LEDGER_BUSY',
		message: 'The ledger\'s database took too long',
		description: 'Run this again. If it happens often, look at the load of PostgreSQL.',
	},
};

/** What a server's operator must do differently. */
const serverWords: Partial<Record<LedgerFaultKind, Words>> = {
	busy: {
		...words.busy,
		description: 'Run this again. If it happens often, look in pg_stat_activity for a session that holds locks in this schema, such as a backup.',
	},
	notWritable: {
		code: 'LEDGER_NOT_WRITABLE',
		message: 'The ledger\'s database can\'t be written',
		description: 'Let the user of the credential create in this database, or in this schema if it is there already, and connect to the primary server, not to a read-only one.',
	},
	full: {
		...words.full,
		description: 'Free space on the volume of the database server, then run this again: what was not answered is not lost.',
	},
	damaged: {
		code: 'LEDGER_FAILED',
		message: 'The ledger\'s database is damaged',
		description: 'PostgreSQL reports damaged data: look into its log, and restore the newest backup.',
	},
};
