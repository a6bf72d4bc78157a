import { DateTime } from 'luxon';
import type { Moment } from '../../handoffRecord';
import type { MetricName } from '../../metricNames';
import { fill } from '../../fill';
import type { MemberFairness } from '../fairness';
import { saidIn, type SayFigure } from '../sayFigure';
import type { Metric, Scorecard, ScorecardPart } from '../scorecard';
import { splitNames, type SplitName } from '../tally';
import { sayCause, wordsOf } from '../words/wordsOf';
import type { ReportWords } from '../words/reportWords';
import { chooseActions } from './actions';
import type { Chart } from './chart';
import { fairnessChart } from './fairnessChart';
import { pathChart } from './pathChart';
import { sayPart, type PartNames } from './sayParts';

export interface ReportInput {
	card: Scorecard;
	/** Earlier periods, oldest first, the one before last; for the charts over time. */
	history: Pick<Scorecard, 'from' | 'metrics'>[];
	client: { name: string; language: string; timeZone: string; logo?: string };
	/** How the leads went round in each team; absent or empty: no chart of it. */
	fairness?: readonly MemberFairness[];
	/** Names of owners by id; absent: owners are numbered. */
	members?: ReadonlyMap<string, string>;
	madeAt: Moment;
	test: boolean;
	/** Whether the figures come from an export: then nothing is advised that only this package can do. */
	isExport?: boolean;
}

/** One of the five figures of the first page. */
export interface Headline {
	label: string;
	/** `80 %`, or why there is no figure. */
	value: string;
	isMeasured: boolean;
	target: string;
	passes: boolean | null;
	before: string;
	trend: Metric['trend'];
	isClear: boolean;
	note: string;
}

export interface FigureRow {
	label: string;
	value: string;
	target: string;
	passes: boolean | null;
	before: string;
	trend: Metric['trend'];
	isClear: boolean;
	note: string;
}

export interface SplitTable {
	split: SplitName;
	title: string;
	columns: string[];
	/** Name, share of all leads (0 to 1), then one cell for each column; a cell that misses its target is marked. */
	rows: { name: string; share: number; cells: { text: string; passes: boolean | null }[] }[];
}

/** A report, all words written in the client's language; nothing is escaped yet. */
export interface ReportModel {
	words: ReportWords;
	language: string;
	client: string;
	title: string;
	logo?: string;
	test: boolean;
	period: string;
	comparedWith: string | null;
	leads: string;
	headlines: Headline[];
	/** What stands above `changes`. */
	changesTitle: string;
	changes: { text: string; trend: Metric['trend'] }[];
	actions: string[];
	charts: Chart[];
	/** Those that were measured. */
	figures: FigureRow[];
	/** The labels of the others. */
	unmeasured: string[];
	tables: SplitTable[];
	causes: { name: string; leads: number }[];
	madeAt: string;
	hasNames: boolean;
}

/** Speed, then what it led to, then whether the lead was in the right place. */
const headlineNames: readonly MetricName[] = ['medianFirstResponse', 'contactedWithinSla', 'contactRate', 'meetingRate', 'routingAccuracy'];
const tableMetrics: readonly MetricName[] = ['medianFirstResponse', 'contactedWithinSla', 'contactRate', 'meetingRate', 'salesAcceptance', 'wonPerLead'];
const mostRows = 8;
const mostChanges = 4;

/** Everything that a report says, for its page, its Slack message and its rows. */
export function buildReport(input: ReportInput): ReportModel {
	const { card, client } = input;
	const words = wordsOf(client.language);
	const say = saidIn(words);
	const owners = (card.splits.owner ?? []).filter(({ value, rest }) => value !== null && !rest).map(({ value }) => value);
	// who got no lead has a number, too
	const idle = (input.fairness ?? []).map(({ ownerId }) => ownerId).filter((id, place, all) => !owners.includes(id) && all.indexOf(id) === place);
	const names: PartNames = { words, members: input.members, owners: [...owners, ...idle] };
	const date = (moment: Moment, minus = 0) => DateTime.fromMillis(Date.parse(moment) - minus, { zone: client.timeZone, locale: words.locale }).toLocaleString(DateTime.DATE_MED);
	const between = (sentence: string, { from, to }: { from: Moment; to: Moment }) => fill(sentence, { from: date(from), to: date(to, 1) });
	return {
		words, language: client.language, client: client.name, title: words.text.title, logo: client.logo, test: input.test,
		period: between(words.text.period, card),
		comparedWith: card.previous && between(words.text.comparedWith, card.previous),
		leads: sayLeads(card.leads, words),
		headlines: headlineNames.map((name) => headlineOf(card.metrics.find((metric) => metric.name === name), name, words, say)),
		changesTitle: words.text.changed, changes: changesOf(card, words, say),
		actions: card.leads === 0 ? [words.text.noLeads] : chooseActions(card, names, say, input.isExport),
		charts: chartsOf(input, names, say),
		figures: card.metrics.filter(({ count }) => count > 0).map((metric) => figureRow(metric, words, say)),
		unmeasured: card.metrics.filter(({ count }) => count === 0).map(({ name }) => words.metrics[name]),
		tables: splitNames.flatMap((split) => tableOf(split, card, names, say)),
		causes: card.duplicateCauses.slice(0, mostRows).map(({ cause, leads }) => ({ name: sayCause(cause, words), leads })),
		madeAt: fill(words.text.made, { at: sayMoment(input.madeAt, client.timeZone, words) }),
		hasNames: input.members !== undefined,
	};
}

