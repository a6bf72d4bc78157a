import type { HandoffRecord, Match, MatchCandidate, Moment, Verdict } from '../handoffRecord';
import { blockingKeys } from './blockingKeys';
import { consentWays, type ConsentWay } from './comparedFields';
import type { CappedKey, ComparedFields, KnownPerson, PersonKey } from './knownPerson';
import { matchAccount } from './matchAccount';
import { matchKeys } from './matchKeys';
import type { MatchRules } from './matchRules';
import { haveDifferentFirstNames } from './scorePair';
import { scorePerson } from './scorePerson';
import { planMerge, type Winners } from './survivorship';
import { decideVerdict, isInsideWindow, rank, step, type JoinLimits, type ScoredPerson, type Thresholds, type VerdictOfPairs } from './verdict';
import { usualWeights, type Weights } from './weights';

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
	/** What agreements are worth among the known persons, and among the listed ones. Default: the usual. */
	weights?: { known: Weights; listed: Weights };
	rules?: MatchRules;
	thresholds: Thresholds;
	/** Which value of each field wins; default: the newest. */
	winners?: Winners;
	limits?: JoinLimits;
	/** Persons of whom somebody said that they are not the lead's own. */
	neverMatch?: readonly string[];
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
export function matchLead(input: MatchInput): MatchDecision {
	const { record, fields, known, listed = [], cappedKeys, thresholds, newOpportunityDays, at, isRemembered } = input;
	const ranked = rankPersons(input);
	const { verdict, chosen, because, outcomes } = decideVerdict(ranked, thresholds, input.limits);
	const joins = verdict === 'append' || verdict === 'merge' ? chosen : undefined;
	const twins = joins === undefined ? [] : twinsOf(joins, ranked, listed, thresholds);
	const before = joins === undefined ? undefined : withListed(joins.person, twins, input.winners);
	const merged = before === undefined ? { fields, plan: [] } : planMerge(before, fields, input.winners);
	const optOut = consentWays.filter((way) => before?.[`consent.${way}`] === 'no');
	const openLead = joins?.person.openLead;
	const account = matchAccount(fields, [...listed, ...known], joins?.person);
	const capped = cappedInWords(cappedKeys);
	return {
		match: {
			verdict,
			externalIds: joins === undefined ? {} : Object.assign({}, ...twins.map((row) => row.externalIds), joins.person.externalIds) as Record<string, string>,
			score: verdict === 'create' ? ranked[0]?.score ?? 0 : chosen?.score ?? 0,
			because: [...because, ...optOut.map((way) => `opted out of ${waysInWords[way]} before, and that stays`), ...capped],
			candidates: showCandidates(ranked, outcomes),
			mergePlan: merged.plan,
			...(optOut.length > 0 ? { optOut } : {}),
			...(verdict === 'review' ? { provisional: true } : {}),
			...(account === undefined ? {} : { account }),
			...optional('customerStatus', first(twins.map((row) => row.customerStatus)) ?? joins?.person.customerStatus),
			...optional('existingOwner', first(twins.map((row) => row.ownerId)) ?? joins?.person.ownerId),
		},
		leadId: openLead !== undefined && isInsideWindow(openLead.openedAt, at, newOpportunityDays) ? openLead.leadId : record.leadId,
		personId: joins === undefined || (joins.isListed && isRemembered) ? record.personId : joins.person.personId,
		fields: merged.fields,
		review: verdict === 'review' ? ['possible duplicate', ...because] : [],
	};
}

