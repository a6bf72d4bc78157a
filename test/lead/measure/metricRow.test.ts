import { metricRow } from '../../../nodes/lead/measure/metricRow';
import type { Metric } from '../../../nodes/lead/measure/scorecard';

const accuracy: Metric = {
	name: 'routingAccuracy', value: 0.92, unit: 'share', currency: null, threshold: 0.95, thresholdIs: 'atLeast', passes: false, count: 25, hits: 23,
	interval: { low: 0.75, high: 0.97812 }, previous: 0.9, trend: 'better', isClear: false, because: '23 of 25 leads of the checked sample',
};

describe('metricRow', () => {
	it.each<[string, Partial<Metric>, string | null, string | null]>([
		['a share', {}, '92 %', 'at least 95 %'],
		['a share just under its threshold', { value: 0.9494 }, '94.9 %', 'at least 95 %'],
		['minutes', { value: 4, unit: 'businessMinutes', threshold: 15, thresholdIs: 'atMost' }, '4.0 min', 'at most 15.0 min'],
		['hours', { value: 754.6, unit: 'minutes', threshold: null }, '12 h 35 min', null],
		['money', { value: 12_345.678, unit: 'money', currency: 'EUR', threshold: null }, '12,346 EUR', null],
		['a small amount', { value: 4.5, unit: 'money', currency: '', threshold: null }, '4.50', null],
		['no figure and no threshold', { value: null, threshold: null, thresholdIs: null }, null, null],
	])('writes %s for people', (_what, change, value, threshold) => {
		expect(metricRow({ ...accuracy, ...change })).toMatchObject({ value, threshold, number: change.value === undefined ? 0.92 : change.value });
	});

	it('begins with what people read', () => {
		expect(Object.keys(metricRow(accuracy)).slice(0, 7)).toEqual(['label', 'value', 'threshold', 'passes', 'because', 'previous', 'trend']);
		expect(metricRow(accuracy)).toMatchObject({ label: 'Routing Accuracy', previous: '90 %', low: 0.75, high: 0.978 });
	});
});
