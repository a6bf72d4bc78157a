import type { FoundRecord, FoundRecords, RecordToFind, RecordToWrite, WriteKnownRecordsInput } from '../knownRecordsLedger';
import type { Scope } from '../ledger';
import { flag, inList, insertRows, nextNumber, query, queryOne, type Operation, type OperationContext, type SqlValue } from '../operation';
import { toJson, toMillis } from '../stored';
import { erasuresOf } from '../suppression';
import { readPersons } from './candidates';
import { addKeys } from './personKeys';
import { searchTextOf, writePerson } from './persons';

interface LoadedRow {
	recordId: string;
	personId: string;
	digest: string;
}

/** Finds the person of each record; see `KnownRecordsLedger`. */
export function* findKnownRecords(_: OperationContext, scope: Scope, system: string, records: RecordToFind[]): Operation<FoundRecords> {
	const counter = yield* queryOne<{ value: number }>(
		`SELECT value FROM counters WHERE client = $1 AND test = $2 AND name = 'match'`, [scope.client, flag(scope.test)],
	);
	if (records.length === 0) return { found: [], asOf: counter?.value ?? 0 };
	const loaded = yield* loadedRows(scope, system, records.map(({ recordId }) => recordId));
	const unknown = records.filter(({ recordId }) => !loaded.has(recordId));
	const byId = yield* personsByKey(scope, `externalId:${system}`, unknown.flatMap(({ externalIds }) => externalIds[system] ?? []));
	const byEmail = yield* personsByKey(scope, 'email', unknown.flatMap(({ emailKey }) => emailKey ?? []));
	const erasedAt = yield* erasuresOf(scope.client);

	const personOf = (record: RecordToFind): string[] => {
		const known = loaded.get(record.recordId);
		if (known) return [known.personId];
		const ofId = byId.get(record.externalIds[system] ?? '') ?? [];
		return ofId.length > 0 ? ofId : byEmail.get(record.emailKey ?? '') ?? [];
	};
	const wanted = [...new Set(records.flatMap(personOf))];
	const persons = new Map<string, Extract<FoundRecord, { status: 'known' }>['person']>();
	for (let start = 0; start < wanted.length; start += 256) {
		for (const person of yield* readPersons(scope, wanted.slice(start, start + 256))) persons.set(person.personId, person);
	}
	const found = records.map((record): FoundRecord => {
		const known = loaded.get(record.recordId);
		if (known?.digest === record.digest) return { status: 'unchanged' };
		const fitting = personOf(record).flatMap((id) => persons.get(id) ?? []).filter((person) => known !== undefined || isFree(person.externalIds[system], record.externalIds[system]));
		// several persons with one mailbox: nobody knows which of them the record is
		if (fitting.length === 1) return { status: 'known', person: fitting[0] };
		return { status: erasedAt(record) === undefined ? 'new' : 'erased' };
	});
	return { found, asOf: counter?.value ?? 0 };
}

/** Whether a person may take this record's id: one record is one person, so nobody has two ids of one system. */
function isFree(known: string | undefined, given: string | undefined): boolean {
	return known === undefined || given === undefined || known === given;
}

function* loadedRows({ client, test }: Scope, system: string, recordIds: string[]): Operation<Map<string, LoadedRow>> {
	const ids = inList(recordIds, 4);
	const rows = yield* query<LoadedRow>(
		`SELECT record_id AS "recordId", person_id AS "personId", digest FROM known_records
		WHERE client = $1 AND test = $2 AND system = $3 AND record_id IN (${ids.list})`,
		[client, flag(test), system, ...ids.values],
	);
	return new Map(rows.map((row) => [row.recordId, row]));
}

/** Persons by the value of one key that proves who they are. */
function* personsByKey({ client, test }: Scope, kind: string, values: string[]): Operation<Map<string, string[]>> {
	const persons = new Map<string, string[]>();
	if (values.length === 0) return persons;
	const wanted = inList(values, 4);
	const rows = yield* query<{ value: string; personId: string }>(
		`SELECT value, person_id AS "personId" FROM match_keys
		WHERE client = $1 AND test = $2 AND kind = $3 AND value IN (${wanted.list}) AND strength = 'match'`,
		[client, flag(test), kind, ...wanted.values],
	);
	for (const { value, personId } of rows) persons.set(value, [...(persons.get(value) ?? []), personId]);
	return persons;
}

const personColumns = [
	'client', 'test', 'id', 'fields', 'email', 'email_key', 'search_text', 'external_ids', 'customer_status', 'owner_id', 'enquiries', 'updated_at',
];
const recordColumns = ['client', 'test', 'system', 'record_id', 'person_id', 'digest', 'opted_out', 'loaded_at'];

