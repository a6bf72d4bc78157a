import { parse as parseDomain } from 'tldts';
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
 * One line of plain text that chat tools, mail and pages show as it is: nothing invisible, no line breaks, no mentions,
 * no markup, and `(link)` where a web address stood; cut to at most `longest` with an ellipsis. E-mail addresses stay,
 * and so do names such as `acme.com`, because firms and rules are called so.
 */
export function plainLine(text: string, longest: number): string {
	return shorten(joined(plainStart(text, longest).map(withoutAddress).map(withoutMention)), longest);
}

/** `plainLine` for free text: names of hosts become `(link)` too, for many programs make them clickable. */
export function plainWords(text: string, longest: number): string {
	return shorten(joined(plainStart(text, longest).map(withoutAddress).map(withoutHost).map(withoutMention)), longest);
}

/** The words of as much text as can be kept: a message may be a megabyte. */
function plainStart(text: string, longest: number): string[] {
	const plain = text
		.slice(0, longest * 4)
		// the bar parts link and label in a chat app's <link|label>; elsewhere it is a sign like any other
		.replace(/<[^<>]*>/g, (tag) => tag.replaceAll('|', ' '))
		.replace(/[<>`*~[\]\\]/g, ' ')
		// inside a word it is a part of a name
		.replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, ' ');
	return toOneLine(plain).split(' ');
}

const link = '(link)';

function withoutAddress(word: string): string {
	return word
		.replace(/\(?(?:[a-z][a-z0-9+.-]{0,20})?:?\/\/.*$/i, link)
		.replace(/\(?\bwww\..*$/i, link)
		.replace(/\(?(?<![\p{L}\p{N}@._-])((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?::\d{1,5})?[/?#].*$/u, (page, host: string) => (isRegistrable(host) ? link : page));
}

function withoutHost(word: string): string {
	return word.replace(/(?<![\p{L}\p{N}@._%+-])(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@])/gu, (host) => (isRegistrable(host) ? link : host));
}

/** `Node.js`, `z.B.` and a missing space after a full stop are words. */
function isRegistrable(host: string): boolean {
	return parseDomain(host).isIcann === true;
}

/** Only the sign of an address stays: a name before it and a host behind it, and none that calls a whole channel. */
function withoutMention(word: string): string {
	return word.replace(/(?<![\p{L}\p{N}._%+-])@+|@+(?!(?!(?:everyone|here|channel)\b)[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}])/giu, ' ');
}

function joined(words: string[]): string {
	return words.join(' ').replace(/ +/g, ' ').trim();
}

/** A name in single quotes, cut where it would fill the message. */
export function quote(name: string, longest = 24): string {
	return `'${shorten(name.trim(), longest)}'`;
}
