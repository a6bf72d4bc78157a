import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../nodes/lead/clean/knownPerson';
import type { Match, Verdict } from '../../nodes/lead/handoffRecord';
import type { CaptureInput, Captured, ClockRow, Ledger, RecordMatchInput, Scope } from '../../nodes/ledger/ledger';
import type { ClientSettings } from '../../nodes/lead/settings/clientSettings';

export const live: Scope = { client: 'acme', test: false };
export const monday = '2026-11-23T09:00:00.000Z';

/** A moment some minutes after Monday 09:00. */
export function minutesLater(minutes: number): string {
	return new Date(Date.parse(monday) + minutes * 60_000).toISOString();
}

export function delivery(change: Partial<CaptureInput> = {}): CaptureInput {
	return {
		...live, key: randomUUID(), detectResend: true, at: monday, submissionId: randomUUID(), leadId: randomUUID(), personId: randomUUID(),
		formTool: 'webhook', payload: { body: { email: 'mia@firm.example' } },
		record: { lead: { email: 'mia@firm.example', fullName: 'Mia Brandt' }, source: { complete: true, completeness: 1, campaign: 'autumn', source: 'search' } },
		...change,
	};
}

export function emailKey(value: string): PersonKey {
	return { kind: 'email', value, strength: 'match' };
}

export function blockKey(value: string): PersonKey {
	return { kind: 'block:name', value, strength: 'block' };
}

export function match(verdict: Verdict, change: Partial<Match> = {}): Match {
	return { verdict, externalIds: {}, score: 0.9, because: ['same e-mail'], candidates: [], mergePlan: [], ...change };
}

export function matchOf(captured: Captured, change: Partial<RecordMatchInput> = {}): RecordMatchInput {
	const verdict = change.verdict ?? 'create';
	return {
		...live, submissionId: captured.submissionId, leadId: captured.leadId, personId: captured.personId, at: captured.receivedAt, asOf: 0,
		keys: [emailKey('mia@firm.example')], match: match(verdict), verdict, fields: { email: 'mia@firm.example', fullName: 'Mia Brandt' },
		externalIds: {}, source: { complete: true, completeness: 1, campaign: 'autumn', source: 'search' },
		...change,
	};
}

/** A lead that Dedupe Match found to be new. */
export async function newLead(ledger: Ledger, change: Partial<CaptureInput> = {}, decided: Partial<RecordMatchInput> = {}): Promise<Captured> {
	const captured = await ledger.capture(delivery(change));
	const scope = { client: change.client ?? live.client, test: change.test ?? live.test };
	const { asOf } = await ledger.findCandidates({ ...scope, keys: [], capPerKey: 1 });
	const result = await ledger.recordMatch(matchOf(captured, { ...scope, asOf, keys: [emailKey(captured.personId)], ...decided }));
	if (result.status !== 'written') throw new Error('the sample lead met another');
	return captured;
}

export function clockOf(lead: { leadId: string }, change: Partial<ClockRow> = {}): ClockRow {
	return {
		...live, id: randomUUID(), leadId: lead.leadId, name: 'First Response', policy: 'Standard', startedAt: monday, startedFrom: 'receivedAt',
		warnAt: minutesLater(10), dueAt: minutesLater(15), terms: { calendar: 'Office' }, status: 'running', respondedAt: null, respondedBy: null,
		elapsedMinutes: null, nextCheckAt: minutesLater(10), ownerId: 'mia', pauses: [], revision: 0, confirmedSteps: [], leadText: 'Mia Brandt asks for a quote',
		...change,
	};
}

export function settings(change: Partial<ClientSettings> = {}): ClientSettings {
	return {
		name: 'Acme', mode: 'live', timeZone: 'Europe/London', language: 'en',
		calendars: [{ name: 'Office', alwaysOpen: true, hours: {}, holidays: [], publicHolidays: [], breaks: [], overrides: [] }],
		members: [{ id: 'mia', name: 'Mia', email: null, active: true, weight: 1, timeOff: [], languages: [] }],
		teams: [], fallbackOwner: 'mia', fallbackQueue: 'Unrouted', rules: [], intents: [], alwaysReview: false,
		slaPolicies: [{ name: 'Standard', firstResponseMinutes: 15, roundTheClock: false, appliesTo: {}, escalation: [], clocks: [], afterHours: 'wait' }],
		stageOwners: {}, requiredSource: [], reportRecipients: [], retentionDays: 365, newOpportunityDays: 90,
		...change,
	};
}
