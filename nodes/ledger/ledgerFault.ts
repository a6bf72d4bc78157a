/** Why the ledger could not do its work; `ledgerError` puts it in the operator's words. */
export type LedgerFaultKind =
	| 'busy' | 'notWritable' | 'full' | 'tooNew' | 'damaged' | 'failed' | 'closed'
	// of the embedded one only
	| 'moved'
	// of a server only
	| 'unreachable' | 'refused' | 'noDatabase' | 'noSchema' | 'noTls' | 'untrusted' | 'crowded' | 'slow';

/** A fault as it travels from the driver to the caller. */
export class LedgerFault extends Error {
	constructor(
		readonly kind: LedgerFaultKind,
		/** The driver's own words for the fault, without any stored value. */
		readonly detail = '',
	) {
		super(kind);
		this.name = 'LedgerFault';
	}
}
