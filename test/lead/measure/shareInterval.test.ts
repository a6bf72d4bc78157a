import fc from 'fast-check';
import { sharesDiffer, shareInterval } from '../../../nodes/lead/measure/shareInterval';

describe('shareInterval', () => {
	// R: prop.test(x, n, correct = FALSE)$conf.int
	it.each([[19, 20, 0.7639, 0.9911], [0, 20, 0, 0.1611], [20, 20, 0.8389, 1], [50, 100, 0.4038, 0.5962]])('of %i in %i is what statistics packages give', (hits, count, low, high) => {
		const interval = shareInterval(hits, count);
		expect(interval.low).toBeCloseTo(low, 4);
		expect(interval.high).toBeCloseTo(high, 4);
	});

	it('holds the share and stays between 0 and 1', () => {
		fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
			const hits = Math.round(count * share);
			const { low, high } = shareInterval(hits, count);
			return low >= 0 && high <= 1 && low <= hits / count && high >= hits / count;
		}));
	});
});

describe('sharesDiffer', () => {
	it('knows more than chance from chance', () => {
		expect(sharesDiffer({ hits: 80, count: 100 }, { hits: 55, count: 100 })).toBe(true);
		expect(sharesDiffer({ hits: 8, count: 10 }, { hits: 5, count: 10 })).toBe(false);
		expect(sharesDiffer({ hits: 0, count: 0 }, { hits: 5, count: 10 })).toBe(false);
		expect(sharesDiffer({ hits: 10, count: 10 }, { hits: 10, count: 10 })).toBe(false);
	});
});
