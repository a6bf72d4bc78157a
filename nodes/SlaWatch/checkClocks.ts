import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { testModeHint } from '../host/testModeHint';
import { openCalendar } from '../lead/activate/calendar';
import { nextCheckAt, readClock, readTerms } from '../lead/activate/clock';
import { chooseWho, dueSteps, plainText, refreshPeople, sayAlert, stepTimes, undeliveredStep, type People } from '../lead/activate/escalation';
import { toMoment } from '../lead/activate/moments';
import type { ClockStatus, Moment } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import type { EscalationStep, Member } from '../lead/settings/clientSettings';
import type { ClaimStepResult, ClockRow, Ledger } from '../ledger/ledger';
import { refreshOnItem } from './onItem';
import type { CheckSettings } from './settings';
import { slaOfRow } from './startClocks';

interface Alert {
	step: EscalationStep;
	/** Absent in a preview. */
	claim?: Extract<ClaimStepResult, { status: 'claimed' }>;
	/** Name of the step that was sent as often as it may be. */
	undelivered?: string;
}

/** A step that another sweep holds is looked at again after this: its lease ends at a time that only the ledger knows. */
const heldAgainAfterMs = 60_000;

interface Sweep {
	ledger: Ledger;
	now: number;
	/** Nothing is claimed or written. */
	preview: boolean;
	leaseSeconds: number;
	members: (client: string) => Promise<Member[]>;
}

/** Check: one item for each alert that is to be sent now, whatever the incoming items are. */
export async function checkClocks(ctx: IExecuteFunctions, run: Run, settings: CheckSettings): Promise<INodeExecutionData[][]> {
	const { ledger } = run;
	const now = settings.asOf ?? run.now();
	if (!ledger) return await checkItems(ctx, run, settings, now);
	const client = settings.client === undefined ? undefined : await run.client(settings.client);
	const sweep: Sweep = { ledger, now: now.getTime(), preview: run.manual, leaseSeconds: settings.leaseSeconds, members: rememberMembers(ledger) };
	const rows = await ledger.listDueClocks({ client: settings.client, test: settings.testLeads, now: now.toISOString(), limit: settings.clocksPerCheck });
	const emptyHint = rows.length === 0 ? testModeHint(client, settings.testLeads) : undefined;
	if (emptyHint !== undefined) ctx.addExecutionHints({ message: emptyHint, location: 'outputPane' });
	const items: INodeExecutionData[] = [];
	for (const row of rows) {
		for (const alert of await checkClock(row, sweep)) items.push({ json: alert, pairedItem: { item: 0 } });
	}
	if (sweep.preview) {
		ctx.addExecutionHints({ message: `Preview: ${items.length} alerts would be sent now. A run by hand claims and writes nothing; run the workflow by its trigger to send them.`, location: 'outputPane' });
	}
	return [items];
}

async function checkClock(row: ClockRow, sweep: Sweep): Promise<IDataObject[]> {
	const terms = readTerms(row.terms);
	const calendar = openCalendar(terms.calendar);
	const reading = readClock(row, calendar, sweep.now);
	const times = stepTimes(terms.escalation, calendar, Date.parse(row.warnAt), reading.breachAt);
	const due = dueSteps(times, reading.status, sweep.now, row.confirmedSteps);
	const { alerts, lookAgainAt } = sweep.preview ? { alerts: due.map((step): Alert => ({ step })), lookAgainAt: [] } : await claimSteps(row, due, sweep);

	const planned = nextCheckAt(row, terms, sweep.now, [...row.confirmedSteps, ...due.map(({ name }) => name)]);
	const next = [...lookAgainAt, ...(planned === null ? [] : [Date.parse(planned)])];
	const nextAt = next.length === 0 ? null : toMoment(Math.min(...next));
	if (!sweep.preview && (reading.status !== row.status || nextAt !== row.nextCheckAt)) await writeStatus(row, reading.status, nextAt, sweep);
	if (alerts.length === 0) return [];

	const people = refreshPeople(terms.people, row.ownerId, await sweep.members(row.client));
	const text = sayAlert({
		status: reading.status, lead: row.leadText ?? 'A lead', remainingMinutes: reading.remainingMinutes, dueAt: Date.parse(row.dueAt), timeZone: calendar.timeZone, owner: people.owner,
	});
	return alerts.map(({ step, undelivered, claim }) => ({
		client: row.client,
		run: { test: row.test },
		leadId: row.leadId,
		status: reading.status,
		step: {
			id: claim?.stepId ?? null, name: step.name, claimToken: claim?.claimToken ?? null, attempt: claim?.attempt ?? 0,
			notify: step.notify, ...whoIsTold(step, people),
		},
		text: undelivered === undefined ? text : `${text} The alert ${plainText(undelivered)} was sent and never confirmed.`,
		minutesLeft: reading.remainingMinutes,
		dueAt: row.dueAt,
		nextCheckAt: nextAt,
		because: [...terms.because, `${reading.elapsedMinutes} business minutes without an answer`],
		owner: people.owner ?? null,
		...(sweep.preview ? { preview: true } : {}),
	}));
}

function whoIsTold(step: EscalationStep, people: People): IDataObject {
	const told = chooseWho(step.notify, people);
	return told
		? { toldAs: told.as, who: { name: told.who.name, email: told.who.email, slackId: told.who.slackId } }
		: { toldAs: null, who: null };
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

async function writeStatus(row: ClockRow, status: ClockStatus, nextAt: Moment | null, { ledger }: Sweep): Promise<void> {
	const scope = { client: row.client, test: row.test };
	await ledger.updateClock(scope, row.id, { status, nextCheckAt: nextAt });
	// an answer that came since the clock was read must not be written over
	const written = await ledger.getClock(scope, row.leadId, row.name);
	if (row.respondedAt !== null || !written || written.respondedAt === null) return;
	await ledger.updateClock(scope, row.id, { status: slaOfRow(written, Date.parse(written.respondedAt)).status, nextCheckAt: null });
}

function rememberMembers(ledger: Ledger): Sweep['members'] {
	const known = new Map<string, Promise<Member[]>>();
	return (client) => {
		let members = known.get(client);
		if (!members) known.set(client, (members = ledger.getClient(client).then((one) => one?.settings.members ?? [])));
		return members;
	};
}

/** Without a ledger nothing can be claimed: each incoming lead leaves with its clock as it stands now. */
async function checkItems(ctx: IExecuteFunctions, run: Run, settings: CheckSettings, now: Date): Promise<INodeExecutionData[][]> {
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, ({ json }) => {
		const { record } = readRecord({ json, now, newId: run.newId });
		return { output: 0, json: { ...json, ...refreshOnItem(record, settings.own, now.getTime()) } };
	});
}
