import type { HandoffRecord, Match, Moment, Verdict } from '../handoffRecord';
import { blockingKeys } from './blockingKeys';
import type { CappedKey, ComparedFields, KnownPerson, PersonKey } from './knownPerson';
import { matchKeys, readComparedFields } from './matchKeys';
import { haveDifferentFirstNames, isCommonName, scorePair } from './scorePair';
import { comparePhones } from './similarity';
import { planMerge } from './survivorship';
import { decideVerdict, isInsideWindow, rank, type ScoredPerson, type Thresholds } from './verdict';

export interface MatchInput {
	record: HandoffRecord;
	/** Persons that share a key with the lead; from a ledger or a run, then from a list of known records. */
	known: readonly KnownPerson[];
	/** Records of a list, e.g. the CRM's: they bring ids, status and owner, also beside a person known already. */
	listed?: readonly KnownPerson[];
	cappedKeys: readonly CappedKey[];
	thresholds: Thresholds;
	/** Age in days up to which an open lead takes a new enquiry. */
	newOpportunityDays: number;
	/** Moment of the new enquiry. */
	at: Moment;
	/** Whether a ledger knows the lead's own person; then a lead that joins a listed record keeps it. */
	isRemembered: boolean;
}

/** One lead decided: what the record says and what is remembered of the person. */
export interface MatchDecision {
	match: Match & { verdict: Exclude<Verdict, 'resend'> };
	leadId: string;
	personId: string;
	fields: ComparedFields;
	/** Why a person should look; empty when nobody needs to. */
	review: string[];
}

const mostCandidatesShown = 5;

/** Keys under which a lead is looked for and remembered. */
export function keysOf(record: HandoffRecord): PersonKey[] {
	const fields = readComparedFields(record);
	return [...matchKeys(fields), ...blockingKeys(fields)];
}

/** Compares one lead with the known persons and decides what it is, with the reason. */
export function matchLead({ record, known, listed = [], cappedKeys, thresholds, newOpportunityDays, at, isRemembered }: MatchInput): MatchDecision {
	const fields = readComparedFields(record);
	const compared = [...known, ...listed.filter((row) => !known.some((person) => haveCommonId(person, row)))];
	const context = {
		sharedPhone: isPhoneShared(fields, compared, cappedKeys),
		sharedEmail: cappedKeys.some(({ kind }) => kind === 'email'),
		commonName: isCommonName(cappedKeys),
	};
	const ranked = rank(compared.map((person): ScoredPerson => ({ person, isListed: listed.includes(person), ...scorePair(fields, person.fields, context) })));
	const { verdict, chosen, because } = decideVerdict(ranked, thresholds);
	const joins = verdict === 'append' || verdict === 'merge' ? chosen : undefined;
	const twins = joins === undefined ? [] : [
		...ranked.filter((one) => one !== joins && one.isListed && one.atMost === 'match' && one.score >= thresholds.match).map(({ person }) => person),
		...listed.filter((row) => haveCommonId(joins.person, row)),
	];
	const merged = joins === undefined ? { fields, plan: [] } : planMerge(withListed(joins.person, twins), fields);
	const openLead = joins?.person.openLead;
	return {
		match: {
			verdict,
			externalIds: joins === undefined ? {} : Object.assign({}, ...twins.map((row) => row.externalIds), joins.person.externalIds) as Record<string, string>,
			score: verdict === 'create' ? ranked[0]?.score ?? 0 : chosen?.score ?? 0,
			because,
			candidates: ranked.slice(0, mostCandidatesShown).map(showCandidate),
			mergePlan: merged.plan,
			...(verdict === 'review' ? { provisional: true } : {}),
			...optional('customerStatus', first(twins.map((row) => row.customerStatus)) ?? joins?.person.customerStatus),
			...optional('existingOwner', first(twins.map((row) => row.ownerId)) ?? joins?.person.ownerId),
		},
		leadId: openLead !== undefined && isInsideWindow(openLead.openedAt, at, newOpportunityDays) ? openLead.leadId : record.leadId,
		personId: joins === undefined || (joins.isListed && isRemembered) ? record.personId : joins.person.personId,
		fields: merged.fields,
		review: verdict === 'review' ? ['possible duplicate', ...because] : [],
	};
}

function isPhoneShared(fields: ComparedFields, persons: readonly KnownPerson[], cappedKeys: readonly CappedKey[]): boolean {
	if (cappedKeys.some(({ kind }) => kind === 'phone' || kind === 'block:phoneTail')) return true;
	const withPhone = persons.filter((person) => comparePhones(fields.phone, person.fields.phone) === 'same').slice(0, 20);
	return withPhone.some((one, index) => withPhone.slice(index + 1).some((other) => haveDifferentFirstNames(one.fields, other.fields)));
}

function haveCommonId(one: KnownPerson, other: KnownPerson): boolean {
	return Object.entries(one.externalIds).some(([system, id]) => other.externalIds[system] === id);
}

/** What a list says of a person stands behind what the ledger already knows. */
function withListed(person: KnownPerson, twins: readonly KnownPerson[]): ComparedFields {
	const fields = { ...person.fields };
	for (const twin of twins) {
		for (const [field, value] of Object.entries(twin.fields)) {
			const isOptOut = field.startsWith('consent.') && value === 'no';
			if (isOptOut || fields[field] === null || fields[field] === undefined) fields[field] = value;
		}
	}
	return fields;
}

function showCandidate({ person, score, because }: ScoredPerson): Match['candidates'][number] {
	return { personId: person.personId, ...(person.openLead ? { leadId: person.openLead.leadId } : {}), score, because };
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
	return value === undefined ? {} : { [key]: value } as Record<K, string>;
}

function first<T>(values: (T | undefined)[]): T | undefined {
	return values.find((value) => value !== undefined);
}
