import { getCountries, getCountryCallingCode, parsePhoneNumberFromString, type CountryCode, type NumberType, type PhoneNumber } from 'libphonenumber-js/max';
import type { LeadFields, LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { readPhoneText, spellOut, splitPhones, type PhoneText } from './phoneText';

/** Where the country of a number without a country code came from, most trusted first. */
export type PhoneCountryBasis = 'number' | 'lead' | 'dialCode' | 'hint' | 'default';

export interface PhoneReading {
	/** E.164. */
	phone: string | null;
	phoneType: LeadFields['phoneType'];
	phoneExtension: string | null;
	/** ISO 3166-1 alpha-2 of the number itself; `null` for numbers of no country. */
	country: string | null;
	/** Whether the number carried its own country code. */
	international: boolean;
	/** Other numbers of the same field, E.164. */
	others: string[];
	/** What was given, when no number could be read from it without doubt. */
	raw: string | null;
}

export interface PhoneInput {
	given: string | null;
	/** Country the lead gave, alpha-2. Wins over all that follows. */
	leadCountry: string | null;
	/** Country code in a field of its own, e.g. `+49`. */
	dialCode?: string | null;
	/** Country that other fields point to (state, time zone, locale, domain), alpha-2, with the field's name in words. */
	hint?: { country: string; from: string } | null;
	defaultCountry?: string;
}

/** A number that is given out, with its type. */
interface ValidNumber {
	number: PhoneNumber;
	type: NumberType;
}

interface Reading extends ValidNumber {
	international: boolean;
	extension: string | null;
}

type Readings = { found: Reading[]; problem?: 'rounded' | 'possible' | 'extension' };

const types: Record<string, LeadFields['phoneType']> = {
	MOBILE: 'mobile', FIXED_LINE: 'landline', FIXED_LINE_OR_MOBILE: 'landlineOrMobile', TOLL_FREE: 'tollFree', PREMIUM_RATE: 'premium', VOIP: 'voip',
};

const several: LeadIssue = { field: 'lead.phone', code: 'PHONE_SEVERAL', message: 'Several phone numbers were given; the first readable one is the phone, the rest stand in lead.custom.otherPhones', severity: 'info' };
const kept = 'it is kept as given in lead.custom.phoneRaw';
const problems = {
	PHONE_DOUBTFUL: `The phone number can be read in two ways; ${kept}`,
	PHONE_ROUNDED: `A spreadsheet has rounded the phone number, so digits are lost; ${kept}`,
	PHONE_NOT_IN_USE: `The phone number has the right length, but no such number is given out; ${kept}`,
	PHONE_NOT_READABLE: `The phone number could not be read; ${kept}`,
} as const;

/**
 * Reads a phone number, and never gives a wrong one: what cannot be read without doubt stays `null` with its raw text.
 * The country comes from the number's own code, then the lead's country, a dial code field, hints, the default.
 * Only valid numbers are given (length and range in the number plan); a merely possible one is told apart by its issue.
 */
export function readPhone({ given, leadCountry, dialCode, hint, defaultCountry }: PhoneInput): Cleaned<PhoneReading> {
	const raw = given?.trim() ?? '';
	if (given === null || raw === '') return { value: { ...nothing }, issues: [], changes: [] };
	const { country, basis } = chooseCountry({ leadCountry, dialCode, hint, defaultCountry });
	const issues: LeadIssue[] = [];
	const reading = readingsOf(given, country);
	const { problem } = reading;
	let { found } = reading;
	const others: string[] = [];
	if (found.length === 0 && problem !== 'extension') {
		const readable = splitPhones(given).map((part) => readingsOf(part, country).found).filter((one) => one.length === 1).map(([one]) => one);
		if (readable.length > 0) {
			found = [readable[0]];
			others.push(...new Set(readable.slice(1).map(({ number }) => String(number.number)).filter((number) => number !== readable[0].number.number)));
			issues.push({ ...several });
		}
	}
	if (found.length !== 1) {
		const code = found.length > 1 ? 'PHONE_DOUBTFUL' : problem === 'rounded' ? 'PHONE_ROUNDED' : problem === 'possible' ? 'PHONE_NOT_IN_USE' : 'PHONE_NOT_READABLE';
		const message = code === 'PHONE_NOT_READABLE' && !country ? `The phone number could not be read without a country; ${kept}` : problems[code];
		issues.push({ field: 'lead.phone', code, message, severity: 'warning' });
		return { value: { ...nothing, raw: cleanRaw(raw) }, issues, changes: [] };
	}
	const [{ number, type, international }] = found;
	let [{ extension }] = found;
	// "2125550123;2125550199": what stands behind the sign is a number of its own
	const second = extension !== null && extension.length >= 7 ? candidates({ dialled: extension, extension: null }, country).found : [];
	if (second.length === 1) {
		extension = null;
		others.push(second[0].number.number);
		issues.push({ ...several });
	}
	if (!international && country && basis === 'default') {
		issues.push({ field: 'lead.phone', code: 'PHONE_COUNTRY_ASSUMED', message: `The phone number has no country code; it was read as one of the default country ${country}`, severity: 'info' });
	} else if (!international && country && basis === 'hint') {
		issues.push({ field: 'lead.phone', code: 'PHONE_COUNTRY_HINTED', message: `The phone number has no country code; it was read as one of ${country}, which the ${hint?.from} points to`, severity: 'info' });
	}
	return {
		value: { phone: number.number, phoneType: types[type ?? ''] ?? 'other', phoneExtension: extension, country: number.country ?? null, international, others, raw: null },
		issues,
		changes: changed('lead.phone', given, number.number, international ? 'E.164' : `E.164 with country ${number.country ?? country}`),
	};
}

const nothing: PhoneReading = { phone: null, phoneType: null, phoneExtension: null, country: null, international: false, others: [], raw: null };

function chooseCountry({ leadCountry, dialCode, hint, defaultCountry }: Omit<PhoneInput, 'given'>): { country?: CountryCode; basis: PhoneCountryBasis } {
	const ways: [PhoneCountryBasis, () => CountryCode | undefined][] = [
		['lead', () => asCountry(leadCountry)], ['dialCode', () => countryOfDialCode(dialCode)], ['hint', () => asCountry(hint?.country)], ['default', () => asCountry(defaultCountry)],
	];
	for (const [basis, find] of ways) {
		const country = find();
		if (country) return { country, basis };
	}
	return { basis: 'number' };
}

/** Every different valid number that the text can mean: none, one, or several. */
function readingsOf(given: string, country: CountryCode | undefined): Readings {
	const text = readPhoneText(given);
	if ('problem' in text) return { found: [], ...(text.problem === 'words' ? {} : { problem: text.problem }) };
	const dialled = /[A-Za-z]/.test(text.dialled) ? spellOut(text.dialled) : text.dialled;
	// a whole number before the letters: they are a remark, and what it says can't be known
	if (dialled === undefined || (dialled !== text.dialled && candidates({ ...text, dialled: text.dialled.replace(/[A-Za-z].*$/, '') }, country).found.length > 0)) return { found: [] };
	const { found, isPossible } = candidates({ ...text, dialled }, country);
	return { found: found.map((one) => ({ ...one, extension: text.extension })), ...(found.length === 0 && isPossible ? { problem: 'possible' as const } : {}) };
}

function candidates({ dialled, withTrunkZero }: PhoneText, country: CountryCode | undefined): { found: Omit<Reading, 'extension'>[]; isPossible: boolean } {
	if (dialled.startsWith('+')) {
		const number = parse(dialled);
		const plain = asValid(number);
		if (plain) return { found: withDoubledCode(plain, dialled), isPossible: true };
		// "+36 (0)6 …": two digits of the trunk prefix, one of them in brackets
		const zero = withTrunkZero === undefined ? undefined : asValid(parse(withTrunkZero));
		if (zero) return { found: [{ ...zero, international: true }], isPossible: true };
		// "+44 44 20 …"
		const code = number?.countryCallingCode ?? '';
		const once = code !== '' && dialled.startsWith(`+${code}${code}`) ? asValid(parse(`+${dialled.slice(1 + code.length)}`)) : undefined;
		return { found: once ? [{ ...once, international: true }] : [], isPossible: number?.isPossible() ?? false };
	}
	if (!country) {
		// the way out of most countries (ITU-T E.164); with a country only its own one counts
		const abroad = /^00[1-9]/.test(dialled) ? parse(`+${dialled.slice(2)}`) : /^011[2-9]/.test(dialled) ? parse(`+${dialled.slice(3)}`) : undefined;
		const valid = asValid(abroad);
		return { found: valid ? [{ ...valid, international: true }] : [], isPossible: abroad?.isPossible() ?? false };
	}
	const number = parse(dialled, country);
	const national = asValid(number);
	const code = getCountryCallingCode(country);
	const wayOut = /^(?:0011|011|00|810)/.exec(dialled)?.[0];
	const isAbroad = number !== undefined && (number.countryCallingCode !== code || (wayOut !== undefined && dialled.startsWith(code, wayOut.length)));
	const found = national ? [{ ...national, international: isAbroad }] : [];
	const codedNumber = dialled.startsWith(code) ? parse(`+${dialled}`) : undefined;
	if (codedNumber && codedNumber.number !== number?.number) {
		const coded = asValid(codedNumber);
		// a landline without its zero is rare, a mobile number with its country code is not
		if (coded && found.length === 1 && coded.type === 'MOBILE' && found[0].type !== 'MOBILE') found.pop();
		if (coded) found.push({ ...coded, international: true });
	}
	return { found, isPossible: found.length > 0 || number?.isPossible() === true || codedNumber?.isPossible() === true };
}

/** `+49 49 30 …` may hold the code twice, or a place that begins like it: two readings. */
function withDoubledCode(plain: ValidNumber, dialled: string): Omit<Reading, 'extension'>[] {
	const found = [{ ...plain, international: true }];
	const code = plain.number.countryCallingCode;
	// shorter ones are real numbers of such places
	if (dialled.length < 14 || !dialled.startsWith(`+${code}${code}`)) return found;
	const once = asValid(parse(`+${dialled.slice(1 + code.length)}`));
	return once?.type === 'MOBILE' && plain.type !== 'MOBILE' ? [...found, { ...once, international: true }] : found;
}

function parse(dialled: string, country?: CountryCode): PhoneNumber | undefined {
	return parsePhoneNumberFromString(dialled, country ? { defaultCountry: country, extract: false } : { extract: false });
}

/** With this metadata a number is valid when it is of a type; asking once is half the work. */
function asValid(number: PhoneNumber | undefined): ValidNumber | undefined {
	const type = number?.getType();
	return number && type !== undefined ? { number, type } : undefined;
}

/** Controls have no place in a sheet or a message. */
function cleanRaw(raw: string): string {
	return raw.replace(/\p{Cc}+/gu, ' ').trim();
}

let countries: Set<string> | undefined;

function asCountry(code: string | null | undefined): CountryCode | undefined {
	countries ??= new Set(getCountries());
	return code && countries.has(code) ? (code as CountryCode) : undefined;
}

/** The one country of a dial code such as `+49`; undefined when several share it. */
function countryOfDialCode(dialCode: string | null | undefined): CountryCode | undefined {
	const code = dialCode?.replace(/^\s*00|\D/g, '') ?? '';
	if (code === '' || code.length > 3) return undefined;
	const sharing = getCountries().filter((country) => getCountryCallingCode(country) === code);
	// the first of a shared code is not the main one, except where the rest are islands of it
	return sharing.length === 1 ? sharing[0] : mainCountries[code];
}

const mainCountries: Partial<Record<string, CountryCode>> = { 44: 'GB', 39: 'IT', 61: 'AU', 47: 'NO', 358: 'FI', 212: 'MA', 590: 'GP', 262: 'RE' };
