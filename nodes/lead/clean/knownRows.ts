import { isObject } from '../isObject';
import type { GivenFields } from './cleanFields';
import { cleanComparedFields } from './comparedFields';
import type { KnownPerson } from './knownPerson';

/** What a column of a known record can hold. */
export const rowParts = ['id', 'email', 'phone', 'firstName', 'lastName', 'fullName', 'company', 'domain', 'jobTitle', 'country', 'city', 'postalCode', 'status', 'owner', 'optOut'] as const;
export type RowPart = (typeof rowParts)[number];

/**
 * Usual names of columns, folded to small letters and digits, likeliest first. Seen in the exports and APIs of HubSpot,
 * Pipedrive, Salesforce, Zoho, Airtable and Google Contacts, and in sheets kept by hand.
 */
export const usualNames: Record<RowPart, string[]> = {
	id: ['id', 'contactid', 'recordid', 'personid', 'leadid', 'customerid', 'hsobjectid', 'objectid', 'kontaktid', 'rowid'],
	email: ['email', 'emailaddress', 'mail', 'workemail', 'primaryemail', 'email1', 'email1value', 'emailkey', 'emailadresse', 'courriel', 'correo', 'correoelectronico'],
	phone: ['phone', 'phonenumber', 'mobile', 'mobilephone', 'mobilenumber', 'tel', 'telephone', 'phone1', 'phone1value', 'workphone', 'telefon', 'telefonnummer', 'handy', 'telefono', 'cell'],
	firstName: ['firstname', 'givenname', 'first', 'forename', 'vorname', 'prenom', 'nombre'],
	lastName: ['lastname', 'surname', 'familyname', 'last', 'nachname', 'apellido', 'apellidos'],
	fullName: ['fullname', 'name', 'contactname', 'displayname', 'personname', 'contact'],
	company: ['company', 'companyname', 'organization', 'organisation', 'account', 'accountname', 'orgname', 'organization1name', 'firma', 'unternehmen', 'societe', 'entreprise', 'empresa'],
	domain: ['domain', 'companydomain', 'website', 'url', 'webseite'],
	jobTitle: ['jobtitle', 'title', 'position', 'role'],
	country: ['country', 'countrycode', 'land', 'pays', 'pais'],
	city: ['city', 'town', 'ort', 'stadt', 'ville', 'ciudad'],
	postalCode: ['postalcode', 'postcode', 'zip', 'zipcode', 'plz', 'codepostal'],
	status: ['customerstatus', 'lifecyclestage', 'status', 'leadstatus', 'type', 'contacttype'],
	owner: ['ownerid', 'hubspotownerid', 'owner', 'existingowner', 'accountowner', 'assignedto', 'contactowner', 'responsible'],
	optOut: ['optout', 'unsubscribed', 'hasoptedoutofemail', 'hsemailoptout', 'emailoptout', 'donotcontact', 'donotemail'],
};

/** Parts that are cleaned like the field of a form. */
const formFields = {
	email: 'email', phone: 'phone', firstName: 'firstName', lastName: 'lastName', fullName: 'fullName', company: 'company', domain: 'website', jobTitle: 'jobTitle',
	country: 'country', city: 'city', postalCode: 'postalCode',
} as const satisfies Partial<Record<RowPart, keyof GivenFields['fields']>>;

/** Places inside a row where CRMs keep the fields. */
const wrappers = ['properties', 'fields', 'attributes'];

/** How wide a row is read; a row can be a whole document. */
const mostColumns = 300;
const longestValue = 500;

/** Statuses that rules are written for, by how they are found in lists. */
const statuses = new Map([
	['customer', 'customer'], ['client', 'customer'], ['kunde', 'customer'], ['existingcustomer', 'customer'],
	['opportunity', 'openOpportunity'], ['openopportunity', 'openOpportunity'], ['opendeal', 'openOpportunity'],
	['partner', 'partner'], ['competitor', 'competitor'],
]);

