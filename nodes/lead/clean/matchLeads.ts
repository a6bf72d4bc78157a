import type { HandoffRecord, Match, Moment, Verdict } from '../handoffRecord';
import { blockingKeys } from './blockingKeys';
import { consentWays, type ConsentWay } from './comparedFields';
import type { CappedKey, ComparedFields, KnownPerson, PersonKey } from './knownPerson';
import { matchKeys } from './matchKeys';
import { haveDifferentFirstNames, isCommonName, scorePair } from './scorePair';
import { comparePhones } from './similarity';
import { planMerge } from './survivorship';
import { decideVerdict, isInsideWindow, rank, type ScoredPerson, type Thresholds } from './verdict';

export interface MatchInput {
	/** The lead's own ids. */
	record: Pick<HandoffRecord, 'leadId' | 'personId'>;
	/** What the lead says of its person, see `comparedFields`. */
	fields: ComparedFields;
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
const waysInWords: Record<ConsentWay, string> = { email: 'e-mail', phone: 'calls', sms: 'text messages' };

/** Keys under which a person is looked for, found and remembered. */
export function keysOf(fields: ComparedFields, externalIds?: Record<string, string>): PersonKey[] {
	return [...matchKeys(fields, externalIds), ...blockingKeys(fields)];
}

/** Compares one lead with the known persons and decides what it is, with the reason. */
export function matchLead({ record, fields, known, listed = [], cappedKeys, thresholds, newOpportunityDays, at, isRemembered }: MatchInput): MatchDecision {
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
	const before = joins === undefined ? undefined : withListed(joins.person, twins);
	const merged = before === undefined ? { fields, plan: [] } : planMerge(before, fields);
	const optOut = consentWays.filter((way) => before?.[`consent.${way}`] === 'no');
	const openLead = joins?.person.openLead;
	return {
		match: {
			verdict,
			externalIds: joins === undefined ? {} : Object.assign({}, ...twins.map((row) => row.externalIds), joins.person.externalIds) as Record<string, string>,
			score: verdict === 'create' ? ranked[0]?.score ?? 0 : chosen?.score ?? 0,
			because: [...because, ...optOut.map((way) => `opted out of ${waysInWords[way]} before, and that stays`)],
			candidates: ranked.slice(0, mostCandidatesShown).map(showCandidate),
			mergePlan: merged.plan,
			...(optOut.length > 0 ? { optOut } : {}),
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

/** What a list says of a person stands behind what the ledger already knows; an opt-out in either holds. */
function withListed(person: KnownPerson, twins: readonly KnownPerson[]): ComparedFields {
	return twins.reduce((fields, twin) => planMerge(twin.fields, fields).fields, person.fields);
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
