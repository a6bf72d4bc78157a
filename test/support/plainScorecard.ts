import type { MetricName } from '../../nodes/lead/metricNames';
import type { SplitName } from '../../nodes/lead/measure/tally';
import type { LeadCase } from './randomLeads';

/** A figure as `plainScorecard` counts it; money has one for each currency. */
export type PlainFigures = Record<MetricName, { value: number; count: number; currency?: string }[]>;

const has = (one: LeadCase, ...types: string[]) => one.events.some(({ type }) => types.includes(type));
/** What was told last. */
const last = (one: LeadCase, type: string) => one.events.filter((event) => event.type === type).at(-1)?.detail ?? {};
const isAnswered = (one: LeadCase) => one.clock !== null && one.clock.response !== null;
const isContacted = (one: LeadCase) => isAnswered(one) || has(one, 'contacted', 'meetingBooked');

function isDue(one: LeadCase, now: number): boolean {
	if (!one.clock) return false;
	if (one.clock.response) return true;
	return !one.clock.paused && one.openedAfter + one.clock.dueIn <= now;
}

/**
 * All figures, counted as their definitions say and as slowly as they read.
 *
 * @param now - Minutes after the start of the period.
 */
export function plainScorecard(leads: LeadCase[], now: number, reps: number): PlainFigures {
	const share = (of: LeadCase[], hit: (one: LeadCase) => boolean) => [{ value: of.length === 0 ? 0 : of.filter(hit).length / of.length, count: of.length }];
	const answered = leads.filter(isAnswered);
	const business = answered.map((one) => Math.round((one.clock?.response?.elapsed ?? 0) * 10) / 10).sort((a, b) => a - b);
	const wall = answered.map((one) => one.clock?.response?.after ?? 0).sort((a, b) => a - b);
	const middle = (sorted: number[]) => {
		if (sorted.length === 0) return [{ value: 0, count: 0 }];
		const half = Math.floor(sorted.length / 2);
		const value = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
		return [{ value: Math.round(value * 10) / 10, count: sorted.length }];
	};
	const ninth = (sorted: number[]) => [{ value: sorted.find((value) => sorted.filter((other) => other <= value).length >= 0.9 * sorted.length - 1e-9) ?? 0, count: sorted.length }];
	const high = leads.filter((one) => one.intent?.highIntent === true && isDue(one, now));
	const due = leads.filter((one) => isDue(one, now));
	const created = leads.filter(({ verdict }) => verdict === 'create');
	const asked = leads.filter(({ intent }) => intent?.engine === 'ai' || intent?.engine === 'fallback');
	const money = (type: string, by: number) => {
		const sums = new Map<string, { amount: number; count: number }>();
		for (const one of leads) {
			const { amount, currency } = last(one, type);
			if (typeof amount !== 'number') continue;
			const key = typeof currency === 'string' ? currency.toUpperCase() : '';
			const sum = sums.get(key) ?? { amount: 0, count: 0 };
			sums.set(key, { amount: sum.amount + amount, count: sum.count + 1 });
		}
		if (sums.size === 0 || by === 0) return [{ value: 0, count: 0 }];
		return [...sums].map(([currency, { amount, count }]) => ({ value: Math.round((amount / by) * 100) / 100, count, currency }));
	};
	return {
		medianFirstResponse: middle(business), p90FirstResponse: ninth(business), medianFirstResponseWall: middle(wall), p90FirstResponseWall: ninth(wall),
		highIntentUnder5: share(high, ({ clock }) => clock?.response !== null && Number(clock?.response.elapsed) < 5),
		highIntentUnder15: share(high, ({ clock }) => clock?.response !== null && Number(clock?.response.elapsed) < 15),
		contactedWithinSla: share(due, ({ clock }) => clock?.response !== null && Number(clock?.response.after) <= Number(clock?.dueIn)),
		contactRate: share(leads, isContacted),
		meetingRate: share(leads.filter(isContacted), (one) => has(one, 'meetingBooked')),
		meetingsPerLead: share(leads, (one) => has(one, 'meetingBooked')),
		routingAccuracy: share(leads.filter((one) => has(one, 'routingChecked')), (one) => last(one, 'routingChecked').right === true),
		sourceCompleteness: share(leads, ({ source }) => source?.complete === true),
		campaignPresent: share(leads, ({ source }) => (source?.campaign ?? '').trim() !== ''),
		duplicateRate: share(created, (one) => has(one, 'duplicateConfirmed') && !has(one, 'duplicateRefuted')),
		repeatEnquiryShare: share(leads, ({ secondTouch, verdict }) => secondTouch || verdict === 'append'),
		noOwnerRate: share(leads, ({ route }) => (route?.owner ?? null) === null),
		salesAcceptance: share(leads.filter((one) => has(one, 'accepted', 'rejected')), (one) => has(one, 'accepted')),
		mqlToSql: share(leads.filter((one) => has(one, 'becameMql')), (one) => has(one, 'becameSql')),
		pipelinePerLead: money('opportunity', leads.length), pipelinePerRep: money('opportunity', reps),
		wonPerLead: money('won', leads.length), wonPerRep: money('won', reps),
		reviewShare: share(leads, ({ review }) => review === 'open'),
		aiFallbackShare: share(asked, ({ intent }) => intent?.engine === 'fallback'),
	};
}

/** The value of a lead in a split. */
export const plainSplits: Record<SplitName, (one: LeadCase) => string | null> = {
	source: ({ source }) => source?.source ?? null,
	campaign: ({ source }) => (source?.campaign ?? '').trim() || null,
	queue: ({ route }) => route?.queue ?? null,
	owner: ({ route }) => route?.owner ?? null,
	intent: ({ intent }) => intent?.name ?? null,
	form: ({ formId }) => (formId === null ? 'typeform' : `typeform/${formId}`),
	territory: ({ country, region }) => (country === null ? null : region === null ? country : `${country}/${region}`),
	service: ({ service }) => service,
	tier: ({ route }) => route?.tier ?? null,
};
