/** Pairs that begin or end no syllable in any language written with these letters. */
const rarePair = /[bcdfghjklmpqrstvwxz]q|q[bcdfghjklmnprstvwxz]|[jvx][bcdfgkmpqxz]|[fghkmpqz]x|[bcdfhkmpqtwx][jv]z|zx|xz|wq|vj|jx|qk|kq|jw|wj|vq|pq/g;
/** Rows of the keyboard, as a hand runs along them. */
const keyboardRuns = /^(?:asdf\w*|sdfg\w*|dfgh\w*|fghj\w*|ghjk\w*|hjkl\w*|qwert\w*|qwer|wert{2,}y\w*|zxcv\w*|xcvb\w*|(?:asd){1,9}|(?:qwe){2,9}|(?:jkl){1,9}|([a-z])\1{4,}|(?:test){1,3}|abc{2,}|xxx+)$/i;

/**
 * Whether a word looks like nobody's language: typed at random or made by a machine, such as `wJkLmQxVbRt` or `asdfgh`.
 * Narrow on purpose: names such as `Krzysztof`, `McDonald`, `Schwarzkopf`, `Nguyen` and `YouTube` are words. Latin letters only.
 */
export function isGibberish(word: string): boolean {
	const letters = word.replace(/[^A-Za-z]/g, '');
	if (letters.length < 3 || letters.length < word.length * 0.8) return false;
	if (keyboardRuns.test(letters)) return true;
	if (letters.length < 6) return false;
	const isShouted = letters === letters.toUpperCase();
	const risesInside = letters.match(/[a-z][A-Z]/g)?.length ?? 0;
	if (letters.length >= 8 && risesInside >= 3) return true;
	const vowels = letters.match(/[aeiouy]/gi)?.length ?? 0;
	if (!isShouted && vowels === 0) return true;
	return !isShouted && (letters.toLowerCase().match(rarePair)?.length ?? 0) >= 2 && vowels / letters.length < 0.3;
}

/** Whether a text of one or more words is gibberish as a whole: at least half of its words of six letters and more, and no few of them. */
export function isGibberishText(text: string): boolean {
	const beginning = text.slice(0, 400);
	if (/[^\x20-\x7e\s]/.test(beginning)) return false;
	const words = beginning.split(/[\s,.;:!?/]+/).filter((word) => word !== '');
	if (words.length === 0) return false;
	if (words.length === 1) return isGibberish(words[0]);
	const long = words.filter((word) => word.length >= 6).slice(0, 12);
	return long.length > 0 && long.filter(isGibberish).length * 2 > long.length && long.length * 3 >= Math.min(words.length, 36);
}
