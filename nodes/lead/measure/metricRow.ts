import type { Metric } from './scorecard';

/** A metric as a row of a table: first what people read, then the same for programs. */
export interface MetricRow {
	label: string;
	/** `92 %` or `4.0 min`; null when it could not be measured. */
	value: string | null;
	/** e.g. `at least 90 %`. */
	threshold: string | null;
	passes: boolean | null;
	because: string;
	name: Metric['name'];
	/** The value as a number: shares 0 to 1, minutes with one decimal. */
	number: number | null;
	unit: Metric['unit'];
	thresholdNumber: number | null;
	thresholdIs: Metric['thresholdIs'];
	count: number;
}

/** The metric as one row; its keys stand in the order of the table's columns. */
export function metricRow({ name, label, value, unit, threshold, thresholdIs, passes, count, because }: Metric): MetricRow {
	return {
		label,
		value: value === null ? null : inUnit(value, unit),
		threshold: threshold === null ? null : `${thresholdIs === 'atLeast' ? 'at least' : 'at most'} ${inUnit(threshold, unit)}`,
		passes, because, name, number: value, unit, thresholdNumber: threshold, thresholdIs, count,
	};
}

/** A share with a decimal where it would else seem to be its threshold: 94.9 % is not 95 %. */
function inUnit(value: number, unit: Metric['unit']): string {
	return unit === 'share' ? `${Math.round(value * 1000) / 10} %` : `${value.toFixed(1)} min`;
}