/** Writes records; see `KnownRecordsLedger`. */
export function* writeKnownRecords(_: OperationContext, input: WriteKnownRecordsInput): Operation<boolean[]> {
	const at = toMillis(input.at);
	const place = [input.client, flag(input.test)] as const;
	// before the re-check, and its lock keeps other matches of this client out until the end
	const written = yield* nextNumber(input.client, input.test, 'match');
	const stale = yield* staleRecords(input);
	const records = input.records.filter((record) => !stale.has(record));
	const fresh = records.filter(({ expected }) => expected === undefined);
	yield* insertRows('persons', personColumns, fresh.map((record): SqlValue[] => [
		...place, record.personId, toJson(record.fields), record.fields.email?.toLowerCase() ?? null, record.fields.emailKey ?? null,
		searchTextOf(record.fields), toJson(record.externalIds), record.customerStatus ?? null, record.ownerId ?? null, 0, at,
	]));
	for (const { personId, fields, externalIds, customerStatus, ownerId } of records.filter(({ expected }) => expected !== undefined)) {
		yield* writePerson(input, { personId, fields, externalIds, customerStatus, ownerId, at });
	}
	yield* insertRows(
		'known_records', recordColumns,
		records.map((record): SqlValue[] => [...place, input.system, record.recordId, record.personId, record.digest, flag(record.optedOut), at]),
		'ON CONFLICT (client, test, system, record_id) DO UPDATE SET digest = excluded.digest, opted_out = excluded.opted_out, loaded_at = excluded.loaded_at',
	);
	yield* addKeys(input, records.map(({ personId, keys, expected }) => ({ personId, keys, fresh: expected === undefined })), written);
	return input.records.map((record) => !stale.has(record));
}

/** Records that must be found again: their person changed or is gone, or somebody with their id or mailbox was written since. */
function* staleRecords(input: WriteKnownRecordsInput): Operation<Set<RecordToWrite>> {
	const known = input.records.filter(({ expected }) => expected !== undefined);
	const place = [input.client, flag(input.test)] as const;
	const stale = new Set<RecordToWrite>();
	if (known.length > 0) {
		const ids = inList(known.map(({ personId }) => personId), 3);
		const rows = yield* query<{ id: string; enquiries: number; updatedAt: number }>(
			`SELECT id, enquiries, updated_at AS "updatedAt" FROM persons WHERE client = $1 AND test = $2 AND id IN (${ids.list})`,
			[...place, ...ids.values],
		);
		const now = new Map(rows.map((row) => [row.id, `${row.enquiries} ${row.updatedAt}`]));
		for (const record of known) {
			const { expected, personId } = record;
			if (expected && now.get(personId) !== `${expected.enquiries} ${toMillis(expected.updatedAt)}`) stale.add(record);
		}
	}
	const fresh = input.records.filter(({ expected }) => expected === undefined);
	const loaded = yield* loadedNow(input, fresh);
	const byId = yield* writtenSince(input, `externalId:${input.system}`, fresh.flatMap(({ externalIds }) => externalIds[input.system] ?? []));
	const byEmail = yield* writtenSince(input, 'email', fresh.flatMap(({ emailKey }) => emailKey ?? []));
	for (const record of fresh) {
		if (loaded.has(record.recordId) || byId.has(record.externalIds[input.system] ?? '') || byEmail.has(record.emailKey ?? '')) stale.add(record);
	}
	return stale;
}

function* loadedNow(input: WriteKnownRecordsInput, records: RecordToWrite[]): Operation<Map<string, LoadedRow>> {
	return records.length === 0 ? new Map<string, LoadedRow>() : yield* loadedRows(input, input.system, records.map(({ recordId }) => recordId));
}

function* writtenSince(input: WriteKnownRecordsInput, kind: string, values: string[]): Operation<Set<string>> {
	if (values.length === 0) return new Set();
	const wanted = inList(values, 5);
	const rows = yield* query<{ value: string }>(
		`SELECT value FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND written > $4 AND value IN (${wanted.list}) AND strength = 'match'`,
		[input.client, flag(input.test), kind, input.asOf, ...wanted.values],
	);
	return new Set(rows.map(({ value }) => value));
}

/** Loaded records by system. */
export function* countKnownRecords(_: OperationContext, { client, test }: Scope): Operation<Record<string, number>> {
	const rows = yield* query<{ system: string; records: number }>(
		`SELECT system, COUNT(*) AS records FROM known_records WHERE client = $1 AND test = $2 AND system > '' GROUP BY system ORDER BY system`,
		[client, flag(test)],
	);
	return Object.fromEntries(rows.map(({ system, records }) => [system, Number(records)]));
}

/** Whether any record is loaded. */
export function* hasKnownRecords(_: OperationContext, { client, test }: Scope): Operation<boolean> {
	const row = yield* queryOne(`SELECT system FROM known_records WHERE client = $1 AND test = $2 AND system > '' LIMIT 1`, [client, flag(test)]);
	return row !== undefined;
}

/** Whether a loaded record of this person opted out: no correction may forget that. */
export function* hasOptedOutRecord({ client, test }: Scope, personId: string): Operation<boolean> {
	const row = yield* queryOne('SELECT record_id FROM known_records WHERE client = $1 AND test = $2 AND person_id = $3 AND opted_out = 1 LIMIT 1', [client, flag(test), personId]);
	return row !== undefined;
}
