import { isObject } from '../../nodes/lead/isObject';

describe('isObject', () => {
	it.each([[{}, true], [{ a: 1 }, true], [Object.create(null), true], [null, false], [[], false], ['{}', false], [undefined, false], [() => 1, false]])('of %p is %s', (value, expected) => {
		expect(isObject(value)).toBe(expected);
	});
});
