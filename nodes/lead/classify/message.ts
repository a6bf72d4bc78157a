import { removeInvisible } from '../foldText';
import { cutAt } from '../shorten';

/** What is read of a lead's message. */
export interface ReadableMessage {
	/** Without hidden characters, at most as long as asked. */
	text: string;
	/** Whether the message was longer. */
	cut: boolean;
	/** Whether it held characters that nobody types and that can smuggle instructions past a reader. */
	hidden: boolean;
}

/** Supplementary variation selectors: they carry bytes that show nothing. */
const selectors = /[\u{e0100}-\u{e01ef}]/gu;
/** Direction overrides and isolates, tag characters, those selectors. */
const smuggling = /[\u202d\u202e\u2066-\u2069\u{e0001}\u{e0020}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/u;
/** Flags of England, Scotland and Wales are honest uses of tag characters. */
const flags = /\u{1f3f4}[\u{e0061}-\u{e007a}]{5}\u{e007f}/gu;

/**
 * The message as it is read: nothing invisible, bounded length.
 *
 * @param maxCharacters - UTF-16 units, from 1.
 */
export function readableMessage(message: string | null, maxCharacters: number): ReadableMessage {
	const whole = message ?? '';
	// twice the length is enough: what is taken out of it is noise
	const start = whole.slice(0, maxCharacters * 2);
	const seen = removeInvisible(start.replace(selectors, '')).trim();
	const text = cutAt(seen, maxCharacters);
	return { text, cut: whole.length > start.length || text.length < seen.length, hidden: smuggling.test(start.replace(flags, '')) };
}

/** Whether there is at least one letter or digit: an emoji alone tells no intent. */
export function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}
