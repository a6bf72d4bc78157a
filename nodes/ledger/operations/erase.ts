import type { Moment } from '../../lead/handoffRecord';
import type { ErasedPerson, Erasure, PersonToErase, RowCounts, SentSubmission } from '../keepLedger';
import type { Scope } from '../ledger';
import { execute, flag, inList, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toMillis } from '../stored';
import { hashesOf, hashOfSubmission, isErased, suppressionKey, type Identity } from '../suppression';
import { ledgerTables } from '../tables';
import { currentId } from './openLead';
import { countRemoved, removeRows, submissionsOf } from './removeLeads';

/** Shorter texts would be found in anything. */
const shortestTrace = 6;

/** What would go; see `KeepLedger`. */
export function* previewErasure(_: OperationContext, client: string, person: PersonToErase): Operation<Erasure> {
	return yield* eachScope(client, person, 'count');
}

/** Deletes a person; see `KeepLedger`. */
export function* erasePerson(context: OperationContext, client: string, person: PersonToErase, at: Moment): Operation<Erasure> {
	const erasure = yield* eachScope(client, person, 'delete', { context, at: toMillis(at) });
	return erasure;
}

interface Erasing {
	context: OperationContext;
	/** Epoch milliseconds. */
	at: number;
}

function* eachScope(client: string, person: PersonToErase, mode: 'count' | 'delete', erasing?: Erasing): Operation<Erasure> {
	const erasure: Erasure = { persons: [], rows: {}, executionIds: [], traces: [] };
	if (erasing) yield* suppress(erasing, client, [asGiven(person)], []);
	for (const test of [false, true]) {
		const scope = { client, test };
		const part = yield* eraseInScope(scope, yield* findPersons(scope, person), mode, erasing);
		erasure.persons.push(...part.persons);
		erasure.executionIds.push(...part.executionIds);
		erasure.traces.push(...part.traces);
		for (const [table, rows] of Object.entries(part.rows)) erasure.rows[table] = (erasure.rows[table] ?? 0) + rows;
	}
	return { ...erasure, executionIds: [...new Set(erasure.executionIds)], traces: [...new Set(erasure.traces)] };
}

/** One who was never here must not come in from a list either. */
function asGiven(person: PersonToErase): Identity {
	if ('email' in person) return { emailKey: person.email };
	if ('phone' in person) return { phone: person.phone };
	return 'system' in person ? { externalIds: { [person.system]: person.externalId } } : {};
}

function* findPersons(scope: Scope, person: PersonToErase): Operation<string[]> {
	const place = [scope.client, flag(scope.test)] as const;
	const byKey = (kind: string, value: string) => query<{ id: string }>('SELECT person_id AS id FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND value = $4', [...place, kind, value]);
	const found: { id: string }[] = [];
	if ('email' in person) {
		const email = person.email.trim().toLowerCase();
		found.push(...(yield* byKey('email', email)));
		for (const column of ['email_key', 'email']) found.push(...(yield* query<{ id: string }>(`SELECT id FROM persons WHERE client = $1 AND test = $2 AND ${column} = $3`, [...place, email])));
	} else if ('phone' in person) {
		found.push(...(yield* byKey('phone', person.phone)));
	} else if ('system' in person) {
		found.push(...(yield* byKey(`externalId:${person.system}`, person.externalId)));
	} else {
		found.push(...(yield* query<{ id: string }>(
			'SELECT person_id AS id FROM leads WHERE client = $1 AND test = $2 AND id = $3', [...place, yield* currentId(scope, 'lead', person.leadId)],
		)));
	}
	return [...new Set(found.map(({ id }) => id))];
}

