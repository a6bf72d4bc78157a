import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { testModeHint } from '../host/testModeHint';
import { startYielding } from '../host/yielding';
import { openCalendar, type Calendar } from '../lead/activate/calendar';
import { nextCheckAt, onCallAt, readClock, readTerms, resumeClock, stepTimesOf, type ClockTerms } from '../lead/activate/clock';
import { dueSteps, handoverTime, undeliveredStep } from '../lead/activate/escalation';
import { toMoment } from '../lead/activate/moments';
import { openPause } from '../lead/activate/pauses';
import { quietUntil } from '../lead/activate/quietHours';
import { readRecord } from '../lead/readRecord';
import { completeSettings, type ClientSettings, type EscalationStep } from '../lead/settings/clientSettings';
import type { ClaimStepResult, ClockChange, ClockRow, Ledger } from '../ledger/ledger';
import { handoverKey, toItem, type Alert } from './alertItem';
import { groupAlerts } from './groupAlerts';
import { findHeld } from './heldLeads';
import { alertsOnItem, refreshOnItem } from './onItem';
import { checkOutputs, outputOf } from './outputs';
import type { CheckSettings } from './settings';
import { findStuck } from './stuckLeads';

/** A step that another sweep holds is looked at again after this: its lease ends at a time that only the ledger knows. */
const heldAgainAfterMs = 60_000;

/** One check: what it may do, and how much. */
export interface Sweep {
	ledger: Ledger;
	now: number;
	/** Nothing is claimed or written. */
	preview: boolean;
	leaseSeconds: number;
	/** Alerts that this check may still send; the rest waits for the next one. */
	left: number;
	quietHours?: string;
	/** Settings of a client as they are today; undefined for one that is gone. */
	settings: (client: string) => Promise<ClientSettings | undefined>;
	run: Run;
}

/** Leads whose facts for the scorecard one check reads anew: some tens of milliseconds. */
const refreshedPerCheck = 1_000;

/** Check: one item for each alert that is to be sent now, whatever the incoming items are. */
export async function checkClocks(ctx: IExecuteFunctions, run: Run, settings: CheckSettings): Promise<INodeExecutionData[][]> {
	const { ledger } = run;
	const now = settings.asOf ?? run.now();
	if (!ledger) return await checkItems(ctx, run, settings, now);
	const client = settings.client === undefined ? undefined : await run.client(settings.client);
	const sweep: Sweep = {
		ledger, now: now.getTime(), preview: run.manual, leaseSeconds: settings.leaseSeconds, left: settings.alertsPerCheck,
		quietHours: settings.quietHours, settings: rememberSettings(ledger), run,
	};
	const rows = await ledger.listDueClocks({ client: settings.client, test: settings.testLeads, now: now.toISOString(), limit: settings.clocksPerCheck });
	const pause = startYielding();
	const alerts: IDataObject[] = [];
	for (const row of rows) {
		if (sweep.left <= 0) break;
		alerts.push(...await checkClock(row, sweep));
		await pause();
	}
	alerts.push(...await findHeld(sweep, settings), ...await findStuck(sweep, settings));
	// so that a report finds little left to read; an alert never waits for it, nor fails with it
	if (!sweep.preview) await ledger.refreshFacts({ client: settings.client, test: settings.testLeads, limit: refreshedPerCheck }).catch(() => 0);
	const emptyHint = alerts.length === 0 ? testModeHint(client, settings.testLeads) : undefined;
	if (emptyHint !== undefined) ctx.addExecutionHints({ message: emptyHint, location: 'outputPane' });
	if (sweep.preview) {
		ctx.addExecutionHints({ message: `Preview: ${alerts.length} alerts would be sent now. A run by hand claims and writes nothing; run the workflow by its trigger to send them.`, location: 'outputPane' });
	}
	const sorted: INodeExecutionData[][] = Array.from({ length: settings.byStatus ? checkOutputs.length : 1 }, () => []);
	for (const alert of settings.groupFrom === undefined ? alerts : groupAlerts(alerts, settings.groupFrom)) {
		sorted[settings.byStatus ? outputOf(String(alert.status)) : 0].push({ json: alert, pairedItem: { item: 0 } });
	}
	return sorted;
}

async function checkClock(given: ClockRow, sweep: Sweep): Promise<IDataObject[]> {
	const terms = readTerms(given.terms);
	const calendar = openCalendar(terms.calendar);
	const quietEnd = quietUntil(sweep.quietHours, sweep.now, calendar.timeZone);
	if (quietEnd !== undefined && !onCallAt(terms, sweep.now)) {
		// looked at again when they end, so that it takes no place from clocks whose alerts may be given now
		if (!sweep.preview) await sweep.ledger.updateClock(given, given.id, { nextCheckAt: toMoment(quietEnd) }, given.revision);
		return [];
	}
	const row = await endPause(given, terms, sweep);
	if (!row) return [];
	const reading = readClock(row, calendar, sweep.now);
	const times = stepTimesOf(row, terms, reading.breachAt);
	const open = reading.status === 'paused' ? [] : dueSteps(times, reading.status, sweep.now, row.confirmedSteps);
	// who is on call, told in place of the owner, is there for the quiet hours; nobody else is
	const due = open.filter(({ notify }) => quietEnd === undefined || notify === 'owner').slice(0, sweep.left);
	const { steps, waitsUntil } = await paceHandovers(row, due, times, calendar, sweep);
	if (quietEnd !== undefined && open.some(({ notify }) => notify !== 'owner')) waitsUntil.push(quietEnd);
	const { alerts, lookAgainAt } = sweep.preview ? { alerts: steps.map((step): Alert => ({ step })), lookAgainAt: [] } : await claimSteps(row, steps, sweep);
	lookAgainAt.push(...waitsUntil);
	sweep.left -= alerts.length;

	const planned = nextCheckAt(row, terms, sweep.now, [...row.confirmedSteps, ...due.map(({ name }) => name)]);
	const next = [...lookAgainAt, ...(planned === null ? [] : [Date.parse(planned)])];
	const nextAt = next.length === 0 ? null : toMoment(Math.min(...next));
	if (!sweep.preview && (reading.status !== row.status || nextAt !== row.nextCheckAt)) {
		// what somebody else wrote since the clock was read, such as an answer, is not written over
		await sweep.ledger.updateClock(row, row.id, { status: reading.status, nextCheckAt: nextAt }, row.revision);
	}
	if (alerts.length === 0) return [];

	const settings = await sweep.settings(row.client);
	const items: IDataObject[] = [];
	for (const alert of alerts) {
		const item = await toItem(alert, { row, terms, reading, nextAt, settings, timeZone: calendar.timeZone }, sweep);
		if (item) items.push(item);
	}
	return items;
}

