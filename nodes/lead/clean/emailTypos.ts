/** Where most private addresses live; a near miss of one is more likely a slip than a firm. */
const popularDomains = [
	'gmail.com', 'googlemail.com', 'hotmail.com', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'outlook.com', 'live.com', 'yahoo.com', 'yahoo.co.uk', 'yahoo.fr',
	'yahoo.de', 'icloud.com', 'aol.com', 'comcast.net', 'btinternet.com', 'protonmail.com', 'web.de', 'gmx.de', 'gmx.net', 't-online.de', 'orange.fr', 'free.fr',
	'libero.it', 'wanadoo.fr', 'verizon.net', 'sbcglobal.net', 'telenet.be', 'ziggo.nl',
];

/** Real domains one slip away from a popular one. */
const notTypos = new Set([
	'mail.com', 'ymail.com', 'email.com', 'gmx.com', 'gmx.at', 'gmx.ch', 'gmx.us', 'hotmail.es', 'hotmail.it', 'hotmail.be', 'hotmail.nl', 'hotmail.se', 'hotmail.ca',
	'yahoo.es', 'yahoo.it', 'yahoo.ca', 'yahoo.se', 'yahoo.ie', 'yahoo.in', 'live.de', 'live.fr', 'live.nl', 'live.it', 'live.ca', 'live.se', 'live.be', 'live.dk',
	'live.no', 'outlook.de', 'outlook.fr', 'outlook.es', 'outlook.it', 'outlook.be', 'outlook.ie', 'aol.de', 'aol.fr', 'ail.com', 'five.com', 'love.com', 'alice.it',
	'web.com', 'web.de', 'gm.com', 'me.com', 'aim.com', 'aon.at', 'gmx.fr', 'gmx.es', 'free.de', 'olive.com', 'alive.com',
]);

/** Endings that nobody can register, with the one that was meant. */
const mistypedEndings: Record<string, string> = {
	con: 'com', cmo: 'com', ocm: 'com', comm: 'com', coom: 'com', vom: 'com', xom: 'com', cpm: 'com', dom: 'com', om: 'com',
	nte: 'net', ner: 'net', nry: 'net', met: 'net', ogr: 'org', rog: 'org', orgg: 'org',
};

/**
 * The domain that was probably meant, or undefined. A suggestion only: the address is never changed.
 * One insertion, deletion, replacement or swap away from a popular domain, or an ending that does not exist.
 */
export function suggestDomain(domain: string): string | undefined {
	if (popularDomains.includes(domain) || notTypos.has(domain)) return undefined;
	const dot = domain.lastIndexOf('.');
	const ending = mistypedEndings[domain.slice(dot + 1)];
	const mended = ending && Object.hasOwn(mistypedEndings, domain.slice(dot + 1)) ? `${domain.slice(0, dot)}.${ending}` : domain;
	if (popularDomains.includes(mended)) return mended;
	// short names are all near each other
	const near = popularDomains.find((popular) => popular.length >= 8 && isOneSlipAway(mended, popular));
	if (near) return near;
	return mended === domain ? undefined : mended;
}

function isOneSlipAway(one: string, other: string): boolean {
	if (Math.abs(one.length - other.length) > 1) return false;
	let start = 0;
	while (start < one.length && one[start] === other[start]) start++;
	let tail = 0;
	while (tail < Math.min(one.length, other.length) - start && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
	const left = one.slice(start, one.length - tail);
	const right = other.slice(start, other.length - tail);
	if (left.length <= 1 && right.length <= 1) return true;
	return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
