import fc from 'fast-check';
import { lift, type LiftSide } from '../../../nodes/lead/measure/lift';

const side = (contact: number, meeting: number, count?: number): LiftSide => ({
	contact: { share: contact, ...(count === undefined ? {} : { count }) }, meeting: { share: meeting, ...(count === undefined ? {} : { count: Math.round(count * contact) }) },
});

describe('lift', () => {
	it('tells 66 and 108.8 meetings of 400 leads, contact 55 to 80 %, meetings 30 to 34 %', () => {
		const { meetingsBefore, meetingsAfter, more, range, because } = lift(400, side(0.55, 0.3), side(0.8, 0.34));
		expect([meetingsBefore, meetingsAfter, more].map((value) => Math.round(value * 10) / 10)).toEqual([66, 108.8, 42.8]);
		expect(range).toBeNull();
		expect(because).toEqual(['Before: 55 % contacted × 30 % with a meeting = 16.5 % of leads', 'After: 80 % contacted × 34 % with a meeting = 27.2 % of leads', expect.stringContaining('No range')]);
	});

	it('gives a range that holds the difference, narrower the more leads it rests on', () => {
		const [few, many] = [100, 10_000].map((count) => lift(400, side(0.55, 0.3, count), side(0.8, 0.34, count)).range ?? { low: NaN, high: NaN });
		expect(few.low).toBeLessThan(42.8);
		expect(few.high).toBeGreaterThan(42.8);
		expect(many.high - many.low).toBeLessThan((few.high - few.low) / 5);
		// a hundred leads cannot tell it from nothing; ten thousand can
		expect(few.low).toBeLessThan(10);
		expect(many.low).toBeGreaterThan(35);
	});

	// drawn by a seed: what the range promises is that it seldom misses
	it('misses the true difference in about one of twenty random experiments', () => {
		let seed = 7;
		const random = () => { seed = (seed * 48_271) % 2_147_483_647; return seed / 2_147_483_647; };
		const draw = (count: number, share: number) => Array.from({ length: count }, random).filter((value) => value < share).length;
		const experiment = ([contact, meeting]: [number, number]): LiftSide => {
			const contacted = draw(200, contact);
			return { contact: { share: contacted / 200, count: 200 }, meeting: { share: contacted === 0 ? 0 : draw(contacted, meeting) / contacted, count: contacted } };
		};
		const tries = 3_000;
		let missed = 0;
		for (let tried = 0; tried < tries; tried++) {
			const { range } = lift(1, experiment([0.55, 0.3]), experiment([0.8, 0.34]));
			const truth = 0.8 * 0.34 - 0.55 * 0.3;
			if (!range || truth < range.low || truth > range.high) missed++;
		}
		expect(missed / tries).toBeGreaterThan(0.03);
		expect(missed / tries).toBeLessThan(0.07);
	});

	it('is nothing for two equal sides, and its negative the other way round', () => {
		fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 10_000 }), (contact, meeting, leads) => {
			const [one, other] = [side(contact, meeting, 50), side(meeting, contact / 2, 80)];
			expect(lift(leads, one, one).more).toBe(0);
			expect(lift(leads, one, other).more).toBeCloseTo(-lift(leads, other, one).more, 9);
		}));
	});
});
