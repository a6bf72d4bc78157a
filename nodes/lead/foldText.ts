/** Letters that Unicode does not take apart into a base letter and a mark. */
const unfoldable: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Letters for comparison: lower case, no marks; all else stays. `Müller & Søn` gives `muller & son`. Other scripts keep their letters. */
export function foldLetters(text: string): string {
	if (isAscii(text)) return text.toLowerCase();
	// letters of the western and central European languages, one by one: several times faster than taking all apart
	if (!/[\u0250-\uffff]/.test(text)) return text.replace(/[\x80-\u024f]/g, foldLetter).toLowerCase();
	return takeApart(text);
}

const foldedLetters = new Map<string, string>();

function foldLetter(letter: string): string {
	let folded = foldedLetters.get(letter);
	if (folded === undefined) {
		folded = takeApart(letter);
		foldedLetters.set(letter, folded);
	}
	return folded;
}

function takeApart(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[ßæœøłđðþı]/g, (letter) => unfoldable[letter])
		.replace(/\p{M}+/gu, '')
		// the syllables of Korean come apart too
		.normalize('NFC');
}

/**
 * Text for comparison: folded letters, every run of anything but letters and digits one space.
 * `Téléphone*` gives `telephone`, `Müller & Söhne` gives `muller sohne`.
 */
export function foldText(text: string): string {
	const folded = foldLetters(text);
	return folded.replace(isAscii(folded) ? /[^a-z0-9]+/g : /[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Most of what forms bring: none of the rules for other letters has anything to do there. */
function isAscii(text: string): boolean {
	return !/[\u0080-\uffff]/.test(text);
}

// controls but tab and line breaks, soft hyphen, zero-width space, direction marks, tags, halves of broken pairs
const invisible = /(?![\t\n\r])\p{Cc}|[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\p{Cs}\u{E0001}-\u{E007F}]/gu;
// joiners hold emoji and Indic letters together, but have no place beside ASCII
const strayJoiner = /(?<=\p{ASCII}|^)[\u200C\u200D]+|[\u200C\u200D]+(?=\p{ASCII}|$)/gu;

/** Text without what nobody can see (controls, zero-width characters, direction marks, broken pairs), composed (NFC). */
export function removeInvisible(text: string): string {
	if (/^[\x20-\x7e\n]*$/.test(text)) return text;
	return text.replace(invisible, '').replace(strayJoiner, '').normalize('NFC');
}

/** One line: nothing invisible, every run of white space one space, none at the ends. */
export function toOneLine(text: string): string {
	if (/^[\x20-\x7e]*$/.test(text)) {
		// most of what forms bring, and quicker without a pattern
		const line = text.trim();
		return line.includes('  ') ? line.replace(/ +/g, ' ') : line;
	}
	return removeInvisible(text).replace(/\s+/g, ' ').trim();
}
