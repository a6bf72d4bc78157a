import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { readLeads } from '../host/readLeads';
import { sortLeads } from '../host/sortLeads';
import { toClockRow } from '../host/stopClocks';
import { readTerms, toSla } from '../lead/activate/clock';
import { chooseStart, openClocks, type OpenedClock } from '../lead/activate/openClocks';
import { labelLead } from '../lead/activate/escalation';
import { writeRepCard, type CardLink } from '../lead/activate/repCard';
import { toMoment } from '../lead/activate/moments';
import type { ActivationSettings } from '../lead/activate/policy';
import { forgetLead, isForgotten } from '../lead/forgetLead';
import type { HandoffRecord, LeadIssue, Sla } from '../lead/handoffRecord';
import { throwProblems } from '../lead/leadError';
import { clientMissing } from '../lead/readRecord';
import { orderRecord } from '../lead/orderRecord';
import { simplifyRecord } from '../lead/simplifyRecord';
import type { ClockRow, Ledger } from '../ledger/ledger';
import { isAway } from './away';
import { refreshOnItem } from './onItem';
import { activationSettings, asOfOnLive, type StartSettings } from './settings';

interface Start {
	ledger: Ledger;
	record: HandoffRecord;
	/** The first response first. */
	opened: OpenedClock[];
	now: Date;
	run: Run;
	settingsVersion?: number;
}

/** What the leads of one client are activated by. */
interface StartBy {
	settings: ActivationSettings;
	version?: number;
}

/** Start: each incoming lead leaves with its clock; one that has a clock keeps it. */
export async function startClocks(ctx: IExecuteFunctions, run: Run, settings: StartSettings): Promise<INodeExecutionData[][]> {
	const now = settings.asOf ?? run.now();
	const leads = await readLeads(ctx, now, run.newId);
	if (settings.asOf && run.ledger && leads.some(({ record, captured }) => captured && !record.run.test)) throwProblems([asOfOnLive]);

	// every client is looked up before the first lead, so that a wrong key or policy touches none
	const clients = new Map<string, StartBy>();
	const startBy: (StartBy | undefined)[] = [];
	for (const lead of leads) {
		const { client, unnamed } = await run.clientOf(lead);
		// no client's key is empty
		const key = unnamed ? '' : lead.record.client;
		let by = clients.get(key);
		if (!by && (!unnamed || settings.own)) {
			by = { settings: activationSettings(settings.own, key, client, now.getTime()), ...(client && !settings.own ? { version: client.version } : {}) };
			clients.set(key, by);
		}
		startBy.push(by);
	}
	if (!settings.own) await run.tellVersions();

	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const { record, captured } = leads[itemIndex];
		const by = startBy[itemIndex];
		const leave = () => ({ output: 0, json: settings.output === 'simplified' ? simplifyRecord(record) : orderRecord(record, 'sla') });
		if (!by) {
			addIssues(record, [clientMissing]);
			return leave();
		}
		if (isForgotten(record) || (captured && (await wasErasedMeanwhile(run, record)))) {
			// nothing of it is written down again, and nobody is to answer
			if (!isForgotten(record)) forgetLead(record);
			return leave();
		}
		const given = captured ? record.submission : { submittedAt: json?.submittedAt, receivedAt: json?.receivedAt };
		const start = chooseStart(given, now.getTime(), by.settings.timeZone);
		const { clocks: opened, issues, afterHours } = openClocks(record, by.settings, start, { isAway: (id) => isAway(id, by.settings, start.at) });
		addIssues(record, [...start.issues, ...issues]);
		record.sla = run.ledger && captured
			? await startInLedger({ ledger: run.ledger, record, opened, now, run, settingsVersion: by.version })
			: startOnItem(record, opened[0], by.settings, now.getTime());
		if (afterHours) record.sla.afterHours = afterHours;
		if (record.routing?.waiting) record.sla.because = [...record.sla.because, `the lead waits in queue ${record.routing.queue} for somebody to take it`];
		record.submission = { ...record.submission, state: 'activated' };
		if (by.version !== undefined) record.settingsVersion = by.version;
		if (settings.repCard) {
			const buttons = ctx.getNodeParameter('options.cardButtons.values', itemIndex, []) as CardLink[];
			record.card = writeRepCard(record, by.settings.timeZone, buttons);
		}
		return leave();
	});
}

async function startInLedger({ ledger, record, opened, now, run, settingsVersion }: Start): Promise<Sla> {
	const scope = { client: record.client, test: record.run.test };
	const at = now.getTime();
	const lead = { ...scope, leadId: record.leadId, ownerId: record.routing?.owner?.id ?? null, leadText: labelLead(record) };
	// a blocked lead has its clock and alerts nobody until it is released
	const isBlocked = record.routing?.blocked === true;
	const rows = opened.map((one) => ({ ...toClockRow(one, lead, at, run.newId()), ...(isBlocked ? { nextCheckAt: null } : {}) }));
	const replace = run.decidesAfresh(record, record.sla);
	const started: { clock: ClockRow; earlier: boolean }[] = [];
	for (const row of rows) {
		const { clock, earlier } = await ledger.startClock(row);
		// a new enquiry does not restart the clock of its lead, in the editor neither: only the one that started it may
		started.push(replace && earlier && clock.startedAt === row.startedAt ? await ledger.startClock(row, { replace }) : { clock, earlier });
	}
	const [first, ...others] = started;
	const sla = slaOfRow(first.clock, at);
	if (others.length > 0) sla.otherClocks = others.map(({ clock }) => slaOfRow(clock, at)).map(({ clock, dueAt, status }) => ({ clock, dueAt, status }));
	if (isBlocked) {
		sla.nextCheckAt = null;
		sla.because = [...sla.because, 'the lead is blocked, so nobody is alerted until it is released'];
	}
	if (first.earlier && first.clock.startedAt !== rows[0].startedAt) {
		sla.because = [...sla.because, 'this lead already had its clock, which a new enquiry does not restart'];
	}
	await ledger.recordDecision({
		...scope, submissionId: record.submission.id, leadId: record.leadId, stage: 'activate', at: toMoment(at), section: { sla }, settingsVersion, state: 'activated', replace,
	});
	// the clock in the ledger, not the recorded section, says how the lead stands today
	return sla;
}

/** Whether the person was erased while this run had the lead in hand. */
async function wasErasedMeanwhile({ ledger, now, timeZone }: Run, { client, lead, submission }: HandoffRecord): Promise<boolean> {
	if (!ledger) return false;
	const { at } = chooseStart(submission, now().getTime(), timeZone);
	return await ledger.wasErased(client, { key: submission.key, sentAt: toMoment(at), emailKey: lead.emailKey, phone: lead.phone });
}

function startOnItem(record: HandoffRecord, opened: OpenedClock, settings: ActivationSettings, now: number): Sla {
	const carried = refreshOnItem(record, settings, now);
	return 'sla' in carried ? carried.sla : slaOfOpened(opened, now);
}

function slaOfOpened(opened: OpenedClock, now: number): Sla {
	return toSla({ ...opened.facts, policy: opened.policy, startedFrom: opened.startedFrom, name: opened.name }, opened.terms, now);
}

/** The `sla` section of a clock in the ledger, as it stands at a moment. */
export function slaOfRow(row: ClockRow, now: number): Sla {
	return toSla(row, readTerms(row.terms), now);
}

function addIssues(record: HandoffRecord, issues: LeadIssue[]): void {
	const known = new Set(record.quality.issues.map(({ field, code }) => `${field} ${code}`));
	record.quality.issues.push(...issues.filter(({ field, code }) => !known.has(`${field} ${code}`)));
}
