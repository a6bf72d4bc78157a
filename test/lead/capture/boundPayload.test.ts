import { boundPayload, deepestPayload } from '../../../nodes/lead/capture/boundPayload';

const nested = (levels: number, inner: unknown = 'x'): unknown => {
	let value = inner;
	for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value, b: 1 };
	return value;
};

describe('boundPayload', () => {
	it.each([undefined, null, '', 5, [], {}, { email: 'ana@northwind.example', tags: [['a']] }, nested(deepestPayload)])('gives a payload back as it is: %j', (payload) => {
		const bounded = boundPayload(payload);
		expect(bounded.cut).toBe(false);
		expect(bounded.payload).toBe(payload);
	});

	it('leaves out only what is nested too deep', () => {
		const { payload, cut } = boundPayload({ before: 1, deep: nested(deepestPayload), after: [2] });
		expect(cut).toBe(true);
		expect(payload).toMatchObject({ before: 1, after: [2] });
		expect(JSON.stringify(payload)).toContain('"left out: nested too deep"');
		expect(boundPayload(payload).cut).toBe(false);
	});

	// the ledger writes payloads as JSON, which ends in a stack overflow some thousand levels deep
	it('makes a payload of any depth one that can be written', () => {
		const { payload, cut } = boundPayload({ email: 'ana@northwind.example', deep: nested(200_000) });
		expect(cut).toBe(true);
		expect(() => JSON.stringify(payload)).not.toThrow();
	});

	it('keeps "__proto__" a key like any other', () => {
		const given = JSON.parse('{"__proto__":{"polluted":1}}') as Record<string, unknown>;
		const { payload } = boundPayload({ ...given, deep: nested(deepestPayload + 1), ['__proto__']: given });
		expect((payload as Record<string, unknown>).polluted).toBeUndefined();
	});
});
