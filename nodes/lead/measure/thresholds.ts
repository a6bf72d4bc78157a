import { metricKinds, metricNames, type MetricName } from '../metricNames';

/** The figure that a metric should reach. */
export interface Threshold {
	/** Whether `value` is the least or the most that passes; the value itself passes. */
	is: 'atLeast' | 'atMost';
	value: number;
}

export type Thresholds = Partial<Record<MetricName, Threshold>>;

/**
 * What a handoff that works should reach: starting points chosen for this package in 2026, no standard.
 * A metric that is not listed is told without pass or fail, because what is good depends on the business.
 */
export const thresholds: Thresholds = {
	medianFirstResponse: { is: 'atMost', value: 15 },
	p90FirstResponse: { is: 'atMost', value: 60 },
	highIntentUnder5: { is: 'atLeast', value: 0.5 },
	highIntentUnder15: { is: 'atLeast', value: 0.9 },
	contactedWithinSla: { is: 'atLeast', value: 0.8 },
	routingAccuracy: { is: 'atLeast', value: 0.95 },
	sourceCompleteness: { is: 'atLeast', value: 0.9 },
	campaignPresent: { is: 'atLeast', value: 0.9 },
	duplicateRate: { is: 'atMost', value: 0.03 },
	noOwnerRate: { is: 'atMost', value: 0 },
	aiFallbackShare: { is: 'atMost', value: 0.05 },
};

/**
 * The thresholds with what the client changed: another value, or none at all (`null`).
 * Which way is good belongs to the metric; of money there is no threshold, because it comes in several currencies.
 */
export function thresholdsOf(changed: Partial<Record<MetricName, number | null>> = {}): Thresholds {
	return Object.fromEntries(metricNames.flatMap((name) => {
		const value = changed[name] === undefined ? thresholds[name]?.value : changed[name];
		const { unit, better } = metricKinds[name];
		if (value === undefined || value === null || unit === 'money' || better === 'neither') return [];
		return [[name, { is: better === 'higher' ? 'atLeast' : 'atMost', value }]];
	}));
}

/** Whether the figure passes; null without a figure or a threshold. */
export function passesThreshold(value: number | null, threshold: Threshold | undefined): boolean | null {
	if (value === null || !threshold) return null;
	return threshold.is === 'atLeast' ? value >= threshold.value : value <= threshold.value;
}
