import { startOrderedIds } from '../../nodes/host/orderedIds';

describe('startOrderedIds', () => {
	it('gives ids of version 7 that sort as they were made, also within a millisecond and when the clock goes back', () => {
		const times = [1_000, 1_000, 2_000, 500, ...Array.from({ length: 9_000 }, () => 2_000)];
		let asked = 0;
		const newId = startOrderedIds(() => new Date(times[asked++]));
		const ids = times.map(() => newId());
		expect([...ids].sort()).toEqual(ids);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids.slice(0, 5)) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
	});
});
