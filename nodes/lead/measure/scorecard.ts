import type { Moment } from '../handoffRecord';
import type { MeasuredLead } from './measuredLead';
import {
	aiFallbackShare, contactedWithinSla, duplicateRate, firstResponse, highIntentUnder, median, ninetieth, noOwnerRate,
	repeatEnquiryShare, reviewShare, routingAccuracy, salesAcceptance, sourceCompleteness, type Measure,
} from './metrics';
import { passesThreshold, thresholds as defaultThresholds, type MetricName, type Threshold } from './thresholds';

export interface Metric {
	name: MetricName;
	label: string;
	/** Null when it could not be measured; `because` says why. Shares are 0 to 1, minutes have one decimal. */
	value: number | null;
	unit: 'businessMinutes' | 'share';
	threshold: number | null;
	thresholdIs: 'atLeast' | 'atMost' | null;
	passes: boolean | null;
	/** Leads that the figure rests on. */
	count: number;
	/** What was counted, or why there is no figure. */
	because: string;
}

export interface ScorecardOptions {
	/** Moment at which the figures are taken: an unanswered lead whose due time is later is still in time. */
	asOf: Moment;
	/** Least number of leads under a figure. Default 5. */
	leastLeads?: number;
	thresholds?: Partial<Record<MetricName, Threshold>>;
}

/**
 * The figures by which a handoff is judged, in a fixed order, each with what it rests on.
 * Give it leads of one client and one kind, live or test.
 */
export function scorecard(leads: readonly MeasuredLead[], options: ScorecardOptions): Metric[] {
	const least = options.leastLeads ?? 5;
	const targets = options.thresholds ?? defaultThresholds;
	const measures: Record<MetricName, Measure> = {
		medianFirstResponse: firstResponse(leads, 'Median First Response', median),
		p90FirstResponse: firstResponse(leads, 'First Response of Nine in Ten (p90)', ninetieth),
		highIntentUnder5: highIntentUnder(leads, 5, options.asOf),
		highIntentUnder15: highIntentUnder(leads, 15, options.asOf),
		contactedWithinSla: contactedWithinSla(leads, options.asOf),
		routingAccuracy: routingAccuracy(leads),
		sourceCompleteness: sourceCompleteness(leads),
		duplicateRate: duplicateRate(leads),
		repeatEnquiryShare: repeatEnquiryShare(leads),
		noOwnerRate: noOwnerRate(leads),
		salesAcceptance: salesAcceptance(leads),
		reviewShare: reviewShare(leads),
		aiFallbackShare: aiFallbackShare(leads),
	};
	return (Object.entries(measures) as [MetricName, Measure][]).map(([name, measure]) => judge(name, measure, least, targets[name]));
}

function judge(name: MetricName, measure: Measure, least: number, threshold: Threshold | undefined): Metric {
	const { label, unit, count } = measure;
	const value = count >= least && count > 0 ? measure.value : null;
	const because = value !== null ? measure.counted : count === 0 ? measure.whenNone : `Too few leads for a figure (${count} of at least ${least})`;
	return {
		name, label, value, unit, threshold: threshold?.value ?? null, thresholdIs: threshold?.is ?? null,
		passes: passesThreshold(value, threshold), count, because,
	};
}
