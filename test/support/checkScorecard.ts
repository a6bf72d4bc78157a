import type { MetricName } from '../../nodes/lead/metricNames';
import { scorecard, type Metric } from '../../nodes/lead/measure/scorecard';
import { splitNames, type SplitName } from '../../nodes/lead/measure/tally';
import type { Ledger, Scope } from '../../nodes/ledger/ledger';
import { plainScorecard, plainSplits, type PlainFigures } from './plainScorecard';
import { moment, playLead, type LeadCase } from './randomLeads';

/** Tells a ledger of random leads, counts them, and expects every figure, of all and of each part of each split, to be what plain counting gives. */
export async function checkScorecard(ledger: Ledger, scope: Scope, leads: LeadCase[], refreshBetween: boolean): Promise<void> {
	const told: { later: () => Promise<void> }[] = [];
	for (const [place, one] of leads.entries()) told.push(await playLead(ledger, scope, one, String(place)));
	if (refreshBetween) await refresh(ledger, scope);
	for (const { later } of told) await later();
	await refresh(ledger, scope);
	const now = 1_200;
	for (const [from, to] of [[0, 1_000], [500, 600]] as const) {
		const tally = await ledger.tallyLeads({ ...scope, from: moment(from), to: moment(to), asOf: moment(now), splits: splitNames, byRegion: true });
		const card = scorecard(tally, undefined, { leastLeads: 1 });
		const inPeriod = leads.filter(({ openedAfter }) => openedAfter >= from && openedAfter < to);
		const reps = new Set(inPeriod.flatMap(({ route }) => route?.owner ?? [])).size;
		expect(card.leads).toBe(inPeriod.length);
		expect(plain(card.metrics)).toEqual(byCurrency(plainScorecard(inPeriod, now, reps)));
		for (const split of splitNames) {
			const parts = partsOf(split, inPeriod);
			expect(new Map(card.splits[split]?.map(({ value, leads: count }) => [value, count]))).toEqual(new Map([...parts].map(([value, ofPart]) => [value, ofPart.length])));
			for (const { value, metrics } of card.splits[split] ?? []) {
				const figures = byCurrency(plainScorecard(parts.get(value) ?? [], now, 0));
				// figures per rep belong to all leads together
				expect(plain(metrics)).toEqual(Object.fromEntries(Object.entries(figures).filter(([name]) => !name.endsWith('PerRep'))));
			}
		}
	}
}

async function refresh(ledger: Ledger, scope: Scope): Promise<void> {
	// a few at a time, as a sweep would
	while ((await ledger.refreshFacts({ ...scope, limit: 3 })) === 3);
}

function partsOf(split: SplitName, leads: LeadCase[]): Map<string | null, LeadCase[]> {
	const parts = new Map<string | null, LeadCase[]>();
	for (const one of leads) {
		const value = plainSplits[split](one);
		parts.set(value, [...(parts.get(value) ?? []), one]);
	}
	return parts;
}

function plain(metrics: Metric[]): Record<string, unknown> {
	const figures: Partial<Record<MetricName, unknown[]>> = {};
	for (const { name, value, count, currency } of metrics) (figures[name] ??= []).push({ value: value === null ? 0 : round(value), count, ...(currency === null ? {} : { currency }) });
	return sorted(figures);
}

function byCurrency(figures: PlainFigures): Record<string, unknown> {
	return sorted(Object.fromEntries(Object.entries(figures).map(([name, list]) => [name, list.map((figure) => ({ ...figure, value: round(figure.value) }))])));
}

function sorted(figures: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(figures).map(([name, list]) => [name, [...(list as { currency?: string }[])].sort((a, b) => ((a.currency ?? '') < (b.currency ?? '') ? -1 : 1))]));
}

function round(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}
