import { firstNameTitles, foldWord, isInitial, isParticle, isSuffix, isTitle } from './nameWords';

/** A person's name taken apart; each part as written, empty when there is none. */
export interface NameParts {
	title: string;
	first: string;
	middle: string;
	last: string;
	suffix: string;
	nickname: string;
}

const none: NameParts = { title: '', first: '', middle: '', last: '', suffix: '', nickname: '' };
/** More words are a sentence. */
const mostWords = 20;
const joining = /^(?:and|und|et|&|\+|og|och|en)$/i;

/**
 * Takes a whole name in Latin letters apart: `First Middle Last`, `Last, First`, with titles, suffixes and nicknames.
 * The family name begins at its last run of particles, else it is the last word, or two joined by `y`.
 * One word alone is a first name; behind a title, it is a family name.
 */
export function splitPersonName(text: string): NameParts {
	const { rest, nickname } = takeNicknames(text.replace(/\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?\u200D?/gu, ' '));
	const parts = rest.replace(/\bPh\.?\s+D\b\.?/gi, 'Ph.D.').split(/\s*[,;]\s*/).map((part) => part.trim()).filter(Boolean);
	if (parts.length === 0) return { ...none, first: text.trim() };
	const [head, ...tail] = parts.map((part) => part.split(/\s+/).slice(0, mostWords));
	const isShouted = parts[0] === parts[0].toUpperCase();
	const isTail = (words: string[], index: number) => words.every((word) => isSuffix(word, 3) || (!isShouted && index >= 0 && /^[A-Z]{2,5}$/.test(word)));
	// "Ada Lovelace, PhD, MBA" but not "Lovelace, Ada"
	if (tail.length === 0 || (withoutTitles(head).words.length > 1 && tail.every(isTail))) {
		const { title, words } = withoutTitles(head);
		const { kept, suffix } = withoutSuffixes(words, 2);
		return { ...nameInOrder(kept, title, /^\s*["“„«]/.test(text)), title, nickname, suffix: joinSuffixes(suffix, tail) };
	}
	const { title: outerTitle, words: family } = withoutTitles(head);
	const { kept: last, suffix: suffixOfLast } = withoutSuffixes(family, 1);
	const { title: innerTitle, words: given } = withoutTitles(tail[0]);
	const { kept, suffix } = withoutSuffixes(given, 1);
	// "Heide, Jürgen von der"
	let end = kept.length;
	while (end > 1 && isParticle(kept[end - 1])) end--;
	return {
		title: [outerTitle, innerTitle].filter(Boolean).join(' '),
		first: kept[0] ?? '',
		middle: kept.slice(1, end).join(' '),
		last: [...kept.slice(end), ...last].join(' '),
		suffix: joinSuffixes([...suffixOfLast, ...suffix], tail.slice(1)),
		nickname,
	};
}

function nameInOrder(words: string[], title: string, isNicknameFirst: boolean): Pick<NameParts, 'first' | 'middle' | 'last'> {
	if (words.length === 0) return { first: '', middle: '', last: '' };
	if (words.length === 1) {
		const titleWords = title.split(/\s+/);
		const isFamilyName = (title !== '' && !firstNameTitles.has(foldWord(titleWords[titleWords.length - 1]))) || isNicknameFirst;
		return isFamilyName ? { first: '', middle: '', last: words[0] } : { first: words[0], middle: '', last: '' };
	}
	// "John and Jane Smith"
	let firstWords = 1;
	while (firstWords + 1 < words.length - 1 && joining.test(words[firstWords])) firstWords += 2;
	const at = Math.max(startOfFamilyName(words), firstWords);
	return { first: words.slice(0, firstWords).join(' '), middle: words.slice(firstWords, at).join(' '), last: words.slice(at).join(' ') };
}

/** Where the family name begins: at its last run of particles, else at the last word. */
function startOfFamilyName(words: string[]): number {
	const end = words.length - 1;
	// "Juan García y Vega": the word before "y" belongs to it; "John e Smith" has an initial
	const and = words.findLastIndex((word, index) => index > 1 && index < end && /^[yei]$/.test(word) && !isInitial(words[index - 1]));
	let at = words.findLastIndex((word, index) => index > 0 && index < end && isParticle(word));
	if (and > 0 && and > at) {
		at = and - 1;
	} else if (at < 0) return Math.max(1, end);
	while (at > 1 && isParticle(words[at - 1])) at--;
	return at;
}

function withoutTitles(words: string[]): { title: string; words: string[] } {
	let from = 0;
	while (from < words.length && isTitle(words[from], words[from + 1])) {
		from++;
		// "Secretary of State Hillary Clinton", "Mr. and Mrs. Smith"
		while (/^of$/i.test(words[from] ?? '') && from + 2 < words.length) {
			from += /^the$/i.test(words[from + 1]) ? 3 : 2;
		}
		if (joining.test(words[from] ?? '') && words[from + 1] !== undefined && isTitle(words[from + 1], words[from + 2])) from++;
	}
	// the last word of all is a name: "King" alone, "John, Dr"
	if (from === words.length && words.length > 0) from--;
	// "M. Dupont" is Monsieur; "M Jones" may be Mary
	if (from === 0 && words.length === 2 && /^m\.$/i.test(words[0])) from = 1;
	return { title: words.slice(0, from).join(' '), words: words.slice(from) };
}

function withoutSuffixes(words: string[], least: number): { kept: string[]; suffix: string[] } {
	let end = words.length;
	while (end > least && isSuffix(words[end - 1], end - 1, words[end - 2])) end--;
	return { kept: words.slice(0, end), suffix: words.slice(end) };
}

function joinSuffixes(words: string[], tail: string[][]): string {
	return [words.join(' '), ...tail.map((part) => part.join(' '))].filter(Boolean).join(' ');
}

/** Nicknames in brackets, double quotes, or single quotes around whole words are no part of the name. */
function takeNicknames(text: string): { rest: string; nickname: string } {
	if (!/[("'“„«]/.test(text)) return { rest: text, nickname: '' };
	const found: string[] = [];
	const rest = text.replace(/\(([^()]{0,80})\)|["“„«]([^"“”„«»]{0,80})["”»]|(?<=^|\s)'([^']{1,40})'(?=\s|,|$)/g, (_, ...inner: (string | undefined)[]) => {
		found.push((inner.slice(0, 3).find((one) => one !== undefined) ?? '').trim());
		return ' ';
	});
	return /\p{L}/u.test(rest) ? { rest, nickname: found.filter(Boolean).join(' ') } : { rest: text.replace(/[()"“”„«»]/g, ' '), nickname: '' };
}
