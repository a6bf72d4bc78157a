import type { Run } from '../host/openRun';
import type { ComparedFields, PersonKey } from '../lead/clean/knownPerson';
import { keysOf, matchLead, type MatchDecision, type MatchInput } from '../lead/clean/matchLeads';
import { RunPersons } from '../lead/clean/runPersons';
import { usualWeights } from '../lead/clean/weights';
import { isForgotten, personErased } from '../lead/forgetLead';
import type { HandoffRecord, Match } from '../lead/handoffRecord';
import { LeadError } from '../lead/leadError';
import { takeUpStep, workSeconds } from '../ledger/leadSteps';
import type { DecisionSections, Ledger, Scope } from '../ledger/ledger';
import { capPerKey, type Lists } from './lists';
import type { DedupeMatchSettings } from './settings';

type Clean = DecisionSections['clean'];

const defaultNewOpportunityDays = 90;
/** Each lost try means that another lead with the same key was written: more leads of one person at once is an attack. */
const mostTries = 200;

/**
 * Decides leads one after another: with the ledger when it knows the lead, else among the leads of this run; in both
 * cases also against the listed records.
 */
export function startDeciding(run: Run, settings: DedupeMatchSettings, lists: Lists): (record: HandoffRecord, captured: boolean) => Promise<HandoffRecord> {
	const ofThisRun = new Map<string, RunMemory>();
	const joins = { left: settings.mostJoins };
	return async (record, captured) => {
		if (isForgotten(record)) return apply(record, ofErasedPerson(record));
		const ledger = captured ? run.ledger : undefined;
		const scope = { client: record.client, test: record.run.test };
		const memoryKey = `${scope.client} ${scope.test}`;
		const memory = ofThisRun.get(memoryKey) ?? startMemory();
		ofThisRun.set(memoryKey, memory);
		const task: Task = { fields: lists.leads.get(record) ?? {}, memory, settings, lists, joins };
		if (!ledger) return decideAmongRun(record, task);

		const isResend = record.submission.delivery.outcome === 'done' || record.submission.delivery.outcome === 'inProgress';
		if (isResend || await isWithAnother(record, { run, ledger, scope })) {
			const recorded = await ledger.getDecision(scope, record.submission.id, 'clean');
			return apply(record, recorded ? asResend(recorded) : firstDeliveryUndecided(record));
		}
		// one that was decided before is found when it is recorded
		return await decideWithLedger(record, { ...task, run, ledger, scope });
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
	lists: Lists;
	/** Joins that this run may still make. */
	joins: { left: number };
}

/**
 * Whether another run has this enquiry. One that comes long after it was captured was left by its run and is taken up, e.g.
 * by the sweep: by one run at a time, and by none once it has its clock.
 */
async function isWithAnother({ leadId, submission: { id, receivedAt, delivery } }: HandoffRecord, { run, ledger, scope }: Pick<LedgerTask, 'run' | 'ledger' | 'scope'>): Promise<boolean> {
	const isTakenUp = delivery.outcome === 'first' && !run.manual && run.now().getTime() - Date.parse(receivedAt) > workSeconds * 1_000;
	if (!isTakenUp) return false;
	if (await ledger.getDecision(scope, id, 'activate')) return true;
	return (await ledger.claimStep({ ...scope, leadId, name: takeUpStep(id), leaseSeconds: workSeconds, maxAttempts: Infinity })).status === 'held';
}

interface LedgerTask extends Task {
	run: Run;
	ledger: Ledger;
	scope: Scope;
}

async function decideWithLedger(record: HandoffRecord, task: LedgerTask): Promise<HandoffRecord> {
	const { run, ledger, scope, fields, memory, settings, lists } = task;
	const client = await run.client(record.client);
	const keys = keysOf(fields);
	const rows = lists.known.find(keys);
	const asked = [...keys, ...rows.persons.flatMap(({ externalIds }) => idKeys(externalIds))];
	for (let tries = 0; tries < mostTries; tries++) {
		const found = await ledger.findCandidates({ ...scope, keys: asked, capPerKey, exceptPersonId: record.personId });
		const ofRun = memory.persons.find(keys).persons;
		const isAmongRun = settings.compareWith === 'secondInput';
		const decision = matchLead({
			...matchInput(record, task),
			known: isAmongRun ? ofRun : found.persons,
			listed: rows.persons,
			cappedKeys: [...(isAmongRun ? [] : found.cappedKeys), ...rows.cappedKeys],
			weights: { known: isAmongRun ? lists.weights : usualWeights(found.asOf), listed: lists.weights },
			newOpportunityDays: settings.newOpportunityDays ?? client?.settings.newOpportunityDays ?? defaultNewOpportunityDays,
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
		remember(record, task, decision);
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
	persons: RunPersons;
	decided: Map<string, Clean>;
}

function startMemory(): RunMemory {
	return { persons: new RunPersons(capPerKey), decided: new Map() };
}

function decideAmongRun(record: HandoffRecord, task: Task): HandoffRecord {
	const { fields, memory, settings, lists } = task;
	const { key, keyFromEventId } = record.submission;
	const earlier = keyFromEventId ? memory.decided.get(key) : undefined;
	if (earlier) return apply(record, asResend(earlier));
	const keys = keysOf(fields);
	const ofRun = memory.persons.find(keys);
	const rows = lists.known.find(keys);
	const decision = matchLead({
		...matchInput(record, task),
		known: ofRun.persons,
		listed: rows.persons,
		cappedKeys: [...ofRun.cappedKeys, ...rows.cappedKeys],
		weights: { known: lists.weights, listed: lists.weights },
		newOpportunityDays: settings.newOpportunityDays ?? defaultNewOpportunityDays,
		isRemembered: false,
	});
	remember(record, task, decision);
	const clean = toClean(decision);
	memory.decided.set(key, clean);
	return apply(record, clean);
}

/** What is the same for every comparison of this lead. */
function matchInput(record: HandoffRecord, { fields, settings, joins }: Task): Pick<MatchInput, 'record' | 'fields' | 'rules' | 'thresholds' | 'winners' | 'limits' | 'at'> {
	const { rules, thresholds, winners, groupSize } = settings;
	return { record, fields, rules, thresholds, winners, limits: { groupSize, joinsLeft: joins.left }, at: record.submission.receivedAt };
}

function remember(record: HandoffRecord, { fields, memory, joins }: Task, decision: MatchDecision): void {
	if (decision.match.verdict === 'append' || decision.match.verdict === 'merge') joins.left--;
	memory.persons.add({ fields, at: record.submission.receivedAt }, decision);
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
