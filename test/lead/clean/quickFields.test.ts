import fc from 'fast-check';
import { cleanComparedFields } from '../../../nodes/lead/clean/comparedFields';
import { readPlainFields, type PlainValues } from '../../../nodes/lead/clean/quickFields';

/** What the full cleaning gives, but for what only it knows: the kind of the number, and what follows from other fields. */
function fully(values: PlainValues): Record<string, unknown> {
	const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
	const { phoneType: _type, timeZone: _zone, ...fields } = cleanComparedFields(given);
	return fields;
}

describe('readPlainFields', () => {
	it.each<[string, PlainValues]>([
		['a contact', { firstName: 'Ada', lastName: 'Byron', email: 'ada.byron@acme.example', phone: '+442079460018', company: 'Acme Services Ltd', country: 'GB', city: 'London' }],
		['a private address', { firstName: 'Jürgen', lastName: 'Müller', email: 'j.mueller+news@gmail.com', country: 'DE' }],
		['a role mailbox', { email: 'info@acme.example', company: 'Acme Holding' }],
		['a throw-away address', { email: 'ada@mailinator.com' }],
	])('gives of %s what the full cleaning gives', (_, values) => {
		expect(readPlainFields(values)).toEqual(fully(values));
	});

	it.each<[string, PlainValues]>([
		['a title', { firstName: 'Dr. Ada', lastName: 'Byron' }], ['capitals', { firstName: 'ADA', lastName: 'BYRON' }], ['one name', { lastName: 'Byron' }],
		['a display name', { email: 'Ada <ada@acme.example>' }], ['a number without its country', { phone: '020 7946 0018' }], ['no company', { company: 'n/a' }], ['a country in words nobody knows', { country: 'Atlantis' }],
	])('leaves %s to the full cleaning', (_, values) => {
		expect(readPlainFields(values)).toBeUndefined();
	});

	it('never differs from the full cleaning where it answers', () => {
		const name = fc.constantFrom('Ada', 'Jürgen', 'Byron', 'Müller', 'Mcdonald', 'Lee', 'Prof', 'Frau', 'ada', 'O\'Neil');
		const values = fc.record({
			firstName: name, lastName: name, email: fc.emailAddress({ size: 'small' }), company: fc.constantFrom('Acme Ltd', 'Brock & Co', 'none', 'Holding AG', 'The Firm Inc.'), city: fc.constantFrom('London', 'Köln', 'St. Paul', ' x '),
		}, { requiredKeys: [] });
		fc.assert(fc.property(values, (given) => {
			const quick = readPlainFields(given);
			if (quick !== undefined) expect(quick).toEqual(fully(given));
		}), { numRuns: 200 });
	});
});
