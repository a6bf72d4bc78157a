import type { Scope } from '../ledger';
import { execute, flag, queryOne, type Operation } from '../operation';
import { foldForSearch, fromJson, toJson } from '../stored';

/** What is stored of a person. */
export interface StoredPerson {
	personId: string;
	fields: Record<string, string | null>;
	externalIds: Record<string, string>;
	customerStatus?: string;
	/** Owner that the known record names. */
	ownerId?: string;
	/** Epoch milliseconds. */
	at: number;
}

const searchedFields = ['fullName', 'firstName', 'lastName', 'email', 'phone', 'company', 'companyDomain', 'city'];

/** Creates a person, or gives a known one these fields; external ids are added to those it has. */
export function* writePerson({ client, test }: Scope, { personId, fields, externalIds, customerStatus, ownerId, at }: StoredPerson): Operation<void> {
	const known = yield* queryOne<{ externalIds: string }>(
		'SELECT external_ids AS "externalIds" FROM persons WHERE client = $1 AND test = $2 AND id = $3',
		[client, flag(test), personId],
	);
	yield* execute(
		`INSERT INTO persons (client, test, id, fields, email, email_key, search_text, external_ids, customer_status, owner_id, enquiries, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)
		ON CONFLICT (client, test, id) DO UPDATE SET
			fields = excluded.fields, email = excluded.email, email_key = excluded.email_key, search_text = excluded.search_text,
			external_ids = excluded.external_ids,
			customer_status = COALESCE(excluded.customer_status, persons.customer_status),
			owner_id = COALESCE(excluded.owner_id, persons.owner_id),
			updated_at = excluded.updated_at`,
		[
			client, flag(test), personId, toJson(fields),
			fields.email?.toLowerCase() ?? null, fields.emailKey ?? null, searchTextOf(fields),
			toJson({ ...(known && fromJson<Record<string, string>>(known.externalIds)), ...externalIds }),
			customerStatus ?? null, ownerId ?? null, at,
		],
	);
}

/** What a search of leads looks in, folded. */
export function searchTextOf(fields: Record<string, string | null>): string {
	return foldForSearch(searchedFields.map((field) => fields[field]).filter(Boolean).join(' '));
}

/** The fields of a normalized record that are plain text; none when it has no lead. */
export function textFieldsOf(record: unknown): Record<string, string | null> {
	const lead = partOf(record, 'lead');
	return Object.fromEntries(Object.entries(lead).filter(([, value]) => typeof value === 'string')) as Record<string, string>;
}

/** The named section of a normalized record; empty when it has none. */
export function partOf(record: unknown, name: string): Record<string, unknown> {
	const part = typeof record === 'object' && record !== null ? (record as Record<string, unknown>)[name] : undefined;
	return typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as Record<string, unknown>) : {};
}
