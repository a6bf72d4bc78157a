import type { ComparedFields } from './knownPerson';
import { fold, foldName, nationalDigits, withoutUmlauts } from './similarity';

/** One person as it is compared: every text folded and cut into words once. Empty text stands for what is unknown. */
export interface Comparable {
	/** First and last name without titles and generation words, German umlauts as one letter. */
	first: string;
	last: string;
	/** The first word of the first name as the nickname table writes it. */
	given: string;
	/** `junior`, `senior`, `2` …, or empty. */
	generation: string;
	mailbox: string;
	mailDomain: string;
	phone: string;
	isInternational: boolean;
	/** Company key, folded. */
	company: string;
	companyWords: readonly string[];
	companyDomain: string;
	/** Without its house number. */
	street: string;
	houseNumber: string;
	secondStreet: string;
	city: string;
	postalCode: string;
	region: string;
	country: string;
	/** Fields that the operator named, by their key (`also.date.birthDate`), ready to be compared. */
	also: readonly { key: string; kind: AlsoKind; value: string }[];
}

/** How a field that the operator named is compared. */
export const alsoKinds = ['text', 'number', 'date', 'code'] as const;
export type AlsoKind = (typeof alsoKinds)[number];

/** Key under which such a field stands in the compared fields, so that its kind is remembered with it. */
export function alsoKey(kind: AlsoKind, name: string): string {
	return `also.${kind}.${name}`;
}

/** A map, because a lead may be called Constructor. */
const generationWords = new Map([
	['jr', 'junior'], ['jnr', 'junior'], ['junior', 'junior'], ['sr', 'senior'], ['snr', 'senior'], ['senior', 'senior'],
	['ii', '2'], ['iii', '3'], ['iv', '4'],
]);
/** Forms of address that say nothing about who it is. */
const honorifics = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'herr', 'frau', 'mme', 'mlle', 'monsieur', 'madame', 'senor', 'senora', 'sig', 'dott']);

const prepared = new WeakMap<ComparedFields, Comparable>();

/** The fields of a person ready to be compared; asked again for the same fields, the same answer. */
export function toComparable(fields: ComparedFields): Comparable {
	let known = prepared.get(fields);
	if (!known) prepared.set(fields, (known = makeComparable(fields)));
	return known;
}

/** The same, not remembered: for long lists, of which few entries are looked at twice. */
export function makeComparable(fields: ComparedFields): Comparable {
	const name = splitName(fields);
	const mail = (fields.emailKey ?? fields.email ?? '').trim().toLowerCase().slice(0, 200);
	const at = mail.lastIndexOf('@');
	const company = fold(fields.companyKey);
	const address = splitStreet(foldName(fields.street), fold(fields.houseNumber));
	return {
		first: withoutUmlauts(name.first),
		last: withoutUmlauts(name.last),
		given: firstWord(name.first),
		generation: name.generation,
		mailbox: at > 0 ? mail.slice(0, at) : '',
		mailDomain: at > 0 ? mail.slice(at + 1) : '',
		phone: nationalDigits(fields.phone),
		isInternational: (fields.phone ?? '').startsWith('+'),
		company,
		companyWords: company === '' ? [] : company.split(' '),
		companyDomain: fields.companyDomain ?? '',
		...address,
		secondStreet: foldName(fields.secondStreet),
		city: foldName(fields.city),
		postalCode: foldName(fields.postalCode).replaceAll(' ', ''),
		// a state with its country and without are one
		region: foldName(fields.region).replace(/^[a-z]{2} (?=\S{2,3}$)/, ''),
		country: (fields.country ?? '').toLowerCase(),
		also: readAlso(fields),
	};
}

interface SplitName {
	first: string;
	last: string;
	generation: string;
}

const mayHoldGeneration = /\b(?:jn?r|sn?r|junior|senior|i{2,3}|iv)\b/i;

