import { isKeptSmall } from './nameWords';

/**
 * Family names that keep a second capital behind Mac, folded; others (Mack, Machado, Macias, Maciej) only look alike.
 * The clan names of Scotland and Ireland as they are commonly written today.
 */
const macNames = new Set('arthur aulay bean beth callum cormack cormick crae cullough cunn dermott donald donnell dougall douglas duff eachern ewan ewen fadyen farlane farland fie gillivray gregor gowan innes innis intosh intyre isaac iver kay kenna kenzie kinlay kinley kinnon lachlan laine laren laughlin lean leish lellan lennan leod mahon manus master millan murdo murray nab naughton neil neill neish nicol phail phee pherson quarrie queen rae rory sween tavish vicar whirter'.split(' '));
/** First names of two letters; other pairs of capitals are initials (AJ, JP). */
const shortNames = new Set('al ed jo bo cy ty li yu mo vi an ai su wu xu ha le my oz ia eva io pu ma mi na ji jo ho hu hy uy'.split(' '));

/**
 * Capitals where names have them, only when the writer used none or nothing else.
 *
 * @param name The part to mend.
 * @param shown The whole name: two letters alone do not tell whether somebody was shouting.
 */
export function repairCase(name: string, shown: string, part: 'first' | 'last' | 'suffix'): string {
	if (name === '' || /(?!\p{Script=Latin})[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/u.test(name)) return name;
	const isShouted = isAllCapitals(name) && (letters(name).length > 2 || (isAllCapitals(shown) && letters(shown).length > 4));
	const isWhispered = name === name.toLowerCase() && /\p{Ll}/u.test(name);
	if (!isShouted && !isWhispered) return name;
	if (part === 'suffix') return name.split(' ').map((word) => (/^(?:jr|sr|jnr|snr|esq)\.?$/i.test(word) ? word[0].toUpperCase() + word.slice(1).toLowerCase() : isWhispered && /^[ivx]+$/.test(word) ? word.toUpperCase() : word)).join(' ');
	return name.split(' ').map((word, index) => repairWord(word, { isFirst: part === 'first' && index === 0, isShouted, isGiven: part === 'first' })).join(' ');
}

function repairWord(given: string, { isFirst, isShouted, isGiven }: { isFirst: boolean; isShouted: boolean; isGiven: boolean }): string {
	const word = given.toLowerCase();
	if (!isFirst && isKeptSmall(word)) return word;
	// initials: "J.R.", "AJ"
	if (/^(?:\p{L}\.)+\p{L}?\.?$/u.test(word)) return word.toUpperCase();
	if (isShouted && isGiven && /^\p{L}{2}$/u.test(word) && !shortNames.has(word)) return given;
	return word
		.replace(/(^|[-'’.(])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
		.replace(/(^|-)Mc(\p{L})/gu, (_, before: string, letter: string) => `${before}Mc${letter.toUpperCase()}`)
		.replace(/(^|-)Mac(\p{L}+)/gu, (whole, before: string, rest: string) => (macNames.has(rest) ? `${before}Mac${rest[0].toUpperCase()}${rest.slice(1)}` : whole))
		// contractions, not names: "D'Angelo" keeps its capital, "Jean's" does not get one
		.replace(/(['’])S$/u, '$1s');
}

function letters(text: string): string {
	return text.replace(/[^\p{L}]/gu, '');
}

function isAllCapitals(text: string): boolean {
	const found = letters(text);
	return found !== '' && found === found.toUpperCase() && found !== found.toLowerCase();
}
