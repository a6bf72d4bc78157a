import type { IExecuteFunctions } from 'n8n-workflow';
import { readPeriod } from '../../lead/measure/periods';
import { sheetCells } from '../../lead/sheetCells';
import type { LedgerRun } from '../operations';
import { readPeriodChoice } from './periodSetting';
import { readClient, readTestLeads, readText } from '../settings';

const shown = { owner: 'Owner', merge: 'Merge', intent: 'Intent', misrouted: 'Misrouted', notDuplicate: 'Not a Duplicate' } as const;

/** What people put right in a period, a row each: labels to measure by, and what to talk about in the weekly review. */
export async function listCorrections(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const client = readClient(ctx, 0);
	const saved = await run.client(client);
	const timeZone = saved?.settings.timeZone ?? run.timeZone;
	const { from, to } = readPeriod(readPeriodChoice(ctx, timeZone, saved?.settings.liveSince), run.now(), timeZone);
	const corrections = await run.ledger.listCorrections({ client, test: readTestLeads(ctx, 0) }, from, to);
	return corrections.map(({ kind, leadId, at, by, detail, message, queue }) => sheetCells({
		leadId, whatWasWrong: shown[kind], at, by,
		from: readText(detail.from) ?? null,
		to: readText(detail.to) ?? readText(detail.rightQueue) ?? null,
		reason: readText(detail.reason) ?? readText(detail.note) ?? null,
		queue, message,
	}));
}
