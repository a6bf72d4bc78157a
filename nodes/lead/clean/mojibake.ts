/** What the bytes 80 to 9F look like in Windows-1252 (Unicode's mapping table CP1252.TXT); five have no sign and stay controls. */
const windows = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const byteOf = new Map([...windows].map((sign, index) => [sign, 0x80 + index]));

const tail = `[\\u0080-\\u00BF${[...windows].filter((sign) => sign > '\u00BF').join('')}]`;
/** A letter of a UTF-8 sequence, one sign a byte: two, three or four of them. */
const sequences = new RegExp(`(?:[\\u00C2-\\u00DF]${tail}|[\\u00E0-\\u00EF]${tail}{2}|[\\u00F0-\\u00F4]${tail}{3})+`, 'gu');
const suspicious = new RegExp(`[\\u00C2-\\u00F4]${tail}`, 'u');
/** Beginnings that only misread text has: Latin letters and the signs of typography. */
const strong = new RegExp(`[ÂÃ]${tail}|â[€‚„\\u0080\\u0082\\u0084]${tail}|ð\\u0178${tail}`, 'u');
/** `AMANHÃ”`: a capital at the end of a shouted quotation. */
const endOfQuote = /\p{Lu}$/u;

const decoder = new TextDecoder('utf-8', { fatal: true });
/** Text that went through three wrong hands is rare, more is noise. */
const mostRounds = 3;

/**
 * Text whose UTF-8 was read as Windows-1252 or Latin-1, once or several times, as it was meant: `MÃ¼ller` gives `Müller`.
 * Only whole, valid sequences change, and letters that also stand together in real text (`ß»`) only beside sure signs.
 */
export function repairMojibake(given: string): string {
	let text = given;
	for (let round = 0; round < mostRounds; round++) {
		if (!suspicious.test(text)) return text;
		const isSure = strong.test(text);
		const repaired = text.replace(sequences, (sequence, at: number) => {
			const isWeak = !strong.test(sequence) && !(isSure || [...sequence].length >= 4);
			if (isWeak || isEndOfQuote(text, sequence, at)) return sequence;
			return decode(sequence) ?? sequence;
		});
		if (repaired === text) return text;
		text = repaired;
	}
	return text;
}

function isEndOfQuote(text: string, sequence: string, at: number): boolean {
	const after = text[at + sequence.length] ?? ' ';
	return /^[ÂÃ][”“’‘»…–—]$/u.test(sequence) && endOfQuote.test(text.slice(Math.max(0, at - 1), at)) && !/\p{L}/u.test(after);
}

function decode(sequence: string): string | undefined {
	const bytes = new Uint8Array(sequence.length);
	for (let index = 0; index < sequence.length; index++) {
		const code = byteOf.get(sequence[index]) ?? sequence.charCodeAt(index);
		if (code > 0xff) return undefined;
		bytes[index] = code;
	}
	try {
		return decoder.decode(bytes);
	} catch {
		return undefined;
	}
}