/** First and last name, folded, from the full name where a form has only one field or one of the two holds everything. */
function splitName({ firstName, lastName, fullName }: ComparedFields): SplitName {
	if (firstName && lastName && !mayHoldGeneration.test(firstName) && !mayHoldGeneration.test(lastName) && !(fullName && mayHoldGeneration.test(fullName))) {
		return { first: telling(firstName), last: telling(lastName), generation: '' };
	}
	const said = fold(`${fullName ?? ''} ${firstName ?? ''} ${lastName ?? ''}`).split(' ');
	const generation = said.map((word) => generationWords.get(word)).find((word) => word !== undefined) ?? '';
	if (firstName && lastName) return { first: telling(firstName), last: telling(lastName), generation };
	const only = firstName ?? lastName ?? fullName;
	const parts = (fullName ?? only ?? '').split(',').map(telling).filter(Boolean);
	if (parts.length === 2) return { first: parts[1], last: parts[0], generation };
	const words = telling(fullName || only).split(' ').filter(Boolean);
	if (words.length > 1) return { first: words.slice(0, -1).join(' '), last: words[words.length - 1], generation };
	return firstName ? { first: words.join(' '), last: '', generation } : { first: '', last: words.join(' '), generation };
}

/** `221 e 51st st` and `hauptstrasse 5a` hold their house number. */
function splitStreet(street: string, houseNumber: string): { street: string; houseNumber: string } {
	if (houseNumber !== '' || street === '') return { street, houseNumber };
	const found = /^(\d+[a-z]?) (.+)$/.exec(street) ?? /^(.+?) (\d+ ?[a-z]?)$/.exec(street);
	if (!found) return { street, houseNumber };
	return /^\d/.test(found[1]) ? { street: found[2], houseNumber: found[1] } : { street: found[1], houseNumber: found[2].replace(' ', '') };
}

function telling(name: string | null | undefined): string {
	const folded = fold(name);
	if (!folded.includes(' ')) return honorifics.has(folded) || generationWords.has(folded) ? '' : folded;
	return folded.split(' ').filter((word) => !honorifics.has(word) && !generationWords.has(word)).join(' ');
}

function firstWord(text: string): string {
	const end = text.indexOf(' ');
	return end < 0 ? text : text.slice(0, end);
}

function readAlso(fields: ComparedFields): Comparable['also'] {
	const found: { key: string; kind: AlsoKind; value: string }[] = [];
	for (const key in fields) {
		if (!key.startsWith('also.')) continue;
		const kind = key.split('.')[1] as AlsoKind;
		const value = fields[key];
		const ready = value ? readKind[kind]?.(value) ?? '' : '';
		if (ready !== '') found.push({ key, kind, value: ready });
	}
	return found;
}

const readKind: Record<AlsoKind, (value: string) => string> = {
	text: (value) => foldName(value),
	number: (value) => {
		const number = Number(value.replace(/[\s']/g, '').replace(',', '.'));
		return Number.isFinite(number) ? String(number) : '';
	},
	date: readDate,
	code: (value) => fold(value).replaceAll(' ', ''),
};

/**
 * A day as eight digits, year first: `1956-04-09`, `19560409`, `9.4.1956`, `09/04/1956` (day first, unless it can't be).
 * Digits that are no day are kept: they may hold one wrong digit.
 */
function readDate(value: string): string {
	const text = value.trim().slice(0, 40);
	const iso = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?!\d)/.exec(text);
	if (iso) return iso[1] + iso[2].padStart(2, '0') + iso[3].padStart(2, '0');
	const european = /^(\d{1,2})\D(\d{1,2})\D(\d{4})(?!\d)/.exec(text);
	if (!european) return text.replace(/\D/g, '');
	const [, one, two, year] = european;
	const [day, month] = Number(two) > 12 ? [two, one] : [one, two];
	return year + month.padStart(2, '0') + day.padStart(2, '0');
}
