/** The figure that a metric should reach. */
export interface Threshold {
	/** Whether `value` is the least or the most that passes; the value itself passes. */
	is: 'atLeast' | 'atMost';
	value: number;
}

/** Metrics of the scorecard by their stable name. */
export const metricNames = [
	'medianFirstResponse', 'p90FirstResponse', 'highIntentUnder5', 'highIntentUnder15', 'contactedWithinSla',
	'routingAccuracy', 'sourceCompleteness', 'duplicateRate', 'repeatEnquiryShare', 'noOwnerRate',
	'salesAcceptance', 'reviewShare', 'aiFallbackShare',
] as const;
export type MetricName = (typeof metricNames)[number];

/**
 * What a handoff that works should reach: starting points chosen for this package in 2026, no standard.
 * A metric that is not listed is told without pass or fail, because what is good depends on the business.
 */
export const thresholds: Partial<Record<MetricName, Threshold>> = {
	medianFirstResponse: { is: 'atMost', value: 15 },
	p90FirstResponse: { is: 'atMost', value: 60 },
	highIntentUnder5: { is: 'atLeast', value: 0.5 },
	highIntentUnder15: { is: 'atLeast', value: 0.9 },
	contactedWithinSla: { is: 'atLeast', value: 0.8 },
	routingAccuracy: { is: 'atLeast', value: 0.95 },
	sourceCompleteness: { is: 'atLeast', value: 0.9 },
	duplicateRate: { is: 'atMost', value: 0.03 },
	noOwnerRate: { is: 'atMost', value: 0 },
	aiFallbackShare: { is: 'atMost', value: 0.05 },
};

/** Whether the figure passes; null without a figure or a threshold. */
export function passesThreshold(value: number | null, threshold: Threshold | undefined): boolean | null {
	if (value === null || !threshold) return null;
	return threshold.is === 'atLeast' ? value >= threshold.value : value <= threshold.value;
}
