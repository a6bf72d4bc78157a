import { companyKey } from './companyKey';
import type { ComparedFields } from './knownPerson';
import { emailKey, isDisposableDomain, isFreeDomain, isRoleMailbox, registrableDomain } from './email';
import { readCountry } from '../country';

/** What a column said, as far as it is compared. */
export type PlainValues = Partial<Record<'email' | 'phone' | 'firstName' | 'lastName' | 'company' | 'country' | 'city' | 'postalCode' | 'jobTitle', string>>;

const plainEmail = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|[.+](?=[A-Za-z0-9_-]))*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const plainPhone = /^\+[1-9]\d{7,14}$/;
/** One word as names are written; anything else may hold titles, two names or another script. */
const plainName = /^\p{Lu}\p{Ll}{2,}$/u;
const plainText = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,&'’/-]*[\p{L}\p{M}\p{N}.]$/u;

/**
 * The compared fields of a record whose values stand in their standard form already, as those of most CRMs do: the same
 * that the full cleaning gives but for the kind of the phone, at a tenth of the time. Undefined when any value is not plain.
 */
export function readPlainFields(values: PlainValues): ComparedFields | undefined {
	const fields: ComparedFields = {};
	const { email, phone, firstName, lastName, company, country } = values;
	if (firstName !== undefined && lastName !== undefined) {
		if (!plainName.test(firstName) || !plainName.test(lastName) || isWord(firstName) || isWord(lastName)) return undefined;
		fields.firstName = firstName;
		fields.lastName = lastName;
		fields.fullName = `${firstName} ${lastName}`;
	} else if (firstName !== undefined || lastName !== undefined) return undefined;
	if (email !== undefined) {
		if (email.length > 100 || !plainEmail.test(email)) return undefined;
		const at = email.indexOf('@');
		const domain = readDomain(email.slice(at + 1));
		if (!domain.usable) return undefined;
		fields.email = email;
		fields.emailKey = emailKey(email);
		fields.emailDomain = domain.registrable;
		if (domain.own !== null) fields.companyDomain = domain.own;
		if (domain.disposable || isRoleMailbox(email.slice(0, at))) fields.sharedEmail = 'yes';
	}
	if (phone !== undefined) {
		if (!plainPhone.test(phone)) return undefined;
		fields.phone = phone;
	}
	if (company !== undefined) {
		// short ones may stand for "none"
		if (company.length < 5 || company.length > 100 || !plainText.test(company) || company.includes('  ')) return undefined;
		fields.company = company;
		fields.companyKey = keyOfCompany(company);
	}
	if (country !== undefined) {
		const code = readCountry(country);
		if (code === null) return undefined;
		fields.country = code;
	}
	for (const name of ['city', 'postalCode', 'jobTitle'] as const) {
		const value = values[name];
		if (value === undefined) continue;
		if (value.length > 100 || !plainText.test(value)) return undefined;
		fields[name] = value;
	}
	return fields;
}

/** Titles and the like that look like a name. */
function isWord(name: string): boolean {
	return /^(?:Herr|Frau|Prof|Miss|Mrs|Senor|Senora|Monsieur|Madame|Test|None|Null)$/.test(name);
}

interface DomainFacts {
	usable: boolean;
	registrable: string | null;
	own: string | null;
	disposable: boolean;
}

const domains = new Map<string, DomainFacts>();
const companyKeys = new Map<string, string>();
const mostRemembered = 100_000;

function readDomain(domain: string): DomainFacts {
	return remember(domains, domain, () => {
		const registrable = registrableDomain(domain);
		if (registrable === null) return { usable: false, registrable: null, own: null, disposable: false };
		const disposable = isDisposableDomain(domain) || isDisposableDomain(registrable);
		const free = isFreeDomain(domain) || isFreeDomain(registrable);
		return { usable: true, registrable, own: disposable || free ? null : registrable, disposable };
	});
}

function keyOfCompany(company: string): string {
	return remember(companyKeys, company, () => companyKey(company));
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
	let value = known.get(key);
	if (value === undefined) {
		if (known.size >= mostRemembered) known.clear();
		known.set(key, (value = make()));
	}
	return value;
}
