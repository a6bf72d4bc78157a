import { getDomain } from 'tldts';
import { isObject } from '../isObject';
import type { KnownPerson, PersonKey } from './knownPerson';
import { blockingKeys } from './blockingKeys';
import { matchKeys } from './matchKeys';
import { foldCompany } from './similarity';

/** What a column of a known record can hold. */
export const rowParts = ['id', 'email', 'phone', 'firstName', 'lastName', 'fullName', 'company', 'domain', 'jobTitle', 'country', 'city', 'postalCode', 'status', 'owner', 'optOut'] as const;
export type RowPart = (typeof rowParts)[number];

/**
 * Usual names of columns, folded to small letters and digits, likeliest first. Seen in the exports and APIs of HubSpot,
 * Pipedrive, Salesforce, Zoho, Airtable and Google Contacts, and in sheets kept by hand.
 */
const usualNames: Record<RowPart, string[]> = {
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

/** Places inside a row where CRMs keep the fields. */
const wrappers = ['properties', 'fields', 'attributes'];

/** How wide a row is read; a row can be a whole document. */
const mostColumns = 300;
const longestValue = 500;

/** Statuses that rules are written for, by how they are found in lists. */
const statuses: Record<string, string> = {
	customer: 'customer', client: 'customer', kunde: 'customer', existingcustomer: 'customer',
	opportunity: 'openOpportunity', openopportunity: 'openOpportunity', opendeal: 'openOpportunity',
	partner: 'partner', competitor: 'competitor',
};

export interface ReadRowInput {
	row: unknown;
	/** From 0; stands in for an id where the row has none. */
	index: number;
	/** Column per part, where the usual names do not do. */
	mapping: Partial<Record<RowPart, string>>;
	/** Name of the system that the ids belong to, e.g. `hubspot`. */
	system: string;
	/** Moment that the row counts as changed. */
	at: string;
}

/** A known record of any shape as a known person; undefined when nothing in it can be compared. Never throws. */
export function readKnownRow({ row, index, mapping, system, at }: ReadRowInput): KnownPerson | undefined {
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
	const email = value('email');
	const emailKey = email !== null && /^[^\s@]+@[^\s@]+$/.test(email) ? email.toLowerCase() : null;
	const company = value('company');
	const fields = {
		email: emailKey === null ? null : email,
		emailKey,
		phone: readPhone(value('phone')),
		firstName: value('firstName'),
		lastName: value('lastName'),
		fullName: value('fullName'),
		company,
		companyKey: company === null ? null : foldCompany(company),
		companyDomain: registrableDomain(value('domain') ?? emailKey?.split('@')[1] ?? null),
		jobTitle: value('jobTitle'),
		country: value('country'),
		city: value('city'),
		postalCode: value('postalCode'),
		'consent.email': isYes(value('optOut')) ? 'no' : null,
	};
	if ([fields.emailKey, fields.phone, fields.firstName, fields.lastName, fields.fullName].every((field) => field === null)) return undefined;
	const id = value('id');
	const status = value('status');
	const owner = value('owner');
	return {
		personId: id === null ? `${system}:row-${index + 1}` : `${system}:${id}`,
		enquiries: 0,
		fields,
		externalIds: id === null ? {} : { [system]: id },
		...(status === null ? {} : { customerStatus: statuses[foldColumn(status)] ?? status }),
		...(owner === null ? {} : { ownerId: owner }),
		updatedAt: at,
	};
}

/** Keys under which a known record is found. */
export function keysOfKnown({ fields, externalIds }: KnownPerson): PersonKey[] {
	return [...matchKeys(fields, externalIds), ...blockingKeys(fields)];
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
		if (isObject(inner)) add(Object.entries(inner));
	}
	return columns;
}

/** Text or number; the first entry of a list, and `value` or `name` of an object, as CRMs give addresses and owners. */
function readValue(given: unknown): string | null {
	const one: unknown = Array.isArray(given) ? given[0] : given;
	const plain: unknown = isObject(one) ? one.value ?? one.id ?? one.name : one;
	if (typeof plain === 'number' || typeof plain === 'boolean') return String(plain);
	if (typeof plain !== 'string') return null;
	const text = plain.slice(0, longestValue).trim();
	return text === '' ? null : text;
}

/** A number as it can be compared: with a plus when it names its country, else its digits. */
function readPhone(given: string | null): string | null {
	const digits = (given ?? '').replace(/\D/g, '');
	if (given === null || digits.length < 6 || digits.length > 15) return null;
	if (given.trim().startsWith('+')) return `+${digits}`;
	return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

function registrableDomain(given: string | null): string | null {
	return given === null ? null : getDomain(given);
}

function isYes(given: string | null): boolean {
	return ['true', 'yes', '1', 'ja', 'oui', 'si', 'x'].includes((given ?? '').toLowerCase());
}

function foldColumn(name: string): string {
	return name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
