import type { MetricName, MetricUnit } from '../../metricNames';
import type { Measure } from '../metrics';
import { spreadOf } from '../spread';
import type { AuditLead } from './auditLead';

/** Figures of an audit that the scorecard has, by the same name and with the same meaning, in the order in which they are told. */
export const auditMetrics = [
	'medianFirstResponse', 'p90FirstResponse', 'medianFirstResponseWall', 'p90FirstResponseWall', 'contactedWithinSla', 'contactRate', 'meetingRate', 'meetingsPerLead',
	'routingAccuracy', 'sourceCompleteness', 'campaignPresent', 'duplicateRate', 'noOwnerRate',
] as const satisfies readonly MetricName[];

/** Figures that only an audit has: what happens to leads that come when nobody is there. */
export const auditExtras = {
	afterHoursShare: 'share', medianWallInHours: 'minutes', medianWallAfterHours: 'minutes', contactRateAfterHours: 'share', maybeDuplicateShare: 'share',
} as const satisfies Record<string, MetricUnit>;
export type AuditExtra = keyof typeof auditExtras;
export type AuditFigureName = (typeof auditMetrics)[number] | AuditExtra;

type Told = 'contacted' | 'meeting' | 'hasOwner' | 'sourceComplete' | 'hasCampaign' | 'routedRight' | 'duplicate' | 'afterHours';

/** A share of those leads of which the export tells it; the rest says nothing, and is never counted as no. */
function shareOf(leads: readonly AuditLead[], is: (lead: AuditLead) => boolean | null, counted: string, whenNone: string): Measure {
	const told = leads.map(is).filter((one) => one !== null);
	const hits = told.filter(Boolean).length;
	return { count: told.length, hits, value: told.length === 0 ? 0 : hits / told.length, counted: `${hits} of ${told.length} ${counted}`, whenNone };
}

function timeOf(leads: readonly AuditLead[], minutes: 'businessMinutes' | 'wallMinutes', figure: 'median' | 'p90'): Measure {
	const spread = spreadOf(leads.map((lead) => lead[minutes]).filter((value) => value !== null));
	return { count: spread.count, value: Math.round(spread[figure] * 10) / 10, counted: `${spread.count} leads with both times`, whenNone: 'Not measured: no row holds the time of creation and of the first contact' };
}

const told = (key: Told) => (lead: AuditLead) => lead[key];

/** Whether a lead was answered within so many business minutes; null while that can't be told. */
function within(target: number) {
	return ({ businessMinutes, contacted, waitedMinutes }: AuditLead): boolean | null => {
		if (businessMinutes !== null) return businessMinutes <= target;
		// not answered yet is no answer in time as soon as it is due
		return contacted === false && waitedMinutes !== null && waitedMinutes > target ? false : null;
	};
}

export interface AuditOptions {
	/** Business minutes within which a lead should have its first answer. */
	targetMinutes: number;
}

const sla = 'Not measured: no row holds the time of creation and of the first contact, or waits longer than the target';

/** Every figure of an audit as a plain calculation on what the export tells; each with the number of leads on which it rests. */
export function auditMeasures(leads: readonly AuditLead[], { targetMinutes }: AuditOptions): Record<AuditFigureName, Measure> {
	const [inHours, afterHours] = [false, true].map((is) => leads.filter((lead) => lead.afterHours === is));
	return {
		medianFirstResponse: timeOf(leads, 'businessMinutes', 'median'),
		p90FirstResponse: timeOf(leads, 'businessMinutes', 'p90'),
		medianFirstResponseWall: timeOf(leads, 'wallMinutes', 'median'),
		p90FirstResponseWall: timeOf(leads, 'wallMinutes', 'p90'),
		contactedWithinSla: shareOf(leads, within(targetMinutes), `leads were contacted within ${targetMinutes} business minutes`, sla),
		contactRate: shareOf(leads, told('contacted'), 'leads were contacted', 'Not measured: no column tells whether a lead was contacted'),
		meetingRate: shareOf(leads, ({ contacted, meeting }) => (contacted === true || meeting === true ? meeting : null), 'contacted leads have a meeting', 'Not measured: no column tells of meetings, or of contact'),
		meetingsPerLead: shareOf(leads, told('meeting'), 'leads have a meeting', 'Not measured: no column tells of meetings'),
		routingAccuracy: shareOf(leads, told('routedRight'), 'leads were where the export says that they belong', 'Not measured: no column tells where a lead belonged'),
		sourceCompleteness: shareOf(leads, told('sourceComplete'), 'leads know source, medium and campaign', 'Not measured: no column tells where leads came from'),
		campaignPresent: shareOf(leads, told('hasCampaign'), 'leads name their campaign', 'Not measured: no column tells the campaign'),
		duplicateRate: shareOf(leads, told('duplicate'), 'leads are of a person who has an earlier row', 'Not measured: no name, e-mail, phone or company could be compared'),
		noOwnerRate: shareOf(leads, ({ hasOwner }) => (hasOwner === null ? null : !hasOwner), 'leads have no owner', 'Not measured: no column tells the owner'),
		afterHoursShare: shareOf(leads, told('afterHours'), 'leads came outside working hours', 'Not measured: no row holds the time of creation'),
		medianWallInHours: timeOf(inHours, 'wallMinutes', 'median'),
		medianWallAfterHours: timeOf(afterHours, 'wallMinutes', 'median'),
		contactRateAfterHours: shareOf(afterHours, told('contacted'), 'leads that came outside working hours were contacted', 'Not measured: no lead came outside working hours, or no column tells whether it was contacted'),
		maybeDuplicateShare: shareOf(leads, (lead) => (lead.duplicate === null ? null : lead.maybeDuplicate), 'leads may be of a person who has an earlier row', 'Not measured: no name, e-mail, phone or company could be compared'),
	};
}
