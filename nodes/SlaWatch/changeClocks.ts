import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { openCalendar } from '../lead/activate/calendar';
import { clockName, nextCheckAt, pauseClock, readClock, readTerms, resumeClock, type ClockFacts } from '../lead/activate/clock';
import { readMoment, toMoment } from '../lead/activate/moments';
import type { ClockRow, Ledger, Scope } from '../ledger/ledger';
import { namesNoClient, readItemClient, zoneOf } from './itemClient';
import { readItemText } from './itemText';
import type { LeadClockSettings } from './settings';
import { slaOfRow } from './startClocks';

/** What became of a lead's clocks: `changed` says whether anything was written. */
interface Outcome {
	changed: boolean;
	outcome: 'paused' | 'resumed' | 'closed' | 'already' | 'notReadable' | 'noClock';
	why: string;
}

/** Pause, Resume and Close: each item leaves with `clock`, and with its `sla` where there is a clock. */
export async function changeClocks(ctx: IExecuteFunctions, run: Run, { operation }: LeadClockSettings): Promise<INodeExecutionData[][]> {
	const clients = await readItemClient(ctx, run);
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const now = run.now().getTime();
		const client = clients[itemIndex];
		const leadId = readItemText(ctx, 'leadId', itemIndex);
		const leave = (clock: Outcome, rows: ClockRow[] = []) => {
			const first = rows.find(({ name }) => name === clockName) ?? rows[0];
			return { output: 0, json: { ...json, clock, ...(first ? { sla: slaOfRow(first, now) as unknown as IDataObject } : {}) } };
		};
		const { ledger } = run;
		if (!ledger || client === undefined) return leave({ changed: false, outcome: 'noClock', why: namesNoClient });
		const found = leadId === '' ? undefined : await findClocks(ledger, client, leadId);
		if (!found) return leave({ changed: false, outcome: 'noClock', why: 'no clock of this client runs for that lead id; the person may have been erased' });
		const by = { now, reason: readItemText(ctx, 'reason', itemIndex), by: readItemText(ctx, 'by', itemIndex) };
		if (operation === 'close') return leave(await close(ledger, found, leadId, by), await ledger.listClocks(found.scope, leadId));
		const until = readItemText(ctx, 'pauseUntil', itemIndex);
		const untilAt = operation === 'pause' && until !== '' ? readMoment(until, await zoneOf(run, client))?.at : undefined;
		if (operation === 'pause' && until !== '' && (untilAt === undefined || untilAt <= now)) {
			return leave({ changed: false, outcome: 'notReadable', why: 'the end of the pause is no moment that is still to come' }, found.rows);
		}
		const change = operation === 'pause'
			? (facts: ClockFacts) => pauseClock(facts, { at: now, until: untilAt, reason: by.reason || 'no reason given' })
			: (facts: ClockFacts, row: ClockRow) => resumeClock(facts, openCalendar(readTerms(row.terms).calendar), now);
		const changed = await changeAll(ledger, found, change, now);
		if (changed > 0) {
			await ledger.recordEvent({
				...found.scope, leadId, type: operation === 'pause' ? 'clockPaused' : 'clockResumed', at: toMoment(now), by: by.by || undefined,
				detail: { ...(by.reason ? { reason: by.reason } : {}), ...(untilAt === undefined ? {} : { until: toMoment(untilAt) }) }, onceKey: `${operation}:${leadId}:${now}`,
			});
		}
		const rows = await ledger.listClocks(found.scope, leadId);
		if (operation === 'pause') return leave(changed > 0 ? { changed: true, outcome: 'paused', why: 'the clock stands still, and no alert is sent' } : { changed: false, outcome: 'already', why: 'the clocks of this lead stand still already, or have ended' }, rows);
		return leave(changed > 0 ? { changed: true, outcome: 'resumed', why: 'the clock runs on with the time that was left' } : { changed: false, outcome: 'already', why: 'no clock of this lead was paused' }, rows);
	});
}

interface Found {
	scope: Scope;
	rows: ClockRow[];
}

/** A lead id belongs to a test lead or a live one, never to both. */
async function findClocks(ledger: Ledger, client: string, leadId: string): Promise<Found | undefined> {
	for (const test of [false, true]) {
		const rows = await ledger.listClocks({ client, test }, leadId);
		if (rows.length > 0) return { scope: { client, test }, rows };
	}
	return undefined;
}

/** Changes every clock of the lead that the change applies to; what somebody else writes meanwhile is read again. */
async function changeAll(ledger: Ledger, { scope, rows }: Found, change: (facts: ClockFacts, row: ClockRow) => ClockFacts | undefined, now: number): Promise<number> {
	let changed = 0;
	for (const { name, leadId } of rows) {
		for (;;) {
			const row = await ledger.getClock(scope, leadId, name);
			const facts = row && change(row, row);
			if (!row || !facts) break;
			const terms = readTerms(row.terms);
			const written = await ledger.updateClock(scope, row.id, {
				pauses: [...facts.pauses], dueAt: facts.dueAt, warnAt: facts.warnAt,
				status: readClock(facts, openCalendar(terms.calendar), now).status, nextCheckAt: nextCheckAt(facts, terms, now, row.confirmedSteps),
			}, row.revision);
			if (!written) continue;
			changed++;
			break;
		}
	}
	return changed;
}

/** The lead is done without an answer, e.g. spam or a wrong number: its clocks end, and the lead is closed. */
async function close(ledger: Ledger, { scope, rows }: Found, leadId: string, { now, reason, by }: { now: number; reason: string; by: string }): Promise<Outcome> {
	const recorded = await ledger.recordEvent({
		...scope, leadId, type: 'closed', at: toMoment(now), by: by || undefined, detail: reason ? { reason } : {}, onceKey: `closed:${leadId}`,
	});
	for (const row of rows) if (row.respondedAt === null) await ledger.updateClock(scope, row.id, { nextCheckAt: null });
	return recorded
		? { changed: true, outcome: 'closed', why: 'the lead is closed, and no alert is sent any more' }
		: { changed: false, outcome: 'already', why: 'this lead was closed before' };
}
