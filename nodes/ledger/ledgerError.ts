import { LeadError } from '../lead/leadError';
import type { LedgerFaultKind } from './ledgerFault';

/** A ledger's fault in the operator's words. `place` is where the ledger is, e.g. its file. */
export function ledgerError(kind: LedgerFaultKind, detail: string, place: string): LeadError {
	const { code, message, description } = words[kind];
	return new LeadError(code, message, `${description} The ledger: ${place}${detail === '' ? '' : ` (${detail})`}.`);
}

const words: Record<LedgerFaultKind, { code: string; message: string; description: string }> = {
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
	failed: {
		code: 'LEDGER_FAILED',
		message: 'The ledger could not do this',
		description: 'This may be a fault in the package: please report it with its version and the words in brackets.',
	},
	closed: {
		code: 'LEDGER_FAILED',
		message: 'The ledger was closed',
		description: 'Run this again.',
	},
};
