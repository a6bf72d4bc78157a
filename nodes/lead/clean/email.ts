import { domainToASCII } from 'node:url';
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import freeEmailDomains from 'free-email-domains';
import { parse as parseDomain } from 'tldts';
import { toOneLine } from '../foldText';
import type { LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { isUsableAddress, splitAddress, type EmailAddress } from './emailAddress';
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

/** What a client knows better than the lists: domains and mailbox names in lower case. An entry here wins over every list. */
export interface EmailLists {
	/** Domains that are neither free nor throw-away, e.g. a firm on a provider's domain. */
	allowedDomains?: ReadonlySet<string>;
	/** Domains treated as throw-away. */
	blockedDomains?: ReadonlySet<string>;
	/** Domains where anybody can get an address. */
	freeDomains?: ReadonlySet<string>;
	/** Names before the @ of mailboxes that a team reads. */
	sharedMailboxes?: ReadonlySet<string>;
	/** Names before the @ that belong to one person after all. */
	personalMailboxes?: ReadonlySet<string>;
}

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
 * Does not accept hosts without an ending or IP numbers, because no customer has them and mistakes look like them.
 */
export function readEmail(given: string | null, lists: EmailLists = {}): Cleaned<EmailReading> {
	const raw = given === null ? '' : toOneLine(given);
	if (raw === '') return { value: nothing, issues: [], changes: [] };
	const issues: LeadIssue[] = [];
	const { address, usable } = findAddress(raw);
	if (!address) {
		issues.push({ field: 'lead.email', code: 'EMAIL_NOT_VALID', message: 'The e-mail address cannot be written to', severity: 'warning' });
		noteTypo(raw, issues);
		return { value: nothing, issues, changes: changed('lead.email', raw, null, 'not an e-mail address') };
	}
	const { local, domain } = address;
	const email = `${local}@${domain}`;
	const emailDomain = registrableDomain(domain);
	const isListed = (list: ReadonlySet<string> | undefined) => list !== undefined && (list.has(domain) || (emailDomain !== null && list.has(emailDomain)));
	const isAllowed = isListed(lists.allowedDomains);
	const disposable = isListed(lists.blockedDomains) || (!isAllowed && (isDisposableDomain(domain) || (emailDomain !== null && isDisposableDomain(emailDomain))));
	const free = !disposable && !isAllowed && (isListed(lists.freeDomains) || isFreeDomain(domain) || (emailDomain !== null && isFreeDomain(emailDomain)));
	const mailbox = cutTag(local.toLowerCase(), '+');
	const role = lists.sharedMailboxes?.has(mailbox) === true || (lists.personalMailboxes?.has(mailbox) !== true && isRoleMailbox(local));
	if (usable > 1) issues.push({ field: 'lead.email', code: 'EMAIL_SEVERAL', message: 'Several e-mail addresses were given; the first usable one is kept', severity: 'info' });
	if (disposable) issues.push({ field: 'lead.email', code: 'EMAIL_DISPOSABLE', message: 'The e-mail address is from a provider of throw-away addresses', severity: 'warning' });
	if (role) issues.push({ field: 'lead.email', code: 'EMAIL_ROLE', message: 'The e-mail address is a shared mailbox', severity: 'info' });
	noteTypo(email, issues);
	return {
		value: { email, emailKey: emailKey(email), emailDomain, ownDomain: disposable || free ? null : emailDomain, disposable, free, role },
		issues,
		changes: changed('lead.email', given, email, 'address alone, lower-case domain'),
	};
}

/** A suggestion only, with what to write instead; the address itself is never changed. */
function noteTypo(address: string, issues: LeadIssue[]): void {
	const at = address.lastIndexOf('@');
	if (at < 1 || at > 64) return;
	const domain = suggestDomain(address.slice(at + 1));
	if (domain === undefined) return;
	const suggestion = `${address.slice(0, at)}@${domain}`;
	issues.push({
		field: 'lead.email', code: 'EMAIL_TYPO_SUSPECTED', message: `The domain of the e-mail address may be a typing mistake for ${domain}`, severity: 'warning',
		...(isUsableAddress(suggestion) ? { suggestion } : {}),
	});
}

const nothing: EmailReading = { email: null, emailKey: null, emailDomain: null, ownDomain: null, disposable: false, free: false, role: false };

/** Which dots and tags a provider ignores (providers' own help pages, read 2026-11). Plus tags elsewhere are kept. */
const providers: { domains: string[]; key: string | null; dots: boolean; tag: string }[] = [
	{ domains: ['gmail.com', 'googlemail.com'], key: 'gmail.com', dots: true, tag: '+' },
	{ domains: ['icloud.com', 'me.com', 'mac.com'], key: 'icloud.com', dots: false, tag: '+' },
	{ domains: ['proton.me', 'protonmail.com', 'pm.me'], key: 'proton.me', dots: true, tag: '+' },
	{ domains: ['fastmail.com', 'fastmail.fm'], key: null, dots: false, tag: '+' },
	{ domains: ['yandex.ru', 'yandex.com', 'ya.ru'], key: 'yandex.ru', dots: false, tag: '+' },
	{ domains: ['zoho.com', 'zohomail.com', 'zohomail.eu', 'mailbox.org', 'posteo.de', 'posteo.net', 'hey.com', 'runbox.com', 'pobox.com'], key: null, dots: false, tag: '+' },
];
const providerOf = new Map(providers.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)));
const taggedFamilies: [pattern: RegExp, tag: string][] = [
	[/^(?:outlook|hotmail|live|msn)\.[a-z.]+$/, '+'],
	[/^(?:yahoo\.[a-z.]+|ymail\.com|rocketmail\.com)$/, '-'],
];

