import fc from 'fast-check';
import { leastLoaded, memberByHash, nextTurn, type Turns } from '../../../nodes/lead/route/turns';

interface Weighted { id: string; weight: number }
const abc = (...weights: number[]): Weighted[] => weights.map((weight, index) => ({ id: 'abcdefgh'[index], weight }));

function turnsOf(members: Weighted[], count: number, from: Turns = {}): { order: string[]; turns: Turns } {
	let turns = from;
	const order: string[] = [];
	for (let turn = 0; turn < count; turn++) {
		const { member, next } = nextTurn(members, turns);
		order.push(member.id);
		turns = next;
	}
	return { order, turns };
}

function countOf(order: string[]): Record<string, number> {
	return order.reduce<Record<string, number>>((counts, id) => ({ ...counts, [id]: (counts[id] ?? 0) + 1 }), {});
}

describe('nextTurn', () => {
	it('spreads 5:1:1 smoothly', () => {
		expect(turnsOf(abc(5, 1, 1), 7).order.join('')).toBe('aabacaa');
	});

	it('never lets equal weights differ by more than one turn, in any window', () => {
		fc.assert(fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 60 }), (size, start, length) => {
			const members = abc(...Array.from({ length: size }, () => 1));
			const counts = countOf(turnsOf(members, start + length).order.slice(start));
			const all = members.map(({ id }) => counts[id] ?? 0);
			expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
		}));
	});

	it('gives exact shares over each cycle', () => {
		fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 4 }), (weights, cycles) => {
			const members = abc(...weights);
			const total = weights.reduce((sum, weight) => sum + weight, 0);
			const counts = countOf(turnsOf(members, total * cycles).order);
			expect(members.map(({ id }) => counts[id])).toEqual(weights.map((weight) => weight * cycles));
		}));
	});

	it('starts someone back from leave at the middle, not with arrears', () => {
		const all = abc(1, 1, 1);
		const away = turnsOf(all.slice(0, 2), 40, turnsOf(all, 3).turns);
		const counts = countOf(turnsOf(all, 6, away.turns).order);
		expect(counts).toEqual({ a: 2, b: 2, c: 2 });
	});

	it('forgets who is away', () => {
		const all = abc(1, 1, 1);
		expect(Object.keys(nextTurn(all.slice(0, 2), turnsOf(all, 5).turns).next)).toEqual(['a', 'b']);
	});

	it('takes any stored state, also a broken one', () => {
		expect(nextTurn(abc(1, 1), { a: Number.NaN, b: 'x' as never }).member.id).toBe('a');
	});
});

describe('memberByHash', () => {
	it('gives the same member for the same key, and moves only the leads of who leaves', () => {
		const all = abc(1, 1, 1, 1);
		for (let lead = 0; lead < 500; lead++) {
			const owner = memberByHash(all, `person-${lead}`);
			expect(memberByHash([...all].reverse(), `person-${lead}`)).toBe(owner);
			if (owner.id !== 'd') expect(memberByHash(all.slice(0, 3), `person-${lead}`)).toBe(owner);
		}
	});

	it('follows the weights', () => {
		const counts = countOf(Array.from({ length: 6000 }, (_, lead) => memberByHash(abc(3, 2, 1), `person-${lead}@example.com`).id));
		for (const [id, share] of [['a', 3000], ['b', 2000], ['c', 1000]] as const) expect(Math.abs(counts[id] - share)).toBeLessThan(150);
	});
});

describe('leastLoaded', () => {
	it('weighs open leads, and gives a tie to the one named first', () => {
		expect(leastLoaded(abc(1, 2, 1), { a: 3, b: 4, c: 3 }).id).toBe('b');
		expect(leastLoaded(abc(1, 1), {}).id).toBe('a');
	});
});