/** The steps without those that would give the lead on too soon, and when those may; one at most gives it on in one sweep. */
async function paceHandovers(row: ClockRow, due: EscalationStep[], times: ReturnType<typeof stepTimesOf>, calendar: Calendar, { ledger, now }: Sweep): Promise<{ steps: EscalationStep[]; waitsUntil: number[] }> {
	if (!due.some(({ notify }) => notify === 'nextOwner')) return { steps: due, waitsUntil: [] };
	const { since, lastKey } = await ledger.getHandovers(row, row.leadId);
	const steps: EscalationStep[] = [];
	const waitsUntil: number[] = [];
	for (const step of due) {
		const at = step.notify !== 'nextOwner' || lastKey === handoverKey(row, step) ? now : handoverTime(step, times, calendar, {
			startedAt: Date.parse(row.startedAt), dueAt: Date.parse(row.dueAt), ...(since === undefined ? {} : { since: Date.parse(since) }),
		});
		if (at > now) waitsUntil.push(at);
		else if (step.notify === 'nextOwner' && steps.some(({ notify }) => notify === 'nextOwner')) waitsUntil.push(now + heldAgainAfterMs);
		else steps.push(step);
	}
	return { steps, waitsUntil };
}

/** A pause that was to end by itself is ended and its due time moved; undefined when somebody else wrote the clock meanwhile. */
async function endPause(row: ClockRow, { calendar }: ClockTerms, { ledger, now, preview }: Sweep): Promise<ClockRow | undefined> {
	if (openPause(row.pauses, now)) return row;
	const resumed = resumeClock(row, openCalendar(calendar), now);
	if (!resumed) return row;
	const change: ClockChange = { dueAt: resumed.dueAt, warnAt: resumed.warnAt, pauses: [...resumed.pauses] };
	if (!preview && !(await ledger.updateClock(row, row.id, change, row.revision))) return undefined;
	return { ...row, ...change, revision: row.revision + (preview ? 0 : 1) } as ClockRow;
}

async function claimSteps(row: ClockRow, due: EscalationStep[], sweep: Sweep): Promise<{ alerts: Alert[]; lookAgainAt: number[] }> {
	const alerts: Alert[] = [];
	const lookAgainAt: number[] = [];
	for (const given of due) {
		let step = given;
		let claim = await claimStep(row, step, sweep);
		const undelivered = claim.status === 'exhausted' ? given.name : undefined;
		if (undelivered !== undefined) {
			step = undeliveredStep(given);
			claim = await claimStep(row, step, sweep);
		}
		if (claim.status === 'claimed') {
			alerts.push({ step, undelivered, claim });
			lookAgainAt.push(sweep.now + sweep.leaseSeconds * 1_000);
		} else if (claim.status === 'held') {
			lookAgainAt.push(sweep.now + Math.min(heldAgainAfterMs, sweep.leaseSeconds * 1_000));
		}
	}
	return { alerts, lookAgainAt };
}

async function claimStep(row: ClockRow, step: EscalationStep, sweep: Sweep): Promise<ClaimStepResult> {
	return await sweep.ledger.claimStep({ client: row.client, test: row.test, clockId: row.id, name: step.name, leaseSeconds: sweep.leaseSeconds });
}

/** Settings of clients, each read once. */
export function rememberSettings(ledger: Ledger): Sweep['settings'] {
	const known = new Map<string, Promise<ClientSettings | undefined>>();
	return (client) => {
		let settings = known.get(client);
		if (!settings) known.set(client, (settings = ledger.getClient(client).then((one) => one && completeSettings(one.settings))));
		return settings;
	};
}

/** Without a ledger nothing can be claimed: each incoming lead leaves with its clock as it stands now. */
async function checkItems(ctx: IExecuteFunctions, run: Run, settings: CheckSettings, now: Date): Promise<INodeExecutionData[][]> {
	const outputs = settings.byStatus ? checkOutputs.length : 1;
	return await sortLeads(ctx, { outputs, failedOutput: outputs - 1 }, ({ json }) => {
		const { record } = readRecord({ json, now, newId: run.newId });
		const refreshed = refreshOnItem(record, settings.own, now.getTime());
		const output = settings.byStatus ? outputOf('sla' in refreshed ? refreshed.sla.status : 'running') : 0;
		const alerts = 'sla' in refreshed && settings.own ? { alerts: alertsOnItem(record, refreshed.sla, settings.own, now.getTime()) as unknown as IDataObject[] } : {};
		return { output, json: { ...json, ...refreshed, ...alerts } };
	});
}
