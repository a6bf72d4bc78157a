import { domainToASCII } from 'node:url';

/** An address that can be written to, taken apart. */
export interface EmailAddress {
	/** As written; needless quotes gone. */
	local: string;
	/** Lower case, with the letters of its language. */
	domain: string;
}

/** RFC 5321 section 4.5.3.1: octets before the @, and of the whole address. */
const longestLocal = 64;
const longestAddress = 254;
const localPattern = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const asciiPattern = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const endingPattern = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;
/** RFC 5891 section 4.2.3.1: two hyphens there are kept for encoded names. */
const reservedLabel = /^(?!xn)[a-z0-9]{2}--/;
/** Endings that no mail reaches (RFC 6761, 6762, 7686). `.example` stays: samples and documents live there. */
const unreachableEndings = new Set(['invalid', 'localhost', 'local', 'onion', 'arpa', 'test']);

/** Whether an address can be written to just as it stands, e.g. not with a line break behind it. */
export function isUsableAddress(text: string): boolean {
	return splitAddress(text) !== undefined;
}

/**
 * The two parts of an address that can be written to just as it stands; undefined for anything else.
 * Plain (RFC 5322 dot-atom) and international names (RFC 6531) at a host with a known kind of ending. A quoted name is taken
 * only when its quotes are needless (RFC 5321 section 4.1.2 makes the two the same), and loses them.
 */
export function splitAddress(text: string): EmailAddress | undefined {
	const at = text.lastIndexOf('@');
	if (at < 1 || text.length > 1_000) return undefined;
	const given = text.slice(0, at);
	const local = given.startsWith('"') && given.endsWith('"') ? given.slice(1, -1) : given;
	const domain = text.slice(at + 1).toLowerCase();
	if (asciiPattern.test(`${local}@${domain}`) && !domain.includes('xn--')) return local.length <= longestLocal && text.length <= longestAddress && isReachable(domain, domain) ? { local, domain } : undefined;
	// the reader of domains would take white space and controls away
	if (!localPattern.test(local) || /[\s\p{Cc}\p{Cs}]/u.test(domain)) return undefined;
	const composed = domain.normalize('NFC');
	const ascii = domainToASCII(composed);
	// composed letters can be longer than what was typed
	const octets = Math.max(Buffer.byteLength(local), Buffer.byteLength(local.normalize('NFC')));
	const isUsable = octets <= longestLocal && octets + 1 + ascii.length <= longestAddress && octets + 1 + Buffer.byteLength(composed) <= longestAddress && isReachable(ascii, composed);
	return isUsable ? { local, domain: composed } : undefined;
}

function isReachable(ascii: string, written: string): boolean {
	const labels = ascii.split('.');
	const ending = labels[labels.length - 1];
	return labels.length > 1
		&& labels.every((label) => labelPattern.test(label) && !reservedLabel.test(label))
		&& endingPattern.test(ending)
		&& !unreachableEndings.has(ending)
		// signs that only look like letters once they are folded, e.g. a Greek question mark
		&& !/[;`!?^{}]/.test(written.normalize('NFKC'));
}
