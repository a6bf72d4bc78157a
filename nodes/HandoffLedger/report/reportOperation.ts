import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { tallyPeriods } from '../../host/tallyPeriods';
import { metricRow } from '../../lead/measure/metricRow';
import { periodBefore, sinceLive, type Period } from '../../lead/measure/periods';
import { buildReport, type ReportInput } from '../../lead/measure/report/reportModel';
import { reportPage } from '../../lead/measure/report/reportPage';
import { slackReport } from '../../lead/measure/report/slackReport';
import { scorecard } from '../../lead/measure/scorecard';
import { splitNames } from '../../lead/measure/tally';
import { countFairness } from './fairnessOperation';
import type { LedgerRun } from '../operations';
import { readScorecard, type ReadScorecard } from './scorecardOperation';

/** Earlier periods that the charts over time show, beside the one that is told. */
const earlierPeriods = 7;

/** Of more leads than this the page tells no fairness: each would be read one by one; the operation Fairness does it. */
const mostForFairness = 100_000;

/** Writes a client's report: a page as a file and as a field, the same as a Slack message, and its figures as rows. */
export async function writeReport(ctx: IExecuteFunctions, run: LedgerRun): Promise<INodeExecutionData[]> {
	const read = await readScorecard(ctx, run, splitNames);
	const { key, client, test, card, now, timeZone } = read;
	const names = ctx.getNodeParameter('ownerNames', 0, false) === true;
	const { settings } = client ?? {};
	const model = buildReport({
		card, history: await readHistory(run, read), fairness: card.leads > mostForFairness ? [] : await countFairness(run, { client: key, test }, { settings, timeZone, period: card }), test, madeAt: now.toISOString(),
		client: { name: settings?.name ?? key, language: settings?.language ?? 'en', timeZone, logo: settings?.logo },
		members: names ? new Map(settings?.members.map(({ id, name }) => [id, name])) : undefined,
	});
	// the library of charts is loaded only here
	const { drawChart } = await import('../../lead/measure/report/drawChart');
	const html = reportPage(model, drawChart);
	const slack = slackReport(model);
	return [{
		json: {
			client: key, name: model.client, recipients: settings?.reportRecipients ?? [], from: card.from, to: card.to, testLeads: test, leads: card.leads, title: `${model.client} · ${model.title}`,
			actions: model.actions, changes: model.changes.map(({ text }) => text), slackText: slack.text, slackBlocks: slack.blocks as unknown as object[],
			rows: card.metrics.map((metric) => metricRow(metric)) as unknown as object[], html,
		},
		binary: { report: await htmlFile(ctx, html, `${key}-${card.from.slice(0, 10)}.html`) },
		pairedItem: { item: 0 },
	}] as INodeExecutionData[];
}

/** A page as a file that n8n can send or save. */
export async function htmlFile(ctx: IExecuteFunctions, html: string, name: string): Promise<IBinaryData> {
	return await ctx.helpers.prepareBinaryData(Buffer.from(html, 'utf8'), name, 'text/html');
}

/** The same stretch of earlier weeks, months or days, oldest first; only those in which the client was live. */
async function readHistory(run: LedgerRun, { key, client, test, card, choice, chosen, now, timeZone }: ReadScorecard): Promise<ReportInput['history']> {
	const live = test ? undefined : client?.settings.liveSince;
	const periods: Period[] = [];
	let earlier: Period | undefined = chosen;
	while (periods.length < earlierPeriods) {
		earlier = periodBefore(earlier, choice, timeZone);
		const lived = earlier && sinceLive(earlier, live);
		if (!earlier || !lived) break;
		periods.unshift(lived);
	}
	const tallies = await tallyPeriods(run.ledger, { client: key, test }, { asOf: now.toISOString(), byRegion: false }, periods.map((period) => ({ period, splits: [] })));
	const first = tallies.findIndex(({ total }) => total.leads > 0);
	// before the first lead there is nothing to show
	return first < 0 || card.leads === 0 ? [] : tallies.slice(first).map((tally) => scorecard(tally, undefined));
}
