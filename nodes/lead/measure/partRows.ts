import type { MetricName } from '../metricNames';
import { saidIn } from './sayFigure';
import type { Metric, Scorecard, ScorecardPart } from './scorecard';
import type { SplitName } from './tally';
import { english } from './words/english';

/** The figures that a row of a part tells. */
const shownMetrics = [
	'medianFirstResponse', 'p90FirstResponse', 'highIntentUnder5', 'contactedWithinSla', 'contactRate', 'meetingRate', 'meetingsPerLead',
	'routingAccuracy', 'sourceCompleteness', 'campaignPresent', 'duplicateRate', 'noOwnerRate', 'salesAcceptance', 'mqlToSql',
	'pipelinePerLead', 'wonPerLead', 'reviewShare', 'aiFallbackShare',
] as const satisfies readonly MetricName[];

/** Columns for people, then the same as numbers: `contactedWithinSla` is `92 %`, `contactedWithinSlaNumber` 0.92. */
export type PartRow = Record<string, string | number | null>;

/** One row for each part of each split, those with most leads first; owners by name where they are members. */
export function partRows({ splits }: Pick<Scorecard, 'splits'>, members: readonly { id: string; name: string }[]): PartRow[] {
	const names = new Map(members.map(({ id, name }) => [id, name]));
	return (Object.entries(splits) as [SplitName, ScorecardPart[]][]).flatMap(([split, parts]) => parts.map((part) => {
		const figures = shownMetrics.map((name) => [name, part.metrics.filter((metric) => metric.name === name)] as const);
		return {
			split: english.splits[split],
			part: part.rest ? english.text.others : (split === 'owner' ? names.get(part.value ?? '') : undefined) ?? part.value ?? english.text.unknown,
			leads: part.leads,
			...Object.fromEntries(figures.map(([name, metrics]) => [name, said(metrics)])),
			worse: part.metrics.filter(({ trend, isClear }) => trend === 'worse' && isClear).map(({ name }) => english.metrics[name]).join(', ') || null,
			failed: part.metrics.filter(({ passes }) => passes === false).map(({ name }) => english.metrics[name]).join(', ') || null,
			...Object.fromEntries(figures.map(([name, metrics]) => [`${name}Number`, metrics.length === 1 ? metrics[0].value : null])),
			splitName: split, partValue: part.value,
		};
	}));
}

/** Amounts in several currencies stand beside each other. */
function said(metrics: readonly Metric[]): string | null {
	const figures = metrics.flatMap(({ value, unit, currency }) => (value === null ? [] : [saidIn(english)(value, unit, currency)]));
	return figures.length === 0 ? null : figures.join(' + ');
}
