import { commonNames, english, foldCountry, inAnyLanguage, isCountryCode, isNoCountry } from './countryNames';
import { isOneSlipAway } from './oneSlip';

/** Shorter names have neighbours one slip away that mean something else (Iran, Iraq). */
const shortestWithSlip = 7;
const longestName = 200;

/** What stands before a country's name in its full title. */
const title = /^(?:the )?(?:(?:federal|federative|islamic|democratic|socialist|people s|plurinational|bolivarian|oriental|arab|co operative|cooperative|united) )*(?:republic|kingdom|commonwealth|principality|grand duchy|sultanate|federation|union|emirate|state) of (?:the )?/;

/** Names in use of the text that a title leaves, each of another country than the title means. */
const notByTitle = new Set(['china', 'korea', 'congo', 'georgia']);

/**
 * ISO 3166-1 alpha-2 of a country as people and form tools write it: name in any language of CLDR, alpha-2, alpha-3, number,
 * flag, name and code together (`Germany (DE)`), or a name with one slip that can only mean one country. `null` otherwise.
 */
export function readCountry(given: string | null): string | null {
	// what Lead Normalize writes, and so nearly every lead that a rule looks at
	if (given !== null && Object.hasOwn(english, given)) return given;
	const text = given?.trim() ?? '';
	if (text === '' || text.length > longestName) return null;
	const flag = /^([\u{1F1E6}-\u{1F1FF}])([\u{1F1E6}-\u{1F1FF}])/u.exec(text);
	if (flag) return byName(foldCountry(String.fromCodePoint(...[flag[1], flag[2]].map((letter) => (letter.codePointAt(0) as number) - 0x1f1e6 + 65))));
	if (Object.hasOwn(english, text)) return text;
	const folded = foldCountry(text);
	// "Mỹ" folds to a code, and is none
	if (folded.length <= 3 && /^[a-z]*$/.test(folded)) {
		if (/^[A-Za-z.\s]+$/.test(text)) return byCode(text.replace(/[.\s]/g, ''));
		return isCountryCode(folded) ? null : byName(folded) ?? inAnyLanguage(folded, 3) ?? null;
	}
	return byName(folded) ?? byParts(text) ?? byForeignNameOrSlip(folded);
}

/** Name of an ISO 3166-1 alpha-2 code in a language, e.g. `United Kingdom`; undefined when it is none. */
export function countryName(code: string, locale = 'en'): string | undefined {
	if (!Object.hasOwn(english, code)) return undefined;
	return locale.startsWith('en') ? [english[code]].flat()[0] : new Intl.DisplayNames(locale, { type: 'region' }).of(code);
}

function byName(folded: string): string | null {
	if (folded === '' || isNoCountry(folded)) return null;
	const names = commonNames();
	const known = names.get(folded) ?? names.get(folded.replace(/^(?:the|die|der|le|la|les|los|el|il|o) /, ''));
	if (known !== undefined) return known;
	const bare = folded.replace(title, '');
	const found = bare === folded || bare.length < 4 || notByTitle.has(bare) ? undefined : names.get(bare);
	return found ?? null;
}

/** `Nigera` is Niger in Latvian, and more often Nigeria with a slip: a name of another language counts when no slip says otherwise. */
function byForeignNameOrSlip(folded: string): string | null {
	if (isNoCountry(folded)) return null;
	const near = oneSlipFrom(folded);
	const foreign = inAnyLanguage(folded);
	if (foreign !== undefined) return [...near.keys()].every((code) => code === foreign) ? foreign : null;
	const length = folded.replaceAll(' ', '').length;
	return length >= shortestWithSlip - 1 && near.size === 1 && [...near.values()][0] >= shortestWithSlip ? [...near.keys()][0] : null;
}

/** Words of dependencies and overseas parts, folded: `Virgin Islands, U.S.` is not the United States. */
const overseas = /virgin|island|islas|isole|ilhas|iles|inseln|eiland|oyer|oyar|oarna|saint mart|sint maa|san mart|guia?n|guya?n|samoa|outlying|minor|mindre|antil/;

/** Name and code, or city and country, in one text: all parts that name a country must name the same one. */
function byParts(text: string): string | null {
	const parts = text.split(/\s*[()[\],;|/\u{1F1E6}-\u{1F1FF}]+\s*|\s+[-–—:]\s+/u).filter((part) => part.trim() !== '').slice(0, 6).map((part) => ({ part, code: /^[a-z]{2,3}$/i.test(part) ? byCode(part) : byName(foldCountry(part)) }));
	if (parts.length < 2) return null;
	// two letters alone are as often a state or a province: "Wilmington, DE", "Bologna, BO"
	const isShort = (part: string) => /^[a-z]{2}$/i.test(part) && !/^u[ks]$/i.test(part);
	const named = new Set(parts.filter(({ part, code }) => code !== null && !isShort(part)).map(({ code }) => code));
	if (named.size !== 1) return null;
	const [found] = named;
	// "Germany (FR)" means neither
	if (parts.some(({ part, code }) => isShort(part) && code !== null && code !== found && parts.length === 2)) return null;
	const unknown = parts.filter(({ code }) => code === null);
	if (unknown.length === 0) return found;
	// "Гвиана (Франция)": a part of it that has a code of its own, or an unknown remark on a name that two share
	const isRemarked = /[(（]/.test(text) || found === 'MF' || found === 'SX';
	return isRemarked || overseas.test(foldCountry(text)) ? null : found;
}

/** Codes are written in capitals or small letters: `Nga` is Russia in Vietnamese and no code. */
function byCode(text: string): string | null {
	// "no" is an answer, "NOR" is a code
	if (/^[A-Z]{3}$/.test(text)) return commonNames().get(text.toLowerCase()) ?? null;
	const isCode = text === text.toUpperCase() || text === text.toLowerCase() || text.length === 2 || /^(?:usa|uae|ger|sui|brd|drc|ksa|prc|rsa|eua)$/i.test(text);
	return isCode ? byName(text.toLowerCase()) : null;
}

/** Countries with a common name one slip away, each with the length of that name. Letters only, because a code has no slip. */
function oneSlipFrom(folded: string): Map<string, number> {
	const near = new Map<string, number>();
	const wanted = folded.replaceAll(' ', '');
	if (!/^[a-z]{4,60}$/.test(wanted)) return near;
	for (const [name, code] of commonNames()) {
		// the first letter is seldom missed
		if (name.length < 4 || name[0] !== folded[0] || Math.abs(name.length - folded.length) > 3) continue;
		const joined = name.replaceAll(' ', '');
		if (isOneSlipAway(wanted, joined)) near.set(code, Math.max(near.get(code) ?? 0, joined.length));
	}
	return near;
}
