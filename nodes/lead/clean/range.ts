import type { NumberRange } from '../handoffRecord';

const multipliers: Record<string, number> = {
	k: 1e3, tsd: 1e3, t: 1e3, thousand: 1e3, tausend: 1e3, mille: 1e3, mil: 1e3, mila: 1e3, duizend: 1e3, grand: 1e3, tys: 1e3, тыс: 1e3,
	m: 1e6, mm: 1e6, mio: 1e6, mn: 1e6, mln: 1e6, mill: 1e6, million: 1e6, millionen: 1e6, millions: 1e6, millones: 1e6, millon: 1e6, milione: 1e6, milioni: 1e6, miljoen: 1e6, milhoes: 1e6, milhões: 1e6, milhao: 1e6, milhão: 1e6, millón: 1e6, млн: 1e6,
	mrd: 1e9, bn: 1e9, b: 1e9, billion: 1e9, milliarden: 1e9, milliard: 1e9, milliards: 1e9, miljard: 1e9, lakh: 1e5, lakhs: 1e5, lac: 1e5, l: 1e5, crore: 1e7, crores: 1e7, cr: 1e7,
};
const words = Object.keys(multipliers).sort((one, other) => other.length - one.length).join('|');
/** A number with separators, then what it is counted in. `t` and `l` only right behind the digits. */
const numbers = new RegExp(`(\\d[\\d.,'’ \\u00a0\\u202f]*)(?:\\s?(${words})(?![\\p{L}]))?`, 'giu');

