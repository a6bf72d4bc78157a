/** What is read of a lead's message. */
export interface ReadableMessage {
	/** Without hidden characters, at most as long as asked. */
	text: string;
	/** Whether the message was longer. */
	cut: boolean;
	/** Whether characters were taken out that a person cannot see, a known way to smuggle instructions. */
	hidden: boolean;
}

/** Control and format characters that show nothing: bidirectional marks, zero-width, tags, supplementary variation selectors. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;
/** Of these, what honest keyboards, emoji and copied text leave behind. */
const harmless = /[\r\u00ad\u200b-\u200f\ufeff]/g;

/**
 * The message as it is read: no characters that a person cannot see, bounded length.
 *
 * @param maxCharacters - UTF-16 units, from 1.
 */
export function readableMessage(message: string | null, maxCharacters: number): ReadableMessage {
	// twice the length is enough: what is taken out of it is noise
	const start = (message ?? '').slice(0, maxCharacters * 2);
	const seen = start.replace(unseen, '').trim();
	const hidden = unseenCount(start.replace(harmless, '')) > 0;
	const text = wellFormed(seen.slice(0, maxCharacters));
	return { text, cut: (message ?? '').length > start.length || seen.length > text.length, hidden };
}

/** Whether there is at least one letter or digit: an emoji alone tells no intent. */
export function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}

/** One line of plain text that a chat tool or a page shows as it is, without its own markup, at most `maxCharacters` long. */
export function plainLine(text: string, maxCharacters: number): string {
	const line = text.replace(unseen, '').replace(/[<>`|]/g, ' ').replace(/\s+/g, ' ').trim();
	if (line.length <= maxCharacters) return wellFormed(line);
	return `${wellFormed(line.slice(0, maxCharacters - 1)).trimEnd()}…`;
}

function unseenCount(text: string): number {
	return text.match(unseen)?.length ?? 0;
}

/** Half a character at a cut, or sent by a broken form, becomes the replacement character. */
function wellFormed(text: string): string {
	return text.replace(/[\ud800-\udbff]$/, '').replace(/\p{Cs}/gu, '\ufffd');
}
