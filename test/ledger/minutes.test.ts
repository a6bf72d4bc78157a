import * as fc from 'fast-check';
import { Minutes } from '../../nodes/ledger/operations/minutes';
import type { Operation } from '../../nodes/ledger/operation';

/** Nothing is read: each question between two stretches is answered with no row. */
function run<Result>(operation: Operation<Result>): Result {
	for (;;) {
		const step = operation.next([]);
		if (step.done) return step.value;
	}
}

const tenths = fc.option(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -5_000, max: 20_000_000 })));
const leads = fc.array(fc.record({ business: tenths, wall: tenths, group: fc.integer({ min: 0, max: 6 }) }), { maxLength: 60 });

function plainSpread(values: (number | null)[]) {
	const known = values.filter((value) => value !== null).sort((a, b) => a - b);
	const { length } = known;
	if (length === 0) return { count: 0, median: null, p90: null };
	return { count: length, median: (known[Math.ceil(length / 2) - 1] / 10 + known[Math.floor(length / 2)] / 10) / 2, p90: known[Math.ceil(length * 0.9 - 1e-9) - 1] / 10 };
}

it('finds the middle and the ninth tenth of each group and of all others, as plain sorting does', () => {
	fc.assert(fc.property(leads, fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }), (all, shown) => {
		const minutes = new Minutes(2);
		for (const lead of all) minutes.add(lead, [{ number: 0 }, { number: lead.group }]);
		run(minutes.sort());
		const spreadsOf = (some: typeof all) => ({ business: plainSpread(some.map(({ business }) => business)), wall: plainSpread(some.map(({ wall }) => wall)) });
		expect(run(minutes.spreads(0, [0]))[0]).toEqual(spreadsOf(all));
		expect(run(minutes.spreads(1, shown))).toEqual([...shown.map((number) => spreadsOf(all.filter(({ group }) => group === number))), spreadsOf(all.filter(({ group }) => !shown.includes(group)))]);
	}));
});

it('keeps more leads than it began with, and than go at one stretch', () => {
	const minutes = new Minutes(1);
	for (let index = 0; index < 250_000; index++) minutes.add({ business: (index * 7_919) % 250_000, wall: null }, [{ number: 0 }]);
	run(minutes.sort());
	expect(run(minutes.spreads(0, [0]))).toMatchObject([{ business: { count: 250_000, median: 12_499.95, p90: 22_499.9 }, wall: { count: 0, median: null } }, { business: { count: 0 } }]);
});
