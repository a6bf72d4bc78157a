import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Run } from '../host/openRun';
import { sortLeads } from '../host/sortLeads';
import { stopClocks, type Answer } from '../host/stopClocks';
import { clockName } from '../lead/activate/clock';
import { readMoment, toMoment } from '../lead/activate/moments';
import type { Sla } from '../lead/handoffRecord';
import { readRecord } from '../lead/readRecord';
import type { ClockRow, Ledger, Scope } from '../ledger/ledger';
import { namesNoClient, readItemClient, zoneOf } from './itemClient';
import { readItemText } from './itemText';
import { refreshOnItem } from './onItem';
import type { ResponseSettings } from './settings';
import { slaOfRow } from './startClocks';

/** What became of one response; `recorded` is true for the first human answer only. */
export interface ResponseOutcome {
	recorded: boolean;
	outcome: 'met' | 'met_late' | 'already' | 'automatic' | 'beforeStart' | 'inFuture' | 'notReadable' | 'noClock';
	why: string;
}

interface Given {
	at: number;
	by: string;
	channel: string;
	/** Set when the moment had no zone of its own. */
	assumedZone?: string;
}

/** A machine's clock may run ahead of ours by this. */
const clockSkewMs = 5 * 60_000;

/** Record Response: each item leaves with `response`, and with its `sla` where there is a clock. */
export async function recordResponses(ctx: IExecuteFunctions, run: Run, settings: ResponseSettings): Promise<INodeExecutionData[][]> {
	const { ledger } = run;
	const clients = ledger ? await readItemClient(ctx, run) : [];
	return await sortLeads(ctx, { outputs: 1, failedOutput: 0 }, async ({ json }, itemIndex) => {
		const now = run.now();
		let assumed = '';
		const leave = (response: ResponseOutcome, sla?: Sla) => ({ output: 0, json: { ...json, response: { ...response, why: `${response.why}${assumed}` }, ...(sla ? { sla } : {}) } });
		if (ctx.getNodeParameter('automaticReply', itemIndex, false) === true) {
			return leave({ recorded: false, outcome: 'automatic', why: 'an automatic reply is not a first answer, so the clock goes on' });
		}
		const given = readGiven(ctx, itemIndex, now, await zoneOf(run, clients[itemIndex]));
		if (!given) return leave({ recorded: false, outcome: 'notReadable', why: 'the moment of the answer is not readable as ISO 8601' });
		if (given.assumedZone !== undefined) assumed = `; the moment had no zone, so it was read as ${given.assumedZone}`;

		if (!ledger) {
			const { record } = readRecord({ json, now, newId: run.newId });
			const { sla } = record;
			if (sla && given.at < Date.parse(sla.startedAt)) return leave(beforeStart(sla.startedAt), sla);
			if (sla && (sla.status === 'met' || sla.status === 'met_late')) return leave({ recorded: false, outcome: 'already', why: 'the first answer was recorded before' }, sla);
			const refreshed = refreshOnItem(record, settings.own, now.getTime(), given.at);
			return 'sla' in refreshed ? leave(stopped(refreshed.sla), refreshed.sla) : leave({ recorded: false, outcome: 'noClock', why: refreshed.clock });
		}

		const leadId = readItemText(ctx, 'leadId', itemIndex);
		const client = clients[itemIndex];
		if (client === undefined) return leave({ recorded: false, outcome: 'noClock', why: namesNoClient });
		const row = leadId === '' ? undefined : await findClock(ledger, client, leadId);
		if (!row) return leave({ recorded: false, outcome: 'noClock', why: 'no clock of this client runs for that lead id; the person may have been erased' });
		// a test lead may be played through with moments that are still to come
		if (!row.test && given.at > now.getTime() + clockSkewMs) {
			return leave({ recorded: false, outcome: 'inFuture', why: 'the answer lies in the future' }, slaOfRow(row, now.getTime()));
		}
		if (given.at < Date.parse(row.startedAt)) return leave(beforeStart(row.startedAt), slaOfRow(row, now.getTime()));
		return await stopClock(ledger, row, given, run.newId, leave);
	});
}

async function stopClock(ledger: Ledger, row: ClockRow, given: Given, newId: () => string, leave: (response: ResponseOutcome, sla?: Sla) => { output: number; json: IDataObject | object }) {
	const scope: Scope = { client: row.client, test: row.test };
	const onceKey = `firstAnswer:${row.id}`;
	const first = await ledger.recordEvent({
		...scope, leadId: row.leadId, type: 'contacted', at: toMoment(given.at), by: given.by, detail: { channel: given.channel, clockId: row.id }, onceKey,
	});
	// an earlier run may have died between its event and the clock: the event holds
	const counted = first ? given : await recordedAnswer(ledger, row, given);
	const rows = await stopClocks(ledger, scope, row.leadId, 'contacted', counted, newId);
	if (first) return leave(stopped(slaNow(rows, row, counted.at)), slaNow(rows, row, counted.at));
	// a further touch: it may stop a clock that the first answer started
	const before = openNames(rows);
	const after = await stopClocks(ledger, scope, row.leadId, 'contacted', given, newId);
	const touched = before.filter((name) => !openNames(after).includes(name));
	return leave({
		recorded: false, outcome: 'already',
		why: touched.length > 0 ? `the first answer was recorded before; this one stopped the clock ${touched.join(', ')}` : 'the first answer was recorded before, and only the first counts',
	}, slaNow(after, row, counted.at));
}

function slaNow(rows: ClockRow[], row: ClockRow, at: number): Sla {
	return slaOfRow(rows.find(({ id }) => id === row.id) ?? row, at);
}

function openNames(rows: ClockRow[]): string[] {
	return rows.filter(({ respondedAt }) => respondedAt === null).map(({ name }) => name);
}

async function recordedAnswer(ledger: Ledger, row: ClockRow, given: Given): Promise<Answer> {
	if (row.respondedAt !== null) return { at: Date.parse(row.respondedAt), by: row.respondedBy };
	const story = await ledger.getLead({ client: row.client, test: row.test }, { leadId: row.leadId });
	const event = story?.events.find(({ type, detail }) => type === 'contacted' && detail.clockId === row.id);
	return event ? { at: Date.parse(event.at), by: event.by } : given;
}

async function findClock(ledger: Ledger, client: string, leadId: string): Promise<ClockRow | undefined> {
	// a lead id belongs to a test lead or a live one, never to both
	return (await ledger.getClock({ client, test: false }, leadId, clockName)) ?? (await ledger.getClock({ client, test: true }, leadId, clockName));
}

function readGiven(ctx: IExecuteFunctions, itemIndex: number, now: Date, timeZone: string): Given | undefined {
	const text = ctx.getNodeParameter('answeredAt', itemIndex, '');
	const read = text === '' || text === null || text === undefined ? { at: now.getTime() } : readMoment(text, timeZone);
	return read && { ...read, by: readItemText(ctx, 'answeredBy', itemIndex), channel: readItemText(ctx, 'channel', itemIndex) || 'email' };
}

function stopped(sla: Sla): ResponseOutcome {
	return sla.status === 'met'
		? { recorded: true, outcome: 'met', why: `answered after ${sla.elapsedMinutes} business minutes, within the target` }
		: { recorded: true, outcome: 'met_late', why: `answered after ${sla.elapsedMinutes} business minutes, ${-sla.remainingMinutes} past the target` };
}

function beforeStart(startedAt: string): ResponseOutcome {
	return { recorded: false, outcome: 'beforeStart', why: `the answer lies before the start of the clock (${startedAt})` };
}
