import fc from 'fast-check';
import { evaluate, type EvaluatedRow } from '../../../nodes/lead/classify/evaluate';
import { wilson } from '../../../nodes/lead/classify/wilson';

const row = (right: boolean, confidence?: number): EvaluatedRow => ({ expected: 'A', actual: right ? 'A' : 'B', confidence, needsReview: false });

describe('wilson', () => {
	// figures of the score interval without continuity correction, from Newcombe, Statistics in Medicine 17 (1998), table I
	it.each([[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]])('of %i in %i is %f to %f', (hits, count, low, high) => {
		const interval = wilson(hits, count);
		expect(interval.low).toBeCloseTo(low, 4);
		expect(interval.high).toBeCloseTo(high, 4);
	});
});

describe('evaluate', () => {
	it('chooses the lowest threshold that still reaches the wanted precision', () => {
		const rows = [...Array.from({ length: 45 }, () => row(true, 0.9)), ...Array.from({ length: 5 }, () => row(false, 0.7)), ...Array.from({ length: 10 }, () => row(true, 0.5))];
		expect(evaluate(rows, 1).threshold).toMatchObject({ threshold: 0.9, coverage: 0.75, precision: 1, rows: 45 });
		expect(evaluate(rows, 0.9).threshold).toMatchObject({ threshold: 0.5, coverage: 1, rows: 60 });
		expect(evaluate(rows.map((one) => ({ ...one, actual: 'B' })), 0.9).threshold).toBeNull();
	});

	it('never cuts between rows of one confidence', () => {
		fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 })), { minLength: 50, maxLength: 200 }), fc.double({ min: 0.5, max: 1, noNaN: true }), (given, wanted) => {
			const rows = given.map(([right, level]) => row(right, level / 5));
			const { threshold } = evaluate(rows, wanted);
			if (!threshold) return;
			const kept = rows.filter(({ confidence }) => (confidence ?? 0) >= threshold.threshold);
			expect(threshold.rows).toBe(kept.length);
			expect(threshold.precision).toBeCloseTo(kept.filter(({ expected, actual }) => expected === actual).length / kept.length, 10);
			expect(threshold.precision).toBeGreaterThanOrEqual(wanted);
		}));
	});

	it('measures no confidence that is absent', () => {
		const { calibrated, threshold, reliability, accuracy } = evaluate(Array.from({ length: 80 }, () => row(true)), 0.9);
		expect({ calibrated, threshold, reliability, accuracy }).toEqual({ calibrated: false, threshold: null, reliability: [], accuracy: 1 });
	});

	it('says nothing about no rows', () => {
		expect(evaluate([], 0.9)).toMatchObject({ rows: 0, accuracy: null, accuracyInterval: null, reviewShare: null, confusion: [] });
	});
});
