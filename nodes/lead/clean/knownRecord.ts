import { createHash } from 'node:crypto';
import type { Member } from '../settings/clientSettings';
import type { KnownPerson, PersonKey } from './knownPerson';
import { readKnownRow, type ReadRowInput } from './knownRows';
import { keysOf } from './matchLeads';
import { isSharedEmail } from './matchKeys';
import { fold } from './similarity';
import { planMerge } from './survivorship';

/** A row of a CRM, sheet or file, ready to be remembered. */
export interface KnownRecord {
	/** The record's own id; of one without, what stands for it: its address, its number, or its name with its company. */
	recordId: string;
	person: KnownPerson;
	optedOut: boolean;
	/** Only of a mailbox that one person reads: it alone tells who an unknown record is. */
	emailKey?: string;
	/** Equal for rows that say the same of a person. */
	digest: string;
}

/**
 * Reads one row. Undefined when it holds nothing to know a person by: no name, e-mail or phone. Never throws.
 * An owner named by address or name becomes the member's id; ids of a CRM stay, rules and routing know both.
 */
export function readKnownRecord(input: ReadRowInput, members: readonly Pick<Member, 'id' | 'name' | 'email'>[]): KnownRecord | undefined {
	const person = readKnownRow(input);
	if (!person) return undefined;
	const ownerId = person.ownerId === undefined ? undefined : ownerOf(person.ownerId, members);
	const said = { fields: person.fields, customerStatus: person.customerStatus ?? null, ownerId: ownerId ?? null };
	const { emailKey } = person.fields;
	return {
		recordId: person.externalIds[input.system] ?? standIn(person),
		person: { ...person, ...(ownerId === undefined ? {} : { ownerId }) },
		optedOut: person.fields['consent.email'] === 'no',
		...(emailKey?.includes('@') && !isSharedEmail(person.fields) ? { emailKey: emailKey.trim().toLowerCase() } : {}),
		digest: createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22),
	};
}

/** What is remembered of the record's person from now on, and under which keys. */
export interface RememberedRecord {
	personId: string;
	fields: KnownPerson['fields'];
	externalIds: Record<string, string>;
	customerStatus?: string;
	ownerId?: string;
	keys: PersonKey[];
}

/**
 * Joins a record with the person it belongs to. Owner and status are the record's; of the fields, what the person's own
 * enquiries said goes before the record, and the record goes before an older load of it. An opt-out of either side stays.
 */
export function joinKnownRecord({ person }: KnownRecord, known: KnownPerson | undefined, newPersonId: string): RememberedRecord {
	if (!known) {
		const { fields, externalIds, customerStatus, ownerId } = person;
		return { personId: newPersonId, fields, externalIds, customerStatus, ownerId, keys: keysOf(fields, externalIds) };
	}
	const { fields } = known.enquiries > 0 ? planMerge(person.fields, known.fields) : planMerge(known.fields, person.fields);
	const externalIds = { ...known.externalIds, ...person.externalIds };
	return { personId: known.personId, fields, externalIds, customerStatus: person.customerStatus, ownerId: person.ownerId, keys: keysOf(fields, externalIds) };
}

function ownerOf(given: string, members: readonly Pick<Member, 'id' | 'name' | 'email'>[]): string {
	const folded = given.trim().toLowerCase();
	return members.find(({ email, name }) => email?.toLowerCase() === folded || name.toLowerCase() === folded)?.id ?? given;
}

function standIn({ fields }: KnownPerson): string {
	if (fields.emailKey) return `email:${fields.emailKey}`;
	if (fields.phone) return `phone:${fields.phone}`;
	return `name:${fold(fields.fullName)}|${fold(fields.companyKey)}`;
}
