import { get as editDistance } from 'fast-levenshtein';
import { soundOf } from './blockingKeys';
import { companyKey } from './companyKey';
import { areNicknames } from './nicknames';
import { fold, isSwappedDigits, textSimilarity, withoutUmlauts, wordSimilarity } from './similarity';

/** Two names at least this alike, from 0 to 1, are one name. */
export const sameNameFrom = 0.8;

/** Words between names that many people share; they count a little. */
const particles = new Set(['al', 'el', 'bin', 'ben', 'ibn', 'bint', 'abu', 'abd', 'van', 'von', 'der', 'den', 'de', 'del', 'della', 'di', 'da', 'dos', 'du', 'la', 'le', 'na', 'y', 'af', 'ul', 'ud']);
const titles = new Set([
	'mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'sir', 'herr', 'frau', 'president', 'prasident', 'minister', 'chancellor', 'general', 'colonel', 'captain', 'sheikh', 'shaikh', 'haji', 'hajji', 'mullah', 'jr', 'sr', 'phd', 'md',
]);
/** Words in the names of very many firms. */
const commonWords = new Set(['group', 'holding', 'holdings', 'international', 'global', 'systems', 'services', 'solutions', 'partners', 'technologies', 'trading', 'enterprises', 'industries', 'and', 'of', 'the', 'de', 'des', 'du', 'la', 'le', 'der', 'die', 'das', 'fur', 'for']);
const romanNumbers = new Map(['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'].map((roman, index) => [roman, String(index + 1)]));
const ordinals = new Map(['first', 'second', 'third', 'fourth', 'fifth'].map((word, index) => [word, String(index + 1)]));
const writtenOutForms = /\b(?:(?:open|closed|public|private)? ?joint stock (?:company|society)|limited liability company|public limited company|aktiengesellschaft|gesellschaft mit beschrankter haftung|societe anonyme|sociedad anonima|ojsc|cjsc|pjsc)\b/g;

/** How alike two person's names are, 0 to 1: in any order, with initials, nicknames, typing errors and left-out middle names. */
export function alikePersonNames(one: string, other: string): number {
	const a = personWords(one);
	const b = personWords(other);
	if (a.length === 0 || b.length === 0) return 0;
	if (isJoinedAlike(a, b)) return 1;
	return alignWords(a, b, { weigh: (word) => (particles.has(word) ? 0.25 : word.length === 1 ? 0.6 : 1), alike: alikePersonWords, extra: 0.05 });
}

/** How alike two companies' names are, 0 to 1: without legal forms, with typing errors, numbers and places told apart. */
export function alikeCompanyNames(one: string, other: string): number {
	const a = companyWords(one);
	const b = companyWords(other);
	if (a.length === 0 || b.length === 0) return 0;
	const numbers = (words: string[]): string => words.filter((word) => /^\d/.test(word)).sort().join(' ');
	if (numbers(a) !== numbers(b)) return 0;
	if (isJoinedAlike(a, b)) return 1;
	return alignWords(a, b, { weigh: (word) => (commonWords.has(word) ? 0.4 : 1), alike: alikeCompanyWords, extra: 0.14 });
}

function personWords(name: string): string[] {
	const folded = withoutUmlauts(fold(transliterate(name)));
	const words = folded.split(' ').filter(Boolean);
	const telling = words.filter((word) => !titles.has(word));
	return [...new Set(telling.length > 0 ? telling : words)];
}

function companyWords(name: string): string[] {
	const without = withoutUmlauts(fold(transliterate(name))).replace(writtenOutForms, ' ').trim();
	const words = companyKey(without || name).split(' ').filter(Boolean);
	const joined: string[] = [];
	// "C.B.A." was cut into letters
	for (const word of words) {
		const last = joined.length - 1;
		if (/^[a-z]$/.test(word) && last >= 0 && joined[last].startsWith('.')) joined[last] += word;
		else joined.push(/^[a-z]$/.test(word) ? `.${word}` : word);
	}
	return joined.map((word) => word.replace('.', '')).map((word) => ordinals.get(word) ?? romanNumbers.get(word) ?? word.replace(/^(\d+)(?:st|nd|rd|th)$/, '$1'));
}

