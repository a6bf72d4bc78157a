import { quietUntil } from '../../../nodes/lead/activate/quietHours';

describe('quietUntil', () => {
	it.each([
		['in the evening, over midnight', '22:00-07:00', '2026-11-23T23:30:20Z', 'Europe/London', '2026-11-24T07:00:00.000Z'],
		['after midnight', '22:00-07:00', '2026-11-24T06:59:59Z', 'Europe/London', '2026-11-24T07:00:00.000Z'],
		['at its start', '22:00-07:00', '2026-11-23T22:00:00Z', 'Europe/London', '2026-11-24T07:00:00.000Z'],
		['at its end', '22:00-07:00', '2026-11-24T07:00:00Z', 'Europe/London', undefined],
		['within one day', '12:00-13:00', '2026-11-23T12:30:00Z', 'Europe/London', '2026-11-23T13:00:00.000Z'],
		['in the night of the spring change', '22:00-07:00', '2026-03-28T23:00:00Z', 'Europe/London', '2026-03-29T06:00:00.000Z'],
		['in the night of the autumn change', '22:00-07:00', '2026-10-24T22:00:00Z', 'Europe/London', '2026-10-25T07:00:00.000Z'],
		['in a zone of half an hour', '22:00-07:00', '2026-11-23T17:00:00Z', 'Asia/Kolkata', '2026-11-24T01:30:00.000Z'],
		['without quiet hours', undefined, '2026-11-23T23:30:00Z', 'Europe/London', undefined],
		['with some that can\'t be read', 'night', '2026-11-23T23:30:00Z', 'Europe/London', undefined],
	])('says when they end %s', (_name, span, now, timeZone, end) => {
		const until = quietUntil(span, Date.parse(now), timeZone);
		expect(until === undefined ? undefined : new Date(until).toISOString()).toBe(end);
	});
});
