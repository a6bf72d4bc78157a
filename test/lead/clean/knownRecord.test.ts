import fc from 'fast-check';
import { findColumns } from '../../../nodes/lead/clean/findColumns';
import { joinKnownRecord, readKnownRecord } from '../../../nodes/lead/clean/knownRecord';
import type { KnownPerson } from '../../../nodes/lead/clean/knownPerson';

const at = '2026-11-23T09:00:00.000Z';
const members = [{ id: 'mia', name: 'Mia Example', email: 'mia@agency.example' }];
const read = (row: unknown, change: object = {}) => readKnownRecord({ row, index: 0, mapping: {}, system: 'crm', at, defaultCountry: 'GB', ...change }, members);

/** The same person as each system gives it. */
const shapes = {
	'HubSpot search': { id: '501', properties: { firstname: 'Ada', lastname: 'Loveless', email: 'ada@Love.example', phone: '020 7946 0018', company: 'Love Ltd', lifecyclestage: 'customer', hubspot_owner_id: '77', hs_email_optout: 'true' } },
	'Pipedrive persons': { id: 501, name: 'Ada Loveless', email: [{ value: 'ada@love.example', primary: true }], phone: [{ value: '020 7946 0018' }], org_name: 'Love Ltd', owner_id: { id: 77, name: 'Mia', value: 77 }, status: 'Customer', unsubscribed: true },
	'Salesforce query': { attributes: { type: 'Contact', url: '/services/data/v60.0/sobjects/Contact/501' }, Id: '501', FirstName: 'Ada', LastName: 'Loveless', Email: 'ada@love.example', Phone: '020 7946 0018', Account: { attributes: {}, Name: 'Love Ltd' }, OwnerId: '77', Customer_Status__c: null, Customer_Status: 'Customer', HasOptedOutOfEmail: true },
	'row of a sheet': { ID: '501', Name: 'Ada Loveless', 'E-Mail': 'ada@love.example', Phone: '020 7946 0018', Company: 'Love Ltd', Owner: '77', Status: 'Customer', Unsubscribed: 'x' },
};

describe('readKnownRecord', () => {
	it.each(Object.entries(shapes))('reads the same of a %s', (_name, row) => {
		expect(read(row)).toMatchObject({
			recordId: '501', optedOut: true, emailKey: 'ada@love.example',
			person: {
				externalIds: { crm: '501' }, customerStatus: 'customer', ownerId: '77',
				fields: { fullName: 'Ada Loveless', email: 'ada@love.example', phone: '+442079460018', company: 'Love Ltd', 'consent.email': 'no' },
			},
		});
	});

	it.each([
		{ name: 'its address', row: { email: 'ada@love.example', name: 'Ada' }, recordId: 'email:ada@love.example' },
		{ name: 'its number', row: { phone: '020 7946 0018' }, recordId: 'phone:+442079460018' },
		{ name: 'its name and company', row: { name: 'Ada Loveless', company: 'Love Ltd' }, recordId: 'name:ada loveless|love' },
	])('knows a row without an id by $name', ({ row, recordId }) => {
		expect(read(row)).toMatchObject({ recordId, person: { externalIds: {} } });
	});

	it('takes an owner by address or name for the member, and leaves ids of a CRM', () => {
		const ownerOf = (owner: string) => read({ email: 'a@love.example', owner })?.person.ownerId;
		expect([ownerOf('MIA@agency.example'), ownerOf('mia example'), ownerOf('77')]).toEqual(['mia', 'mia', '77']);
	});

	it('does not know a person by a mailbox of many', () => {
		expect(read({ id: 1, email: 'info@love.example' })).not.toHaveProperty('emailKey');
	});

	it('gives equal digests for rows that say the same, whatever else stands in them', () => {
		const [one, same, other] = [{ email: 'a@love.example', note: 'x' }, { note: 'y', Email: 'a@LOVE.example ' }, { email: 'a@love.example', owner: '7' }].map((row) => read(row)?.digest);
		expect(one).toBe(same);
		expect(one).not.toBe(other);
	});

	it('never throws, whatever a row is', () => {
		fc.assert(fc.property(fc.anything({ withBigInt: false }), (row) => { read(row); }));
		expect(read({ note: 'nobody' })).toBeUndefined();
	});
});

describe('joinKnownRecord', () => {
	const record = read(shapes['HubSpot search']);
	const person = (change: Partial<KnownPerson> = {}): KnownPerson => ({ personId: 'p', enquiries: 0, fields: {}, externalIds: {}, updatedAt: at, ...change });

	it('takes what the person\'s own enquiries said before what the record says', () => {
		const known = person({ enquiries: 2, fields: { fullName: 'Ada King', email: 'new@love.example', emailKey: 'new@love.example' }, externalIds: { other: '9' } });
		const joined = record && joinKnownRecord(record, known, 'new');
		expect(joined).toMatchObject({ personId: 'p', fields: { fullName: 'Ada King', email: 'new@love.example', company: 'Love Ltd' }, externalIds: { other: '9', crm: '501' }, customerStatus: 'customer', ownerId: '77' });
	});

	it('takes what the record says now before what it said when it was loaded', () => {
		expect(record && joinKnownRecord(record, person({ fields: { fullName: 'Ada Before' } }), 'new')).toMatchObject({ fields: { fullName: 'Ada Loveless' } });
	});

	it.each([0, 3])('never loses an opt-out, of the ledger or of the record, after %s enquiries', (enquiries) => {
		const willing = readKnownRecord({ row: { id: 1, email: 'ada@love.example' }, index: 0, mapping: {}, system: 'crm', at }, []);
		for (const [one, fields] of [[willing, { 'consent.email': 'no' }], [record, { 'consent.email': 'yes' }]] as const) {
			expect(one && joinKnownRecord(one, person({ enquiries, fields }), 'new').fields['consent.email']).toBe('no');
		}
	});
});

describe('findColumns', () => {
	it('says which column is read as what, and which are not read', () => {
		const rows = [shapes['HubSpot search'], { properties: { favourite_colour: 'red' } }, null, 'text'];
		expect(findColumns(rows, {})).toEqual({
			read: { id: 'id', email: 'email', phone: 'phone', firstName: 'firstname', lastName: 'lastname', company: 'company', status: 'lifecyclestage', owner: 'hubspot_owner_id', optOut: 'hs_email_optout' },
			unread: ['favourite_colour'], missing: [],
		});
	});

	it('takes a mapping before the usual names, and tells one that no row has', () => {
		expect(findColumns([{ Email: 'a', 'Second Mail': 'b' }], { email: 'second mail', phone: 'Handy 2' })).toMatchObject({ read: { email: 'Second Mail' }, unread: ['Email'], missing: ['phone'] });
	});
});
