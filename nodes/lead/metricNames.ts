/** How a figure is written: business minutes, minutes of the wall clock, a share from 0 to 1, an amount of money. */
export type MetricUnit = 'businessMinutes' | 'minutes' | 'share' | 'money';

/**
 * Figures of the scorecard by their stable name, in the order in which they are told: speed, what it led to, quality of
 * routing and data, what sales made of it, how much people and rules had to help. `better`: which way is good; of
 * `neither`, nothing is good or bad by itself.
 */
export const metricKinds = {
	medianFirstResponse: { unit: 'businessMinutes', better: 'lower' },
	p90FirstResponse: { unit: 'businessMinutes', better: 'lower' },
	medianFirstResponseWall: { unit: 'minutes', better: 'lower' },
	p90FirstResponseWall: { unit: 'minutes', better: 'lower' },
	highIntentUnder5: { unit: 'share', better: 'higher' },
	highIntentUnder15: { unit: 'share', better: 'higher' },
	contactedWithinSla: { unit: 'share', better: 'higher' },
	contactRate: { unit: 'share', better: 'higher' },
	meetingRate: { unit: 'share', better: 'higher' },
	meetingsPerLead: { unit: 'share', better: 'higher' },
	routingAccuracy: { unit: 'share', better: 'higher' },
	sourceCompleteness: { unit: 'share', better: 'higher' },
	campaignPresent: { unit: 'share', better: 'higher' },
	duplicateRate: { unit: 'share', better: 'lower' },
	repeatEnquiryShare: { unit: 'share', better: 'neither' },
	noOwnerRate: { unit: 'share', better: 'lower' },
	salesAcceptance: { unit: 'share', better: 'higher' },
	mqlToSql: { unit: 'share', better: 'higher' },
	pipelinePerLead: { unit: 'money', better: 'higher' },
	pipelinePerRep: { unit: 'money', better: 'higher' },
	wonPerLead: { unit: 'money', better: 'higher' },
	wonPerRep: { unit: 'money', better: 'higher' },
	reviewShare: { unit: 'share', better: 'lower' },
	aiFallbackShare: { unit: 'share', better: 'lower' },
} as const satisfies Record<string, { unit: MetricUnit; better: 'higher' | 'lower' | 'neither' }>;

export type MetricName = keyof typeof metricKinds;
export const metricNames = Object.keys(metricKinds) as MetricName[];
