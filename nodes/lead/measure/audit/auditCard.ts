import type { Moment } from '../../handoffRecord';
import { metricNames } from '../../metricNames';
import { judge, type Metric, type Scorecard, type ScorecardPart } from '../scorecard';
import type { SplitName } from '../tally';
import { thresholds as defaultThresholds, type Thresholds } from '../thresholds';
import { auditExtras, auditMeasures, auditMetrics, type AuditExtra, type AuditOptions } from './auditFigures';
import type { AuditLead } from './auditLead';
import { shareInterval } from '../shareInterval';

/** An extra figure of an audit; the same as a metric, but without threshold and trend. */
export interface AuditExtraFigure {
	name: AuditExtra;
	value: number | null;
	unit: 'share' | 'minutes';
	count: number;
	hits: number | null;
	interval: Metric['interval'];
	because: string;
}

/** The figures of an export as a scorecard of one period without a period before it. */
export interface AuditCard extends Scorecard {
	extras: AuditExtraFigure[];
	/** Leads by how long they waited for the first contact: up to 5, 15, 60, 240, 1440 minutes of the wall clock, longer, not contacted. */
	waits: number[];
}

const splits = { source: 'source', campaign: 'campaign', queue: 'queue', owner: 'owner', territory: 'territory', service: 'service' } as const satisfies Partial<Record<SplitName, keyof AuditLead>>;
/** Minutes up to which a wait belongs to a step, the bound included. */
export const waitSteps = [5, 15, 60, 240, 1_440];
const leastLeads = 5;
const mostParts = 100;

/** All figures of an export, whole and by each way in which its leads can be told apart. */
export function auditCard(leads: readonly AuditLead[], options: AuditOptions & { thresholds?: Thresholds }): AuditCard {
	const times = leads.map(({ createdAt }) => createdAt).filter((at) => at !== null);
	const moment = (at: number): Moment => new Date(at).toISOString();
	const [first, last] = times.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]);
	const measures = auditMeasures(leads, options);
	const { contactRate, meetingsPerLead } = measures;
	return {
		from: times.length === 0 ? '' : moment(first), to: times.length === 0 ? '' : moment(last + 1),
		leads: leads.length, previous: null,
		reached: { contacted: contactRate.hits ?? 0, meeting: meetingsPerLead.hits ?? 0, opportunity: 0, won: 0 },
		metrics: metricsOf(leads, options),
		splits: Object.fromEntries(Object.entries(splits).flatMap(([split, key]) => {
			const parts = partsOf(leads, key, options);
			return parts.some(({ value }) => value !== null) ? [[split, parts]] : [];
		})),
		duplicateCauses: causesOf(leads),
		extras: (Object.keys(auditExtras) as AuditExtra[]).map((name) => {
			const { value, count, hits, counted, whenNone } = measures[name];
			const isTold = count >= leastLeads;
			return {
				name, value: isTold ? value : null, unit: auditExtras[name], count, hits: hits ?? null, interval: isTold && hits !== undefined ? shareInterval(hits, count) : null,
				because: isTold ? counted : count === 0 ? whenNone : `Too few leads for a figure (${count} of at least ${leastLeads})`,
			};
		}),
		waits: waitsOf(leads),
	};
}

function metricsOf(leads: readonly AuditLead[], options: AuditOptions & { thresholds?: Thresholds }): Metric[] {
	const measures = auditMeasures(leads, options);
	const thresholds = options.thresholds ?? defaultThresholds;
	return metricNames.filter((name): name is (typeof auditMetrics)[number] => (auditMetrics as readonly string[]).includes(name))
		.map((name) => judge(name, measures[name], undefined, leastLeads, thresholds[name]));
}

function partsOf(leads: readonly AuditLead[], key: (typeof splits)[keyof typeof splits], options: AuditOptions): ScorecardPart[] {
	const parts = new Map<string | null, AuditLead[]>();
	for (const lead of leads) {
		const part = parts.get(lead[key]);
		if (part) part.push(lead);
		else parts.set(lead[key], [lead]);
	}
	const sorted = [...parts].sort(([one, a], [other, b]) => b.length - a.length || ((one ?? '') < (other ?? '') ? -1 : 1));
	const rest = sorted.slice(mostParts).flatMap(([, of]) => of);
	const part = (value: string | null, of: readonly AuditLead[], isRest: boolean): ScorecardPart => ({ value, rest: isRest, leads: of.length, metrics: metricsOf(of, options), duplicateCauses: causesOf(of) });
	return [...sorted.slice(0, mostParts).map(([value, of]) => part(value, of, false)), ...(rest.length > 0 ? [part(null, rest, true)] : [])];
}

function causesOf(leads: readonly AuditLead[]): Scorecard['duplicateCauses'] {
	const counts = new Map<string, number>();
	for (const { duplicateCause } of leads) if (duplicateCause !== null) counts.set(duplicateCause, (counts.get(duplicateCause) ?? 0) + 1);
	return [...counts].map(([cause, of]) => ({ cause, leads: of })).sort((a, b) => b.leads - a.leads || (a.cause < b.cause ? -1 : 1));
}

function waitsOf(leads: readonly AuditLead[]): number[] {
	const waits = Array<number>(waitSteps.length + 2).fill(0);
	for (const { wallMinutes, contacted } of leads) {
		if (contacted === false) waits[waitSteps.length + 1]++;
		else if (wallMinutes !== null) waits[waitSteps.filter((step) => wallMinutes > step).length]++;
	}
	return waits;
}
