import { removeInvisible } from '../foldText';
import { cutAt } from '../shorten';
import { repairMojibake } from './mojibake';

/** Longest message kept on a lead; the rest is only in the raw payload. */
export const longestMessage = 10_000;
/** Longest value of any other field. */
export const longestField = 500;

/** Entities that form tools and mail gateways leave behind; numbers are read by rule. */
const entities: Record<string, string> = {
	amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', euro: '€', pound: '£', copy: '©', reg: '®',
	trade: '™', laquo: '«', raquo: '»', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bull: '•', middot: '·', deg: '°', iexcl: '¡', iquest: '¿',
	szlig: 'ß', aelig: 'æ', AElig: 'Æ', oslash: 'ø', Oslash: 'Ø', aring: 'å', Aring: 'Å', ccedil: 'ç', Ccedil: 'Ç', ntilde: 'ñ', Ntilde: 'Ñ',
	auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', euml: 'ë', iuml: 'ï', aacute: 'á', eacute: 'é', iacute: 'í', oacute: 'ó',
	uacute: 'ú', Aacute: 'Á', Eacute: 'É', Iacute: 'Í', Oacute: 'Ó', Uacute: 'Ú', agrave: 'à', egrave: 'è', igrave: 'ì', ograve: 'ò', ugrave: 'ù',
	Agrave: 'À', Egrave: 'È', acirc: 'â', ecirc: 'ê', icirc: 'î', ocirc: 'ô', ucirc: 'û', atilde: 'ã', otilde: 'õ',
	Igrave: 'Ì', Ograve: 'Ò', Ugrave: 'Ù', Acirc: 'Â', Ecirc: 'Ê', Icirc: 'Î', Ocirc: 'Ô', Ucirc: 'Û', Atilde: 'Ã', Otilde: 'Õ', Euml: 'Ë', Iuml: 'Ï', yacute: 'ý', Yacute: 'Ý', yuml: 'ÿ', Yuml: 'Ÿ',
	scaron: 'š', Scaron: 'Š', zcaron: 'ž', Zcaron: 'Ž', ccaron: 'č', Ccaron: 'Č', oelig: 'œ', OElig: 'Œ', eth: 'ð', ETH: 'Ð', thorn: 'þ', THORN: 'Þ', lstrok: 'ł', Lstrok: 'Ł', eogon: 'ę', aogon: 'ą', sacute: 'ś', zacute: 'ź', zdot: 'ż',
	sbquo: '‚', bdquo: '„', lsaquo: '‹', rsaquo: '›', dagger: '†', Dagger: '‡', permil: '‰', sect: '§', para: '¶', cent: '¢', yen: '¥', curren: '¤', brvbar: '¦', uml: '¨', ordf: 'ª', ordm: 'º', not: '¬', macr: '¯', plusmn: '±', sup1: '¹', sup2: '²', sup3: '³',
	acute: '´', micro: 'µ', cedil: '¸', frac14: '¼', frac12: '½', frac34: '¾', times: '×', divide: '÷', minus: '−', tilde: '˜', circ: 'ˆ', fnof: 'ƒ', infin: '∞', ne: '≠', le: '≤', ge: '≥', larr: '←', uarr: '↑', rarr: '→', darr: '↓', hearts: '♥', check: '✓',
	ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwj: '', zwnj: '', lrm: '', rlm: '', commat: '@', period: '.', comma: ',', colon: ':', semi: ';', excl: '!', quest: '?', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', plus: '+', sol: '/', equals: '=', lowbar: '_', hyphen: '-', dash: '-', Tab: ' ', NewLine: '\n',
};
/** Numbers that HTML reads as Windows-1252 (HTML standard, numeric character reference end state). */
const windowsSigns = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const tagNames = 'a|abbr|b|blockquote|body|br|button|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|label|li|link|meta|ol|p|pre|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul';
const lineBreakingTag = /<(?:br|hr)\b[^<>]{0,1000}>|<\/(?:p|div|li|tr|h[1-6]|blockquote|section|ul|ol|table)\s{0,9}>/gi;
const link = /<a\b([^<>]{0,1000})>([^<>]{0,500})<\/a\s{0,9}>/gi;
const address = /\bhref\s{0,9}=\s{0,9}["']?(https?:[^"'<>\s]+)/i;
const anyTag = new RegExp(`</?(?:${tagNames})\\b[^<>]{0,1000}>`, 'gi');

/**
 * Text as a person would have typed it: misread UTF-8 mended, HTML to text, entities decoded, nothing invisible, composed (NFC),
 * line breaks as `\n`.
 * Only tags of real HTML go; `budget <5k` and `x < y` stay. A link keeps its address in brackets.
 */
export function repairText(text: string): string {
	// plain one-line text, as most fields are
	if (/^[\w .,'()/+@:-]*$/.test(text) && !text.includes('  ')) return text.trim();
	return removeInvisible(repairMojibake(decodeEntities(stripTags(removeInvisible(repairMojibake(text))))))
		.replace(/\r\n?/g, '\n')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** `repairText` for a field of one line. */
export function repairLine(text: string): string {
	return repairText(text).replace(/\s+/g, ' ');
}

/** Cuts at a whole character; `cut` tells that something was left out. */
export function cutText(text: string, longest: number): { text: string; cut: boolean } {
	if (text.length <= longest) return { text, cut: false };
	return { text: cutAt(text, longest).trimEnd(), cut: true };
}

function stripTags(text: string): string {
	if (!text.includes('<')) return text;
	return removeHidden(text)
		.replace(link, (_, attributes: string, words: string) => {
			const target = address.exec(attributes)?.[1];
			return target === undefined || target === words.trim() ? words : `${words} [${target}]`.trim();
		})
		.replace(lineBreakingTag, '\n')
		.replace(anyTag, '');
}

/** Scripts, styles and comments with all they hold. One pass, so that a hostile text costs no more than its length. */
function removeHidden(text: string): string {
	const lower = text.toLowerCase();
	const opening = /<(?:(script|style|head|title)\b|!--)/g;
	let kept = '';
	let from = 0;
	for (let match = opening.exec(lower); match; match = opening.exec(lower)) {
		const closing = match[1] ? `</${match[1]}` : '--';
		const end = lower.indexOf(closing, match.index + 4);
		const after = end < 0 ? -1 : lower.indexOf('>', end);
		// never closed: what follows may be what the lead wrote
		if (after < 0) break;
		kept += `${text.slice(from, match.index)} `;
		from = opening.lastIndex = after + 1;
	}
	return kept + text.slice(from);
}

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}\d{0,2}));/g, (whole, decimal?: string, hex?: string, named?: string) => {
		if (named !== undefined) return Object.hasOwn(entities, named) ? entities[named] : whole;
		const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
		if (code >= 0x80 && code <= 0x9f) return windowsSigns[code - 0x80];
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
