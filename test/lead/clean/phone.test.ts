import fc from 'fast-check';
import { readPhone } from '../../../nodes/lead/clean/phone';

const read = (given: string, leadCountry: string | null = null, defaultCountry?: string, dialCode?: string) => readPhone({ given, leadCountry, defaultCountry, dialCode });

describe('readPhone', () => {
	it.each([
		['international', '+44 20 7946 0018', null, undefined, '+442079460018'],
		['national with the lead\'s country', '020 7946 0018', 'GB', undefined, '+442079460018'],
		['national with the default country', '020 7946 0018', null, 'GB', '+442079460018'],
		['two zeros for the plus', '0044 20 7946 0018', null, 'DE', '+442079460018'],
		['the American way out', '011 44 20 7946 0018', 'US', undefined, '+442079460018'],
		['a zero in brackets', '+44 (0)20 7946 0018', null, undefined, '+442079460018'],
		['a label', 'Tel.: +44 20 7946 0018', null, undefined, '+442079460018'],
		['a link', 'tel:+44-20-7946-0018', null, undefined, '+442079460018'],
		['full-width signs', '＋４４ ２０ ７９４６ ００１８', null, undefined, '+442079460018'],
		['Arabic digits', '+٤٤ ٢٠ ٧٩٤٦ ٠٠١٨', null, undefined, '+442079460018'],
		['Devanagari digits', '+४४ २० ७९४६ ००१८', null, undefined, '+442079460018'],
		['invisible characters', '\u202A+44\u200B 20 7946\u00A00018\u202C', null, undefined, '+442079460018'],
		['a spreadsheet\'s tail', '442079460018.0', 'GB', undefined, '+442079460018'],
		['the country code without its plus', '49 30 12345678', 'DE', undefined, '+493012345678'],
		['a slash after the area', '030/12345678', 'DE', undefined, '+493012345678'],
		['American punctuation', '(212) 555-0123', 'US', undefined, '+12125550123'],
		['the lead\'s country before the default', '030 12345678', 'DE', 'GB', '+493012345678'],
		['a foreign number in spite of the lead\'s country', '+49 30 12345678', 'GB', 'GB', '+493012345678'],
	])('reads %s', (_, given, leadCountry, defaultCountry, phone) => {
		expect(read(given, leadCountry, defaultCountry).value).toMatchObject({ phone, raw: null });
	});

	it('takes the country of a dial code field before the default', () => {
		expect(read('030 12345678', null, 'GB', '+49').value.phone).toBe('+493012345678');
	});

	it.each([
		['+44 20 7946 0018 ext. 123', '123'], ['+44 20 7946 0018 x123', '123'], ['030 12345678 Durchwahl 12', '12'], ['+44 20 7946 0018;ext=9', '9'],
	])('keeps the extension of %s', (given, extension) => {
		expect(read(given, 'DE').value.phoneExtension).toBe(extension);
	});

	it.each([
		['+442079460018', 'landline'], ['+447400123456', 'mobile'], ['+12125550123', 'landlineOrMobile'], ['+448001234567', 'tollFree'],
	])('knows the type of %s', (given, phoneType) => {
		expect(read(given).value.phoneType).toBe(phoneType);
	});

	it.each([
		['words', 'call me'], ['a word for digits without a country', '1-800-FLOWERS'], ['no country at all', '020 7946 0018'], ['digits without plus or country', '442079460018'],
		['too few digits', '12345'], ['a number in a sentence', 'between 9 and 5 on 020 7946 0018'],
	])('gives no number for %s, and keeps what was given', (_, given) => {
		const { value, issues } = read(given);
		expect(value).toMatchObject({ phone: null, raw: given });
		expect(issues.map((issue) => issue.code)).toEqual(['PHONE_NOT_READABLE']);
	});

	it.each([
		['a number that is not given out', '+44 7700 900123', null, 'PHONE_NOT_IN_USE'],
		['what a sheet has rounded', '4.42079E+11', null, 'PHONE_ROUNDED'],
		['a local number of Lüneburg, or a landline with its country code', '4951234567890', 'DE', 'PHONE_DOUBTFUL'],
		['the country code twice, or a place that begins like it', '+49 49 151 23456789', null, 'PHONE_DOUBTFUL'],
		['a name behind the number', '020 7946 0018 Bob', 'GB', 'PHONE_NOT_READABLE'],
		['a name that could stand for digits', 'ask Bob 555-0123', 'US', 'PHONE_NOT_READABLE'],
		['a way out that the country does not have', '0049 30 12345678', 'US', 'PHONE_NOT_READABLE'],
		['an extension of 21 digits', 'tel:+6433316005;ext=012345678901234567890', 'NZ', 'PHONE_NOT_READABLE'],
	])('keeps %s as given, and says which doubt it is', (_, given, country, code) => {
		const { value, issues } = read(given, country);
		expect(value).toMatchObject({ phone: null, raw: given });
		expect(issues.map((issue) => issue.code)).toEqual([code]);
	});

	it.each([
		['a mobile number with its country code and no plus', '4915123456789', 'DE', '+4915123456789'],
		['a sheet that shows every digit', '4.42079460018E+11', 'GB', '+442079460018'],
		['a code that is written twice with its sign', '+49 0049 30 12345678', null, '+493012345678'],
		['a code that is written twice without', '+44 44 20 7946 0018', null, '+442079460018'],
		['a word for digits', '1-800-FLOWERS', 'US', '+18003569377'],
		['a link with its context', 'tel:331-6005;phone-context=+64-3', null, '+6433316005'],
		['the carrier\'s place', '(0xx11) 98765-4321', 'BR', '+5511987654321'],
		['a remark in brackets', '+44 20 7946 0018 (9am-5pm)', null, '+442079460018'],
		['a kind behind the number', '07911 123456 (mobile)', 'GB', '+447911123456'],
		['quotes of a sheet', '="02079460018"', 'GB', '+442079460018'],
		['dashes of typography', '+44–20–7946–0018', null, '+442079460018'],
	])('reads %s', (_, given, country, phone) => {
		expect(read(given, country).value).toMatchObject({ phone, raw: null });
	});

	it('takes the country that other fields point to before the default, and says so', () => {
		const { value, issues } = readPhone({ given: '030 12345678', leadCountry: null, hint: { country: 'DE', from: 'time zone' }, defaultCountry: 'GB' });
		expect(value.phone).toBe('+493012345678');
		expect(issues).toEqual([expect.objectContaining({ code: 'PHONE_COUNTRY_HINTED', message: expect.stringContaining('time zone') })]);
	});

	it('takes the first of several numbers, and says so', () => {
		const { value, issues } = read('020 7946 0018 / 020 7946 0019', 'GB');
		expect(value).toMatchObject({ phone: '+442079460018', others: ['+442079460019'] });
		expect(issues.map((issue) => issue.code)).toContain('PHONE_SEVERAL');
		expect(read('2125550123;2125550199', 'US').value).toMatchObject({ phone: '+12125550123', phoneExtension: null, others: ['+12125550199'] });
	});

	it('tells that the default country was assumed', () => {
		expect(read('020 7946 0018', null, 'GB').issues.map((issue) => issue.code)).toEqual(['PHONE_COUNTRY_ASSUMED']);
		expect(read('020 7946 0018', 'GB', 'GB').issues).toEqual([]);
	});

	it('gives E.164 or nothing, whatever is written', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(null, 'GB', 'DE', 'US', 'XX', 'nonsense'), (given, country) => {
			const { value } = read(given, country);
			expect(value.phone === null || /^\+[1-9]\d{5,14}$/.test(value.phone)).toBe(true);
			expect(value.phone === null || value.raw === null).toBe(true);
		}), { numRuns: 300 });
	});
});
