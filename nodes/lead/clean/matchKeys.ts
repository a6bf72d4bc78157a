import type { HandoffRecord, LeadFields } from '../handoffRecord';
import type { ComparedFields, PersonKey } from './knownPerson';
import { nationalDigits } from './similarity';

/** Fields of a lead that are compared, and remembered of a person. */
export const comparedFields = [
	'firstName', 'lastName', 'fullName', 'email', 'emailKey', 'emailDomain', 'phone', 'phoneType', 'company', 'companyKey', 'companyDomain',
	'jobTitle', 'country', 'region', 'city', 'postalCode', 'timeZone', 'language',
] as const satisfies readonly (keyof LeadFields)[];

/** What is compared and remembered of a lead: its known fields, its consent and the first touch of its source. */
export function readComparedFields({ lead, consent, source, quality }: Pick<HandoffRecord, 'lead' | 'consent' | 'source' | 'quality'>): ComparedFields {
	const fields: ComparedFields = {};
	for (const name of comparedFields) if (typeof lead[name] === 'string') fields[name] = lead[name];
	for (const way of ['email', 'phone', 'sms'] as const) {
		if (typeof consent[way] === 'boolean') fields[`consent.${way}`] = consent[way] ? 'yes' : 'no';
	}
	const first = source.firstTouch ?? source;
	for (const part of ['source', 'medium', 'campaign'] as const) {
		if (typeof first[part] === 'string') fields[`firstTouch.${part}`] = first[part];
	}
	if (quality.flags?.roleEmail === true || quality.flags?.disposableEmail === true) fields.sharedEmail = 'yes';
	return fields;
}

/**
 * Names of mailboxes that several people read, for addresses that nobody flagged before: a flat item or a known
 * record. After RFC 2142 and everyday use in English, German, French, Spanish, Italian and Dutch.
 */
const sharedMailboxes = new Set(('accounts admin administration anfrage billing bonjour buchhaltung buero booking bookings careers ciao contact contacto'
	+ ' contatti commercial einkauf empfang enquiries enquiry facturation finance hallo hello help helpdesk hi hola hr info infos informacion'
	+ ' informatie inquiries inquiry invoices it jobs kontakt kundenservice mail marketing noreply no-reply office orders post postmaster'
	+ ' privacy purchasing reception recepcion rechnung sales secretariat sekretariat service shop support team ventas verkauf verkoop vertrieb'
	+ ' vendite webmaster welcome').split(' '));

/** Whether an address belongs to a mailbox that several people may read, or to nobody for long. */
export function isSharedEmail(fields: ComparedFields): boolean {
	if (fields.sharedEmail === 'yes') return true;
	return sharedMailboxes.has((fields.emailKey ?? '').split('@')[0].toLowerCase());
}

/** Whether a number is of a kind that always rings at a desk of many. */
export function isSharedPhone(fields: ComparedFields): boolean {
	return fields.phoneType === 'tollFree' || fields.phoneType === 'premium';
}

/**
 * Keys that prove two leads the same person when they are equal: e-mail, phone in E.164, ids in other systems.
 * A mailbox or number of many people keeps its key but only decides who is compared.
 */
export function matchKeys(fields: ComparedFields, externalIds: Record<string, string> = {}): PersonKey[] {
	const keys: PersonKey[] = [];
	if (fields.emailKey?.includes('@')) {
		keys.push({ kind: 'email', value: fields.emailKey.trim().toLowerCase(), strength: isSharedEmail(fields) ? 'block' : 'match' });
	}
	if (fields.phone?.startsWith('+') && nationalDigits(fields.phone) !== '') {
		keys.push({ kind: 'phone', value: `+${nationalDigits(fields.phone)}`, strength: isSharedPhone(fields) ? 'block' : 'match' });
	}
	for (const [system, id] of Object.entries(externalIds)) keys.push({ kind: `externalId:${system}`, value: id, strength: 'match' });
	return keys;
}
