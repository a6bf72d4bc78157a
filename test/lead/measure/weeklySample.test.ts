import fc from 'fast-check';
import { drawSample, lastWeek, sampleQuestion } from '../../../nodes/lead/measure/weeklySample';

describe('lastWeek', () => {
	it.each([
		['in the middle of a week', '2026-11-26T10:00:00Z', 'Europe/London', '2026-W47', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
		['where the client lives', '2026-11-23T02:00:00Z', 'America/New_York', '2026-W46', '2026-11-09T05:00:00.000Z', '2026-11-16T05:00:00.000Z'],
		['over the change of the clocks', '2026-10-27T10:00:00Z', 'Europe/London', '2026-W43', '2026-10-18T23:00:00.000Z', '2026-10-26T00:00:00.000Z'],
		['over the new year', '2027-01-05T10:00:00Z', 'Europe/London', '2026-W53', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
	])('is the last whole week %s', (_name, at, zone, name, from, to) => {
		expect(lastWeek(new Date(at), zone)).toEqual({ name, from, to });
	});
});

describe('drawSample', () => {
	const leads = Array.from({ length: 500 }, (_, index) => ({ leadId: `lead-${index}` }));
	const draw = (week: string, client = 'acme', some = leads) => drawSample(some, { client, week, size: 20 }).map(({ leadId }) => leadId);

	it('draws the same leads again, whatever their order', () => {
		fc.assert(fc.property(fc.shuffledSubarray(leads, { minLength: 500 }), (shuffled) => {
			expect(draw('2026-W47', 'acme', shuffled)).toEqual(draw('2026-W47'));
		}), { numRuns: 10 });
	});

	it('draws others for another week or client, and all when there are few', () => {
		expect(draw('2026-W48')).not.toEqual(draw('2026-W47'));
		expect(draw('2026-W47', 'beta')).not.toEqual(draw('2026-W47'));
		expect(draw('2026-W47', 'acme', leads.slice(0, 3))).toHaveLength(3);
	});

	it('favours no lead: over many weeks each is drawn about as often', () => {
		const counts = new Map<string, number>();
		for (let week = 0; week < 1_000; week++) for (const id of draw(`week ${week}`)) counts.set(id, (counts.get(id) ?? 0) + 1);
		// 40 on average, binomial: nobody strays by more than five standard deviations
		for (const { leadId } of leads) expect(Math.abs((counts.get(leadId) ?? 0) - 40)).toBeLessThan(5 * Math.sqrt(40));
	});

	it('asks about queue and owner', () => {
		expect(sampleQuestion({ queue: 'UK', owner: { name: 'Mia' } }, '2026-W47')).toBe('drawn for the weekly check of 2026-W47: was queue UK, owner Mia right?');
	});
});
