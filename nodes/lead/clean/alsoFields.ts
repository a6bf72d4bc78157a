import { alsoKey, type AlsoKind } from './comparable';
import type { ComparedFields } from './knownPerson';

/** A field that the operator wants compared, too. */
export interface AlsoField {
	/** As it stands on the lead, in `lead` or `lead.custom`; also its name in reasons. */
	name: string;
	kind: AlsoKind;
	/** Column of the known records; the name itself when absent. */
	column?: string;
}

/** Fields of a person that have no place of their own on a lead, and their usual names, folded. They are compared without being asked for. */
export const usualAlsoNames = {
	street: ['street', 'streetaddress', 'address', 'address1', 'addressline1', 'mailingstreet', 'strasse', 'straße', 'adresse', 'rue', 'direccion', 'indirizzo'],
	houseNumber: ['housenumber', 'streetnumber', 'streetno', 'hausnummer', 'numero'],
	secondStreet: ['address2', 'addressline2', 'street2', 'secondstreet'],
	dateOfBirth: ['dateofbirth', 'dob', 'birthdate', 'birthday', 'hsdateofbirth', 'geburtsdatum', 'datedenaissance', 'fechadenacimiento'],
} as const;
export type UsualAlso = keyof typeof usualAlsoNames;

/** Key under which each of them is compared. */
export const usualAlsoKeys: Record<UsualAlso, string> = {
	street: 'street', houseNumber: 'houseNumber', secondStreet: 'secondStreet', dateOfBirth: alsoKey('date', 'date of birth'),
};

/** Small letters and digits, as the usual names are written. */
export function foldColumn(name: string): string {
	let folded = foldedColumns.get(name);
	if (folded === undefined) {
		folded = name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
		if (foldedColumns.size >= mostFolded) foldedColumns.clear();
		foldedColumns.set(name, folded);
	}
	return folded;
}
const foldedColumns = new Map<string, string>();
/** Every row of a list brings the same names. */
const mostFolded = 5_000;

const longestValue = 200;

/** What a lead says in fields that have no place of their own. Values of the lead's own fields are found by their name, too. */
export function readAlsoFields(lead: object & { custom?: Record<string, unknown> }, also: readonly AlsoField[]): ComparedFields {
	const values = new Map<string, string>();
	for (const [name, value] of [...Object.entries(lead.custom ?? {}), ...Object.entries(lead)]) {
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text === 'string' && text.trim() !== '' && !values.has(foldColumn(name))) values.set(foldColumn(name), text.trim().slice(0, longestValue));
	}
	const fields: ComparedFields = {};
	for (const part of Object.keys(usualAlsoNames) as UsualAlso[]) {
		const name = usualAlsoNames[part].find((usual) => values.has(usual));
		if (name !== undefined) fields[usualAlsoKeys[part]] = values.get(name) ?? null;
	}
	for (const { name, kind } of also) {
		const value = values.get(foldColumn(name.replace(/^lead\.(?:custom\.)?/, '')));
		if (value !== undefined) fields[alsoKey(kind, name)] = value;
	}
	return fields;
}
