import { domainToASCII } from 'node:url';
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import freeEmailDomains from 'free-email-domains';
import { parse as parseDomain } from 'tldts';
import { toOneLine } from '../foldText';
import type { LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { suggestDomain } from './emailTypos';

export interface EmailReading {
	/** The address to write to: as given, with a lower-case domain. */
	email: string | null;
	emailKey: string | null;
	emailDomain: string | null;
	/** The registrable domain when it can be the company's own: neither free nor disposable. */
	ownDomain: string | null;
	disposable: boolean;
	free: boolean;
	role: boolean;
}

/** RFC 5321 section 4.5.3.1: octets before the @, and of the whole address. */
const longestLocal = 64;
const longestAddress = 254;
const localPattern = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const endingPattern = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;
/** Endings that no mail reaches (RFC 6761, 6762, 7686). `.example` stays: samples and documents live there. */
const unreachableEndings = new Set(['invalid', 'localhost', 'local', 'onion', 'arpa', 'test']);

/**
 * Mailboxes that a team reads, not a person: never proof that two leads are one person.
 * RFC 2142 and what firms' contact pages use in the seven languages of the forms.
 */
const roleMailboxes = new Set([
	'abuse', 'accounts', 'accounting', 'admin', 'administration', 'billing', 'booking', 'bookings', 'business', 'careers', 'contact', 'contactus', 'customerservice',
	'enquiries', 'enquiry', 'feedback', 'finance', 'general', 'hello', 'help', 'helpdesk', 'hi', 'hostmaster', 'hr', 'info', 'inquiries', 'inquiry', 'invoices',
	'it', 'jobs', 'legal', 'mail', 'marketing', 'media', 'news', 'newsletter', 'noreply', 'office', 'operations', 'orders', 'partners', 'post', 'postmaster',
	'press', 'privacy', 'procurement', 'purchasing', 'recruitment', 'reception', 'root', 'sales', 'secretary', 'security', 'service', 'services', 'shop',
	'support', 'team', 'tech', 'test', 'webmaster', 'welcome',
	'anfrage', 'anfragen', 'bewerbung', 'buchhaltung', 'buero', 'büro', 'einkauf', 'empfang', 'hallo', 'kontakt', 'kundenservice', 'post', 'rechnung', 'sekretariat',
	'verkauf', 'vertrieb', 'zentrale', 'accueil', 'achats', 'bonjour', 'commercial', 'comptabilite', 'contactez', 'direction', 'facturation', 'infos', 'secretariat', 'ventes',
	'administracion', 'atencion', 'comercial', 'compras', 'contacto', 'facturacion', 'hola', 'informacion', 'recepcion', 'ventas', 'acquisti', 'amministrazione',
	'ciao', 'commerciale', 'contatti', 'segreteria', 'ufficio', 'vendite', 'administratie', 'informatie', 'inkoop', 'verkoop', 'atendimento', 'contato', 'financeiro', 'geral', 'vendas',
]);

// read once: each holds thousands of names
let freeDomains: Set<string> | undefined;
let disposableDomains: Set<string> | undefined;

/**
 * Reads an address as a lead form should judge it: one that can be written to.
 * Accepts what people paste (`mailto:`, `Ada <ada@acme.example>`, `ada (at) acme.example`, several addresses: the first).
 * Does not accept quoted names, addresses of hosts or IP numbers, because no customer has them and mistakes look like them.
 */
export function readEmail(given: string | null): Cleaned<EmailReading> {
	const raw = given === null ? '' : toOneLine(given);
	if (raw === '') return { value: nothing, issues: [], changes: [] };
	const issues: LeadIssue[] = [];
	const parts = findAddresses(raw);
	const address = parts.map(splitAddress).find((one) => one !== undefined);
	if (!address) {
		return {
			value: nothing,
			issues: [{ field: 'lead.email', code: 'EMAIL_NOT_VALID', message: 'The e-mail address cannot be written to', severity: 'warning' }],
			changes: changed('lead.email', raw, null, 'not an e-mail address'),
		};
	}
	const { local, domain } = address;
	const email = `${local}@${domain}`;
	const emailDomain = registrableDomain(domain);
	const disposable = isDisposableDomain(domain) || (emailDomain !== null && isDisposableDomain(emailDomain));
	const free = !disposable && (isFreeDomain(domain) || (emailDomain !== null && isFreeDomain(emailDomain)));
	const role = isRoleMailbox(local);
	if (parts.length > 1) issues.push({ field: 'lead.email', code: 'EMAIL_SEVERAL', message: 'Several e-mail addresses were given; the first usable one is kept', severity: 'info' });
	if (disposable) issues.push({ field: 'lead.email', code: 'EMAIL_DISPOSABLE', message: 'The e-mail address is from a provider of throw-away addresses', severity: 'warning' });
	if (role) issues.push({ field: 'lead.email', code: 'EMAIL_ROLE', message: 'The e-mail address is a shared mailbox', severity: 'info' });
	const suggestion = suggestDomain(domain);
	if (suggestion) issues.push({ field: 'lead.email', code: 'EMAIL_TYPO_SUSPECTED', message: `The domain of the e-mail address may be a typing mistake for ${suggestion}`, severity: 'warning' });
	return {
		value: { email, emailKey: emailKey(email), emailDomain, ownDomain: disposable || free ? null : emailDomain, disposable, free, role },
		issues,
		changes: changed('lead.email', given, email, 'address alone, lower-case domain'),
	};
}

const nothing: EmailReading = { email: null, emailKey: null, emailDomain: null, ownDomain: null, disposable: false, free: false, role: false };

/** Which dots and tags a provider ignores (providers' own help pages, read 2026-11). Plus tags elsewhere are kept. */
const providers: { domains: string[]; key: string | null; dots: boolean; tag: string }[] = [
	{ domains: ['gmail.com', 'googlemail.com'], key: 'gmail.com', dots: true, tag: '+' },
	{ domains: ['icloud.com', 'me.com', 'mac.com'], key: 'icloud.com', dots: false, tag: '+' },
	{ domains: ['proton.me', 'protonmail.com', 'pm.me'], key: 'proton.me', dots: true, tag: '+' },
	{ domains: ['fastmail.com', 'fastmail.fm'], key: null, dots: false, tag: '+' },
	{ domains: ['yandex.ru', 'yandex.com', 'ya.ru'], key: 'yandex.ru', dots: false, tag: '+' },
];
const taggedFamilies: [pattern: RegExp, tag: string][] = [
	[/^(?:outlook|hotmail|live|msn)\.[a-z.]+$/, '+'],
	[/^(?:yahoo\.[a-z.]+|ymail\.com|rocketmail\.com)$/, '-'],
];

/** Canonical form of a usable address, for matching only: two addresses with one key reach one mailbox. */
export function emailKey(email: string): string {
	const at = email.lastIndexOf('@');
	const local = email.slice(0, at).normalize('NFC').toLowerCase();
	const domain = domainToASCII(email.slice(at + 1)) || email.slice(at + 1).toLowerCase();
	const provider = providers.find((one) => one.domains.includes(domain));
	const tag = provider?.tag ?? taggedFamilies.find(([pattern]) => pattern.test(domain))?.[1];
	let kept = tag === undefined ? local : cutTag(local, tag);
	if (provider?.dots) kept = kept.replaceAll('.', '') || kept;
	return `${kept}@${provider?.key ?? domain}`;
}

/** Whether a team reads this mailbox, by the part before the @. */
export function isRoleMailbox(local: string): boolean {
	const name = cutTag(local.toLowerCase(), '+').replace(/[._-]/g, '');
	return roleMailboxes.has(name);
}

/** Registrable domain in lower case, e.g. `acme.co.uk` of `mail.acme.co.uk`; `null` for a host without a known ending. */
export function registrableDomain(host: string): string | null {
	const { domain, isIcann, isIp } = parseDomain(host, { allowPrivateDomains: false });
	// `.example` stays usable: it is reserved for documents (RFC 2606), where our samples live
	return domain && !isIp && (isIcann || domain.endsWith('.example')) ? domain.toLowerCase() : null;
}

/** Whether anybody can get an address under this domain. */
export function isFreeDomain(domain: string): boolean {
	freeDomains ??= new Set(freeEmailDomains);
	return freeDomains.has(domain);
}

/** Whether the domain belongs to a provider of throw-away addresses. */
export function isDisposableDomain(domain: string): boolean {
	disposableDomains ??= disposableEmailBlocklistSet();
	return disposableDomains.has(domain);
}

function cutTag(local: string, tag: string): string {
	const at = local.indexOf(tag);
	return at > 0 ? local.slice(0, at) : local;
}

/** The texts in which an address may stand, in order. */
function findAddresses(raw: string): string[] {
	// longer than any address, with room for a name beside it: against hostile input
	const text = raw.slice(0, 1_000).replace(/[＠﹫]/g, '@').replace(/^mailto:/i, '');
	const bracketed = [...text.matchAll(/<\s*([^<>\s]+@[^<>\s]+)\s*>/g)].map((match) => match[1]);
	if (bracketed.length > 0) return bracketed;
	const plain = text.includes('@') ? text : text.replace(/\s*[([{]\s*(?:at|ät|arroba)\s*[)\]}]\s*/i, '@').replace(/\s*[([{]\s*(?:dot|punkt|punto|point)\s*[)\]}]\s*/gi, '.');
	return plain
		.replace(/\s*@\s*/g, '@')
		.split(/[;,]\s*|\s+(?:or|oder|ou|o|and|und)\s+|\s+\/\s+/)
		.map((part) => part.trim().replace(/^mailto:/i, '').replace(/[.:!]+$/, ''))
		.filter((part) => part.includes('@'));
}

function splitAddress(text: string): { local: string; domain: string } | undefined {
	const at = text.lastIndexOf('@');
	const local = text.slice(0, at);
	const domain = text.slice(at + 1).toLowerCase().normalize('NFC');
	const ascii = domainToASCII(domain);
	const labels = ascii.split('.');
	const ending = labels[labels.length - 1];
	const localOctets = Buffer.byteLength(local);
	const isUsable = at > 0
		&& localPattern.test(local)
		&& localOctets <= longestLocal
		&& localOctets + 1 + ascii.length <= longestAddress
		&& labels.length > 1
		&& labels.every((label) => labelPattern.test(label))
		&& endingPattern.test(ending)
		&& !unreachableEndings.has(ending);
	return isUsable ? { local, domain } : undefined;
}
