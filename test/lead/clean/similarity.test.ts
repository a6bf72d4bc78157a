import fc from 'fast-check';
import {
	compareCompanies, compareEmails, compareFirstNames, compareLastNames, comparePhones, comparePlaces, fold, foldName, textSimilarity, wordSimilarity,
	type Agreement,
} from '../../../nodes/lead/clean/similarity';

type Case = [name: string, one: string | null, other: string | null, expected: Agreement];

describe('foldName', () => {
	it('makes the three spellings of an umlaut one', () => {
		expect(new Set(['Müller', 'Mueller', 'MULLER', 'Mu\u0308ller'].map(foldName))).toEqual(new Set(['muller']));
	});
});

describe('compareFirstNames', () => {
	it.each<Case>([
		['the same, however written', 'JÜRGEN', 'juergen', 'same'],
		['the first of two', 'Anna Maria', 'Anna', 'same'],
		['a nickname', 'Bob', 'Robert', 'nickname'],
		['two nicknames of one name', 'Bob', 'Rob', 'nickname'],
		['an initial', 'J.', 'Jürgen', 'initial'],
		['another initial', 'K.', 'Jürgen', 'different'],
		['a typing error', 'Michelle', 'Mwchelle', 'close'],
		['two swapped letters', 'Brian', 'Brain', 'close'],
		['short names that differ in a letter', 'Tim', 'Tom', 'different'],
		['siblings', 'Anna', 'Peter', 'different'],
		['nothing on one side', null, 'Peter', 'missing'],
	])('reads %s', (_, one, other, expected) => {
		expect(compareFirstNames(one, other)).toBe(expected);
	});

	it('does not join two names through a third that is short for both', () => {
		expect(compareFirstNames('Christian', 'Christine')).not.toBe('nickname');
		expect(compareFirstNames('Albert', 'Robert')).toBe('different');
	});
});

describe('compareLastNames', () => {
	it.each<Case>([
		['the same with another apostrophe', 'O’Neil', 'ONeil', 'same'],
		['particles written together', 'van der Berg', 'Vanderberg', 'same'],
		['one half of a double name', 'Meyer-Schulz', 'Schulz', 'part'],
		['a typing error', 'Haynes', 'Hayness', 'close'],
		['another name', 'Haynes', 'Weiss', 'different'],
		['nothing on both sides', '', null, 'missing'],
	])('reads %s', (_, one, other, expected) => {
		expect(compareLastNames(one, other)).toBe(expected);
	});
});

describe('comparePhones', () => {
	it.each<Case>([
		['two notations of one number', '+442079460018', '020 7946 0018', 'same'],
		['one wrong digit', '+442079460018', '+442079460019', 'close'],
		['two swapped digits', '+442079460018', '+442079460081', 'close'],
		['the same end in two countries', '+442079460018', '+12079460018', 'different'],
		['too few digits to be a number', '12', '12', 'missing'],
	])('reads %s', (_, one, other, expected) => {
		expect(comparePhones(one, other)).toBe(expected);
	});
});

describe('compareEmails', () => {
	it.each<Case>([
		['the same', 'Ada@acme.example', 'ada@acme.example', 'same'],
		['a doubled letter', 'flletcher.ella@acme.example', 'fletcher.ella@acme.example', 'close'],
		['a typing error in the domain', 'fletcher@acme.example', 'fletcher@acmee.example', 'close'],
		['the same mailbox name elsewhere', 'fletcher@acme.example', 'fletcher@other.example', 'part'],
		['mailboxes that are counted', 'fletcher1@acme.example', 'fletcher2@acme.example', 'different'],
		['what is no address', 'fletcher', 'fletcher@acme.example', 'missing'],
	])('reads %s', (_, one, other, expected) => {
		expect(compareEmails(one, other)).toBe(expected);
	});
});

describe('compareCompanies', () => {
	it.each<Case>([
		['one key', 'kondo partners', 'kondo partners', 'same'],
		['one key, written together', 'kondo partners', 'kondopartners', 'same'],
		['a typing error', 'brookhouse foods', 'broookhouse foods', 'close'],
		['a longer name of the same', 'veldt retail', 'veldt retail benelux', 'part'],
		['another company', 'veldt retail', 'acme', 'different'],
	])('reads %s', (_, one, other, expected) => {
		expect(compareCompanies(one, other)).toBe(expected);
	});
});

describe('all comparisons', () => {
	const comparisons = { compareFirstNames, compareLastNames, comparePhones, compareEmails, compareCompanies, comparePlaces };

	it.each(Object.entries(comparisons))('%s does not depend on the order', (_, compare) => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
			expect(compare(one, other)).toBe(compare(other, one));
		}));
	});

	it.each(Object.entries(comparisons))('%s says same or missing of a text and itself, or that it is only an initial', (_, compare) => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(['same', 'missing', 'initial']).toContain(compare(text, text));
		}));
	});

	it('keep similarities from 0 to 1', () => {
		fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
			for (const similarity of [textSimilarity(fold(one), fold(other)), wordSimilarity(fold(one), fold(other))]) {
				expect(similarity).toBeGreaterThanOrEqual(0);
				expect(similarity).toBeLessThanOrEqual(1);
			}
		}));
	});
});
