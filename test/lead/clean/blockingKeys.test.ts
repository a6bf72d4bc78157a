import fc from 'fast-check';
import { blockingKeys } from '../../../nodes/lead/clean/blockingKeys';
import type { ComparedFields } from '../../../nodes/lead/clean/knownPerson';

const shared = (one: ComparedFields, other: ComparedFields): string[] => {
	const keys = new Set(blockingKeys(one).map(({ kind, value }) => `${kind} ${value}`));
	return blockingKeys(other).map(({ kind, value }) => `${kind} ${value}`).filter((key) => keys.has(key)).map((key) => key.split(' ')[0]);
};

describe('blockingKeys', () => {
	it.each<[string, ComparedFields, ComparedFields, string]>([
		['a phone without its country', { phone: '+442079460018' }, { phone: '020 7946 0018' }, 'block:phoneTail'],
		['swapped names', { firstName: 'Ryan', lastName: 'Campbell' }, { firstName: 'Campbell', lastName: 'Ryan' }, 'block:name'],
		['a name in one field', { firstName: 'Ryan', lastName: 'Campbell' }, { fullName: 'CAMPBELL, Ryan' }, 'block:name'],
		['umlauts', { firstName: 'Jörg', lastName: 'Müller' }, { firstName: 'Joerg', lastName: 'Mueller' }, 'block:name'],
		['a wrong vowel', { firstName: 'Rene', lastName: 'Burgess' }, { firstName: 'Rena', lastName: 'Burgass' }, 'block:nameSound'],
		['a nickname at one company', { firstName: 'Bob', lastName: 'Allen', companyKey: 'acme' }, { firstName: 'Rob', lastName: 'Allen', companyKey: 'acme' }, 'block:companyInitial'],
		['a new provider', { emailKey: 'ryan.campbell@acme.example' }, { emailKey: 'ryancampbell7@other.example' }, 'block:mailbox'],
		['one surname in one town', { lastName: 'Haynes', city: 'Köln' }, { lastName: 'Heynes', city: 'Koeln' }, 'block:citySound'],
	])('finds %s', (_, one, other, kind) => {
		expect(shared(one, other)).toContain(kind);
	});

	it('shares nothing between strangers', () => {
		expect(shared(
			{ firstName: 'Ada', lastName: 'Byron', emailKey: 'ada.byron@acme.example', city: 'London', country: 'GB' },
			{ firstName: 'Lena', lastName: 'Vogt', emailKey: 'lvogt@other.example', city: 'London', country: 'GB' },
		)).toEqual([]);
	});

	it('makes at most 24 keys of any text, none empty', () => {
		const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 400 }), { nil: null });
		const names = ['firstName', 'lastName', 'fullName', 'emailKey', 'phone', 'company', 'companyDomain', 'city', 'postalCode'];
		fc.assert(fc.property(fc.record(Object.fromEntries(names.map((name) => [name, text]))), (fields) => {
			const keys = blockingKeys(fields);
			expect(keys.length).toBeLessThanOrEqual(24);
			expect(keys.every(({ value, strength }) => value !== '' && strength === 'block')).toBe(true);
			expect(new Set(keys.map(({ kind, value }) => `${kind} ${value}`)).size).toBe(keys.length);
		}));
	});
});
