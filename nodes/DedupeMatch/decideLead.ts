import type { Run } from '../host/openRun';
import { cleanLeadFields, readComparedFields } from '../lead/clean/comparedFields';
import { KnownIndex } from '../lead/clean/knownIndex';
import type { ComparedFields, KnownPerson, PersonKey } from '../lead/clean/knownPerson';
import { keysOf, matchLead, type MatchDecision } from '../lead/clean/matchLeads';
import { isForgotten, personErased } from '../lead/forgetLead';
import type { HandoffRecord, Match } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import type { DecisionSections, Ledger, Scope } from '../ledger/ledger';
import { startFindingCountries } from './defaultCountry';
import { capPerKey } from './knownRecords';
import type { DedupeMatchSettings } from './settings';

type Clean = DecisionSections['clean'];

const defaultNewOpportunityDays = 90;
/** Each lost try means that another lead with the same key was written: more leads of one person at once is an attack. */
const mostTries = 200;

/**
 * Decides leads one after another: with the ledger when it knows the lead, else among the leads of this run; in both
 * cases also against the listed records.
 */
export function startDeciding(run: Run, settings: DedupeMatchSettings, listed: KnownIndex): (record: HandoffRecord, captured: boolean) => Promise<HandoffRecord> {
	const ofThisRun = new Map<string, RunMemory>();
	const defaultCountryOf = startFindingCountries(run, settings);
	return async (record, captured) => {
		if (isForgotten(record)) return apply(record, ofErasedPerson(record));
		const ledger = captured ? run.ledger : undefined;
		const scope = { client: record.client, test: record.run.test };
		const memoryKey = `${scope.client} ${scope.test}`;
		const memory = ofThisRun.get(memoryKey) ?? startMemory();
		ofThisRun.set(memoryKey, memory);
		const fields = captured ? readComparedFields(record) : cleanLeadFields(record.lead, await defaultCountryOf(record.client));
		if (!ledger) return decideAmongRun(record, { fields, memory, settings, listed });

		const isResend = record.submission.delivery.outcome === 'done' || record.submission.delivery.outcome === 'inProgress';
		const recorded = await ledger.getDecision(scope, record.submission.id, 'clean');
		if (recorded) return apply(record, isResend ? asResend(recorded) : recorded);
		if (isResend) return apply(record, firstDeliveryUndecided(record));
		return await decideWithLedger(record, { run, ledger, scope, fields, memory, settings, listed });
	};
}

/** Takes back earlier decisions on leads that are decided afresh, the newest first: each stands on those before it. */
export async function takeBack(run: Run, leads: readonly { record: HandoffRecord; captured: boolean }[]): Promise<void> {
	for (const { record, captured } of [...leads].reverse()) {
		if (captured && run.decidesAfresh(record, record.match)) await run.ledger?.undoMatch({ client: record.client, test: record.run.test }, record.submission.id);
	}
}

interface Task {
	fields: ComparedFields;
	memory: RunMemory;
	settings: DedupeMatchSettings;
	listed: KnownIndex;
}

interface LedgerTask extends Task {
	run: Run;
	ledger: Ledger;
	scope: Scope;
}

async function decideWithLedger(record: HandoffRecord, { run, ledger, scope, fields, memory, settings, listed }: LedgerTask): Promise<HandoffRecord> {
	const client = await run.client(record.client);
	const keys = keysOf(fields);
	const rows = listed.find(keys);
	const asked = [...keys, ...rows.persons.flatMap(({ externalIds }) => idKeys(externalIds))];
	for (let tries = 0; tries < mostTries; tries++) {
		const found = await ledger.findCandidates({ ...scope, keys: asked, capPerKey, exceptPersonId: record.personId });
		const ofRun = memory.index.find(keys).persons;
		const decision = matchLead({
			record,
			fields,
			known: settings.compareWith === 'secondInput' ? ofRun : found.persons,
			listed: rows.persons,
			cappedKeys: [...found.cappedKeys, ...rows.cappedKeys],
			thresholds: settings.thresholds,
			newOpportunityDays: settings.newOpportunityDays ?? client?.settings.newOpportunityDays ?? defaultNewOpportunityDays,
			at: record.submission.receivedAt,
			isRemembered: true,
		});
		const { match, leadId, personId } = decision;
		const written = await ledger.recordMatch({
			...scope,
			submissionId: record.submission.id,
			at: run.now().toISOString(),
			asOf: found.asOf,
			keys: [...keys, ...idKeys(match.externalIds)],
			match, leadId, personId,
			own: { leadId: record.leadId, personId: record.personId },
			verdict: match.verdict,
			fields: decision.fields,
			externalIds: match.externalIds,
			customerStatus: match.customerStatus,
			source: record.source,
			...(decision.review.length > 0 ? { review: decision.review } : {}),
			settingsVersion: client?.version,
		});
		if (written.status === 'changed') continue;
		if (written.earlier) return apply(record, written.earlier);
		remember(memory, record, decision, keys);
		const decided = apply(record, toClean(decision, written.reviewItemId));
		return client ? { ...decided, settingsVersion: client.version } : decided;
	}
	throw new LeadError(
		'LEAD_CONTESTED',
		'Other leads of the same person kept arriving, so this one was not decided',
		'Run this lead again; if it happens often, lower the number of executions at once in n8n.',
	);
}

