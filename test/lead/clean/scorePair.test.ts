import fc from 'fast-check';
import type { ComparedFields } from '../../../nodes/lead/clean/knownPerson';
import { apartRules, usualRules, type ApartRule, type MatchRules } from '../../../nodes/lead/clean/matchRules';
import { usualWeights } from '../../../nodes/lead/clean/weights';
import { scorePair, type PairContext } from '../../../nodes/lead/clean/scorePair';

const ada = { firstName: 'Ada', lastName: 'Byron', emailKey: 'ada.byron@acme.example', phone: '+442079460018', companyKey: 'acme', companyDomain: 'acme.example' };

type Band = 'match' | 'review' | 'apart';
/** In which band the fixed default puts a pair: joined, looked at, or kept apart. */
function band(one: ComparedFields, other: ComparedFields, context?: PairContext): Band {
	const { score, atMost } = scorePair(one, other, context);
	if (atMost === 'match' && score >= 0.95) return 'match';
	return atMost !== 'never' && score >= 0.5 ? 'review' : 'apart';
}

describe('scorePair', () => {
	it.each<[name: string, one: ComparedFields, other: ComparedFields, expected: Band]>([
		['the same e-mail', { emailKey: ada.emailKey }, ada, 'match'],
		['the same e-mail and a changed surname', { firstName: 'Ada', lastName: 'King', emailKey: ada.emailKey }, ada, 'match'],
		['a nickname with the same phone', { firstName: 'Bob', lastName: 'Allen', phone: '+442079460018' }, { firstName: 'Robert', lastName: 'Allen', phone: '020 7946 0018' }, 'match'],
		['swapped names with the same phone', { firstName: 'Byron', lastName: 'Ada', phone: ada.phone }, ada, 'match'],
		['a name in one field with the same phone', { lastName: 'BYRON, Ada', phone: ada.phone }, ada, 'match'],
		['umlauts with the same phone', { firstName: 'Jürgen', lastName: 'Müller', phone: ada.phone }, { firstName: 'Juergen', lastName: 'Mueller', phone: ada.phone }, 'match'],
		['an initial with the same phone', { firstName: 'J.', lastName: 'Müller', phone: ada.phone }, { firstName: 'Jürgen', lastName: 'Müller', phone: ada.phone }, 'match'],
		['a typing error in the e-mail', { firstName: 'Ada', lastName: 'Byron', emailKey: 'ada.byrron@acme.example' }, ada, 'match'],
		['name and company, no other contact', { firstName: 'Ada', lastName: 'Byron', companyKey: 'acme' }, ada, 'match'],
		['a changed surname, same phone and company', { firstName: 'Ada', lastName: 'King', phone: ada.phone, companyKey: 'acme' }, ada, 'match'],
		['the same name and company, another e-mail', { firstName: 'Ada', lastName: 'Byron', emailKey: 'lovelace@mail.example', companyKey: 'acme' }, ada, 'review'],
		['the phone alone', { phone: ada.phone }, ada, 'review'],
		['the name alone', { firstName: 'Ada', lastName: 'Byron' }, ada, 'review'],
		['the same e-mail under another name', { firstName: 'Peter', lastName: 'Smith', emailKey: ada.emailKey }, ada, 'review'],
		['a colleague at a shared switchboard', { firstName: 'Peter', lastName: 'Smith', emailKey: 'peter.smith@acme.example', phone: ada.phone, companyKey: 'acme', companyDomain: 'acme.example' }, ada, 'apart'],
		['a namesake colleague with the same phone', { firstName: 'Carla', lastName: 'Byron', phone: ada.phone, companyKey: 'acme' }, ada, 'apart'],
		['a family phone', { firstName: 'Erik', lastName: 'Byron', phone: ada.phone }, { firstName: 'Ada', lastName: 'Byron', phone: ada.phone }, 'apart'],
		['Jr and Sr with the same phone', { fullName: 'Sam Hill Jr', phone: ada.phone }, { fullName: 'Sam Hill Sr.', phone: ada.phone }, 'apart'],
		['Jr and no word with the same phone', { fullName: 'Sam Hill Jr', phone: ada.phone }, { fullName: 'Sam Hill', phone: ada.phone }, 'review'],
		['a role mailbox of one company', { firstName: 'Peter', lastName: 'Smith', emailKey: 'info@acme.example', companyKey: 'acme' }, { firstName: 'Ada', lastName: 'Byron', emailKey: 'info@acme.example', companyKey: 'acme' }, 'apart'],
		['a role mailbox and nothing else', { emailKey: 'info@acme.example' }, { emailKey: 'info@acme.example' }, 'apart'],
		['the same person at a role mailbox', { firstName: 'Ada', lastName: 'Byron', emailKey: 'info@acme.example', companyKey: 'acme' }, { firstName: 'Ada', lastName: 'Byron', emailKey: 'info@acme.example', companyKey: 'acme' }, 'match'],
		// seen: two forms of one firm without a name became one lead
		['two mailboxes of one company without a name', { emailKey: 'lead4@mail4.acme.example', companyDomain: 'acme.example' }, { emailKey: 'lead7@mail7.acme.example', companyDomain: 'acme.example' }, 'review'],
		['nearly the same name at firms that a number tells apart', { firstName: 'Robin', lastName: 'Case', emailKey: 'robin@case-1.example', companyDomain: 'case-1.example' }, { firstName: 'Robin', lastName: 'Case', emailKey: 'robin@case-2.example', companyDomain: 'case-2.example' }, 'review'],
		['strangers of one city', { firstName: 'Peter', lastName: 'Smith', city: 'London', country: 'GB' }, { ...ada, city: 'London', country: 'GB' }, 'apart'],
		['nothing on both sides', {}, {}, 'apart'],
	])('gives %s its band', (_, one, other, expected) => {
		expect(band(one, other)).toBe(expected);
	});

	// JavaScript's own names are people's names too
	it.each(['Constructor', 'Tostring', 'Valueof', '__proto__'])('takes no %s for a generation', (lastName) => {
		expect(scorePair({ firstName: 'Ada', lastName, phone: ada.phone }, { firstName: 'Ada', lastName: 'Byron', phone: ada.phone }).because).not.toContain('only one of the names says Jr or Sr');
		expect(band({ firstName: 'Ada', lastName, phone: ada.phone }, { firstName: 'Ada', lastName, phone: ada.phone })).toBe('match');
	});

	it('lets a number that several people use prove nothing', () => {
		const one = { firstName: 'Ada', phone: ada.phone };
		expect(band(one, ada)).toBe('match');
		expect(band(one, ada, { sharedPhone: true })).toBe('apart');
	});

	it.each<[string, ApartRule, ComparedFields, ComparedFields]>([
		['a shared mailbox', 'roleMailbox', { firstName: 'Ada', emailKey: 'info@acme.example' }, { firstName: 'Ada', emailKey: 'info@acme.example' }],
		['a first name', 'firstName', { firstName: 'Peter', lastName: 'Smith', emailKey: ada.emailKey }, ada],
		['a name elsewhere', 'otherContact', { firstName: 'Ada', lastName: 'Byron', emailKey: 'lovelace@mail.example', companyKey: 'acme' }, ada],
		['Jr', 'generation', { fullName: 'Sam Hill Jr', phone: ada.phone }, { fullName: 'Sam Hill Sr.', phone: ada.phone }],
	])('joins by %s only when its rule is off', (_, rule, one, other) => {
		const without: MatchRules = { ...usualRules, apart: new Set(apartRules.filter((each) => each !== rule)) };
		expect(band(one, other)).not.toBe('match');
		expect(scorePair(one, other, { rules: without }).atMost).toBe('match');
	});

	it('joins a phone and a name when that is asked for', () => {
		const asked: MatchRules = { ...usualRules, together: new Set(['phoneAndName']) };
		// among so many that a number and a name are not enough
		const weights = usualWeights(1e9);
		const one = { firstName: 'A.', lastName: 'Byron', phone: ada.phone };
		expect(scorePair(one, ada, { weights }).score).toBeLessThan(0.9);
		expect(scorePair(one, ada, { weights, rules: asked }).score).toBe(0.999);
	});

	it('never joins two that a person told apart, not even by an id', () => {
		expect(scorePair(ada, ada, { neverMatch: true, sameExternalId: true })).toMatchObject({ score: 0, atMost: 'never' });
	});

	it('knows an address that the person had before', () => {
		const moved = { ...ada, emailKey: 'lovelace@other.example' };
		expect(band({ firstName: 'Ada', emailKey: ada.emailKey }, moved)).not.toBe('match');
		expect(band({ firstName: 'Ada', emailKey: ada.emailKey }, moved, { holdsEmail: true })).toBe('match');
	});

	it('takes a day of birth for evidence that tells a family apart', () => {
		const born = { ...ada, emailKey: null, 'also.date.date of birth': '1956-04-09' };
		expect(band({ lastName: 'Byron', firstName: 'Adda', 'also.date.date of birth': '09.04.1956' }, born)).toBe('match');
		expect(band({ lastName: 'Byron', firstName: 'Carla', phone: ada.phone, 'also.date.date of birth': '1990-01-01' }, born)).toBe('apart');
	});

	it('counts a name that very many have for less', () => {
		const one = { firstName: 'Ada', lastName: 'Byron', companyKey: 'acme' };
		const other = { ...one };
		const weights = usualWeights(100_000);
		expect(scorePair(one, other, { weights, namesakes: 400 }).score).toBeLessThan(scorePair(one, other, { weights, namesakes: 2 }).score);
	});

	it('says why in words, without the values', () => {
		const { because } = scorePair({ firstName: 'Ada', lastName: 'Byrron', emailKey: ada.emailKey, phone: '+442079460999' }, ada);
		expect(because).toEqual(['same e-mail', 'similar phone', 'same first name', 'nearly the same last name']);
		expect(because.join(' ')).not.toMatch(/ada|byron|acme|\+44/i);
	});

	it('scores from 0 to 1 whatever the values, and the same in both directions', () => {
		const text = fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Ada Byron', 'ada@acme.example', '+442079460018')), { nil: null });
		const names = ['firstName', 'lastName', 'fullName', 'emailKey', 'phone', 'companyKey', 'companyDomain', 'city', 'postalCode', 'country'];
		const person = fc.record(Object.fromEntries(names.map((name) => [name, text])));
		fc.assert(fc.property(person, person, (one, other) => {
			const forth = scorePair(one, other);
			expect(forth.score).toBeGreaterThanOrEqual(0);
			expect(forth.score).toBeLessThanOrEqual(1);
			expect(scorePair(other, one)).toMatchObject({ score: forth.score, atMost: forth.atMost });
		}));
	});
});
