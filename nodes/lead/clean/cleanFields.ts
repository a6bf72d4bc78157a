import type { ReadLead } from '../capture/readLead';
import { readCountry, timeZoneOfCountry } from '../country';
import { emptyLeadFields, type FieldChange, type LeadFields, type LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { readCompany } from './company';
import { readEmail, type EmailReading } from './email';
import { detectLanguage, readLanguage } from './language';
import { readPersonName } from './personName';
import { readPhone, type PhoneReading } from './phone';
import { readBudget, readRange } from './range';
import { readRegion } from './region';
import { cutText, longestField, longestMessage, repairLine, repairText } from './text';

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

/**
 * Brings every field to its standard form, one way for leads and for known records. Never throws.
 * What can't be read stays `null` with an issue; a phone number and a country are then kept in `lead.custom`.
 *
 * @param defaultCountry Alpha-2; for phone numbers without a country.
 */
export function cleanFields(read: GivenFields, defaultCountry?: string): CleanedFields {
	const lead = emptyLeadFields();
	const notes: Notes = { issues: [], changes: [] };
	const take = <T>({ value, issues, changes }: Cleaned<T>): T => {
		notes.issues.push(...issues);
		notes.changes.push(...changes);
		return value;
	};
	const first = (name: keyof GivenFields['fields']) => read.fields[name]?.[0] ?? null;
	const line = (name: keyof GivenFields['fields']) => readLine(first(name), `lead.${name}`, notes);

	const email = take(firstUsable((read.fields.email ?? []).map((given) => () => readEmail(given)), (one) => one.email !== null) ?? readEmail(null));
	Object.assign(lead, { email: email.email, emailKey: email.emailKey, emailDomain: email.emailDomain });
	Object.assign(lead, take(readPersonName({ fullName: first('fullName'), firstName: first('firstName'), lastName: first('lastName') })));
	Object.assign(lead, take(readCompany({ company: first('company'), website: first('website'), emailOwnDomain: email.ownDomain })));
	lead.jobTitle = line('jobTitle');
	lead.city = line('city');
	lead.postalCode = line('postalCode');
	lead.serviceInterest = line('serviceInterest');
	lead.custom = cleanCustom(read);

	const place = line('country');
	lead.country = readCountry(place);
	if (place !== null && lead.country === null) {
		notes.issues.push({ field: 'lead.country', code: 'COUNTRY_NOT_READABLE', message: 'The country was not recognised; it is kept as given in lead.custom.countryRaw', severity: 'warning' });
		lead.custom.countryRaw = place;
	}
	notes.changes.push(...changed('lead.country', place, lead.country, 'ISO 3166-1 alpha-2'));

	const phones = [...(read.fields.phone ?? []), ...(read.fields.mobile ?? [])];
	const readOne = (given: string | null) => readPhone({ given, leadCountry: lead.country, dialCode: first('dialCode'), defaultCountry });
	const phone = take(firstUsable(phones.map((given) => () => readOne(given)), (one) => one.phone !== null) ?? readOne(null));
	Object.assign(lead, { phone: phone.phone, phoneType: phone.phoneType, phoneExtension: phone.phoneExtension });
	if (phone.raw !== null) lead.custom.phoneRaw = cutText(phone.raw, longestField).text;
	takeCountryOfPhone(lead, phone, notes);

	const region = line('region') ?? (place !== null && lead.country === 'GB' ? place : null);
	lead.region = readRegion(region, lead.country);
	// "United Kingdom" is no region of itself
	if (first('region') === null && !lead.region?.startsWith('GB-')) lead.region = null;
	else notes.changes.push(...changed('lead.region', region, lead.region, 'ISO 3166-2'));

	lead.message = readMessage(read, notes);
	lead.language = detectLanguage(lead.message) ?? readLanguage(first('language'));
	lead.timeZone = readTimeZone(first('timeZone')) ?? timeZoneOfCountry(lead.country);
	lead.companySize = readRange(first('companySize'));
	lead.budget = readBudget(first('budget'));
	for (const name of ['companySize', 'budget'] as const) {
		const given = line(name);
		if (given === null) continue;
		if (lead[name] === null) lead.custom[name] = given;
		else notes.changes.push({ field: `lead.${name}`, before: given, after: JSON.stringify(lead[name]), rule: 'range of numbers' });
	}
	return { lead, email, ...notes };
}

/** The first value that gives something, else the first. */
function firstUsable<T>(readings: (() => Cleaned<T>)[], isUsable: (value: T) => boolean): Cleaned<T> | undefined {
	let first: Cleaned<T> | undefined;
	for (const reading of readings.slice(0, 5)) {
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
	// the log names the repair and not the whole text, which stands in the payload
	if (given !== '' && repaired !== given && !cut) notes.changes.push({ field: 'lead.message', before: `${given.length} characters`, after: `${repaired.length} characters`, rule: 'text repaired' });
	return text === '' ? null : text;
}

/** A number written with its country code says where the lead is, when nothing else does. */
function takeCountryOfPhone(lead: LeadFields, phone: PhoneReading, notes: Notes): void {
	if (lead.country !== null || phone.country === null || !phone.international) return;
	lead.country = phone.country;
	notes.issues.push({ field: 'lead.country', code: 'COUNTRY_FROM_PHONE', message: 'The form gave no country; it was taken from the code of the phone number', severity: 'info' });
}

function cleanCustom(read: GivenFields): Record<string, unknown> {
	const custom: Record<string, unknown> = {};
	// labels were made safe when they were read
	for (const [label, value] of Object.entries(read.custom)) custom[label] = typeof value === 'string' ? repairText(value) : value;
	return custom;
}

function readTimeZone(given: string | null): string | null {
	const text = given?.trim() ?? '';
	if (!/^[A-Z][A-Za-z_]+\/[A-Za-z_+\-/0-9]+$/.test(text)) return null;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
	} catch {
		return null;
	}
}
