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
		['n/a', null],
	])('reads the phone %s', (given, expected) => {
		expect(read({ name: 'Ada', phone: given })?.fields.phone).toBe(expected);
	});

	it('reads an opt-out', () => {
		expect(read({ name: 'Ada', unsubscribed: true })?.fields['consent.email']).toBe('no');
	});

	it.each([
		['nothing', undefined], ['null', null], ['a list', []], ['text', 'Ada'], ['an empty row', {}], ['only an id', { id: 7 }],
		['a rotten address', { email: 'n/a', phone: '-' }],
	])('leaves out %s', (_, row) => {
		expect(read(row)).toBeUndefined();
	});

	it('never throws on any row', () => {
		fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (row) => {
			expect(() => read(row)).not.toThrow();
			expect(() => read({ email: row, properties: row, name: row, id: row })).not.toThrow();
		}));
	});
});
