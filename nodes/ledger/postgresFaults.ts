import { LedgerFault, type LedgerFaultKind } from './ledgerFault';

/** Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html, the longer prefix first. */
const sqlStates: readonly [prefix: string, kind: LedgerFaultKind][] = [
	// another transaction was quicker, or is in the way
	['40', 'busy'], ['55P03', 'busy'], ['23505', 'busy'], ['23503', 'busy'], ['57014', 'slow'],
	['57P0', 'unreachable'], ['08', 'unreachable'],
	['53300', 'crowded'], ['53100', 'full'],
	['28', 'refused'], ['3D000', 'noDatabase'], ['42P01', 'noSchema'], ['3F000', 'noSchema'],
	['42501', 'notWritable'], ['25006', 'notWritable'],
	['XX001', 'damaged'], ['XX002', 'damaged'], ['58030', 'damaged'],
];

/** Codes of Node.js: the way to the server is not there, or not any more. */
const unreachable = new Set([
	'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNABORTED', 'ENETDOWN',
]);

/** Words of the pg library for errors that have no code. */
const libraryWords: readonly [RegExp, LedgerFaultKind, string][] = [
	[/does not support SSL/, 'noTls', 'no TLS'],
	[/terminated due to connection timeout|timeout (expired|exceeded)|Query read timeout/i, 'unreachable', 'no answer in time'],
	[/Connection terminated|not queryable|connection error|Client was closed/i, 'unreachable', 'connection lost'],
	[/password must be a (non-empty )?string|SASL/, 'refused', 'sign-in'],
];

/** Any error of the pg library as a fault; its detail is a code or a word of ours, for PostgreSQL's own text may hold stored values. */
export function toPostgresFault(caught: unknown): LedgerFault {
	if (caught instanceof LedgerFault) return caught;
	const { code, message, errors, name } = (caught ?? {}) as { code?: unknown; message?: unknown; errors?: unknown[]; name?: unknown };
	// every address of a host was tried
	if (Array.isArray(errors) && errors.length > 0) return toPostgresFault(errors[0]);
	if (typeof code === 'string') {
		if (unreachable.has(code)) return new LedgerFault('unreachable', code);
		if (/CERT|ALTNAME|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code)) return new LedgerFault('untrusted', code);
		if (/^ERR_(SSL|TLS|OSSL)/.test(code)) return new LedgerFault('untrusted', code);
		const known = sqlStates.find(([prefix]) => code.startsWith(prefix));
		if (known) return new LedgerFault(known[1], `PostgreSQL ${code}`);
		return new LedgerFault('failed', /^[0-9A-Z]{5}$/.test(code) ? `PostgreSQL ${code}` : code);
	}
	const said = libraryWords.find(([words]) => typeof message === 'string' && words.test(message));
	if (said) return new LedgerFault(said[1], said[2]);
	return new LedgerFault('failed', typeof name === 'string' ? name : 'unknown');
}

/** Whether the operation may go well when it is begun again. */
export function isPassing({ kind }: LedgerFault): boolean {
	return kind === 'busy' || kind === 'unreachable' || kind === 'crowded';
}