/** Canonical form of a usable address, for matching only: two addresses with one key reach one mailbox. */
export function emailKey(email: string): string {
	const at = email.lastIndexOf('@');
	const local = email.slice(0, at).normalize('NFC').toLowerCase();
	const written = email.slice(at + 1).toLowerCase();
	const domain = /^[a-z0-9.-]+$/.test(written) ? written : domainToASCII(written) || written;
	const provider = providerOf.get(domain);
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

/** The first address in the text that can be written to, and how many different ones it holds. */
function findAddress(raw: string): { address?: EmailAddress; usable: number } {
	const plain = splitAddress(raw);
	if (plain) return { address: plain, usable: 1 };
	const found = findAddresses(raw).map(splitAddress).filter((one) => one !== undefined);
	return { address: found[0], usable: new Set(found.map(({ local, domain }) => `${local}@${domain}`)).size };
}

/** The texts in which an address may stand, in order. */
function findAddresses(raw: string): string[] {
	// longer than any address, with room for a name beside it: against hostile input
	const text = raw.slice(0, 1_000).replace(/[＠﹫]/g, '@').replace(/^mailto:/i, '').replace(/\?(?:subject|body|cc|bcc)=.*$/i, '');
	const bracketed = [...text.matchAll(/<\s*([^<>\s]+@[^<>\s]+)\s*>/g)].map((match) => match[1]);
	if (bracketed.length > 0) return bracketed;
	const plain = text.includes('@') ? text : text.replace(/\s*[([{]\s*(?:at|ät|arroba)\s*[)\]}]\s*/i, '@').replace(/\s*[([{]\s*(?:dot|punkt|punto|point)\s*[)\]}]\s*/gi, '.');
	return plain
		.replace(/\s*@\s*/g, '@')
		.split(/[;,]\s*|\s+(?:or|oder|ou|o|and|und)\s+|\s+\/\s+/)
		.map((part) => part.trim().replace(/^(?:e-?mail\s*:\s*)?(?:mailto:)?/i, '').replace(/^["'(]+|["')]+$/g, '').replace(/[.:!]+$/, ''))
		.filter((part) => part.includes('@'));
}