function rankPersons({ record, fields, known, listed = [], cappedKeys, weights = { known: usualWeights(0), listed: usualWeights(0) }, rules, neverMatch = [] }: MatchInput): ScoredPerson[] {
	const compared = [...known, ...listed.filter((row) => !known.some((person) => haveCommonId(person, row)))];
	const sharedPhone = isPhoneShared(fields, compared, cappedKeys);
	const sharedEmail = cappedKeys.some(({ kind }) => kind === 'email');
	const namesakes = countNamesakes(known, cappedKeys);
	return rank(compared.map((person): ScoredPerson => {
		const isListed = listed.includes(person);
		const score = scorePerson(fields, person, {
			weights: isListed ? weights.listed : weights.known,
			...(rules === undefined ? {} : { rules }),
			sharedPhone,
			sharedEmail,
			...(isListed ? {} : { namesakes }),
			neverMatch: neverMatch.includes(person.personId) || person.neverMatch?.includes(record.personId) === true,
		});
		return { person, isListed, ...score };
	}));
}

function isPhoneShared(fields: ComparedFields, persons: readonly KnownPerson[], cappedKeys: readonly CappedKey[]): boolean {
	if (cappedKeys.some(({ kind }) => kind === 'phone' || kind === 'block:phoneTail')) return true;
	if (!fields.phone) return false;
	const withPhone = persons.filter((person) => person.fields.phone === fields.phone).slice(0, 20);
	return withPhone.some((one, index) => withPhone.slice(index + 1).some((other) => haveDifferentFirstNames(one.fields, other.fields)));
}

/** How many known persons have the lead's whole name. */
function countNamesakes(known: readonly KnownPerson[], cappedKeys: readonly CappedKey[]): number {
	return cappedKeys.find(({ kind }) => kind === 'block:name')?.persons ?? known.filter((person) => person.sharedKeys?.includes('block:name')).length;
}

function haveCommonId(one: KnownPerson, other: KnownPerson): boolean {
	for (const system in one.externalIds) if (one.externalIds[system] === other.externalIds[system]) return true;
	return false;
}

/** Listed records of the person that the lead joins. Records of persons who were told apart are none. */
function twinsOf(joins: ScoredPerson, ranked: readonly ScoredPerson[], listed: readonly KnownPerson[], thresholds: Thresholds): KnownPerson[] {
	const alike = ranked.filter((one) => one !== joins && one.isListed && one.atMost === 'match' && one.score >= thresholds.match && (!joins.isListed || step(one) === step(joins)));
	return [...alike.map(({ person }) => person), ...listed.filter((row) => haveCommonId(joins.person, row))]
		.filter(({ personId }) => joins.person.neverMatch?.includes(personId) !== true);
}

/** What a list says of a person stands behind what the ledger already knows; an opt-out in either holds. */
function withListed(person: KnownPerson, twins: readonly KnownPerson[], winners: Winners | undefined): ComparedFields {
	return twins.reduce((fields, twin) => planMerge(twin.fields, fields, winners).fields, person.fields);
}

function showCandidates(ranked: readonly ScoredPerson[], outcomes: VerdictOfPairs['outcomes']): MatchCandidate[] {
	return ranked.slice(0, mostCandidatesShown).map((one) => ({
		personId: one.person.personId,
		...(one.person.openLead ? { leadId: one.person.openLead.leadId } : {}),
		score: one.score,
		outcome: outcomes.get(one) ?? 'less alike than others',
		because: one.because,
	}));
}

/** Keys of many persons, without their value: only the first of those persons were compared. */
function cappedInWords(cappedKeys: readonly CappedKey[]): string[] {
	const names: Record<string, string> = { email: 'e-mail', phone: 'phone', 'block:phoneTail': 'phone', 'block:name': 'name' };
	const said = new Map<string, number>();
	for (const { kind, persons } of cappedKeys) if (kind in names) said.set(names[kind], Math.max(persons, said.get(names[kind]) ?? 0));
	return [...said].map(([name, persons]) => `${persons.toLocaleString('en')} known persons share this ${name}, so it says little and not all were compared`);
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
	return value === undefined ? {} : { [key]: value } as Record<K, string>;
}

function first<T>(values: (T | undefined)[]): T | undefined {
	return values.find((value) => value !== undefined);
}
