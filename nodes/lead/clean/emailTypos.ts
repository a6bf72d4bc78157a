import { parse as parseDomain } from 'tldts';
import { isOneSlipAway } from '../oneSlip';

/** Where most private addresses live; a near miss of one is more likely a slip than a firm. */
const popularDomains = [
	'gmail.com', 'googlemail.com', 'hotmail.com', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'outlook.com', 'live.com', 'yahoo.com', 'yahoo.co.uk', 'yahoo.fr',
	'yahoo.de', 'icloud.com', 'aol.com', 'comcast.net', 'btinternet.com', 'protonmail.com', 'web.de', 'gmx.de', 'gmx.net', 't-online.de', 'orange.fr', 'free.fr',
	'libero.it', 'wanadoo.fr', 'verizon.net', 'sbcglobal.net', 'telenet.be', 'ziggo.nl', 'rocketmail.com', 'fastmail.com', 'sky.com', 'bellsouth.net', 'facebook.com',
];
const popular = new Set(popularDomains);

/** Real domains one slip away from a popular one. */
const notTypos = new Set([
	'mail.com', 'ymail.com', 'email.com', 'gmx.com', 'gmx.at', 'gmx.ch', 'gmx.us', 'ail.com', 'five.com', 'love.com', 'alice.it', 'web.com', 'gm.com', 'me.com', 'aim.com', 'aon.at',
	'free.de', 'olive.com', 'alive.com', 'grange.fr', 'liver.com', 'fmail.com', 'tmail.com', 'jmail.com', 'qmail.com', 'vmail.com', 'zmail.com', 'umail.com', 'outlooks.com', 'cloud.com',
]);

/** Endings that nobody can register, with the one that was meant. */
const mistypedEndings: Record<string, string> = {
	con: 'com', cmo: 'com', ocm: 'com', comm: 'com', coom: 'com', vom: 'com', xom: 'com', cpm: 'com', dom: 'com', om: 'com', cim: 'com', cin: 'com', col: 'com', cok: 'com', copm: 'com', clm: 'com', ckm: 'com', con1: 'com', ccom: 'com', comn: 'com',
	nte: 'net', ner: 'net', nry: 'net', met: 'net', nett: 'net', nrt: 'net', ent: 'net', ogr: 'org', rog: 'org', orgg: 'org', ord: 'org', og: 'org', orf: 'org',
	dee: 'de', ed: 'de', ukk: 'uk', fre: 'fr', eud: 'edu', ddu: 'edu',
};

const providers = new Set(popularDomains.map((domain) => domain.slice(0, domain.indexOf('.'))));

/** The few endings that can be registered and are still a slip behind the name of a mail provider. */
const slippedEndings = new Set(['co', 'cm', 'om', 'cc', 'ne', 'comm']);

/** Whether names under this ending can be registered. */
function isOpen(domain: string): boolean {
	return parseDomain(domain).isIcann === true;
}

/**
 * The domain that was probably meant, or undefined. A suggestion only: the address is never changed.
 * One insertion, deletion, replacement or swap away from a popular domain, or an ending that does not exist.
 */
export function suggestDomain(given: string): string | undefined {
	// signs that no domain can hold
	const lower = given.toLowerCase();
	const domain = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(lower) ? lower : lower.replace(/[^\p{L}\p{N}.-]+/gu, '').replace(/\.{2,}/g, '.').replace(/^[.-]+|[.-]+$/g, '');
	if (domain.length > 60 || !domain.includes('.')) return undefined;
	if (popular.has(domain)) return domain === lower ? undefined : domain;
	if (notTypos.has(domain)) return undefined;
	const dot = domain.lastIndexOf('.');
	const name = domain.slice(0, dot);
	const ending = domain.slice(dot + 1);
	const mended = Object.hasOwn(mistypedEndings, ending) && !isOpen(domain) ? `${name}.${mistypedEndings[ending]}` : domain;
	if (popular.has(mended)) return mended;
	// "yahoo.dk": a provider's own country ending, not a slip
	if (providers.has(domain.slice(0, domain.indexOf('.'))) && !slippedEndings.has(ending) && isOpen(domain)) return domain === lower ? undefined : domain;
	// short names are all near each other
	const near = popularDomains.find((one) => one.length >= 8 && isOneSlipAway(mended, one));
	if (near) return near;
	// what calls itself mail lives under .com
	if (ending === 'co' && /mail/.test(name)) return `${name}.com`;
	return mended === domain ? undefined : mended;
}