/** ISO 4217 by sign, code and word. Dollar and crown signs alone name a currency only with the lead's country. */
const currencies: [RegExp, string][] = [
	[/£|\bgbp\b|\bpounds?\b|\bsterling\b|\bquid\b/i, 'GBP'], [/€|\beur\b|\beuros?\b/i, 'EUR'], [/\bchf\b|\bsfr\b|\bfranken\b|\bfr\./i, 'CHF'], [/\bus\s?\$|\busd\b|\bus dollars?\b/i, 'USD'], [/\ba\s?u?\$|\baud\b/i, 'AUD'],
	[/\bca?n?\s?\$|\bcad\b/i, 'CAD'], [/\bnz\s?\$|\bnzd\b/i, 'NZD'], [/\br\$|\bbrl\b|\breais\b|\breal\b/i, 'BRL'], [/\bsek\b/i, 'SEK'], [/\bnok\b/i, 'NOK'], [/\bdkk\b/i, 'DKK'], [/\bpln\b|zł|\bzloty/i, 'PLN'], [/₹|\binr\b|\brs\b\.?|\brupees?\b|\blakhs?\b|\bcrores?\b/i, 'INR'],
	[/\brmb\b|\bcny\b|元|人民币/i, 'CNY'], [/¥|\bjpy\b|円|\byen\b/i, 'JPY'], [/\bhk\s?\$|\bhkd\b/i, 'HKD'], [/\bs\s?\$|\bsgd\b/i, 'SGD'], [/\bmx\s?\$|\bmxn\b|\bpesos? mexicanos?\b/i, 'MXN'], [/\bzar\b/i, 'ZAR'], [/\baed\b|\bdirhams?\b/i, 'AED'], [/\bsar\b/i, 'SAR'], [/₺|\btry\b/i, 'TRY'], [/\bczk\b|kč/i, 'CZK'], [/\bhuf\b|\bft\b/i, 'HUF'],
	[/₽|\brub\b/i, 'RUB'], [/₴|\buah\b/i, 'UAH'], [/₪|\bils\b|\bnis\b/i, 'ILS'], [/₩|\bkrw\b/i, 'KRW'], [/\bron\b|\blei\b/i, 'RON'], [/₦|\bngn\b/i, 'NGN'], [/\bkes\b|\bksh\b/i, 'KES'], [/\bphp\b|₱/i, 'PHP'], [/฿|\bthb\b/i, 'THB'], [/\bidr\b|\brp\b/i, 'IDR'], [/\bmyr\b|\brm\b/i, 'MYR'],
];
const dollars: Record<string, string> = { US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', SG: 'SGD', HK: 'HKD', MX: 'MXN', PR: 'USD', EC: 'USD', CL: 'CLP', CO: 'COP', AR: 'ARS' };
const crowns: Record<string, string> = { SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK' };

const atMost = /^\s*(?:<=?|≤|~?\s?under|below|less than|up to|no more than|not more than|at most|max(?:imum|imal)?\b\.?|unter|bis(?: zu)?|weniger als|höchstens|hoechstens|moins de|jusqu|maximum|au plus|hasta|menos de|máximo|como máximo|fino a|meno di|massimo|al massimo|tot|minder dan|maximaal|hoogstens|até|no máximo|do|poniżej|upto)/i;
const atLeast = /(?:^\s*(?:>=?|≥|over|above|more than|at least|starting (?:at|from)|from|min(?:imum|destens)?\b\.?|über|ueber|ab|mehr als|plus de|plus que|à partir|au moins|minimum|más de|mas de|desde|al menos|mínimo|oltre|più di|almeno|a partire|meer dan|vanaf|minstens|mais de|a partir|pelo menos)|\+\s*$|\d\s*\+|[km]\s*\+|\b(?:and|or) (?:more|above|over|up)\b|\bund (?:mehr|größer|darüber)\b|\boder mehr\b|\bet plus\b|\bou plus\b|\by más\b|\bo más\b|\bo più\b|\be più\b|\ben meer\b|\bof meer\b|\bou mais\b|\be mais\b|\bplus\s*$)/i;
/** One person alone, folded to small letters. */
const alone = /^(?:just me|only me|myself|me|solo|solo founder|sole trader|self[ -]?employed|freelancer?|nur ich|selbstständig|einzelunternehmer|indépendant|moi seul|autónomo|solo yo|solo io|zzp'?er|só eu)$/i;

/** No bound in it: what follows a range says what it is of, e.g. `employees`. */
const longestRange = 100;

/** The plain range in a text such as `11-50`, `1.000+`, `£5k–10k`, `2 Mio €`, `under 500`; `null` when there is none. Bounds included. */
export function readRange(given: string | null): NumberRange | null {
	if (given === null || given.length > longestRange) return null;
	const text = given.normalize('NFKC').trim();
	if (alone.test(text)) return { min: 1, max: 1 };
	// days and telephone numbers are no ranges, nor is "24/7"
	if (/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)/.test(text) && !/[.]\d{3}/.test(text)) return null;
	if (/^\+/.test(text) && text.replace(/\D/g, '').length > 8) return null;
	const found = [...text.matchAll(numbers)].slice(0, 4).map((match) => ({ value: readNumber(match[1]), times: match[2] ? timesOf(match) : 1 }));
	if (found.length === 0 || found.length > 2 || found.some((one) => one.value === null)) return null;
	const [low, high] = found as { value: number; times: number }[];
	if (high) {
		// "5-10k" means both in thousands, "500-1k" does not
		const lowTimes = low.times === 1 && high.times > 1 && low.value < high.value ? high.times : low.times;
		const min = round(low.value * lowTimes);
		const max = round(high.value * high.times);
		return min <= max ? { min, max } : null;
	}
	const value = round(low.value * low.times);
	const bare = text.replace(/[£€$₹¥]|\b(?:usd|eur|gbp|chf|inr|rs)\b\.?/gi, '').trim();
	if (atMost.test(bare)) return { min: null, max: value };
	if (atLeast.test(bare)) return { min: value, max: null };
	return { min: value, max: value };
}

/**
 * A budget with its currency (ISO 4217), `null` where the text names none.
 *
 * @param country Alpha-2 of the lead; tells what `$` and `kr` mean.
 */
export function readBudget(given: string | null, country: string | null = null): (NumberRange & { currency: string | null }) | null {
	const range = readRange(given);
	if (range === null || given === null) return null;
	const named = currencies.find(([pattern]) => pattern.test(given))?.[1];
	const signs = given.includes('$') || /\bdollars?\b/i.test(given) ? dollars : /\bkr\b\.?/i.test(given) ? crowns : {};
	return { ...range, currency: named ?? (country !== null && Object.hasOwn(signs, country) ? signs[country] : null) };
}

function timesOf(match: RegExpMatchArray): number {
	const word = match[2].toLowerCase();
	// "5 t" may be tons and "5 l" litres; "5L" in a budget is five lakh
	if ((word === 't' || word === 'l') && /\s$/.test(match[1])) return 1;
	return multipliers[word] ?? 1;
}

/** Thousandths of a cent come from binary fractions. */
function round(value: number): number {
	return Math.round(value * 100) / 100;
}

/** `1.000` and `1,000` are a thousand, `1.5` is one and a half, `5,00,000` five lakh; `null` when it is neither. */
function readNumber(given: string): number | null {
	const text = given.replace(/['’ \u00a0\u202f]/g, '').replace(/[.,]+$/, '');
	if (text.length > 15) return null;
	if (/^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(text)) return Number(text.replace(/[.,]/g, ''));
	if (/^\d{1,3}(?:,\d{3})+\.\d{1,2}$/.test(text)) return Number(text.replaceAll(',', ''));
	if (/^\d{1,3}(?:\.\d{3})+,\d{1,2}$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
	if (/^\d{1,2}(?:,\d{2})+,\d{3}$/.test(text)) return Number(text.replaceAll(',', ''));
	if (/^\d+(?:[.,]\d{1,2})?$/.test(text)) return Number(text.replace(',', '.'));
	return null;
}
