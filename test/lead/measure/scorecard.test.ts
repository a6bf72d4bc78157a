import { metricNames, type MetricName } from '../../../nodes/lead/metricNames';
import { scorecard, type Metric } from '../../../nodes/lead/measure/scorecard';
import type { Tally } from '../../../nodes/lead/measure/tally';
import { passesThreshold, thresholdsOf } from '../../../nodes/lead/measure/thresholds';
import { part, periodTally, tally } from '../../support/tallies';

function metric(now: Tally, name: MetricName, before?: Tally): Metric {
	return scorecard(periodTally(now), before && periodTally(before)).metrics.find((one) => one.name === name) as Metric;
}

describe('scorecard', () => {
	it('gives every metric once, in one order', () => {
		expect(scorecard(periodTally(tally(0)), undefined).metrics.map(({ name }) => name)).toEqual(metricNames);
	});

	it('says so instead of a figure when there are no leads', () => {
		for (const { value, passes, count, because } of scorecard(periodTally(tally(0)), undefined).metrics) {
			expect({ value, passes, count }).toEqual({ value: null, passes: null, count: 0 });
			expect(because).toMatch(/^Not measured: /);
		}
	});

	it('says so instead of a figure when there are fewer than five leads', () => {
		expect(metric(tally(4), 'noOwnerRate')).toMatchObject({ value: null, passes: null, interval: null, count: 4, because: 'Too few leads for a figure (4 of at least 5)' });
		expect(metric(tally(5), 'noOwnerRate')).toMatchObject({ value: 0, passes: true, count: 5, because: '0 of 5 leads have no owner' });
	});

	it('gives routing accuracy with the interval of its sample, and nothing without one', () => {
		const { value, interval } = metric(tally(400, { checked: 20, right: 19 }), 'routingAccuracy');
		expect(value).toBe(0.95);
		expect(interval?.low).toBeCloseTo(0.764, 3);
		expect(interval?.high).toBeCloseTo(0.991, 3);
		expect(metric(tally(400), 'routingAccuracy')).toMatchObject({ value: null, because: 'Not measured: no sample of leads was checked' });
	});

	it('never adds amounts of two currencies', () => {
		const won = [{ currency: 'EUR', amount: 9_000, leads: 3 }, { currency: 'USD', amount: 500, leads: 1 }];
		const { metrics } = scorecard(periodTally(tally(100, {}, { won })), undefined);
		const told = metrics.filter(({ name }) => name === 'wonPerLead' || name === 'wonPerRep').map(({ name, currency, value, because }) => [name, currency, value, because]);
		expect(told).toEqual([
			['wonPerLead', 'EUR', 90, '9000 EUR of 3 deals ÷ 100 leads'], ['wonPerLead', 'USD', 5, '500 USD of 1 deal ÷ 100 leads'],
			['wonPerRep', 'EUR', 4_500, '9000 EUR of 3 deals ÷ 2 reps'], ['wonPerRep', 'USD', 250, '500 USD of 1 deal ÷ 2 reps'],
		]);
	});

	it('gives no figure per rep for a part of the leads', () => {
		const card = scorecard(periodTally(tally(9), { splits: { queue: [part('UK', 9, {}, { won: [{ currency: 'EUR', amount: 9, leads: 1 }] })] } }), undefined);
		expect(card.splits.queue?.[0].metrics.map(({ name }) => name)).not.toContain('wonPerRep');
	});

	it.each<[string, Tally, Tally, MetricName, Partial<Metric>]>([
		['better and clear', tally(100, { contacted: 80 }), tally(100, { contacted: 55 }), 'contactRate', { trend: 'better', isClear: true, previous: 0.55 }],
		['better, but not more than chance explains', tally(20, { contacted: 12 }), tally(20, { contacted: 11 }), 'contactRate', { trend: 'better', isClear: false }],
		['worse where less is better', tally(100, { created: 100, duplicate: 20 }), tally(100, { created: 100, duplicate: 2 }), 'duplicateRate', { trend: 'worse', isClear: true }],
		['the same', tally(100, { contacted: 50 }), tally(200, { contacted: 100 }), 'contactRate', { trend: 'same', isClear: false }],
		['unknown without a figure before', tally(100, { contacted: 50 }), tally(4, { contacted: 4 }), 'contactRate', { trend: null, isClear: null, previous: null }],
		['neither for what is neither good nor bad', tally(100, { repeat: 50 }), tally(100, { repeat: 5 }), 'repeatEnquiryShare', { trend: null, previous: 0.05 }],
	])('says that a figure is %s', (_what, now, before, name, expected) => {
		expect(metric(now, name, before)).toMatchObject(expected);
	});

	it('compares each part with the same part before', () => {
		const parts = (contacted: number) => ({ splits: { queue: [part('UK', 100, { contacted })] } });
		const card = scorecard(periodTally(tally(100), parts(80)), periodTally(tally(100), parts(40)));
		expect(card.splits.queue?.[0]).toMatchObject({ value: 'UK', leads: 100 });
		expect(card.splits.queue?.[0].metrics.find(({ name }) => name === 'contactRate')).toMatchObject({ value: 0.8, previous: 0.4, trend: 'better' });
	});
});

describe('thresholdsOf', () => {
	it('takes what the client changed, and nothing for null', () => {
		const own = thresholdsOf({ contactedWithinSla: 0.95, medianFirstResponse: 5, duplicateRate: null, salesAcceptance: 0.6 });
		expect(own).toMatchObject({ contactedWithinSla: { is: 'atLeast', value: 0.95 }, medianFirstResponse: { is: 'atMost', value: 5 }, salesAcceptance: { is: 'atLeast', value: 0.6 }, noOwnerRate: { value: 0 } });
		expect(own.duplicateRate).toBeUndefined();
	});
});

describe('passesThreshold', () => {
	it('passes at the threshold itself', () => {
		expect(passesThreshold(0.8, { is: 'atLeast', value: 0.8 })).toBe(true);
		expect(passesThreshold(0.8, { is: 'atMost', value: 0.8 })).toBe(true);
		expect(passesThreshold(0.79, { is: 'atLeast', value: 0.8 })).toBe(false);
		expect(passesThreshold(null, { is: 'atLeast', value: 0.8 })).toBeNull();
		expect(passesThreshold(0.8, undefined)).toBeNull();
	});
});
