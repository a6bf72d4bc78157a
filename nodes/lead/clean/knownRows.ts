import { isObject } from '../isObject';
import { foldColumn, usualAlsoKeys, usualAlsoNames, type AlsoField, type UsualAlso } from './alsoFields';
import type { GivenFields } from './cleanFields';
import { alsoKey } from './comparable';
import { cleanComparedFields } from './comparedFields';
import type { ComparedFields, KnownPerson } from './knownPerson';
import { readPlainFields } from './quickFields';

/** What a column of a known record can hold. */
export const rowParts = [
	'id', 'email', 'phone', 'firstName', 'lastName', 'fullName', 'company', 'companyAliases', 'domain', 'jobTitle', 'country', 'region', 'city', 'postalCode',
	'street', 'houseNumber', 'secondStreet', 'dateOfBirth', 'status', 'owner', 'optOut',
] as const;
export type RowPart = (typeof rowParts)[number];

/**
 * Usual names of columns, folded to small letters and digits, likeliest first. Seen in the exports and APIs of HubSpot,
 * Pipedrive, Salesforce, Zoho, Airtable and Google Contacts, and in sheets kept by hand.
 */
export const usualNames: Record<RowPart, readonly string[]> = {
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
	companyAliases: ['companyaliases', 'aliases', 'alias', 'tradingas', 'otherdomains', 'additionaldomains'],
	region: ['region', 'state', 'province', 'bundesland', 'county', 'mailingstate'],
	...usualAlsoNames,
	city: ['city', 'town', 'suburb', 'locality', 'mailingcity', 'ort', 'stadt', 'ville', 'ciudad'],
	postalCode: ['postalcode', 'postcode', 'zip', 'zipcode', 'plz', 'codepostal'],
	status: ['customerstatus', 'lifecyclestage', 'status', 'leadstatus', 'type', 'contacttype'],
	owner: ['ownerid', 'hubspotownerid', 'owner', 'existingowner', 'accountowner', 'assignedto', 'contactowner', 'responsible'],
	optOut: ['optout', 'unsubscribed', 'hasoptedoutofemail', 'hsemailoptout', 'emailoptout', 'donotcontact', 'donotemail'],
};

/** Parts that are cleaned like the field of a form. */
const formFields = {
	email: 'email', phone: 'phone', firstName: 'firstName', lastName: 'lastName', fullName: 'fullName', company: 'company', domain: 'website', jobTitle: 'jobTitle',
	country: 'country', region: 'region', city: 'city', postalCode: 'postalCode',
} as const satisfies Partial<Record<RowPart, keyof GivenFields['fields']>>;
const formParts = Object.keys(formFields) as (keyof typeof formFields)[];
const alsoParts = Object.keys(usualAlsoKeys) as UsualAlso[];

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

const noAlso: readonly AlsoField[] = [];

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
	/** Fields that the operator wants compared, too. */
	also?: readonly AlsoField[];
	/** Whether the column of full names holds companies; see `holdsCompanies`. */
	namesAreCompanies?: boolean;
}

/** A known record of any shape as a known person, cleaned like a lead; undefined when nothing in it can be compared. Never throws. */
export function readKnownRow({ row, index, mapping, defaultCountry, system, at, also = noAlso, namesAreCompanies = false }: ReadRowInput): KnownPerson | undefined {
	if (!isObject(row)) return undefined;
	const plan = planOf(row, mapping, also);
	const value = (part: string): string | null => readFirst(row, plan.get(part));
	const values: Partial<Record<keyof typeof formFields, string>> = {};
	for (const part of formParts) {
		const found = value(part);
		if (found !== null) values[part] = found;
	}
	if (namesAreCompanies && values.company === undefined && values.firstName === undefined && values.lastName === undefined) {
		values.company = values.fullName;
		delete values.fullName;
	}
	const isQuick = values.fullName === undefined && values.domain === undefined && values.region === undefined && (values.phone === undefined || values.phone.startsWith('+'));
	const fields = (isQuick ? readPlainFields(values) : undefined) ?? cleanFully(values, defaultCountry);
	if (isOptOut(value('optOut'))) fields['consent.email'] = 'no';
	for (const part of alsoParts) {
		const found = value(part);
		if (found !== null) fields[usualAlsoKeys[part]] = found;
	}
	for (const { name, kind } of also) {
		const found = value(alsoKey(kind, name));
		if (found !== null) fields[alsoKey(kind, name)] = found;
	}
	if (!fields.emailKey && !fields.phone && !fields.fullName && !fields.companyKey && !fields.companyDomain) return undefined;
	fields.recordedBy = system;
	const id = value('id');
	const status = value('status');
	const owner = value('owner');
	const aliases = value('companyAliases');
	return {
		personId: id === null ? `${system}:row-${index + 1}` : `${system}:${id}`,
		enquiries: 0,
		fields,
		externalIds: id === null ? {} : { [system]: id },
		...(status === null ? {} : { customerStatus: statuses.get(foldColumn(status)) ?? status }),
		...(owner === null ? {} : { ownerId: owner }),
		...(aliases === null ? {} : { companyAliases: aliases.toLowerCase().split(/[;,|]/).map((alias) => alias.trim()).filter(Boolean).slice(0, mostAliases) }),
		updatedAt: at,
	};
}

