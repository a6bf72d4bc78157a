import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { testModeHint } from '../host/testModeHint';
import { sayMoment } from '../lead/activate/moments';
import { LeadError } from '../lead/leadError';
import { metricRow } from '../lead/measure/metricRow';
import { scorecard } from '../lead/measure/scorecard';
import type { LedgerRun } from './operations';
import { readClient, readMomentSetting, readMomentText, readTestLeads } from './settings';

export async function measureHandoff(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const key = readClient(ctx, 0);
	const client = await run.client(key);
	const settings = client?.settings;
	const now = run.now();
	const period = readPeriod(ctx, now, settings?.timeZone ?? run.timeZone);
	const test = readTestLeads(ctx, 0);
	const { from, to } = test ? period : { ...period, from: countedFrom(period, settings?.liveSince) };
	if (from > period.from) run.hint(`Leads count from ${sayMoment(Date.parse(from), settings?.timeZone ?? run.timeZone)} on, when this client went live.`);
	const leads = await run.ledger.scorecardRows({ client: key, test }, from, to);
	if (leads.length === 0) run.hint(testModeHint(client, test));
	const metrics = scorecard(leads, { asOf: now.toISOString() }).map(metricRow);
	const measured = { client: key, from, to, testLeads: test };
	if (ctx.getNodeParameter('give', 0) === 'metrics') return metrics.map((metric) => ({ ...metric, ...measured }));
	return [{ ...measured, name: settings?.name ?? key, leads: leads.length, metrics }];
}

/** The start of the period, or of the client's life where that is later; a period that ends before it stays empty. */
function countedFrom({ from, to }: { from: string; to: string }, liveSince: string | undefined): string {
	const start = liveSince === undefined ? from : new Date(liveSince).toISOString();
	if (start <= from) return from;
	return start < to ? start : to;
}

/** The period that was chosen: from `from`, included, to `to`, excluded. */
export function readPeriod(ctx: IExecuteFunctions, now: Date, timeZone: string): { from: string; to: string } {
	if (ctx.getNodeParameter('period', 0) === 'lastDays') {
		const days = ctx.getNodeParameter('days', 0) as number;
		if (!Number.isInteger(days) || days < 1) throw new LeadError('DAYS_INVALID', '"Days" is not a whole number above 0', 'Set "Days" to 1 or more.');
		// days of the client's calendar, so that a change of the clocks does not shift the start
		const from = DateTime.fromJSDate(now, { zone: timeZone }).minus({ days }).toJSDate().toISOString();
		return { from, to: now.toISOString() };
	}
	const given = { from: readMomentText(ctx.getNodeParameter('from', 0)), to: readMomentText(ctx.getNodeParameter('to', 0, '')) };
	const from = readMomentSetting(given.from ?? '', timeZone, 'From');
	const to = given.to ? readMomentSetting(given.to, timeZone, 'To') : now.toISOString();
	if (from >= to) throw new LeadError('PERIOD_EMPTY', 'The period ends before it begins', 'Set "To" to a moment after "From".');
	return { from, to };
}
