import fc from 'fast-check';
import { readKnownRow, type ReadRowInput } from '../../../nodes/lead/clean/knownRows';

const read = (row: unknown, more: Partial<ReadRowInput> = {}) => readKnownRow({ row, index: 0, mapping: {}, system: 'crm', at: '2026-11-20T10:00:00.000Z', ...more });

describe('readKnownRow', () => {
	it.each([
		['a flat sheet row', { 'First Name': 'Ada', 'Last Name': 'Byron', 'E-mail': 'Ada@acme.example', ID: 7, Status: 'Customer', 'Owner ID': 'o-4' }],
		['a HubSpot contact', { id: '7', properties: { firstname: 'Ada', lastname: 'Byron', email: 'Ada@acme.example', lifecyclestage: 'customer', hubspot_owner_id: 'o-4' } }],
		['a Pipedrive person', { id: 7, first_name: 'Ada', last_name: 'Byron', email: [{ value: 'Ada@acme.example', primary: true }], owner_id: { id: 'o-4', name: 'Mia' }, status: 'Kunde' }],
		['an Airtable record', { id: '7', fields: { Vorname: 'Ada', Nachname: 'Byron', 'E-Mail-Adresse': 'Ada@acme.example', status: 'client', owner: 'o-4' } }],
	])('reads %s', (_, row) => {
		expect(read(row)).toMatchObject({
			personId: 'crm:7', externalIds: { crm: '7' }, customerStatus: 'customer', ownerId: 'o-4', enquiries: 0,
			fields: { firstName: 'Ada', lastName: 'Byron', email: 'Ada@acme.example', emailKey: 'ada@acme.example', companyDomain: 'acme.example' },
		});
	});

	it('obeys the mapping before the usual names', () => {
		expect(read({ email: 'old@acme.example', 'Current Mail': 'new@acme.example' }, { mapping: { email: 'Current Mail' } })?.fields.emailKey).toBe('new@acme.example');
	});

	it.each([
		['0044 20 7946 0018', '+442079460018'],
		['+44 20 7946 0018', '+442079460018'],
		['020 7946 0018', '02079460018'],
		['n/a', undefined],
	])('reads the phone %s', (given, expected) => {
		expect(read({ name: 'Ada', phone: given })?.fields.phone).toBe(expected);
	});

	it.each([
		['in the row\'s own country', { country: 'United Kingdom' }, 'US'],
		['in the default country', {}, 'GB'],
	])('reads a phone without a country code %s', (_, row, defaultCountry) => {
		expect(read({ name: 'Ada', phone: '(0) 20 7946 0018', ...row }, { defaultCountry })?.fields).toMatchObject({ phone: '+442079460018', phoneType: 'landline' });
	});

	it('cleans every field like a lead\'s', () => {
		expect(read({ Name: 'Dr. BYRON, Ada', Email: 'A.Byron+crm@googlemail.com', Country: 'Germany', Company: 'Acme Holding GmbH', Website: 'https://www.acme.example' })?.fields).toMatchObject({
			emailKey: 'abyron@gmail.com', country: 'DE', companyKey: 'acme holding', companyDomain: 'acme.example', lastName: 'Byron', firstName: 'Ada',
		});
		expect(read({ email: 'info@acme.example' })?.fields.sharedEmail).toBe('yes');
	});

	it.each([true, 'TRUE', 'Yes', 1, 'x', 'Opted out', 'unsubscribed', '2026-01-31'])('reads the opt-out %s', (given) => {
		expect(read({ name: 'Ada', unsubscribed: given })?.fields['consent.email']).toBe('no');
	});

	it.each([false, 'No', 0, '', null, 'subscribed'])('reads no opt-out from %s', (given) => {
		expect(read({ name: 'Ada', unsubscribed: given })?.fields).not.toHaveProperty(['consent.email']);
	});

	it.each([
		['nothing', undefined], ['null', null], ['a list', []], ['text', 'Ada'], ['an empty row', {}], ['only an id', { id: 7 }],
		['a rotten address', { email: 'n/a', phone: '-' }],
	])('leaves out %s', (_, row) => {
		expect(read(row)).toBeUndefined();
	});

	// a status is stored as it is: a function would break the write
	it.each(['constructor', 'toString', '__proto__'])('keeps the status %s as it is', (status) => {
		expect(read({ name: 'Ada', status })?.customerStatus).toBe(status);
	});

	it('never throws on any row', () => {
		fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (row) => {
			expect(() => read(row)).not.toThrow();
			expect(() => read({ email: row, properties: row, name: row, id: row })).not.toThrow();
		}));
	});
});
