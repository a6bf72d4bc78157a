import { periodBefore, readPeriod, sinceLive, type PeriodChoice } from '../../../nodes/lead/measure/periods';

const berlin = 'Europe/Berlin';
// a Thursday
const now = new Date('2026-11-26T10:30:00Z');

describe('readPeriod', () => {
	it.each<[string, PeriodChoice, [string, string], [string, string] | undefined]>([
		['this week beside last week to the same hour', { period: 'thisWeek' }, ['2026-11-22T23:00', '2026-11-26T10:30'], ['2026-11-15T23:00', '2026-11-19T10:30']],
		['last week beside the one before', { period: 'lastWeek' }, ['2026-11-15T23:00', '2026-11-22T23:00'], ['2026-11-08T23:00', '2026-11-15T23:00']],
		['this month, across the change of the clocks', { period: 'thisMonth' }, ['2026-10-31T23:00', '2026-11-26T10:30'], ['2026-09-30T22:00', '2026-10-26T10:30']],
		['last month', { period: 'lastMonth' }, ['2026-09-30T22:00', '2026-10-31T23:00'], ['2026-08-31T22:00', '2026-09-30T22:00']],
		['days up to now', { period: 'lastDays', days: 7 }, ['2026-11-19T10:30', '2026-11-26T10:30'], ['2026-11-12T10:30', '2026-11-19T10:30']],
		['the time since go-live, beside nothing', { period: 'sinceGoLive', liveSince: '2026-11-01T08:00:00+01:00' }, ['2026-11-01T07:00', '2026-11-26T10:30'], undefined],
		['a range beside as long a time before', { period: 'range', from: '2026-11-10T00:00:00.000Z', to: '2026-11-12T00:00:00.000Z' }, ['2026-11-10T00:00', '2026-11-12T00:00'], ['2026-11-08T00:00', '2026-11-10T00:00']],
	])('reads %s', (_what, choice, [from, to], before) => {
		const period = readPeriod(choice, now, berlin);
		const write = (part: { from: string; to: string } | undefined) => part && [part.from.slice(0, 16), part.to.slice(0, 16)];
		expect(write(period)).toEqual([from, to]);
		expect(write(periodBefore(period, choice, berlin))).toEqual(before);
	});

	it('begins a week that was shorter by an hour on its Monday all the same', () => {
		expect(readPeriod({ period: 'lastWeek' }, new Date('2026-03-31T10:00:00Z'), berlin)).toEqual({ from: '2026-03-22T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' });
	});

	it.each<[string, PeriodChoice, string]>([
		['no days', { period: 'lastDays', days: 0 }, 'DAYS_INVALID'],
		['an end before its beginning', { period: 'range', from: '2026-11-12T00:00:00.000Z', to: '2026-11-10T00:00:00.000Z' }, 'PERIOD_EMPTY'],
		['a client that is not live', { period: 'sinceGoLive' }, 'NOT_LIVE_YET'],
	])('refuses %s', (_what, choice, code) => {
		expect(() => readPeriod(choice, now, berlin)).toThrow(expect.objectContaining({ code }));
	});
});

describe('sinceLive', () => {
	const period = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-08T00:00:00.000Z' };

	it('cuts a period to the time in which the client was live', () => {
		expect(sinceLive(period, undefined)).toEqual(period);
		expect(sinceLive(period, '2026-11-03T01:00:00+01:00')).toEqual({ ...period, from: '2026-11-03T00:00:00.000Z' });
		expect(sinceLive(period, '2026-11-08T00:00:00Z')).toBeUndefined();
	});
});