/** A moment in a language, in the client's zone. */
export function sayMoment(at: Moment, zone: string, { locale }: Pick<ReportWords, 'locale'>): string {
	return DateTime.fromISO(at, { zone, locale }).toLocaleString(DateTime.DATETIME_MED);
}

export function sayLeads(leads: number, { text, locale }: ReportWords): string {
	return leads === 1 ? text.lead : fill(text.leads, { n: new Intl.NumberFormat(locale).format(leads) });
}

function sayTarget({ threshold, thresholdIs, unit, currency }: Metric, words: ReportWords, say: SayFigure): string {
	return threshold === null ? words.text.noTarget : `${words.text.target} ${thresholdIs === 'atLeast' ? '≥' : '≤'} ${say(threshold, unit, currency)}`;
}

function sayValue({ value, count, unit, currency }: Metric, words: ReportWords, say: SayFigure): string {
	if (value !== null) return say(value, unit, currency);
	return count === 0 ? words.text.notMeasured : fill(words.text.tooFew, { n: String(count) });
}

/** What a figure rests on: `46 of 50`, for the sample with its bounds. */
function sayNote(metric: Metric, words: ReportWords, say: SayFigure): string {
	const { hits, count, interval, value } = metric;
	if (value === null) return '';
	const of = hits === null ? sayLeads(count, words) : fill(words.text.ofLeads, { n: String(hits), part: String(count) });
	return metric.name === 'routingAccuracy' && interval ? `${of}; ${fill(words.text.interval, { low: say(interval.low, 'share'), high: say(interval.high, 'share') })}` : of;
}

function headlineOf(metric: Metric | undefined, name: MetricName, words: ReportWords, say: SayFigure): Headline {
	if (!metric) return { label: words.metrics[name], value: words.text.notMeasured, isMeasured: false, target: '', passes: null, before: '', trend: null, isClear: false, note: '' };
	const { value, passes, trend, isClear } = metric;
	return { label: words.metrics[name], value: sayValue(metric, words, say), isMeasured: value !== null, target: sayTarget(metric, words, say), passes, before: sayBefore(metric, words, say), trend, isClear: isClear === true, note: sayNote(metric, words, say) };
}

function sayBefore({ previous, unit, currency }: Metric, { text }: ReportWords, say: SayFigure): string {
	return previous === null ? '' : `${text.before} ${say(previous, unit, currency)}`;
}

function figureRow(metric: Metric, words: ReportWords, say: SayFigure): FigureRow {
	const { name, threshold, thresholdIs, passes, previous, trend, isClear, unit, currency } = metric;
	return {
		label: words.metrics[name], value: sayValue(metric, words, say), passes, trend, isClear: isClear === true,
		target: threshold === null ? '' : `${thresholdIs === 'atLeast' ? '≥' : '≤'} ${say(threshold, unit, currency)}`,
		before: previous === null ? '' : say(previous, unit, currency), note: sayNote(metric, words, say),
	};
}

function changesOf(card: Scorecard, words: ReportWords, say: SayFigure): ReportModel['changes'] {
	if (!card.previous) return [];
	// nights follow days, and meetings per lead are told by their two factors
	const clear = card.metrics.filter(({ name, isClear }) => isClear === true && !name.endsWith('Wall') && name !== 'meetingsPerLead');
	const size = ({ value, previous }: Metric) => Math.abs((value ?? 0) - (previous ?? 0)) / Math.max(Math.abs(previous ?? 0), Math.abs(value ?? 0), 1e-9);
	const told = clear.sort((a, b) => size(b) - size(a)).slice(0, mostChanges).map(({ name, value, previous, unit, currency, trend }) => ({
		text: `${words.metrics[name]}: ${say(previous ?? 0, unit, currency)} → ${say(value ?? 0, unit, currency)}`, trend,
	}));
	const more = card.leads - card.previous.leads;
	const volume = more === 0 ? [] : [{ text: fill(more > 0 ? words.text.moreLeads : words.text.fewerLeads, { n: new Intl.NumberFormat(words.locale).format(Math.abs(more)) }), trend: null }];
	return [...volume, ...(told.length === 0 ? [{ text: words.text.nothingChanged, trend: null }] : told)];
}