function cleanFully(values: Partial<Record<keyof typeof formFields, string>>, defaultCountry: string | undefined): ComparedFields {
	const given: GivenFields['fields'] = {};
	for (const part of formParts) {
		const found = values[part];
		if (found !== undefined) given[formFields[part]] = [found];
	}
	const fields = cleanComparedFields(given, defaultCountry);
	// a state that no standard knows without its country is compared as it is
	if (values.region !== undefined && !fields.region) fields.region = values.region;
	return fields;
}

/** Rows looked at to find out what a column holds. */
const mostLookedAt = 200;
const mostAliases = 20;
const institution = /\b(?:school|college|university|centers?|centres?|academy|association|foundation|church|hospital|clinic|institute|council|services|society|bank|group|studio|gmbh|ltd|limited|inc|llc|corp|company|sarl|kg|ag|bv|plc|oy|ab)\b/i;

/**
 * Whether a list's only column of names holds companies, not people: when most names have more words than people's, or a
 * word of firms and institutions. False as soon as there is a first name, a last name or a company column.
 */
export function holdsCompanies(rows: readonly unknown[], mapping: Partial<Record<RowPart, string>>): boolean {
	if (mapping.fullName !== undefined || mapping.company !== undefined) return false;
	let names = 0;
	let companies = 0;
	for (const row of rows.slice(0, mostLookedAt)) {
		if (!isObject(row)) continue;
		const plan = planOf(row, mapping, []);
		if (plan.has('firstName') || plan.has('lastName') || plan.has('company')) return false;
		const name = readFirst(row, plan.get('fullName'));
		if (name === null) continue;
		names++;
		if (name.trim().split(/\s+/).length > 3 || institution.test(name)) companies++;
	}
	return names > 0 && companies / names > 0.5;
}

/** Where a value stands: in the row itself, or in one of its wrappers. */
interface Place {
	wrapper?: string;
	column: string;
}
type Plan = Map<string, Place[]>;

/** Rows of one list mostly have the same columns: their plan is made once. */
const plans = new WeakMap<object, Map<string, Plan>>();
const mostPlans = 100;
/** The plan of the row before: the next one mostly has the same columns. */
let last: { keys: string[]; mapping: object; also: readonly AlsoField[]; plan: Plan } | undefined;

function planOf(row: Record<string, unknown>, mapping: Partial<Record<RowPart, string>>, also: readonly AlsoField[]): Plan {
	let ofMapping = plans.get(mapping);
	if (!ofMapping) plans.set(mapping, (ofMapping = new Map()));
	const keys = Object.keys(row);
	if (last?.mapping === mapping && last.also === also && last.keys.length === keys.length && keys.every((key, at) => key === last?.keys[at] && !wrappers.includes(key))) return last.plan;
	const inner = wrappers.filter((wrapper) => Object.hasOwn(row, wrapper) && isObject(row[wrapper]) && !isSalesforceType(row[wrapper]));
	const columns: Place[] = [
		...keys.slice(0, mostColumns).map((column) => ({ column })),
		...inner.flatMap((wrapper) => Object.keys(row[wrapper] as object).slice(0, mostColumns).map((column) => ({ wrapper, column }))),
	];
	const signature = JSON.stringify([columns.map(({ wrapper, column }) => (wrapper === undefined ? column : `${wrapper}.${column}`)), also]);
	let plan = ofMapping.get(signature);
	if (!plan) {
		if (ofMapping.size >= mostPlans) ofMapping.clear();
		ofMapping.set(signature, (plan = makePlan(columns, mapping, also)));
	}
	if (inner.length === 0) last = { keys, mapping, also, plan };
	return plan;
}

function makePlan(columns: Place[], mapping: Partial<Record<RowPart, string>>, also: readonly AlsoField[]): Plan {
	const byName = new Map<string, Place[]>();
	for (const place of columns) {
		const name = foldColumn(place.column);
		byName.set(name, [...(byName.get(name) ?? []), place]);
	}
	const plan: Plan = new Map();
	const put = (part: string, names: readonly string[]): void => {
		const places = names.flatMap((name) => byName.get(name) ?? []);
		if (places.length > 0) plan.set(part, places);
	};
	for (const part of rowParts) put(part, mapping[part] === undefined ? usualNames[part] : [foldColumn(mapping[part])]);
	for (const { name, kind, column } of also) put(alsoKey(kind, name), [foldColumn(column ?? name)]);
	return plan;
}

/** The first of several columns that says something. */
function readFirst(row: Record<string, unknown>, places: readonly Place[] | undefined): string | null {
	for (const { wrapper, column } of places ?? []) {
		const holder = wrapper === undefined ? row : row[wrapper] as Record<string, unknown>;
		const found = readValue(holder[column]);
		if (found !== null) return found;
	}
	return null;
}

/** Salesforce says in `attributes` what kind of record it gives: that is nothing of the person. */
function isSalesforceType(inner: unknown): boolean {
	return isObject(inner) && typeof inner.type === 'string' && typeof inner.url === 'string' && Object.keys(inner).length === 2;
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
