import type { Moment } from '../handoffRecord';
import { metricKinds, metricNames, type MetricName, type MetricUnit } from '../metricNames';
import { measures, type Measure, type MeasureOptions } from './metrics';
import { sharesDiffer, shareInterval } from './shareInterval';
import type { PeriodTally, SplitName, Tally } from './tally';
import { passesThreshold, thresholds as defaultThresholds, type Threshold, type Thresholds } from './thresholds';

export interface Metric {
	name: MetricName;
	/** Null when it could not be measured; `because` says why. Shares are 0 to 1, minutes have one decimal, money two. */
	value: number | null;
	unit: MetricUnit;
	/** Of money, `''` when none was told; null of all else. */
	currency: string | null;
	threshold: number | null;
	thresholdIs: Threshold['is'] | null;
	passes: boolean | null;
	/** Leads that the figure rests on. */
	count: number;
	/** Of a share: those of them that are counted. */
	hits: number | null;
	/** Of a share: where the true one lies with 95 % confidence. */
	interval: { low: number; high: number } | null;
	/** The same figure of the period before. */
	previous: number | null;
	trend: 'better' | 'worse' | 'same' | null;
	/** Whether the trend is more than chance explains: of shares by a test, of times and money from a fifth on, of money with ten deals each. Null without a trend. */
	isClear: boolean | null;
	/** What was counted, or why there is no figure. */
	because: string;
}

/** The figures of one part of a split. */
export interface ScorecardPart {
	value: string | null;
	/** True for the part of all values with fewer leads than the others. */
	rest: boolean;
	leads: number;
	metrics: Metric[];
	duplicateCauses: Tally['duplicateCauses'];
}

export interface Scorecard {
	from: Moment;
	to: Moment;
	leads: number;
	previous: { from: Moment; to: Moment; leads: number } | null;
	/** How far the leads went, each counted in every step that it reached. */
	reached: Record<'contacted' | 'meeting' | 'opportunity' | 'won', number>;
	metrics: Metric[];
	splits: Partial<Record<SplitName, ScorecardPart[]>>;
	duplicateCauses: Tally['duplicateCauses'];
}

export interface ScorecardOptions {
	/** Least number of leads under a figure. Default 5. */
	leastLeads?: number;
	thresholds?: Thresholds;
}

/**
 * The figures by which a handoff is judged, in a fixed order, each with what it rests on, beside the period before.
 * Give it tallies of one client and one kind, live or test.
 */
export function scorecard(now: PeriodTally, before: PeriodTally | undefined, options: ScorecardOptions = {}): Scorecard {
	const splits = (Object.keys(now.splits) as SplitName[]).map((split) => {
		const earlier = new Map(before?.splits[split]?.map((part) => [partKey(part), part]));
		return [split, (now.splits[split] ?? []).map((part): ScorecardPart => ({
			value: part.value, rest: part.rest === true, leads: part.leads,
			metrics: metricsOf(part, earlier.get(partKey(part)), options, {}, {}), duplicateCauses: part.duplicateCauses,
		}))];
	});
	const { counts } = now.total;
	return {
		from: now.from, to: now.to, leads: now.total.leads,
		previous: before ? { from: before.from, to: before.to, leads: before.total.leads } : null,
		reached: { contacted: counts.contacted, meeting: counts.meeting, opportunity: counts.opportunity, won: counts.won },
		metrics: metricsOf(now.total, before?.total, options, { reps: now.reps }, { reps: before?.reps }),
		splits: Object.fromEntries(splits) as Scorecard['splits'],
		duplicateCauses: now.total.duplicateCauses,
	};
}

function partKey({ value, rest }: { value: string | null; rest?: true }): string {
	return rest ? 'rest' : JSON.stringify(value);
}

/** All figures of some leads. */
export function metricsOf(now: Tally, before: Tally | undefined, options: ScorecardOptions, known: MeasureOptions, knownBefore: MeasureOptions): Metric[] {
	const { leastLeads = 5, thresholds = defaultThresholds } = options;
	return metricNames.flatMap((name) => {
		const earlier = before ? measures[name](before, knownBefore) : [];
		return measures[name](now, known).map((measure) => judge(name, measure, earlier.find(({ currency }) => currency === measure.currency), leastLeads, thresholds[name]));
	});
}

/** A measure as a figure: with its threshold and trend, or without a value when it rests on too few leads. */
export function judge(name: MetricName, measure: Measure, before: Measure | undefined, least: number, threshold: Threshold | undefined): Metric {
	const { unit } = metricKinds[name];
	const { count, hits } = measure;
	// what a deal is worth is known from the first one on
	const needed = unit === 'money' ? 1 : Math.max(1, least);
	const value = count >= needed ? measure.value : null;
	const because = value !== null ? measure.counted : count === 0 ? measure.whenNone : `Too few leads for a figure (${count} of at least ${least})`;
	const previous = before && before.count >= needed ? before.value : null;
	return {
		name, value, unit, currency: unit === 'money' ? measure.currency ?? null : null,
		threshold: threshold?.value ?? null, thresholdIs: threshold?.is ?? null, passes: passesThreshold(value, threshold),
		count, hits: hits ?? null, interval: value !== null && hits !== undefined ? shareInterval(hits, count) : null,
		previous, ...trendOf(name, value, previous, measure, before), because,
	};
}

/** A fifth of the figure before: how far times and amounts of money move by themselves. */
const clearChange = 0.2;
/** With fewer, one large deal is the whole trend. */
const leastDeals = 10;

function trendOf(name: MetricName, value: number | null, previous: number | null, now: Measure, before: Measure | undefined): Pick<Metric, 'trend' | 'isClear'> {
	if (value === null || previous === null || metricKinds[name].better === 'neither') return { trend: null, isClear: null };
	const { unit, better } = metricKinds[name];
	const least = unit === 'share' ? 0.0005 : 0.05;
	if (Math.abs(value - previous) < least) return { trend: 'same', isClear: false };
	const isClear = now.hits !== undefined && before?.hits !== undefined
		? sharesDiffer({ hits: now.hits, count: now.count }, { hits: before.hits, count: before.count })
		: Math.abs(value - previous) >= clearChange * Math.abs(previous) && (unit !== 'money' || Math.min(now.count, before?.count ?? 0) >= leastDeals);
	return { trend: value > previous === (better === 'higher') ? 'better' : 'worse', isClear };
}
