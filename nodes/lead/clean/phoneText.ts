import { removeInvisible } from '../foldText';

/** A phone number as it was typed, stripped of everything but what is dialled. */
export interface PhoneText {
	/** Digits with or without a leading `+`; letters where a word stands for digits. */
	dialled: string;
	/** The same with the zero in brackets kept (`+36 (0)6 …`), where there was one. */
	withTrunkZero?: string;
	extension: string | null;
}

/** `extension`: what follows the number is longer than any extension. */
export type PhoneTextProblem = 'rounded' | 'words' | 'extension';

/** No number with its label and extension is longer; against hostile input. Counted with its white space. */
export const longestPhoneText = 250;

/** What people and forms write before a number, in the languages of the forms. */
const label = /^(?:tel(?:efon|ephone|éfono|efono|efone|efoon)?|phone|mobile?|mobil|mob|handy|cell|fon|fax|call|ph|whats\s?app|portable|téléphone|telephone|móvil|movil|celular|cellulare|mobiel|gsm|тел(?:ефон)?|моб|m|t|p|w)\s*(?:no|nr|number|nummer)?\s*[.:#]*\s*(?=[+＋(\d])/iu;
/** What stands behind a number and is no part of it. */
const kind = /[\s(,-]+(?:home|work|office|mobile?|mobil|cell|privat|geschäftlich|büro|handy|whats\s?app|direct|main)\)?$/iu;
/** A remark in brackets, e.g. `(9am-5pm)`. */
const remark = /\s*\([^()]{0,60}\p{L}[^()]{0,60}\)\s*$/u;
/** RFC 3966, section 5.1.5: where a local number is valid. */
const context = /;phone-context=(\+[\d().-]{1,20})/i;
/** Other parameters of a telephone link. */
const parameters = /;(?:isub|phone-context|a|cic|npdi|rn|tsp|[a-z]{1,12})=[^;\s]{0,80}/gi;

/**
 * Words for an extension, with the digits that may follow: 20 behind a word of its own (ITU-T E.164 has no bound; the
 * reference library reads 20), 15 behind a pause sign, 9 behind a sign that is also punctuation.
 */
const extensionWords: RegExp[] = [
	/[\s,;.]*(?:;ext=|(?:e?xt(?:ensi(?:ó|o)n?|n)?|xtn|доб(?:авочный)?|durchwahl|dw|nebenstelle|poste|interno|ramal|anexo|toestel|apparaat|wewn|klapka|linka|mellék|dahili|lok)[\s.:,]*)(\d{1,20})#?$/iu,
	/[\s,;.]*\b(?:int)[\s.:]*(\d{1,9})#?$/iu,
	/[\s,;]*(?:[x#~][\s.:]*)(\d{1,9})#?$/iu,
	/(?:,,|;)\s*(\d{1,15})#?$/u,
	/\s,\s*(\d{1,9})#?$/u,
];

/** Most numbers: digits and the signs between them. */
const plainNumber = /^(?:\+[1-9]|[\d(])[\d ()./-]*\d$/;
/** A zero in brackets, the tail of a sheet, or a code that is written twice. */
const doubtfulPlain = /\( ?0 ?\)|\.0+$|^\+.*[ -]00/;

/** What is dialled, without label, white space, look-alike signs, spreadsheet tails and extension; or why there is none. */
export function readPhoneText(given: string): PhoneText | { problem: PhoneTextProblem } {
	if (given.length > longestPhoneText) return { problem: 'words' };
	if (plainNumber.test(given) && !doubtfulPlain.test(given)) return { dialled: given.replace(/[^+\d]+/g, ''), extension: null };
	let text = /^[\x20-\x7e]+$/.test(given) ? given.trim() : toAsciiSigns(removeInvisible(given)).trim();
	text = text.replace(/^=?["'`´‘’“”]*|["'`´‘’“”]+$/g, '');
	const exponent = /^(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/i.exec(text);
	if (exponent) {
		// a sheet that shows every digit has lost none
		if ((exponent[2] ?? '').length !== Number(exponent[3]) || exponent[2] === undefined) return { problem: 'rounded' };
		text = exponent[1] + exponent[2];
	}
	text = readLink(text).replace(label, '').replace(/[\s.,;:!]+$/, '').replace(kind, '').replace(remark, '').replace(/^(\+?\d{7,15})[.,]0+$/, '$1');
	const { rest, extension, tooLong } = takeExtension(text);
	if (tooLong) return { problem: 'extension' };
	text = rest
		// "0xx 11 …": the carrier that a caller may choose in Brazil and Argentina
		.replace(/^\(?0\s?xx\s?\)?/i, (carrier) => (carrier.startsWith('(') && !carrier.endsWith(')') ? '(0' : '0'))
		.replace(/^\(\s*\+\s*(\d{1,3})\s*\)/, '+$1 ').replace(/^\(\s*00\s*(\d{1,3})\s*\)/, '00$1 ')
		.replace(/^\++\s*(?:00|011)?\s*/, '+')
		// "+44 +44 20 …", "+44 0044 20 …"
		.replace(/^\+(\d{1,3})(?:[\s-]*\+|[\s-]+00)[\s-]*\1/, '+$1 ');
	const zero = /^(\+[\d\s-]{1,6})\(\s*0\s*\)/.exec(text);
	const withTrunkZero = zero ? dial(`${zero[1]}0${text.slice(zero[0].length)}`) : undefined;
	const dialled = dial(zero ? zero[1] + text.slice(zero[0].length) : text);
	if (dialled === undefined || !/\d/.test(dialled)) return { problem: 'words' };
	return { dialled, ...(withTrunkZero === undefined ? {} : { withTrunkZero }), extension };
}

/**
 * A word that stands for digits, as on `0800 FLOWERS`, spelled out on the keys (ITU-T E.161); undefined where the letters
 * may be a remark. Three to nine letters, after an area or service code, and no whole number without them.
 */
export function spellOut(dialled: string): string | undefined {
	const letters = dialled.replace(/[^A-Za-z]/g, '').length;
	if (letters < 3 || letters > 9 || !/^\+?\d{3,}[A-Za-z]{3,}\d{0,4}$/.test(dialled)) return undefined;
	return dialled.replace(/[A-Za-z]/g, (letter) => '22233344455566677778889999'[letter.toUpperCase().charCodeAt(0) - 65]);
}

/** The parts of a field in which several numbers stand. */
export function splitPhones(given: string): string[] {
	if (given.length > longestPhoneText) return [];
	const parts = given.split(/[;,|]|\s\/{1,2}\s|\n|\s(?:or|oder|ou|o|and|und|et|y|e|of|en|bzw\.?|alt(?:ernat\w+)?:?)\s/i).map((part) => part.trim()).filter((part) => part.replace(/[^\p{Nd}]/gu, '').length >= 4);
	return parts.length > 1 ? parts : [];
}

/** `tel:` links with their context: `tel:331-6005;phone-context=+64-3` is dialled as +64 3 331 6005. */
function readLink(text: string): string {
	const at = text.toLowerCase().lastIndexOf('tel:');
	const link = at < 0 || !/^[\p{L}\s:]*$/iu.test(text.slice(0, at)) ? text : text.slice(at + 4).trim();
	if (!link.includes('=')) return link;
	const area = context.exec(link)?.[1];
	const extension = /;ext=(\d{1,25})/i.exec(link)?.[1];
	const bare = link.replace(parameters, '');
	return `${area !== undefined && !bare.startsWith('+') ? `${area} ` : ''}${bare}${extension === undefined ? '' : ` ext ${extension}`}`;
}

function takeExtension(text: string): { rest: string; extension: string | null; tooLong?: true } {
	// every extension ends in a digit or #
	if (!/[\dx#]\s*$/i.test(text)) return { rest: text, extension: null };
	for (const pattern of extensionWords) {
		const found = pattern.exec(text);
		// digits must be left to be dialled
		if (found && found.index > 0 && /\d/.test(text.slice(0, found.index))) return { rest: text.slice(0, found.index), extension: found[1] };
	}
	if (/(?:ext?n?\.?|[x#~]|,,|;)\s*\d+#?\s*$/i.test(text)) return { rest: text, extension: null, tooLong: true };
	return { rest: text.replace(/(?<=\d)\s*x\s*$/i, ''), extension: null };
}

/** Digits and a leading plus; letters stay for `spellOut`. Undefined for any sign that nobody writes into a number. */
function dial(text: string): string | undefined {
	const compact = text.replace(/[\s().\-/_[\]·•]+/g, '').replace(/[.:,;]+$/, '');
	return /^\+?[\dA-Za-z]+$/.test(compact) ? compact : undefined;
}

/** Full-width signs, dashes and the digits of any script as ASCII. Decimal digits stand in runs of ten in Unicode. */
function toAsciiSigns(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212\u30FC\uFE63\uFF0D]/g, '-')
		.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
			const code = digit.codePointAt(0) as number;
			let zero = code;
			while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
			return String(code - zero);
		});
}