/** Erases persons of one kind of leads, or counts what would go. */
export function* eraseInScope(scope: Scope, personIds: string[], mode: 'count' | 'delete', erasing?: Erasing): Operation<Erasure> {
	const persons: ErasedPerson[] = [];
	const traces: string[] = [...personIds];
	const identities: Identity[] = [];
	const leadIds: string[] = [];
	for (const personId of personIds) {
		const values = [scope.client, flag(scope.test), personId];
		const row = yield* queryOne<{ fields: string; externalIds: string }>('SELECT fields, external_ids AS "externalIds" FROM persons WHERE client = $1 AND test = $2 AND id = $3', values);
		const keys = yield* query<{ kind: string; value: string; strength: string }>(
			`SELECT kind, value, strength FROM match_keys WHERE client = $1 AND test = $2 AND person_id = $3 AND (kind IN ('email', 'phone') OR kind LIKE 'externalId:%')`, values,
		);
		const leads = yield* query<{ id: string }>('SELECT id FROM leads WHERE client = $1 AND test = $2 AND person_id = $3', values);
		const fields = row ? fromJson<Record<string, string | null>>(row.fields) : {};
		const externalIds = row ? fromJson<Record<string, string>>(row.externalIds) : {};
		persons.push({ test: scope.test, personId, leadIds: leads.map(({ id }) => id), externalIds });
		leadIds.push(...leads.map(({ id }) => id));
		identities.push(...identitiesOf(fields, externalIds, keys));
		traces.push(...[fields.email, fields.emailKey, fields.phone].flatMap((value) => value ?? []), ...keys.filter(({ kind }) => kind === 'email' || kind === 'phone').map(({ value }) => value));
	}
	const submissions = yield* submissionsOf(scope, leadIds, personIds);
	traces.push(...leadIds, ...submissions.map(({ id }) => id));
	if (erasing) {
		yield* countRemoved(scope, leadIds, 'erased');
		yield* suppress(erasing, scope.client, identities, submissions.map(({ key }) => key));
	}
	const rows: RowCounts = personIds.length === 0 ? {} : yield* removeRows(scope, { leadIds, personIds, submissionIds: submissions.map(({ id }) => id) }, mode);
	// a delivery is named by its execution first
	const executionIds = submissions.flatMap(({ delivery }) => /^(\d+)\//.exec(delivery ?? '')?.[1] ?? []);
	return { persons, rows, executionIds, traces: traces.filter((text) => text.length >= shortestTrace) };
}

/** A mailbox of many is nobody's; a number is, only where there is no address: families share one. */
function identitiesOf(fields: Record<string, string | null>, externalIds: Record<string, string>, keys: { kind: string; value: string; strength: string }[]): Identity[] {
	const own = keys.filter(({ strength }) => strength === 'match');
	const emails = [...new Set([...own.filter(({ kind }) => kind === 'email').map(({ value }) => value), ...(fields.emailKey && fields.sharedEmail !== 'yes' ? [fields.emailKey] : [])])];
	const phones = emails.length > 0 ? [] : own.filter(({ kind }) => kind === 'phone').map(({ value }) => value);
	return [...emails.map((emailKey) => ({ emailKey })), ...phones.map((phone) => ({ phone })), { externalIds }];
}

function* suppress({ context, at }: Erasing, client: string, identities: Identity[], submissionKeys: string[]): Operation<void> {
	const { id, secret } = yield* suppressionKey(context);
	const hashes = [...identities.flatMap((identity) => hashesOf(secret, client, identity)), ...submissionKeys.map((key) => hashOfSubmission(secret, client, key))];
	for (const hash of new Set(hashes)) {
		yield* execute(
			`INSERT INTO suppressed (client, hash, key_id, erased_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (client, hash) DO UPDATE SET erased_at = CASE WHEN suppressed.erased_at < excluded.erased_at THEN excluded.erased_at ELSE suppressed.erased_at END`,
			[client, hash, id, at],
		);
	}
}

/** See `KeepLedger`. */
export function* wasErased(_: OperationContext, client: string, { key, sentAt, emailKey, phone }: SentSubmission): Operation<boolean> {
	return yield* isErased(client, { emailKey, phone: emailKey ? null : phone }, { key, sentAt: toMillis(sentAt) });
}

/** Looks for texts in every column of every table; see `KeepLedger`. */
export function* findTraces(_: OperationContext, texts: string[]): Operation<RowCounts> {
	const found: RowCounts = {};
	if (texts.length === 0) return found;
	for (const { name, columns } of ledgerTables) {
		let rows = 0;
		for (let start = 0; start < texts.length; start += 16) {
			const page = inList(texts.slice(start, start + 16), 1);
			const places = page.list.split(', ');
			// the columns as one text, so that each row is looked at once for each text
			const whole = columns.map((column) => `COALESCE(CAST(${column} AS TEXT), '')`).join(` || ' ' || `);
			const row = yield* queryOne<{ rows: number }>(
				`SELECT COUNT(*) AS rows FROM (SELECT ${whole} AS whole FROM ${name}) AS read WHERE ${places.map((place) => `whole LIKE ${place} ESCAPE '\\'`).join(' OR ')}`,
				page.values.map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`),
			);
			rows += Number(row?.rows ?? 0);
		}
		if (rows > 0) found[name] = rows;
	}
	return found;
}
