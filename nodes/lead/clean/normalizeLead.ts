import type { CapturedLead } from '../capture/captureLead';
import { readCountry, timeZoneOfCountry } from '../country';
import {
	emptyLeadFields, recordVersion,
	type FieldChange, type HandoffRecord, type LeadFields, type LeadIssue, type ReviewEntry,
} from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { readCompany } from './company';
import { readEmail, type EmailReading } from './email';
import { detectLanguage, readLanguage } from './language';
import { readPersonName } from './personName';
import { readPhone, type PhoneReading } from './phone';
import { judgeQuality } from './quality';
import { readBudget, readRange } from './range';
import { readRegion } from './region';
import { findSpamSigns, isInjectionSuspected } from './signals';
import { cutText, longestField, longestMessage, repairLine, repairText } from './text';

/** Lead fields that a form may be required to give, with their names in sentences. */
export const requirableFields = {
	company: 'company', country: 'country', email: 'e-mail address', fullName: 'name', message: 'message', phone: 'phone number', serviceInterest: 'service interest',
} as const satisfies Partial<Record<keyof LeadFields, string>>;
export type RequirableField = keyof typeof requirableFields;

export interface NormalizeLeadInput {
	captured: CapturedLead;
	client: string;
	ids: { submissionId: string; leadId: string; personId: string };
	now: Date;
	test: boolean;
	/** Alpha-2; for phone numbers without a country. */
	defaultCountry?: string;
	/** A lead without one of these goes on, with a review entry. */
	requiredFields?: readonly RequirableField[];
	settingsVersion?: number;
}

type Read = CapturedLead['read'];
type FieldName = keyof Read['fields'];

/**
 * The clean stage: a captured form fill as a fresh handoff record, delivery outcome `first`. Never throws.
 * What can't be read stays `null` with an issue, and what was given stays in `lead.custom` or the payload.
 */
export function normalizeLead({ captured, client, ids, now, test, defaultCountry, requiredFields = [], settingsVersion }: NormalizeLeadInput): HandoffRecord {
	const issues: LeadIssue[] = [...captured.issues];
	const changes: FieldChange[] = [];
	const { lead, email } = cleanFields(captured.read, defaultCountry, { issues, changes });
	const spamSigns = findSpamSigns({ lead, honeypotFilled: captured.read.honeypotFilled });
	const flags = {
		disposableEmail: email.disposable,
		freeEmail: email.free,
		roleEmail: email.role,
		suspectedSpam: spamSigns.length > 0,
		suspectedInjection: isInjectionSuspected(lead),
	};
	if (flags.suspectedSpam) issues.push({ field: 'lead.message', code: 'SPAM_SUSPECTED', message: `This may be spam: ${spamSigns.join('; ')}`, severity: 'warning' });
	if (flags.suspectedInjection) issues.push({ field: 'lead.message', code: 'INJECTION_SUSPECTED', message: 'The text speaks to a machine; only rules should decide on this lead', severity: 'warning' });
	const missing = requiredFields.filter((name) => lead[name] === null);
	for (const name of missing) issues.push({ field: `lead.${name}`, code: 'FIELD_MISSING', message: `The form gave no usable ${requirableFields[name]}, which is required`, severity: 'warning' });
	if (lead.email === null && lead.phone === null) issues.push({ field: 'lead', code: 'NO_REPLY_PATH', message: 'There is neither a usable e-mail address nor a phone number, so nobody can answer', severity: 'error' });
	const { read } = captured;
	return {
		recordVersion,
		client,
		run: { test },
		leadId: ids.leadId,
		personId: ids.personId,
		submission: {
			id: ids.submissionId,
			key: captured.key,
			keyFromEventId: captured.keyFromEventId,
			...(captured.submittedAt === undefined ? {} : { submittedAt: captured.submittedAt }),
			receivedAt: now.toISOString(),
			formTool: read.formTool,
			...(read.formId === null ? {} : { formId: read.formId }),
			...(read.eventId === null ? {} : { eventId: read.eventId }),
			state: 'captured',
			delivery: { number: 1, outcome: 'first' },
		},
		lead,
		source: captured.source,
		consent: captured.consent,
		quality: judgeQuality({ lead, source: captured.source, flags, issues, changes }),
		review: reviewOf(issues),
		...(settingsVersion === undefined ? {} : { settingsVersion }),
	};
}

interface Notes {
	issues: LeadIssue[];
	changes: FieldChange[];
}

function cleanFields(read: Read, defaultCountry: string | undefined, notes: Notes): { lead: LeadFields; email: EmailReading } {
	const lead = emptyLeadFields();
	const take = <T>({ value, issues, changes }: Cleaned<T>): T => {
		notes.issues.push(...issues);
		notes.changes.push(...changes);
		return value;
	};
	const first = (name: FieldName) => read.fields[name]?.[0] ?? null;
	const line = (name: FieldName) => readLine(first(name), `lead.${name}`, notes);

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
	return { lead, email };
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

function readMessage(read: Read, notes: Notes): string | null {
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

function cleanCustom(read: Read): Record<string, unknown> {
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

/** What a person should look at before anybody answers; the lead goes on meanwhile. */
function reviewOf(issues: LeadIssue[]): ReviewEntry[] {
	const reasons = issues.filter((issue) => issue.severity === 'error' || issue.code === 'FIELD_MISSING').map((issue) => issue.message);
	return reasons.length === 0 ? [] : [{ stage: 'capture', reasons }];
}
