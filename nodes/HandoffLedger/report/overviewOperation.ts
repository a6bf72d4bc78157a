import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { elapsedBetween } from '../../lead/activate/businessTime';
import { openCalendar } from '../../lead/activate/calendar';
import { periodBefore, readPeriod, sinceLive } from '../../lead/measure/periods';
import { overviewPage, overviewRows, overviewSlack, type OverviewClient } from '../../lead/measure/report/overview';
import type { Client, ClientSettings } from '../../lead/settings/clientSettings';
import type { LedgerRun } from '../operations';
import { readPeriodChoice } from './periodSetting';
import { htmlFile } from './reportOperation';
import { measurePeriod } from './scorecardOperation';

const hourMs = 3_600_000;
const usualNoLeadHours = 8;

/** All clients at a glance: a row for each, or a page with the same for Slack. */
export async function surveyClients(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const language = ctx.getNodeParameter('language', 0, 'en') as string;
	const clients: OverviewClient[] = [];
	for (const { key } of await run.ledger.listClients()) {
		const client = await run.client(key);
		if (client) clients.push(await surveyClient(ctx, run, client));
	}
	const rows = overviewRows(clients, language);
	const given = (json: object) => ({ json, pairedItem: { item: 0 } }) as INodeExecutionData;
	if (ctx.getNodeParameter('overviewGive', 0) === 'clients') return rows.map(given);
	const about = { language, timeZone: run.timeZone, madeAt: run.now().toISOString() };
	const html = overviewPage(rows, about);
	const slack = overviewSlack(rows, about);
	const count = (status: string) => rows.filter((row) => row.status === status).length;
	const page = given({ clients: rows.length, red: count('red'), amber: count('amber'), green: count('green'), inTest: count('test'), slackText: slack.text, slackBlocks: slack.blocks, rows, html });
	return [{ ...page, binary: { report: await htmlFile(ctx, html, `overview-${about.madeAt.slice(0, 10)}.html`) } }];
}

async function surveyClient(ctx: IExecuteFunctions, run: LedgerRun, { key, settings }: Client): Promise<OverviewClient> {
	const now = run.now();
	const { timeZone, liveSince } = settings;
	const choice = readPeriodChoice(ctx, timeZone, liveSince);
	// one that is not live yet has no time since it went live
	const chosen = choice.period === 'sinceGoLive' && liveSince === undefined ? { from: now.toISOString(), to: now.toISOString() } : readPeriod(choice, now, timeZone);
	const before = periodBefore(chosen, choice, timeZone);
	const scope = { client: key, test: false };
	const card = await measurePeriod(run, {
		scope, settings, now, splits: [], period: sinceLive(chosen, liveSince) ?? { from: chosen.to, to: chosen.to }, before: before && sinceLive(before, liveSince),
	});
	const [last] = await run.ledger.listLeads({ ...scope, limit: 1 });
	const lastTouchAt = last?.lastTouchAt ?? null;
	const since = lastTouchAt ?? liveSince;
	return {
		key, name: settings.name, mode: settings.mode, timeZone, card, lastLeadAt: lastTouchAt,
		quietHours: since === undefined ? null : elapsedBetween(defaultCalendar(settings), Date.parse(since), now.getTime()) / hourMs,
		noLeadHours: settings.scorecard?.noLeadHours ?? usualNoLeadHours,
	};
}

function defaultCalendar({ calendars, defaultCalendar: name, timeZone }: ClientSettings): ReturnType<typeof openCalendar> {
	const calendar = calendars.find((one) => one.name === name) ?? calendars[0];
	return openCalendar({ ...calendar, timeZone: calendar.timeZone ?? timeZone });
}
