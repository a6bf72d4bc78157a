import { getCountries, getCountryCallingCode, parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { removeInvisible } from '../foldText';
import type { LeadFields, LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';

export interface PhoneReading {
	/** E.164. */
	phone: string | null;
	phoneType: LeadFields['phoneType'];
	phoneExtension: string | null;
	/** ISO 3166-1 alpha-2 of the number itself; `null` for numbers of no country. */
	country: string | null;
	/** Whether the number carried its own country code. */
	international: boolean;
	/** What was given, when no number could be read from it without doubt. */
	raw: string | null;
}

export interface PhoneInput {
	given: string | null;
	/** Country the lead gave, alpha-2. Wins over `defaultCountry`. */
	leadCountry: string | null;
	/** Country code in a field of its own, e.g. `+49`. */
	dialCode?: string | null;
	defaultCountry?: string;
}

type Reading = { number: PhoneNumber; international: boolean };

/** No number with its label and extension is longer; against hostile input. */
const longestInput = 250;

const types: Record<string, LeadFields['phoneType']> = {
	MOBILE: 'mobile', FIXED_LINE: 'landline', FIXED_LINE_OR_MOBILE: 'landlineOrMobile', TOLL_FREE: 'tollFree', PREMIUM_RATE: 'premium', VOIP: 'voip',
};

/**
 * Reads a phone number, and never gives a wrong one: what cannot be read without doubt stays `null` with its raw text.
 * The country comes from the number's own code, then the lead's country, then a dial code field, then the default.
 */
export function readPhone({ given, leadCountry, dialCode, defaultCountry }: PhoneInput): Cleaned<PhoneReading> {
	const raw = given === null ? '' : removeInvisible(given).trim();
	if (raw === '') return { value: { ...nothing }, issues: [], changes: [] };
	const country = asCountry(leadCountry) ?? countryOfDialCode(dialCode) ?? asCountry(defaultCountry);
	const assumed = asCountry(leadCountry) === undefined && countryOfDialCode(dialCode) === undefined;
	const issues: LeadIssue[] = [];
	let readings = raw.length > longestInput ? [] : readingsOf(raw, country);
	if (readings.length === 0 && raw.length <= longestInput) {
		const parts = raw.split(/[;,|]|\s\/\s|\n|\s(?:or|oder|ou|o|and|und|et|y)\s/).filter((part) => /\d{4}/.test(part.replace(/\D/g, '')));
		const first = parts.length > 1 ? parts.map((part) => readingsOf(part, country)).find((one) => one.length === 1) : undefined;
		if (first) {
			readings = first;
			issues.push({ field: 'lead.phone', code: 'PHONE_SEVERAL', message: 'Several phone numbers were given; the first readable one is kept', severity: 'info' });
		}
	}
	if (readings.length !== 1) {
		const message = readings.length > 1
			? 'The phone number can be read in two ways; it is kept as given in lead.custom.phoneRaw'
			: `The phone number could not be read${country ? '' : ' without a country'}; it is kept as given in lead.custom.phoneRaw`;
		issues.push({ field: 'lead.phone', code: readings.length > 1 ? 'PHONE_DOUBTFUL' : 'PHONE_NOT_READABLE', message, severity: 'warning' });
		return { value: { ...nothing, raw }, issues, changes: [] };
	}
	const [{ number, international }] = readings;
	if (!international && assumed && country) {
		issues.push({ field: 'lead.phone', code: 'PHONE_COUNTRY_ASSUMED', message: `The phone number has no country code; it was read as one of the default country ${country}`, severity: 'info' });
	}
	return {
		value: {
			phone: number.number,
			phoneType: types[number.getType() ?? ''] ?? 'other',
			phoneExtension: number.ext ? String(number.ext) : null,
			country: number.country ?? null,
			international,
			raw: null,
		},
		issues,
		changes: changed('lead.phone', given, number.number, international ? 'E.164' : `E.164 with country ${number.country ?? country}`),
	};
}

const nothing: PhoneReading = { phone: null, phoneType: null, phoneExtension: null, country: null, international: false, raw: null };

/** Every different valid number that the text can mean: none, one, or several. */
function readingsOf(text: string, country: CountryCode | undefined): Reading[] {
	const repaired = repair(text, country);
	if (repaired === undefined) return [];
	if (repaired.startsWith('+')) return valid(parsePhoneNumberFromString(repaired), true);
	if (!country) return [];
	const national = valid(parsePhoneNumberFromString(repaired, country), false);
	const digits = repaired.replace(/^\D+/, '');
	const international = digits.startsWith(getCountryCallingCode(country)) ? valid(parsePhoneNumberFromString(`+${digits}`), true) : [];
	const all = [...national, ...international];
	return all.length === 2 && all[0].number.number === all[1].number.number ? national : all;
}

function valid(number: PhoneNumber | undefined, international: boolean): Reading[] {
	return number?.isValid() ? [{ number, international }] : [];
}

/** What forms, sheets and people put around a number taken away; undefined when nothing dialable is left. */
function repair(given: string, country: CountryCode | undefined): string | undefined {
	let text = toAsciiDigits(given.normalize('NFKC')).replace(/[\u200B-\u200F\u2060-\u2069]/g, '').trim();
	// a number that a sheet turned into 4.47E+11 has lost digits
	if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) return undefined;
	text = text.replace(/^=?["']+|["']+$/g, '');
	text = text.replace(/^(?:tel|telefon|telephone|phone|mobile|mobil|handy|cell|fon|fax|call|whatsapp|portable|m|t|p|ph|tél|téléphone|móvil|celular)\s*(?:no|nr|number)?\s*[.:#]*\s*(?=[+(\d])/i, '');
	// spreadsheet tail of a whole number
	text = text.replace(/^(\+?\d{7,15})\.0+$/, '$1');
	text = text.replace(/\b(?:durchwahl|dw|poste|interno|int|extensión|ramal|toestel|apparaat)\b\.?\s*[:#]?\s*(?=\d{1,7}\s*$)/i, ' ext. ');
	text = text.replace(/^\(\s*(\+\s*\d{1,3})\s*\)/, '$1 ').replace(/^\(\s*00\s*(\d{1,3})\s*\)/, '+$1 ').replace(/^\++\s*(?:00)?/, '+');
	if (country === 'AU') text = text.replace(/^0011[\s-]*(?=[1-9])/, '+');
	if (!country || getCountryCallingCode(country) === '1') text = text.replace(/^011[\s-]*(?=[1-9])/, '+');
	text = text.replace(/^00[\s-]*(?=[1-9])/, '+');
	// the zero that is only dialled inside the country
	if (/^\+/.test(text)) text = text.replace(/^(\+[\d\s-]{1,6})\(\s*0\s*\)/, '$1 ');
	const letters = text.replace(/\b(?:ext|extn|extension|x)\b\.?|;ext=|[x#](?=\s*\d{1,7}\s*$)/gi, '');
	// words beside the number mean something that cannot be guessed; vanity numbers are not spelled out for the same reason
	if (/\p{L}/u.test(letters) || !/\d/.test(text)) return undefined;
	return text;
}

/** Digits of any script as 0 to 9. Decimal digits stand in runs of ten in Unicode. */
function toAsciiDigits(text: string): string {
	return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
		const code = digit.codePointAt(0) as number;
		let zero = code;
		while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
		return String(code - zero);
	});
}

function asCountry(code: string | null | undefined): CountryCode | undefined {
	return code ? getCountries().find((country) => country === code) : undefined;
}

/** The one country of a dial code such as `+49`; undefined when several share it. */
function countryOfDialCode(dialCode: string | null | undefined): CountryCode | undefined {
	const code = dialCode?.replace(/^00|\D/g, '') ?? '';
	const sharing = code === '' ? [] : getCountries().filter((country) => getCountryCallingCode(country) === code);
	// the first of a shared code is not the main one, except where the rest are islands of it
	return sharing.length === 1 ? sharing[0] : mainCountries[code];
}

const mainCountries: Partial<Record<string, CountryCode>> = { 44: 'GB', 39: 'IT', 61: 'AU', 47: 'NO', 358: 'FI', 212: 'MA', 590: 'GP', 262: 'RE' };
