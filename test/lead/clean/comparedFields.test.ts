import { cleanComparedFields, cleanLeadFields, readComparedFields } from '../../../nodes/lead/clean/comparedFields';
import { emptyLeadFields, emptySourceContext, type LeadFields } from '../../../nodes/lead/handoffRecord';

const noFlags = { disposableEmail: false, freeEmail: false, roleEmail: false, suspectedSpam: false, suspectedInjection: false };

describe('readComparedFields', () => {
	const read = (lead: Partial<LeadFields>, consent = {}, firstTouch = {}) => readComparedFields({
		lead: { ...emptyLeadFields(), ...lead },
		consent,
		source: { ...emptySourceContext(), source: 'google', firstTouch: { channel: null, source: 'linkedin', medium: null, campaign: null, at: null, ...firstTouch } },
		quality: { score: 0, issues: [], changes: [], replyPath: true, flags: noFlags },
	});

	it('takes known fields, consent and the first touch, and leaves the message out', () => {
		expect(read({ email: 'ada@acme.example', message: 'Call me' }, { email: false })).toEqual({ email: 'ada@acme.example', 'consent.email': 'no', 'firstTouch.source': 'linkedin' });
	});

	it.each([
		['could not be read', '(020) 7946 0018', '02079460018'],
		['is too short to be one', '12-34', undefined],
		['is no text', 12345678, undefined],
	])('compares a number that %s by its digits, if at all', (_, phoneRaw, expected) => {
		expect(read({ custom: { phoneRaw } }).phone).toBe(expected);
		expect(read({ phone: '+442079460018', custom: { phoneRaw } }).phone).toBe('+442079460018');
	});

	it('gives a company its key when the item brings none, and keeps the one it brings', () => {
		expect(read({ company: 'Acme Ltd' }).companyKey).toBe('acme');
		expect(read({ company: 'Acme Ltd', companyKey: 'acme group' }).companyKey).toBe('acme group');
	});
});

describe('cleanComparedFields', () => {
	it('cleans every field as Lead Normalize does', () => {
		expect(cleanComparedFields({
			email: ['A.da+crm@GoogleMail.com'], phone: ['+44 (0) 20 7946 0018'], country: ['Germany'], fullName: ['BYRON, Ada'], company: ['Acme GmbH & Co. KG'], website: ['https://www.acme.example/'],
		})).toMatchObject({
			email: 'A.da+crm@googlemail.com', emailKey: 'ada@gmail.com', phone: '+442079460018', country: 'DE', firstName: 'Ada', lastName: 'Byron', companyKey: 'acme', companyDomain: 'acme.example',
		});
	});

	it.each([
		['a role mailbox', 'info@acme.example'],
		['a throw-away address', 'ada@mailinator.com'],
	])('marks %s as nobody\'s own', (_, email) => {
		expect(cleanComparedFields({ email: [email] }).sharedEmail).toBe('yes');
	});

	it('takes no free mail provider for the company\'s domain', () => {
		expect(cleanComparedFields({ email: ['ada@gmail.com'] })).not.toHaveProperty('companyDomain');
	});

	it.each([
		['the row\'s own country', '020 7946 0018', 'United Kingdom', 'US', '+442079460018'],
		['the default country', '020 7946 0018', undefined, 'GB', '+442079460018'],
		['its own country code', '0044 20 7946 0018', 'DE', undefined, '+442079460018'],
		['a country code and too few digits', '+49 (0)151 4502064', undefined, undefined, '491514502064'],
		['no country, by its digits alone', '020 7946 0018', undefined, undefined, '02079460018'],
		['no country, where there are too few digits', '12-34', undefined, undefined, undefined],
	])('reads a phone number with %s', (_, phone, country, defaultCountry, expected) => {
		expect(cleanComparedFields({ phone: [phone], ...(country === undefined ? {} : { country: [country] }) }, defaultCountry).phone).toBe(expected);
	});
});

describe('cleanLeadFields', () => {
	it('cleans what a flat item says, so that it meets known records', () => {
		const flat = { ...emptyLeadFields(), fullName: 'Ada Byron', email: 'a.da@gmail.com', emailKey: 'a.da@gmail.com', phone: '020 7946 0018', country: 'England', companyDomain: 'www.acme.example' };
		expect(cleanLeadFields(flat)).toMatchObject({ firstName: 'Ada', lastName: 'Byron', emailKey: 'ada@gmail.com', phone: '+442079460018', country: 'GB', companyDomain: 'acme.example' });
	});
});
