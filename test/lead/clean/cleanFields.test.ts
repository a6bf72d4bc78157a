import fc from 'fast-check';
import type { FormField } from '../../../nodes/lead/capture/labelTable';
import { captureLead } from '../../../nodes/lead/capture/captureLead';
import { cleanFields } from '../../../nodes/lead/clean/cleanFields';
import { emptyLeadFields } from '../../../nodes/lead/handoffRecord';

const clean = (fields: Partial<Record<FormField, string>>, defaultCountry?: string, custom = {}) => cleanFields({
	fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])), custom,
}, defaultCountry);
const codes = ({ issues }: ReturnType<typeof clean>) => issues.map((issue) => issue.code);

const names: FormField[] = [
	'fullName', 'firstName', 'lastName', 'email', 'phone', 'mobile', 'dialCode', 'company', 'website', 'jobTitle', 'country', 'region', 'city', 'postalCode', 'timeZone', 'language', 'serviceInterest', 'companySize', 'budget', 'message', 'subject',
];

describe('cleanFields', () => {
	it('keeps the second number of a lead', () => {
		const { lead } = clean({ phone: '020 7946 0018', mobile: '07911 123456', country: 'UK' });
		expect(lead).toMatchObject({ phone: '+442079460018', custom: { otherPhones: '+447911123456' } });
	});

	it('keeps the title that a name loses', () => {
		expect(clean({ fullName: 'Frau Dr. Anna Schmidt' }).lead).toMatchObject({ firstName: 'Anna', lastName: 'Schmidt', custom: { nameTitle: 'Frau Dr.' } });
	});

	it.each([
		['the state', { region: 'Bayern' }, '+493012345678', 'COUNTRY_FROM_REGION'],
		['a state in the country field', { country: 'Bavaria' }, '+493012345678', undefined],
		['the time zone', { timeZone: 'Europe/Berlin' }, '+493012345678', 'PHONE_COUNTRY_HINTED'],
		['the ending of the address', { email: 'ada@acme.de' }, '+493012345678', 'PHONE_COUNTRY_HINTED'],
		['the ending of the website', { website: 'https://www.acme.de/x' }, '+493012345678', 'PHONE_COUNTRY_HINTED'],
		['the language with its country', { language: 'de-DE' }, '+493012345678', 'PHONE_COUNTRY_HINTED'],
	])('reads a number by %s before the default', (_, more, phone, code) => {
		const cleaned = clean({ phone: '030 12345678', ...more }, 'GB');
		expect(cleaned.lead.phone).toBe(phone);
		if (code !== undefined) expect(codes(cleaned)).toContain(code);
	});

	it('believes the country before any hint', () => {
		expect(clean({ phone: '020 7946 0018', country: 'GB', timeZone: 'Europe/Berlin', email: 'ada@acme.de' }).lead.phone).toBe('+442079460018');
	});

	// "en-US" is what browsers say in half the world, .io and .co are sold everywhere
	it.each([{ language: 'en-US' }, { email: 'ada@acme.io' }, { email: 'ada@acme.co' }, { website: 'acme.tv' }])('takes %j for no hint', (more) => {
		expect(clean({ phone: '212 555 0123', ...more }).lead.phone).toBeNull();
	});

	it('says of every change what was there, what is there and by which rule', () => {
		const { changes } = clean({ fullName: 'ADA LOVELACE', email: 'Ada@ACME.Example', phone: '020 7946 0018', country: 'Großbritannien', company: 'Acme&nbsp;Ltd', message: 'GrÃ¼ÃŸe', companySize: '11-50', budget: '5k €', city: ' London ', timeZone: 'Europe/London' }, 'GB', { note: 'MÃ¼ller' });
		for (const field of ['lead.fullName', 'lead.email', 'lead.phone', 'lead.country', 'lead.company', 'lead.message', 'lead.companySize', 'lead.budget', 'lead.city', 'lead.custom.note']) {
			expect(changes).toContainEqual(expect.objectContaining({ field, before: expect.stringMatching(/./), after: expect.any(String), rule: expect.stringMatching(/./) }));
		}
		expect(changes.find((change) => change.field === 'lead.message')).toMatchObject({ before: 'GrÃ¼ÃŸe', after: 'Grüße' });
	});

	it('says NA of nobody: it is "not applicable" and Namibia', () => {
		expect(clean({ country: 'NA' }).lead).toMatchObject({ country: null, custom: { countryRaw: 'NA' } });
		expect(clean({ country: 'NA', phone: '+264 81 123 4567' }).lead.country).toBe('NA');
	});

	describe('hostile input', () => {
		const parts = ['+44', '020', '\u0000', '\u202e', '<b>', '&amp;', 'Ã¼', ',', '"', '(', '@', '.', ' ', '\n', '😀', '\ud800', '日本', 'GmbH', 'von', 'Dr.', '10k', '-', 'DE', '1e9'];
		const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((all) => all.join('')));

		it('gives verdicts for text of every plane, never an exception', () => {
			fc.assert(fc.property(fc.record(Object.fromEntries(names.map((name) => [name, text])), { requiredKeys: [] }), fc.constantFrom(undefined, 'GB', 'US', 'DE', 'xx'), (fields, country) => {
				const { lead, issues, changes } = clean(fields, country);
				expect(Object.keys(lead).sort()).toEqual(Object.keys(emptyLeadFields()).sort());
				expect(lead.phone === null || /^\+[1-9]\d{5,14}$/.test(lead.phone)).toBe(true);
				expect(lead.country === null || /^[A-Z]{2}$/.test(lead.country)).toBe(true);
				expect(lead.email === null || /^[^\s@]+@[^\s@]+$/.test(lead.email)).toBe(true);
				for (const name of ['firstName', 'lastName', 'company', 'city', 'jobTitle'] as const) expect(lead[name] ?? 'x').not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
				for (const issue of issues) expect(issue).toMatchObject({ field: expect.stringMatching(/^lead/), severity: expect.stringMatching(/^(?:info|warning|error)$/) });
				for (const change of changes) expect(change.rule).not.toBe('');
			}), { numRuns: 400 });
		});

		it('reads its own answer again without another change of the fields that are compared', () => {
			fc.assert(fc.property(fc.record({ fullName: text, email: text, phone: text, company: text, country: text }), (fields) => {
				const once = clean(fields, 'GB').lead;
				const given = Object.fromEntries(Object.entries({ email: once.email, phone: once.phone, country: once.country }).filter(([, value]) => value !== null)) as Partial<Record<FormField, string>>;
				const twice = clean(given, 'GB').lead;
				expect({ email: twice.email, emailKey: twice.emailKey, phone: twice.phone }).toEqual({ email: once.email, emailKey: once.emailKey, phone: once.phone });
			}), { numRuns: 200 });
		});

		const now = new Date('2026-11-25T12:00:00Z');
		const odd: [string, unknown][] = [
			['null', null], ['a number', 4.2e11], ['a truth value', true], ['a list', ['+44 20 7946 0018', { a: 1 }, null]], ['an object', { value: { deep: ['x'] } }], ['controls', '\u0000\u0007\u001b[31m'],
			['every plane', Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0x41)).join('')], ['a megabyte', 'a1 '.repeat(350_000)], ['a megabyte of one sign', '('.repeat(1_000_000)],
		];
		it.each(odd)('takes %s in every field', (_, value) => {
			const labels = ['name', 'first name', 'last name', 'email', 'phone', 'mobile', 'company', 'website', 'job title', 'country', 'state', 'city', 'zip', 'time zone', 'language', 'service', 'company size', 'budget', 'message', 'subject', 'own field'];
			const { read } = captureLead({ payload: Object.fromEntries(labels.map((label) => [label, value])), client: 'acme', submissionId: 's', now, zone: { timeZone: 'UTC', from: 'the client' }, requiredSource: [] });
			const { lead } = cleanFields(read, 'GB');
			expect(Object.keys(lead)).toEqual(Object.keys(emptyLeadFields()));
		}, 30_000);
	});
});