export interface ReadRowInput {
	row: unknown;
	/** From 0; stands in for an id where the row has none. */
	index: number;
	/** Column per part, where the usual names do not do. */
	mapping: Partial<Record<RowPart, string>>;
	/** Alpha-2; for phone numbers of rows that name no country. */
	defaultCountry?: string;
	/** Name of the system that the ids belong to, e.g. `hubspot`. */
	system: string;
	/** Moment that the row counts as changed. */
	at: string;
}

/** A known record of any shape as a known person, cleaned like a lead; undefined when nothing in it can be compared. Never throws. */
export function readKnownRow({ row, index, mapping, defaultCountry, system, at }: ReadRowInput): KnownPerson | undefined {
	const columns = readColumns(row);
	const value = (part: RowPart): string | null => {
		const mapped = mapping[part];
		if (mapped !== undefined) return columns.get(foldColumn(mapped)) ?? null;
		for (const name of usualNames[part]) {
			const found = columns.get(name);
			if (found !== undefined) return found;
		}
		return null;
	};
	const given: GivenFields['fields'] = {};
	for (const [part, field] of Object.entries(formFields) as [RowPart, keyof GivenFields['fields']][]) {
		const found = value(part);
		if (found !== null) given[field] = [found];
	}
	const fields = cleanComparedFields(given, defaultCountry);
	if (isOptOut(value('optOut'))) fields['consent.email'] = 'no';
	if (!fields.emailKey && !fields.phone && !fields.fullName) return undefined;
	const id = value('id');
	const status = value('status');
	const owner = value('owner');
	return {
		personId: id === null ? `${system}:row-${index + 1}` : `${system}:${id}`,
		enquiries: 0,
		fields,
		externalIds: id === null ? {} : { [system]: id },
		...(status === null ? {} : { customerStatus: statuses.get(foldColumn(status)) ?? status }),
		...(owner === null ? {} : { ownerId: owner }),
		updatedAt: at,
	};
}

/** Columns by folded name; a fold that meets another keeps the first that is not empty. */
function readColumns(row: unknown): Map<string, string> {
	const columns = new Map<string, string>();
	if (!isObject(row)) return columns;
	const add = (entries: [string, unknown][]): void => {
		for (const [name, given] of entries.slice(0, mostColumns)) {
			const text = readValue(given);
			const key = foldColumn(name);
			if (text !== null && !columns.has(key)) columns.set(key, text);
		}
	};
	add(Object.entries(row));
	for (const wrapper of wrappers) {
		const inner = Object.hasOwn(row, wrapper) ? row[wrapper] : undefined;
		if (isObject(inner) && !isSalesforceType(inner)) add(Object.entries(inner));
	}
	return columns;
}

/** Salesforce says in `attributes` what kind of record it gives: that is nothing of the person. */
function isSalesforceType(inner: Record<string, unknown>): boolean {
	return typeof inner.type === 'string' && typeof inner.url === 'string' && Object.keys(inner).length === 2;
}

/** Text or number; the first entry of a list, and `value` or `name` of an object, as CRMs give addresses and owners. */
function readValue(given: unknown): string | null {
	const one: unknown = Array.isArray(given) ? given[0] : given;
	const plain: unknown = isObject(one) ? one.value ?? one.id ?? one.name ?? one.Name : one;
	if (typeof plain === 'number' || typeof plain === 'boolean') return String(plain);
	if (typeof plain !== 'string') return null;
	const text = plain.slice(0, longestValue).trim();
	return text === '' ? null : text;
}

/** Yes in words, by a tick or by the day it was said. */
function isOptOut(given: string | null): boolean {
	return /^(?:true|t|yes|y|1|ja|j|oui|s[ií]|sim|x|✓|✔|☑|opted[ -]?out|opt[ -]?out|unsubscribed|\d{4}-\d\d-\d\d.*)$/i.test(given ?? '');
}

/** Small letters and digits, as the usual names are written. */
export function foldColumn(name: string): string {
	return name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
