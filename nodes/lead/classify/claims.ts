/** What must never reach a rep unless the lead wrote it. */
export type Claim = 'link' | 'address' | 'number' | 'amount';

const address = /\S{1,64}@\S{1,190}|(?<![\p{L}\p{N}])@[\p{L}\p{N}_]{2,}/gu;
const link = /\b[a-z]{2,12}:\/\/\S+|\bhxxps?\b\S*|[\p{L}\p{N}-]{1,63}(?:[.\u3002][\p{L}\p{N}-]{1,63}){0,5}[.\u3002]\p{L}{2,24}(?![\p{L}\p{N}])|[\p{L}\p{N}-]{1,63}\s*[([{]?\s*\bdot\b\s*[)\]}]?\s*\p{L}{2,24}/giu;
const number = /\p{Nd}(?:[\p{Nd}.,'’ \u00a0\u202f]*\p{Nd})?/gu;
const currency = /[$€£¥₹₽₿]|\b(?:eur|usd|gbp|chf|jpy|euros?|dollars?|pounds?|sterling|francs?|franken|bitcoins?|millions?|thousands?|tausend|millionen|mille|percent|prozent)\b/giu;

/**
 * Kinds of claims in `text` that `written` does not hold: links, addresses, numbers, words of money.
 * Numbers are compared without their separators: `50,000` was written as `50 000`, but `50k` was not.
 */
export function unsupportedClaims(text: string, written: string): Claim[] {
	const given = text.normalize('NFKC');
	const source = written.normalize('NFKC').toLowerCase();
	const numbers = new Set(Array.from(source.matchAll(number), ([value]) => digitsOf(value)));
	const claims = new Set<Claim>();
	for (const [value] of given.matchAll(address)) if (!source.includes(trimmed(value))) claims.add('address');
	for (const [value] of given.matchAll(link)) if (!source.includes(trimmed(value))) claims.add('link');
	for (const [value] of given.matchAll(number)) if (!numbers.has(digitsOf(value))) claims.add('number');
	for (const [value] of given.matchAll(currency)) if (!source.includes(value.toLowerCase())) claims.add('amount');
	return [...claims];
}

function trimmed(value: string): string {
	return value.toLowerCase().replace(/^[("'[]+|[)"'\].,;:!?]+$/g, '');
}

function digitsOf(value: string): string {
	return value.replace(/\P{Nd}/gu, '');
}
