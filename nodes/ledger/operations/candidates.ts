import type { KnownPerson } from '../../lead/clean/knownPerson';
import type { Candidates, CandidatesInput, Scope } from '../ledger';
import { flag, inList, query, queryOne, type Operation, type OperationContext } from '../operation';
import { fromJson, toMoment } from '../stored';

/** Keys shared by more persons are counted no further. */
const mostCounted = 10_000;
/** Persons read of all that share a key: those with the most keys in common. The others are no nearer than these. */
const mostPersons = 120;

/** Known persons who share a key with the asking lead. In PostgreSQL it needs one snapshot (REPEATABLE READ). */
export function* findCandidates(_: OperationContext, input: CandidatesInput): Operation<Candidates> {
	const scope = [input.client, flag(input.test)] as const;
	const counter = yield* queryOne<{ value: number }>(`SELECT value FROM counters WHERE client = $1 AND test = $2 AND name = 'match'`, scope);
	const shared = new Map<string, Set<string>>();
	const proven = new Set<string>();
	const cappedKeys: Candidates['cappedKeys'] = [];
	const found = yield* personsByKeys(input);
	for (const [place, { kind, value, strength }] of input.keys.entries()) {
		const personIds = found.get(place) ?? [];
		if (personIds.length > input.capPerKey) cappedKeys.push({ kind, value, persons: yield* countPersons([...scope, kind, value, input.exceptPersonId ?? '']) });
		for (const personId of personIds.slice(0, input.capPerKey)) {
			shared.set(personId, (shared.get(personId) ?? new Set()).add(kind));
			if (strength === 'match') proven.add(personId);
		}
	}
	for (const { otherId } of yield* neverMatchOf(input, input.exceptPersonId === undefined ? [] : [input.exceptPersonId])) shared.delete(otherId);
	const nearest = [...shared].sort(([a, ofA], [b, ofB]) => Number(proven.has(b)) - Number(proven.has(a)) || ofB.size - ofA.size).slice(0, mostPersons);
	const persons = nearest.length === 0 ? [] : yield* readPersons(input, nearest.map(([personId]) => personId));
	for (const person of persons) person.sharedKeys = [...shared.get(person.personId) ?? []];
	for (const { personId, otherId } of yield* neverMatchOf(input, persons.length < 2 ? [] : persons.map((person) => person.personId))) {
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

/** Keys asked in one statement: fewer journeys to a server, and few different statements. */
export const keysAtOnce = 8;

/** Persons by the place of the key that they have, the newest first: of a capped key, those who wrote last are the likeliest to write again. */
function* personsByKeys({ client, test, keys, capPerKey, exceptPersonId = '' }: CandidatesInput): Operation<Map<number, string[]>> {
	const found = new Map<number, string[]>();
	for (let start = 0; start < keys.length; start += keysAtOnce) {
		const asked = keys.slice(start, start + keysAtOnce);
		const text = asked.map((_, place) => `SELECT * FROM (
			SELECT CAST(${place} AS INTEGER) AS place, person_id AS "personId" FROM match_keys
			WHERE client = $1 AND test = $2 AND kind = $${place * 2 + 5} AND value = $${place * 2 + 6} AND person_id <> $3
			ORDER BY written DESC LIMIT $4) AS key${place}`).join(' UNION ALL ');
		const rows = yield* query<{ place: number; personId: string }>(text, [client, flag(test), exceptPersonId, capPerKey + 1, ...asked.flatMap(({ kind, value }) => [kind, value])]);
		for (const { place, personId } of rows) {
			const ofKey = found.get(start + place);
			if (ofKey) ofKey.push(personId);
			else found.set(start + place, [personId]);
		}
	}
	return found;
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