/** Names that differ only in where their words end, or in one letter of many. */
function isJoinedAlike(a: string[], b: string[]): boolean {
	const one = a.join('');
	const other = b.join('');
	if (one === other || [...a].sort().join('') === [...b].sort().join('')) return true;
	const edits = Math.abs(one.length - other.length) > 1 ? 2 : editDistance(one, other);
	return edits <= 1 && Math.min(one.length, other.length) >= 9 && a.length !== b.length;
}

interface Alignment {
	weigh: (word: string) => number;
	alike: (one: string, other: string) => number;
	/** What a word that only the longer name has costs. */
	extra: number;
}

function alignWords(one: string[], other: string[], { weigh, alike, extra }: Alignment): number {
	const [few, many] = one.length <= other.length ? [one, other] : [other, one];
	const pairs: [alike: number, few: number, many: number][] = [];
	few.forEach((word, at) => many.forEach((against, place) => {
		const found = alike(word, against);
		if (found > 0) pairs.push([found, at, place]);
	}));
	pairs.sort((a, b) => b[0] - a[0]);
	const takenFew = new Map<number, number>();
	const takenMany = new Set<number>();
	for (const [found, at, place] of pairs) {
		if (takenFew.has(at) || takenMany.has(place)) continue;
		takenFew.set(at, found);
		takenMany.add(place);
	}
	let sum = 0;
	let all = 0;
	few.forEach((word, at) => {
		const weight = weigh(word);
		all += weight;
		sum += weight * (takenFew.get(at) ?? 0);
	});
	const left = many.filter((_, place) => !takenMany.has(place));
	const costs = left.reduce((total, word) => total + weigh(word), 0) * extra;
	const unmatched = few.filter((word, at) => !takenFew.has(at) && weigh(word) >= 0.5).length;
	// a word on each side that has no partner: they are named differently
	const conflict = unmatched > 0 ? 0.2 : 0;
	const alone = few.length === 1 && many.length > 1 ? 0.15 : 0;
	return Math.max(0, sum / all - Math.min(costs, 0.3) - conflict - alone);
}

function alikePersonWords(one: string, other: string): number {
	if (one === other) return 1;
	if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 0.85 : 0;
	// "JC" for Jean-Claude is two words by now; two letters are too few for typing errors
	if (areNicknames(one, other)) return 0.95;
	return alikeLetters(one, other, 0.7);
}

function alikeCompanyWords(one: string, other: string): number {
	if (one === other) return 1;
	if (/^\d/.test(one) || /^\d/.test(other)) return 0;
	return Math.min(one.length, other.length) <= 3 ? 0 : alikeLetters(one, other, 0.75);
}

function alikeLetters(one: string, other: string, least: number): number {
	const letters = textSimilarity(one, other);
	const swapped = isSwappedDigits(one, other) && editDistance(one, other) <= 2;
	const sounds = Math.min(one.length, other.length) > 3 && soundOf(one) === soundOf(other) && Math.abs(one.length - other.length) <= 2;
	if (swapped) return 0.95;
	if (sounds && letters >= 0.6) return Math.max(0.9, letters);
	return letters >= least ? Math.max(letters, wordSimilarity(one, other) - 0.08) : 0;
}

/** Letter by letter, as passports of the countries do it in the main (ICAO 9303 and everyday use). */
const letters = new Map<string, string>();
for (const [from, to] of [
	['абвгдезийклмнопрстуфхцчшщъыьэюяёєіїґ', 'a b v g d e z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya e e i i g'],
	['αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'],
	['აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ', 'a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h'],
	['աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ', 'a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f'],
] as const) {
	const latin = to.split(' ');
	[...from].forEach((letter, index) => letters.set(letter, latin[index] === '_' ? '' : latin[index]));
}
letters.set('ж', 'zh');

function transliterate(name: string): string {
	if (!/[\u0370-\u058f\u10a0-\u10ff]/.test(name)) return name;
	return [...name.slice(0, 200).normalize('NFKD').replace(/(?<=и)\u0306/g, '').toLowerCase()].map((letter) => letters.get(letter) ?? letter).join('');
}
