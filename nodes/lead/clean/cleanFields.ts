import type { ReadLead } from '../capture/readLead';
import { readCountry } from '../country';
import { emptyLeadFields, type FieldChange, type LeadFields, type LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { readCompany } from './company';
import { hintCountry, type CountryHint } from './countryHint';
import { readEmail, type EmailLists, type EmailReading } from './email';
import { detectLanguage, readLanguage } from './language';
import { readPersonName } from './personName';
import { readPhone, type PhoneReading } from './phone';
import { readBudget, readRange } from './range';
import { readRegion } from './region';
import { countryOfRegion } from './regions';
import { cutText, longestField, longestMessage, repairLine, repairText } from './text';
import { readTimeZone } from './timeZone';

interface Notes {
	issues: LeadIssue[];
	changes: FieldChange[];
}

/** Values by field in the order of trust, and what has no field of its own, by its label. */
export type GivenFields = Pick<ReadLead, 'fields' | 'custom'>;

/** Lead fields in standard form, and what was found on the way. */
export interface CleanedFields extends Notes {
	lead: LeadFields;
	email: EmailReading;
}

/** A longer text is not repeated in the log of changes; it stands in the payload. */
const longestLogged = 1_000;
/** More numbers or addresses of one person are a list. */
const mostTried = 5;

/**
 * Brings every field to its standard form, one way for leads and for known records. Never throws.
 * What can't be read stays `null` with an issue; a phone number and a country are then kept in `lead.custom`.
 *
 * @param defaultCountry Alpha-2; for phone numbers without a country.
 * @param emailLists What the client knows better than the lists of free and throw-away domains and shared mailboxes.
 */
export function cleanFields(read: GivenFields, defaultCountry?: string, emailLists?: EmailLists): CleanedFields {
	const lead = emptyLeadFields();
	const notes: Notes = { issues: [], changes: [] };
	const take = <T>({ value, issues, changes }: Cleaned<T>): T => {
		notes.issues.push(...issues);
		notes.changes.push(...changes);
		return value;
	};
	const first = (name: keyof GivenFields['fields']) => read.fields[name]?.[0] ?? null;
	const line = (name: keyof GivenFields['fields']) => readLine(first(name), `lead.${name}`, notes);

	const email = take(firstUsable((read.fields.email ?? []).map((given) => () => readEmail(given, emailLists)), (one) => one.email !== null) ?? readEmail(null));
	Object.assign(lead, { email: email.email, emailKey: email.emailKey, emailDomain: email.emailDomain });
	const { title, ...name } = take(readPersonName({ fullName: first('fullName'), firstName: first('firstName'), lastName: first('lastName') }));
	Object.assign(lead, name, take(readCompany({ company: first('company'), website: first('website'), emailOwnDomain: email.ownDomain })));
	lead.jobTitle = line('jobTitle');
	lead.city = line('city');
	lead.postalCode = line('postalCode');
	lead.serviceInterest = line('serviceInterest');
	lead.custom = cleanCustom(read, notes);
	if (title !== null && !('nameTitle' in lead.custom)) lead.custom.nameTitle = title;

	const place = line('country');
	const region = line('region');
	takePlace(lead, place, region, notes);
	const hint = lead.country === null ? hintCountry({ timeZone: first('timeZone'), language: first('language'), emailDomain: email.email?.split('@')[1] ?? null, website: first('website') }) : null;
	takePhone(lead, read, { hint, defaultCountry, dialCode: first('dialCode') }, notes);

	lead.message = readMessage(read, notes);
	lead.language = detectLanguage(lead.message) ?? readLanguage(first('language'));
	const clock = readTimeZone({ given: first('timeZone'), country: lead.country, region: lead.region, phone: lead.phone, isMobile: lead.phoneType === 'mobile' });
	lead.timeZone = clock.timeZone;
	lead.timeZoneBasis = clock.basis;
	if (clock.basis?.from === 'form') notes.changes.push(...changed('lead.timeZone', first('timeZone'), clock.timeZone, 'name of the IANA time zone database'));
	lead.companySize = readRange(first('companySize'));
	lead.budget = readBudget(first('budget'), lead.country);
	for (const band of ['companySize', 'budget'] as const) {
		const given = line(band);
		if (given === null) continue;
		if (lead[band] === null) lead.custom[band] = given;
		else notes.changes.push({ field: `lead.${band}`, before: given, after: JSON.stringify(lead[band]), rule: 'range of numbers' });
	}
	return { lead, email, ...notes };
}

/** The first value that gives something, else the first. */
function firstUsable<T>(readings: (() => Cleaned<T>)[], isUsable: (value: T) => boolean): Cleaned<T> | undefined {
	let first: Cleaned<T> | undefined;
	for (const reading of readings.slice(0, mostTried)) {
		const cleaned = reading();
		if (isUsable(cleaned.value)) return cleaned;
		first ??= cleaned;
	}
	return first;
}

function readLine(given: string | null, field: string, notes: Notes): string | null {
	if (given === null) return null;
	const { text, cut } = cutText(repairLine(given), longestField);
	if (cut) notes.issues.push({ field, code: 'FIELD_CUT', message: `Only the first ${longestField} characters are kept on the lead`, severity: 'warning' });
	notes.changes.push(...changed(field, cut ? text : given, text, 'text repaired'));
	return text === '' ? null : text;
}

function readMessage(read: GivenFields, notes: Notes): string | null {
	const given = (read.fields.message ?? []).join('\n\n');
	const subject = read.fields.subject?.[0] === undefined ? '' : cutText(repairLine(read.fields.subject[0]), longestField).text;
	const repaired = repairText(given);
	const { text, cut } = cutText([subject, repaired].filter(Boolean).join('\n\n'), longestMessage);
	if (cut) notes.issues.push({ field: 'lead.message', code: 'MESSAGE_CUT', message: `Only the first ${longestMessage} characters of the message are kept on the lead; the whole is in the payload`, severity: 'warning' });
	if (given !== '' && repaired !== given && !cut) {
		const isShort = given.length <= longestLogged;
		notes.changes.push({ field: 'lead.message', before: isShort ? given : `${given.length} characters, whole in the payload`, after: isShort ? repaired : `${repaired.length} characters`, rule: 'text repaired' });
	}
	return text === '' ? null : text;
}

/** Country and part of it, each from its own field, else one from the other. */
function takePlace(lead: LeadFields, place: string | null, region: string | null, notes: Notes): void {
	// "NA" is what people write for "not applicable", and Namibia
	lead.country = place === 'NA' ? null : readCountry(place);
	if (place !== null && lead.country === null) {
		const part = countryOfRegion(place);
		if (part !== null && (region === null || countryOfRegion(region) === part)) {
			lead.country = part;
			lead.region = readRegion(region ?? place, part);
			notes.changes.push(...changed('lead.country', place, part, 'ISO 3166-2: a part of the country'));
			return;
		}
		notes.issues.push({ field: 'lead.country', code: 'COUNTRY_NOT_READABLE', message: 'The country was not recognised; it is kept as given in lead.custom.countryRaw', severity: 'warning' });
		lead.custom.countryRaw = place;
	}
	notes.changes.push(...changed('lead.country', place, lead.country, 'ISO 3166-1 alpha-2'));
	const ofRegion = place === null ? countryOfRegion(region) : null;
	if (ofRegion !== null) {
		lead.country = ofRegion;
		notes.issues.push({ field: 'lead.country', code: 'COUNTRY_FROM_REGION', message: 'The form gave no country; it was taken from the state or province, which only one country has', severity: 'info' });
	}
	const part = region ?? (place !== null && lead.country === 'GB' ? place : null);
	lead.region = readRegion(part, lead.country);
	// "United Kingdom" is no region of itself
	if (region === null && !lead.region?.startsWith('GB-')) lead.region = null;
	else notes.changes.push(...changed('lead.region', part, lead.region, 'ISO 3166-2'));
}

function takePhone(lead: LeadFields, read: GivenFields, { hint, defaultCountry, dialCode }: { hint: CountryHint | null; defaultCountry?: string; dialCode: string | null }, notes: Notes): void {
	const given = [...new Set([...(read.fields.phone ?? []), ...(read.fields.mobile ?? [])])].slice(0, mostTried);
	const readings = given.map((one) => readPhone({ given: one, leadCountry: lead.country, dialCode, hint, defaultCountry }));
	const chosen = readings.find(({ value }) => value.phone !== null) ?? readings[0];
	if (chosen === undefined) return;
	const phone = chosen.value;
	notes.issues.push(...chosen.issues);
	notes.changes.push(...chosen.changes);
	Object.assign(lead, { phone: phone.phone, phoneType: phone.phoneType, phoneExtension: phone.phoneExtension });
	if (phone.raw !== null) lead.custom.phoneRaw = cutText(phone.raw, longestField).text;
	const others = new Set(readings.flatMap(({ value }) => [...(value.phone === null ? [] : [value.phone]), ...value.others]));
	others.delete(phone.phone ?? '');
	if (others.size > 0 && !('otherPhones' in lead.custom)) lead.custom.otherPhones = [...others].join(', ');
	takeCountryOfPhone(lead, phone, notes);
}

/** A number written with its country code says where the lead is, when nothing else does. */
function takeCountryOfPhone(lead: LeadFields, phone: PhoneReading, notes: Notes): void {
	if (lead.country !== null || phone.country === null || !phone.international) return;
	lead.country = phone.country;
	notes.issues.push({ field: 'lead.country', code: 'COUNTRY_FROM_PHONE', message: 'The form gave no country; it was taken from the code of the phone number', severity: 'info' });
}

function cleanCustom(read: GivenFields, notes: Notes): Record<string, unknown> {
	const custom: Record<string, unknown> = {};
	// labels were made safe when they were read
	for (const [label, value] of Object.entries(read.custom)) {
		custom[label] = typeof value === 'string' ? repairText(value) : value;
		if (typeof value === 'string' && value.length <= longestLogged) notes.changes.push(...changed(`lead.custom.${label}`, value, custom[label] as string, 'text repaired'));
	}
	return custom;
}
