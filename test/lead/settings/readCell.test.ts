import fc from 'fast-check';
import { clientSettingsSchema, calendarSchema, intentSchema, memberSchema, slaPolicySchema, teamSchema } from '../../../nodes/lead/settings/clientSettings';
import { readCell } from '../../../nodes/lead/settings/rows/readCell';
import { tidyDate } from '../../../nodes/lead/settings/rows/tidyDate';
import { tidySpan } from '../../../nodes/lead/settings/rows/tidySpan';
import type { z } from 'zod/v4';

const { shape: member } = memberSchema;
const { shape: settings } = clientSettingsSchema;
const holiday = calendarSchema.shape.holidays as unknown as z.ZodType;
const hours = calendarSchema.shape.overrides.unwrap().element.shape.hours as z.ZodType;

describe('readCell', () => {
	it.each<[string, z.ZodType, unknown, unknown]>([
		['a number as text', member.weight, ' 2 ', 2],
		['a number with its unit', slaPolicySchema.shape.firstResponseMinutes, '15 min', 15],
		['a decimal comma', slaPolicySchema.shape.firstResponseMinutes, '7,5', 7.5],
		['yes in German', member.active, 'Ja', true],
		['a tick', member.active, '✓', true],
		['a spreadsheet\'s FALSE', member.active, false, false],
		['words of a fixed list', teamSchema.shape.assignment, 'Least Loaded', 'leastLoaded'],
		['the value of a fixed list', teamSchema.shape.assignment, 'existingOwner', 'existingOwner'],
		['an urgency in German', intentSchema.shape.urgency, 'Hoch', 'high'],
		['several words of a fixed list', settings.requiredSource, 'Source; Click ID', ['source', 'clickId']],
		['a country by its name', settings.defaultCountry, 'United Kingdom', 'GB'],
		['a language in capitals', settings.language, 'DE', 'de'],
		['several languages', member.languages, 'EN, de', ['en', 'de']],
		['what a form gives for several choices', member.languages, ['en', 'fr'], ['en', 'fr']],
		['a number where text is wanted', member.crmId, 501, '501'],
		['hours as people write them', hours, '9-12, 13:00 – 17:30', ['09:00-12:00', '13:00-17:30']],
		['sentences with commas', intentSchema.shape.examples, 'Hi, a demo please | What does it cost, roughly?', ['Hi, a demo please', 'What does it cost, roughly?']],
		['keywords with commas', intentSchema.shape.keywords, 'demo, trial', ['demo', 'trial']],
		['German dates', holiday, '24.12.2026, 25.12.2026', ['2026-12-24', '2026-12-25']],
	])('reads %s', (_what, schema, cell, value) => {
		const key = schema === intentSchema.shape.examples ? 'examples' : '';
		expect(readCell(schema, cell, key)).toEqual({ value });
	});

	it.each<[string, z.ZodType, unknown, string]>([
		['a weight that is a word', member.weight, 'lots', 'a number'],
		['a weight that is half', member.weight, '1.5', 'int'],
		['a word that is none of the list', teamSchema.shape.assignment, 'random', 'one of fixed, rotation, least loaded, hash, sticky, existing owner'],
		['neither yes nor no', member.active, 'perhaps', 'yes or no'],
		['a date that can be read in two ways', holiday, '03/04/2026', 'a date that can be read in one way only, such as 2026-12-25'],
		['a link that is not https', member.bookingUrl, 'http://cal.example', 'Invalid URL'],
		['an object', member.crmId, { a: 1 }, 'a value, not a list or an object'],
	])('tells %s', (_what, schema, cell, fault) => {
		expect(readCell(schema, cell)).toEqual({ fault: expect.stringContaining(fault) });
	});

	it.each(['', '  ', null, undefined, []])('takes %p for a blank cell', (cell) => {
		expect(readCell(member.languages, cell)).toBeUndefined();
	});

	it('gives only what its schema takes, and never throws', () => {
		fc.assert(fc.property(fc.constantFrom(member.weight, member.active, member.timeZone, teamSchema.shape.assignment, settings.defaultCountry, hours, holiday), fc.anything(), (schema, cell) => {
			const read = readCell(schema, cell);
			if (read && 'value' in read) expect(schema.safeParse(read.value).success).toBe(true);
		}), { numRuns: 500 });
	});
});

describe('tidyDate', () => {
	it.each([
		['2026-12-24', '2026-12-24'], ['2026-12-24T00:00:00.000Z', '2026-12-24'], ['2026-12-24 00:00:00', '2026-12-24'], ['24.12.2026', '2026-12-24'], ['1. 2. 2026', '2026-02-01'],
		['24/12/2026', '2026-12-24'], ['12/24/2026', '2026-12-24'], ['5/5/2026', '2026-05-05'], ['03/04/2026', 'ambiguous'], ['46380', '2026-12-24'],
		['24 Dec 2026', '2026-12-24'], ['Dec 24, 2026', '2026-12-24'], ['24. Dezember 2026', '2026-12-24'], ['24 décembre 2026', '2026-12-24'], ['1 de enero de 2027', '2027-01-01'], ['March 3rd 2026', '2026-03-03'],
		['2026-12-24T23:00:00Z', undefined], ['tomorrow', undefined], ['24.12.26', undefined],
	])('reads %s as %s', (text, date) => {
		expect(tidyDate(text)).toBe(date);
	});
});

describe('tidySpan', () => {
	it.each([
		['9-17', '09:00-17:00'], ['9:30 – 17.15', '09:30-17:15'], ['9am to 5pm', '09:00-17:00'], ['12am-12pm', '00:00-12:00'], ['8 bis 16', '08:00-16:00'], ['22:00-06:00', '22:00-06:00'], ['closed', undefined], ['9', undefined],
	])('reads %s as %s', (text, span) => {
		expect(tidySpan(text)).toBe(span);
	});
});
