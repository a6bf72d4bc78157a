import { isSharedEmail, matchKeys } from '../../../nodes/lead/clean/matchKeys';

describe('matchKeys', () => {
	it('proves identity by e-mail, phone and ids', () => {
		expect(matchKeys({ emailKey: 'Ada@acme.example', phone: '+442079460018' }, { hubspot: '7' })).toEqual([
			{ kind: 'email', value: 'ada@acme.example', strength: 'match' },
			{ kind: 'phone', value: '+442079460018', strength: 'match' },
			{ kind: 'externalId:hubspot', value: '7', strength: 'match' },
		]);
	});

	it.each([
		['flagged by Lead Normalize', { emailKey: 'hq.berlin@acme.example', sharedEmail: 'yes' }],
		['known by its name', { emailKey: 'info@acme.example' }],
	])('only compares by a shared mailbox %s', (_, fields) => {
		expect(isSharedEmail(fields)).toBe(true);
		expect(matchKeys(fields)).toEqual([{ kind: 'email', value: fields.emailKey, strength: 'block' }]);
	});

	it('only compares by a toll-free number', () => {
		expect(matchKeys({ phone: '+448081570192', phoneType: 'tollFree' })).toMatchObject([{ strength: 'block' }]);
	});

	it.each([
		['no fields', {}],
		['an address without @', { emailKey: 'ada' }],
		['a number without its country', { phone: '020 7946 0018' }],
	])('makes no key of %s', (_, fields) => {
		expect(matchKeys(fields)).toEqual([]);
	});
});
