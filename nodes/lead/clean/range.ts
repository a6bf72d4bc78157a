import type { NumberRange } from '../handoffRecord';

const multipliers: Record<string, number> = {
	k: 1e3, tsd: 1e3, thousand: 1e3, tausend: 1e3, mille: 1e3, mil: 1e3, m: 1e6, mio: 1e6, mn: 1e6, million: 1e6, millionen: 1e6, millions: 1e6, millones: 1e6, milioni: 1e6, miljoen: 1e6, milhoes: 1e6, mrd: 1e9, bn: 1e9,
};
/** Dollar and krone signs alone name no one currency. */
const currencies: [RegExp, string][] = [
	[/£|\bgbp\b|\bpounds?\b/i, 'GBP'], [/€|\beur\b|\beuros?\b/i, 'EUR'], [/\bchf\b|\bsfr\b|\bfranken\b/i, 'CHF'], [/\bus\s?\$|\busd\b/i, 'USD'], [/\ba\$|\baud\b/i, 'AUD'],
	[/\bc\$|\bcad\b/i, 'CAD'], [/\bnz\$|\bnzd\b/i, 'NZD'], [/\br\$|\bbrl\b/i, 'BRL'], [/\bsek\b/i, 'SEK'], [/\bnok\b/i, 'NOK'], [/\bdkk\b/i, 'DKK'], [/\bpln\b|zł/i, 'PLN'], [/₹|\binr\b/i, 'INR'], [/¥|\bjpy\b/i, 'JPY'],
];
const atMost = /^\s*(?:<=?|≤|under|below|less than|up to|max(?:imum)?\b|unter|bis(?: zu)?|weniger als|moins de|jusqu|hasta|menos de|fino a|meno di|tot|minder dan|até)/i;
const atLeast = /(?:^\s*(?:>=?|≥|over|above|more than|at least|from|min(?:imum)?\b|über|ueber|ab|mehr als|mindestens|plus de|à partir|más de|mas de|desde|oltre|più di|meer dan|vanaf|mais de)|\+\s*$|\d\s*\+|\b(?:and|or) (?:more|above|over)\b|\bund mehr\b|\bet plus\b|\by más\b)/i;

/** The plain range in a text such as `11-50`, `1.000+`, `£5k–10k`, `2 Mio €`, `under 500`; `null` when there is none. Bounds included. */
export function readRange(given: string | null): NumberRange | null {
	if (given === null || given.length > 100) return null;
	const text = given.normalize('NFKC');
	const found = [...text.matchAll(/(\d[\d.,'’ \u202f]*)(?:\s?(k|tsd|thousand|tausend|mille|mil|millionen|millions|million|millones|milioni|miljoen|mio|mn|m|mrd|bn)\b\.?)?/gi)]
		.map((match) => ({ value: readNumber(match[1]), times: match[2] ? multipliers[match[2].toLowerCase()] : 1 }))
		.filter((one): one is { value: number; times: number } => one.value !== null);
	if (found.length === 0 || found.length > 2) return null;
	if (found.length === 2) {
		// "5-10k" means both in thousands, "500-1k" does not
		const [low, high] = found;
		const lowTimes = low.times === 1 && high.times > 1 && low.value < high.value ? high.times : low.times;
		const min = low.value * lowTimes;
		const max = high.value * high.times;
		return min <= max ? { min, max } : null;
	}
	const value = found[0].value * found[0].times;
	if (atMost.test(text.replace(/[£€$]/g, ''))) return { min: null, max: value };
	if (atLeast.test(text.replace(/[£€$]/g, ''))) return { min: value, max: null };
	return { min: value, max: value };
}

/** A budget with its currency (ISO 4217), `null` where the text names none. */
export function readBudget(given: string | null): (NumberRange & { currency: string | null }) | null {
	const range = readRange(given);
	if (range === null || given === null) return null;
	return { ...range, currency: currencies.find(([pattern]) => pattern.test(given))?.[1] ?? null };
}

/** `1.000` and `1,000` are a thousand, `1.5` is one and a half; `null` when it is neither. */
function readNumber(given: string): number | null {
	const text = given.replace(/['’ \u202f]/g, '').replace(/[.,]+$/, '');
	if (/^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(text)) return Number(text.replace(/[.,]/g, ''));
	if (/^\d{1,3}(?:,\d{3})+\.\d{1,2}$/.test(text)) return Number(text.replaceAll(',', ''));
	if (/^\d{1,3}(?:\.\d{3})+,\d{1,2}$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
	if (/^\d+(?:[.,]\d{1,2})?$/.test(text)) return Number(text.replace(',', '.'));
	return null;
}