/** What one run knows of one client's leads without a ledger. */
interface RunMemory {
	index: KnownIndex;
	decided: Map<string, Clean>;
}

function startMemory(): RunMemory {
	return { index: new KnownIndex(capPerKey), decided: new Map() };
}

function decideAmongRun(record: HandoffRecord, { fields, memory, settings, listed }: Task): HandoffRecord {
	const { key, keyFromEventId } = record.submission;
	const earlier = keyFromEventId ? memory.decided.get(key) : undefined;
	if (earlier) return apply(record, asResend(earlier));
	const keys = keysOf(fields);
	const ofRun = memory.index.find(keys);
	const rows = listed.find(keys);
	const decision = matchLead({
		record,
		fields,
		known: ofRun.persons,
		listed: rows.persons,
		cappedKeys: [...ofRun.cappedKeys, ...rows.cappedKeys],
		thresholds: settings.thresholds,
		newOpportunityDays: settings.newOpportunityDays ?? defaultNewOpportunityDays,
		at: record.submission.receivedAt,
		isRemembered: false,
	});
	remember(memory, record, decision, keys);
	const clean = toClean(decision);
	memory.decided.set(key, clean);
	return apply(record, clean);
}

function remember({ index }: RunMemory, record: HandoffRecord, decision: MatchDecision, keys: PersonKey[]): void {
	const { receivedAt } = record.submission;
	const person: KnownPerson = {
		personId: decision.personId,
		openLead: { leadId: decision.leadId, openedAt: receivedAt, lastTouchAt: receivedAt },
		enquiries: 1,
		fields: decision.fields,
		externalIds: decision.match.externalIds,
		customerStatus: decision.match.customerStatus,
		ownerId: decision.match.existingOwner,
		updatedAt: receivedAt,
	};
	index.add(person, [...keys, ...idKeys(decision.match.externalIds)]);
}

function toClean({ match, leadId, personId, review }: MatchDecision, itemId?: string): Clean {
	return {
		match, leadId, personId,
		review: review.length === 0 ? [] : [{ stage: 'clean', reasons: review, ...(itemId === undefined ? {} : { itemId }) }],
	};
}

/** The first delivery's decision, told of a later delivery of the same submission. */
function asResend(first: Clean): Clean {
	const because = ['the same submission again', ...first.match.because.map((reason) => `first time: ${reason}`)];
	return { ...first, match: { ...first.match, verdict: 'resend', because } };
}

/** Nothing is to be done for it, as for a form that was handled before. */
function ofErasedPerson(record: HandoffRecord): Clean {
	const match: Match = { verdict: 'resend', externalIds: {}, score: 0, because: [personErased.message], candidates: [], mergePlan: [] };
	return { match, leadId: record.leadId, personId: record.personId, review: [] };
}

function firstDeliveryUndecided(record: HandoffRecord): Clean {
	const match: Match = {
		verdict: 'resend', externalIds: {}, score: 1, because: ['the same submission again, its first delivery is being handled'], candidates: [], mergePlan: [],
	};
	return { match, leadId: record.leadId, personId: record.personId, review: [] };
}

function apply(record: HandoffRecord, { match, leadId, personId, review }: Clean): HandoffRecord {
	const known = new Set(review.map(({ itemId }) => itemId).filter((itemId) => itemId !== undefined));
	return {
		...record,
		leadId,
		personId,
		match,
		consent: { ...record.consent, ...Object.fromEntries((match.optOut ?? []).map((way) => [way, false])) },
		submission: { ...record.submission, state: record.submission.state === 'captured' ? 'decided' : record.submission.state },
		review: [...record.review.filter(({ itemId }) => itemId === undefined || !known.has(itemId)), ...review],
	};
}

function idKeys(externalIds: Record<string, string>): PersonKey[] {
	return Object.entries(externalIds).map(([system, id]) => ({ kind: `externalId:${system}`, value: id, strength: 'match' }));
}
