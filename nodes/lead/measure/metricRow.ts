import { fill } from '../fill';
import type { MetricName } from '../metricNames';
import type { Metric } from './scorecard';
import { saidIn } from './sayFigure';
import { english } from './words/english';
import type { ReportWords } from './words/reportWords';

/** A metric as a row of a table: first what people read, then the same for programs. */
export interface MetricRow {
	label: string;
	/** `92 %` or `4.0 min`; null when it could not be measured. */
	value: string | null;
	/** e.g. `at least 90 %`. */
	threshold: string | null;
	passes: boolean | null;
	because: string;
	/** The figure of the period before. */
	previous: string | null;
	trend: Metric['trend'];
	name: MetricName;
	/** The value as a number: shares 0 to 1, minutes with one decimal, money with two. */
	number: number | null;
	unit: Metric['unit'];
	currency: string | null;
	thresholdNumber: number | null;
	thresholdIs: Metric['thresholdIs'];
	previousNumber: number | null;
	/** Whether the trend is more than chance explains. */
	trendIsClear: boolean | null;
	/** Bounds between which the true share lies with 95 % confidence. */
	low: number | null;
	high: number | null;
	count: number;
}

/** The metric as one row in a language, but for `because`; its keys stand in the order of the table's columns. */
export function metricRow(metric: Metric, words: ReportWords = english): MetricRow {
	const { name, value, unit, currency, threshold, thresholdIs, passes, previous, trend, isClear, interval, count, because } = metric;
	const say = (figure: number | null) => (figure === null ? null : saidIn(words)(figure, unit, currency));
	return {
		label: words.metrics[name],
		value: say(value),
		threshold: threshold === null ? null : fill(thresholdIs === 'atLeast' ? words.text.atLeast : words.text.atMost, { value: say(threshold) ?? '' }),
		passes, because, previous: say(previous), trend, name, number: value, unit, currency,
		thresholdNumber: threshold, thresholdIs, previousNumber: previous, trendIsClear: isClear,
		low: interval && round(interval.low), high: interval && round(interval.high), count,
	};
}

function round(share: number): number {
	return Math.round(share * 1000) / 1000;
}
