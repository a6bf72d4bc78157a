import { toOneLine } from './foldText';

/** The beginning of a text, at most `longest` UTF-16 units, without half a character at its end. */
export function cutAt(text: string, longest: number): string {
	return text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

/** The text, cut to at most `longest` UTF-16 units with an ellipsis. */
export function shorten(text: string, longest: number): string {
	return text.length <= longest ? text : `${cutAt(text, longest - 1).trimEnd()}…`;
}

/**
 * One line of plain text that a chat tool or a page shows as it is: nothing invisible, no line breaks, no angle
 * brackets or back quotes, which chat apps read as commands and markup; cut to at most `longest` with an ellipsis.
 */
export function plainLine(text: string, longest: number): string {
	// only as much as can be kept is looked at: a message may be a megabyte
	const start = text.slice(0, longest * 4);
	// the bar parts link and label in a chat app's <link|label>; elsewhere it is a sign like any other
	return shorten(toOneLine(start.replace(/<[^<>]*>/g, (tag) => tag.replaceAll('|', ' ')).replace(/[<>`]/g, ' ')), longest);
}

/** A name in single quotes, cut where it would fill the message. */
export function quote(name: string, longest = 24): string {
	return `'${shorten(name.trim(), longest)}'`;
}
