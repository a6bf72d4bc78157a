import { openCalendar } from '../lead/activate/calendar';
import { chooseStart, clockName, nextCheckAt, openClock, readClock, type OpenedClock } from '../lead/activate/clock';
import { labelLead } from '../lead/activate/escalation';
import { openOwnerClock, ownerClockName } from '../lead/activate/ownerClock';
import type { HandoffRecord, Owner } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import type { ClientSettings } from '../lead/settings/clientSettings';
import type { ClockRow, Scope } from '../ledger/ledger';
import type { LedgerRun } from './operations';

/** Starts the own clock of an owner who got the lead by a correction; null when nothing is to be answered any more. */
export async function startClockOfOwner(run: LedgerRun, scope: Scope, { leadId, owner, settings, at }: { leadId: string; owner: Owner; settings?: ClientSettings; at: string }): Promise<{ dueAt: string } | null> {
	const clock = await run.ledger.getClock(scope, leadId, clockName);
	const record = settings && (await readLead(run, scope, leadId));
	if (!clock || clock.respondedAt !== null || !record || !settings) return null;
	const opened = openOwnerClock(record, settings, { owner, policy: clock.policy, at: Date.parse(at) });
	const name = ownerClockName(owner.id);
	const row = { ...toRow(run, scope, record, opened, at), leadId: clock.leadId, name, ownerId: owner.id, leadText: clock.leadText };
	const started = await run.ledger.startClock(row);
	// the lead came back to somebody who had it before: that clock stood still since
	if (started.earlier) await run.ledger.updateClock(scope, started.clock.id, { status: row.status, nextCheckAt: row.nextCheckAt, ownerId: owner.id });
	return { dueAt: started.clock.dueAt };
}

/** Starts the clock of a lead that stands by itself from now on: it counts from its own receipt. */
export async function startClockOfLead(run: LedgerRun, scope: Scope, { leadId, settings, at }: { leadId: string; settings: ClientSettings; at: string }): Promise<void> {
	const record = await readLead(run, scope, leadId);
	if (!record) return;
	const now = Date.parse(at);
	const opened = openClock(record, settings, chooseStart(record.submission, now, settings.timeZone));
	await run.ledger.startClock({ ...toRow(run, scope, record, opened, at), leadId, name: clockName, ownerId: record.routing?.owner?.id ?? null });
}

function toRow(run: LedgerRun, scope: Scope, record: HandoffRecord, { facts, policy, startedFrom, terms }: OpenedClock, at: string): Omit<ClockRow, 'leadId' | 'name' | 'ownerId'> {
	const now = Date.parse(at);
	return {
		...scope, ...facts, id: run.newId(), policy, startedFrom, terms, status: readClock(facts, openCalendar(terms.calendar), now).status,
		respondedBy: null, elapsedMinutes: null, nextCheckAt: nextCheckAt(facts, terms, now, []), confirmedSteps: [], leadText: labelLead(record),
	};
}

/** The lead's newest record with what was decided about it. */
async function readLead(run: LedgerRun, scope: Scope, leadId: string): Promise<HandoffRecord | undefined> {
	const story = await run.ledger.getLead(scope, { leadId });
	if (!story) return undefined;
	const { record } = readRecord({ json: story.record, now: run.now(), newId: run.newId });
	const routing = story.decisions.route?.routing;
	return {
		...record, leadId: story.leadId,
		...(story.decisions.classify ? { intent: story.decisions.classify.intent } : {}),
		...(routing ? { routing: { ...routing, ...(story.owner ? { owner: story.owner } : {}) } } : {}),
	};
}
