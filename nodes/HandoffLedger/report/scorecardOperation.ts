import type { IExecuteFunctions } from 'n8n-workflow';
import { testModeHint } from '../../host/testModeHint';
import { tallyPeriods } from '../../host/tallyPeriods';
import { sayMoment } from '../../lead/activate/moments';
import { metricRow } from '../../lead/measure/metricRow';
import { partRows } from '../../lead/measure/partRows';
import { periodBefore, readPeriod, sinceLive, type Period, type PeriodChoice } from '../../lead/measure/periods';
import { scorecard, type Scorecard } from '../../lead/measure/scorecard';
import { splitNames, type SplitName } from '../../lead/measure/tally';
import { thresholdsOf } from '../../lead/measure/thresholds';
import type { Client, ClientSettings } from '../../lead/settings/clientSettings';
import type { LedgerRun } from '../operations';
import { readPeriodChoice } from './periodSetting';
import { readClient, readTestLeads } from '../settings';

/** Measures a client's handoff in a period, beside the period before. */
export async function measureHandoff(ctx: IExecuteFunctions, run: LedgerRun): Promise<object[]> {
	const splits = ctx.getNodeParameter('splitBy', 0, splitNames) as SplitName[];
	const { key, client, test, card } = await readScorecard(ctx, run, splits);
	const measured = { client: key, from: card.from, to: card.to, testLeads: test };
	const give = ctx.getNodeParameter('give', 0) as 'metrics' | 'parts' | 'report';
	if (give === 'metrics') return card.metrics.map((metric) => ({ ...metricRow(metric), ...measured }));
	if (give === 'parts') return partRows(card, client?.settings.members ?? []).map((row) => ({ ...row, ...measured }));
	return [{
		...measured, name: client?.settings.name ?? key, leads: card.leads, previous: card.previous, metrics: card.metrics.map((metric) => metricRow(metric)),
		splits: Object.fromEntries(Object.entries(card.splits).map(([split, parts]) => [split, parts.map((part) => ({ ...part, metrics: part.metrics.map((metric) => metricRow(metric)) }))])),
		duplicateCauses: card.duplicateCauses,
	}];
}

/** What was chosen in the panel, and its figures. */
export interface ReadScorecard {
	key: string;
	client: Client | undefined;
	test: boolean;
	card: Scorecard;
	choice: PeriodChoice;
	/** The whole period that was chosen, also where the client was not live yet. */
	chosen: Period;
	now: Date;
	timeZone: string;
}

/** The figures of the chosen client and period, as they are now. */
export async function readScorecard(ctx: IExecuteFunctions, run: LedgerRun, splits: readonly SplitName[]): Promise<ReadScorecard> {
	const key = readClient(ctx, 0);
	const client = await run.client(key);
	const settings = client?.settings;
	const timeZone = settings?.timeZone ?? run.timeZone;
	const now = run.now();
	const test = readTestLeads(ctx, 0);
	const choice = readPeriodChoice(ctx, timeZone, settings?.liveSince);
	const chosen = readPeriod(choice, now, timeZone);
	const live = test ? undefined : settings?.liveSince;
	// a period that ends before the client went live stays empty
	const period = sinceLive(chosen, live) ?? { from: chosen.to, to: chosen.to };
	if (period.from > chosen.from) run.hint(`Leads count from ${sayMoment(Date.parse(period.from), timeZone)} on, when this client went live.`);
	const before = periodBefore(chosen, choice, timeZone);
	const card = await measurePeriod(run, { scope: { client: key, test }, settings, now, splits, period, before: before && sinceLive(before, live) });
	if (card.leads === 0) run.hint(testModeHint(client, test));
	return { key, client, test, card, choice, chosen, now, timeZone };
}

interface Measured {
	scope: { client: string; test: boolean };
	settings: ClientSettings | undefined;
	now: Date;
	splits: readonly SplitName[];
	period: Period;
	before: Period | undefined;
}

/** Figures of one client in one period. */
export async function measurePeriod(run: LedgerRun, { scope, settings, now, splits, period, before }: Measured): Promise<Scorecard> {
	const [tally, earlier] = await tallyPeriods(
		run.ledger, scope, { asOf: now.toISOString(), byRegion: dividesRegions(settings) },
		[{ period, splits }, before && { period: before, splits }],
	);
	const { thresholds, leastLeads } = settings?.scorecard ?? {};
	return scorecard(tally, earlier, { leastLeads, thresholds: thresholdsOf(thresholds) });
}

/** Whether somebody's territory is a part of a country, so that the figures should tell these apart too. */
function dividesRegions(settings: ClientSettings | undefined): boolean {
	return settings?.teams.some(({ territories = [] }) => territories.some(({ region }) => region !== undefined)) === true;
}