function chartsOf({ card, history, client, fairness = [] }: ReportInput, names: PartNames, say: SayFigure): Chart[] {
	const { words } = names;
	const of = (metrics: readonly Metric[], name: MetricName) => metrics.find((metric) => metric.name === name);
	if (card.leads === 0) return [];
	const charts: Chart[] = [pathChart(card, words)];
	const periods = [...history, card];
	const labels = periods.map(({ from }) => DateTime.fromISO(from, { zone: client.timeZone, locale: words.locale }).toLocaleString({ day: 'numeric', month: 'short' }));
	const line = (name: MetricName) => {
		const metrics = periods.map(({ metrics: all }) => of(all, name));
		return { name: words.metrics[name], values: metrics.map((metric) => metric?.value ?? null), said: metrics.map((metric) => (metric?.value == null ? '' : say(metric.value, metric.unit))), passes: metrics.map((metric) => metric?.passes ?? null) };
	};
	if (history.length > 0) {
		const quality = (['contactedWithinSla', 'contactRate', 'meetingRate'] as const).map(line).filter(({ values }) => values.some((value) => value !== null));
		if (quality.length > 0) charts.push({ id: 'quality', title: words.text.trendTitle, kind: 'lines', labels, lines: quality, isShare: true });
		const speed = line('medianFirstResponse');
		const aim = of(card.metrics, 'medianFirstResponse')?.threshold;
		const short = { ...speed, said: speed.values.map((value) => (value === null ? '' : new Intl.NumberFormat(words.locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value))) };
		if (speed.values.some((value) => value !== null)) charts.push({ id: 'speed', title: `${words.text.speedTitle} (${words.text.middle})`, kind: 'columns', labels, lines: [short], ...(aim == null ? {} : { target: aim }) });
	}
	const byQueue = (card.splits.queue ?? []).slice(0, mostRows).map((part) => ({ part, metric: of(part.metrics, 'contactedWithinSla') })).filter(({ metric }) => metric?.value != null);
	const sla = of(card.metrics, 'contactedWithinSla');
	const target = sla?.threshold == null ? null : sayTarget(sla, words, say);
	if (byQueue.length > 1) {
		charts.push({
			id: 'queues', title: [words.metrics.contactedWithinSla, fill(words.text.bySplit, { part: words.splits.queue }), ...(target === null ? [] : [target])].join(' · '), kind: 'rows', isShare: true, target: 1,
			labels: byQueue.map(({ part }) => sayPart('queue', part, names)),
			lines: [{
				name: words.metrics.contactedWithinSla, values: byQueue.map(({ metric }) => metric?.value ?? null),
				said: byQueue.map(({ metric }) => say(metric?.value ?? 0, 'share')), passes: byQueue.map(({ metric }) => metric?.passes ?? null),
			}],
		});
	}
	return [...charts, ...fairnessChart(fairness, names, say)];
}

function tableOf(split: SplitName, card: Scorecard, names: PartNames, say: SayFigure): SplitTable[] {
	const parts = card.splits[split] ?? [];
	if (card.leads === 0 || !parts.some(({ value }) => value !== null)) return [];
	const { words } = names;
	const metrics = tableMetrics.filter((name) => parts.some((part) => part.metrics.some((metric) => metric.name === name && metric.value !== null)));
	const row = (part: ScorecardPart) => ({
		name: sayPart(split, part, names), share: part.leads / card.leads,
		cells: [
			{ text: new Intl.NumberFormat(words.locale).format(part.leads), passes: null },
			...metrics.map((name) => {
				const figures = part.metrics.filter((metric) => metric.name === name && metric.value !== null);
				return { text: figures.map(({ value, unit, currency }) => say(value ?? 0, unit, currency)).join(' + ') || '–', passes: figures.length === 1 ? figures[0].passes : null };
			}),
		],
	});
	return [{
		split, title: fill(words.text.bySplit, { part: words.splits[split] }),
		columns: [words.text.pathSteps.leads, ...metrics.map((name) => words.metrics[name])],
		rows: parts.slice(0, mostRows).map(row),
	}];
}
