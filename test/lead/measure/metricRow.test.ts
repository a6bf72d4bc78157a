import { metricRow } from '../../../nodes/lead/measure/metricRow';
import type { Metric } from '../../../nodes/lead/measure/scorecard';

const accuracy: Metric = {
	name: 'routingAccuracy', label: 'Routing Accuracy', value: 0.92, unit: 'share', threshold: 0.95, thresholdIs: 'atLeast', passes: false, count: 25,
	because: '23 of 25 leads of the checked sample',
};

describe('metricRow', () => {
	it.each<[string, Partial<Metric>, string | null, string | null]>([
		['a share', {}, '92 %', 'at least 95 %'],
		['a share just under its threshold', { value: 0.9494 }, '94.9 %', 'at least 95 %'],
		['minutes', { value: 4, unit: 'businessMinutes', threshold: 15, thresholdIs: 'atMost' }, '4.0 min', 'at most 15.0 min'],
		['no figure and no threshold', { value: null, threshold: null, thresholdIs: null }, null, null],
	])('writes %s for people', (_what, change, value, threshold) => {
		expect(metricRow({ ...accuracy, ...change })).toMatchObject({ value, threshold, number: change.value === undefined ? 0.92 : change.value });
	});

	it('begins with what people read', () => {
		expect(Object.keys(metricRow(accuracy)).slice(0, 5)).toEqual(['label', 'value', 'threshold', 'passes', 'because']);
	});
});
