import { clockName } from '../lead/activate/clock';
import { chooseStart, openClocks } from '../lead/activate/openClocks';
import { labelLead } from '../lead/activate/escalation';
import { openOwnerClock } from '../lead/activate/ownerClock';
import { enrichLead } from '../lead/clean/enrichLead';
import type { HandoffRecord, Owner } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import type { ClientSettings } from '../lead/settings/clientSettings';
import type { Ledger, LeadStory, Scope } from '../ledger/ledger';
import type { Run } from './openRun';
import { toClockRow } from './stopClocks';

/** What is needed of a run. */
type LedgerRun = Pick<Run, 'now' | 'newId'> & { ledger: Ledger };

/**
 * Starts the own clock of an owner who got the lead after somebody else; null when nothing is to be answered any more.
 *
 * @param how How it came, e.g. `by a correction`.
 */
export async function startClockOfOwner(run: LedgerRun, scope: Scope, { leadId, owner, settings, at, how }: { leadId: string; owner: Owner; settings?: ClientSettings; at: string; how: string }): Promise<{ dueAt: string } | null> {
	const clock = await run.ledger.getClock(scope, leadId, clockName);
	const record = settings && (await readLead(run, scope, leadId));
	if (!clock || clock.respondedAt !== null || !record || !settings) return null;
	const opened = openOwnerClock(record, settings, { owner, policy: clock.policy, at: Date.parse(at), how });
	const row = toClockRow(opened, { ...scope, leadId: clock.leadId, ownerId: owner.id, leadText: clock.leadText }, Date.parse(at), run.newId());
	const started = await run.ledger.startClock(row);
	if (!started.earlier) return { dueAt: row.dueAt };
	// the lead came back to somebody who had it before: that clock stood still since
	const { status, nextCheckAt, dueAt, warnAt } = row;
	await run.ledger.updateClock(scope, started.clock.id, { status, nextCheckAt, dueAt, warnAt, pauses: [], ownerId: owner.id });
	return { dueAt };
}

/** Starts the clocks of a lead that stands by itself from now on: they count from its own receipt. */
export async function startClockOfLead(run: LedgerRun, scope: Scope, { leadId, settings, at }: { leadId: string; settings: ClientSettings; at: string }): Promise<void> {
	const record = await readLead(run, scope, leadId);
	if (!record) return;
	const now = Date.parse(at);
	const { clocks } = openClocks(record, settings, chooseStart(record.submission, now, settings.timeZone));
	const lead = { ...scope, leadId, ownerId: record.routing?.owner?.id ?? null, leadText: labelLead(record) };
	for (const opened of clocks) await run.ledger.startClock(toClockRow(opened, lead, now, run.newId()));
}

/** The lead's newest record with what was decided about it; undefined when the ledger has no such lead. */
async function readLead(run: LedgerRun, scope: Scope, leadId: string): Promise<HandoffRecord | undefined> {
	const story = await run.ledger.getLead(scope, { leadId });
	return story && recordOf(run, story);
}

/** The newest record of a lead's story, with what was decided about it and who has it. */
export function recordOf(run: Pick<Run, 'now' | 'newId'>, story: LeadStory): HandoffRecord {
	const { record } = readRecord({ json: story.record, now: run.now(), newId: run.newId });
	const routing = story.decisions.route?.routing;
	return {
		...enrichLead(record, story.decisions.enrich?.enrichment), leadId: story.leadId,
		...(story.decisions.classify ? { intent: story.decisions.classify.intent } : {}),
		...(routing ? { routing: { ...routing, ...(story.owner ? { owner: story.owner } : {}) } } : {}),
	};
}
