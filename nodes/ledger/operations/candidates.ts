import type { KnownPerson } from '../../lead/clean/knownPerson';
import type { Candidates, CandidatesInput, Scope } from '../ledger';
import { flag, inList, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toMoment } from '../stored';

/** Keys shared by more persons are counted no further. */
const mostCounted = 10_000;

/** Known persons who share a key with the asking lead. In PostgreSQL it needs one snapshot (REPEATABLE READ). */
export function* findCandidates(_: OperationContext, input: CandidatesInput): Operation<Candidates> {
	const scope = [input.client, flag(input.test)] as const;
	const counter = yield* queryOne<{ value: number }>(`SELECT value FROM counters WHERE client = $1 AND test = $2 AND name = 'match'`, scope);
	const found = new Set<string>();
	const cappedKeys: Candidates['cappedKeys'] = [];
	for (const { kind, value } of input.keys) {
		const key = [...scope, kind, value, input.exceptPersonId ?? ''];
		// newest first: of a capped key, those who wrote last are the likeliest to write again
		const rows = yield* query<{ personId: string }>(
			`SELECT person_id AS "personId" FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND value = $4 AND person_id <> $5
			ORDER BY written DESC LIMIT $6`,
			[...key, input.capPerKey + 1],
		);
		if (rows.length > input.capPerKey) cappedKeys.push({ kind, value, persons: yield* countPersons(key) });
		for (const { personId } of rows.slice(0, input.capPerKey)) found.add(personId);
	}
	for (const { otherId } of yield* neverMatchOf(input, input.exceptPersonId === undefined ? [] : [input.exceptPersonId])) found.delete(otherId);
	const persons = found.size === 0 ? [] : yield* readPersons(input, [...found]);
	for (const { personId, otherId } of yield* neverMatchOf(input, found.size < 2 ? [] : [...found])) {
		const person = persons.find((one) => one.personId === personId);
		if (person) person.neverMatch = [...(person.neverMatch ?? []), otherId];
	}
	return { persons, cappedKeys, asOf: counter?.value ?? 0 };
}

/** Pairs that somebody found to be two persons. */
function* neverMatchOf({ client, test }: Scope, personIds: string[]): Operation<{ personId: string; otherId: string }[]> {
	if (personIds.length === 0) return [];
	const persons = inList(personIds, 3);
	return yield* query(
		`SELECT person_id AS "personId", other_id AS "otherId" FROM never_match WHERE client = $1 AND test = $2 AND person_id IN (${persons.list})`,
		[client, flag(test), ...persons.values],
	);
}

function* countPersons(key: (string | number)[]): Operation<number> {
	const row = yield* queryOne<{ persons: number }>(
		`SELECT COUNT(*) AS persons FROM (
			SELECT person_id FROM match_keys WHERE client = $1 AND test = $2 AND kind = $3 AND value = $4 AND person_id <> $5 LIMIT ${mostCounted}
		) AS counted`,
		key,
	);
	return row?.persons ?? 0;
}

interface PersonRow {
	personId: string;
	enquiries: number;
	fields: string;
	externalIds: string;
	customerStatus: string | null;
	ownerId: string | null;
	updatedAt: number;
}

interface OpenLeadRow {
	leadId: string;
	personId: string;
	openedAt: number;
	lastTouchAt: number;
	ownerId: string | null;
}

/** Persons by their ids, each with its newest open lead. */
export function* readPersons({ client, test }: Scope, ids: string[]): Operation<KnownPerson[]> {
	const wanted = inList(ids, 3);
	const bound = [client, flag(test), ...wanted.values];
	const persons = yield* query<PersonRow>(
		`SELECT id AS "personId", enquiries, fields, external_ids AS "externalIds", customer_status AS "customerStatus", owner_id AS "ownerId", updated_at AS "updatedAt"
		FROM persons WHERE client = $1 AND test = $2 AND id IN (${wanted.list})`,
		bound,
	);
	const leads = yield* query<OpenLeadRow>(
		`SELECT id AS "leadId", person_id AS "personId", opened_at AS "openedAt", last_touch_at AS "lastTouchAt", owner_id AS "ownerId"
		FROM leads WHERE client = $1 AND test = $2 AND person_id IN (${wanted.list}) AND status = 'open'`,
		bound,
	);
	// in time order, so that the newest open lead of each person stays; sorted here, for an ORDER BY would make SQLite walk all leads
	const openLeads = new Map(leads.sort((a, b) => a.openedAt - b.openedAt).map((lead) => [lead.personId, lead]));
	return persons.map((person) => toKnownPerson(person, openLeads.get(person.personId)));
}

function toKnownPerson(person: PersonRow, lead: OpenLeadRow | undefined): KnownPerson {
	const ownerId = lead?.ownerId ?? person.ownerId;
	return {
		personId: person.personId,
		...(lead && { openLead: { leadId: lead.leadId, openedAt: toMoment(lead.openedAt), lastTouchAt: toMoment(lead.lastTouchAt) } }),
		enquiries: person.enquiries,
		fields: fromJson(person.fields),
		externalIds: fromJson(person.externalIds),
		...(person.customerStatus !== null && { customerStatus: person.customerStatus }),
		...(ownerId !== null && { ownerId }),
		updatedAt: toMoment(person.updatedAt),
	};
}
