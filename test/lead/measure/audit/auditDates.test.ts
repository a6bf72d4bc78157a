import { DateTime } from 'luxon';
import fc from 'fast-check';
import { orderOf, readSheetMoment } from '../../../../nodes/lead/measure/audit/auditDates';

const zone = 'Europe/Berlin';
const iso = (value: unknown, order?: 'dayFirst' | 'monthFirst') => {
	const read = readSheetMoment(value, { zone, ...(order ? { order } : {}) });
	return typeof read === 'object' ? `${new Date(read.at).toISOString().slice(0, 16)}${read.dayOnly ? ' day' : ''}${read.zoneAssumed ? ' assumed' : ''}` : read;
};

describe('readSheetMoment', () => {
	it.each<[unknown, string]>([
		['23.11.2026 14:05', '2026-11-23T13:05 assumed'],
		['23.11.26, 14:05 Uhr', '2026-11-23T13:05 assumed'],
		['Mo., 23. November 2026 um 14.05 Uhr', '2026-11-23T13:05 assumed'],
		['3. März 2026 9:30', '2026-03-03T08:30 assumed'],
		['23 nov. 2026 à 14h05', '2026-11-23T13:05 assumed'],
		['1er février 2026 14:05', '2026-02-01T13:05 assumed'],
		['23 de noviembre de 2026 14:05', '2026-11-23T13:05 assumed'],
		['lunedì 23 novembre 2026 14:05', '2026-11-23T13:05 assumed'],
		['Nov 23, 2026, 2:05 PM', '2026-11-23T13:05 assumed'],
		['November 23, 2026 at 2 pm', '2026-11-23T13:00 assumed'],
		['23-Nov-26 14:05', '2026-11-23T13:05 assumed'],
		['11/23/2026 2:05 PM', '2026-11-23T13:05 assumed'],
		['23/11/2026 14:05:33', '2026-11-23T13:05 assumed'],
		['2026-11-23T14:05:00Z', '2026-11-23T14:05'],
		['2026-11-23 14:05:00 UTC', '2026-11-23T14:05'],
		['2026-11-23 14:05 +0530', '2026-11-23T08:35'],
		['11/23/2026 2:05 PM EST', '2026-11-23T19:05'],
		['23.11.2026 14:05 MEZ', '2026-11-23T13:05'],
		['2026-11-23 14:05 (GMT+2)', '2026-11-23T12:05'],
		['2026/11/23', '2026-11-22T23:00 day assumed'],
		['23.11.2026', '2026-11-22T23:00 day assumed'],
		[46_349.5, '2026-11-23T11:00 assumed'],
		['46349,5', '2026-11-23T11:00 assumed'],
		[46_349, '2026-11-22T23:00 day assumed'],
		[1_795_442_700, '2026-11-23T14:05'],
		['1795442700000', '2026-11-23T14:05'],
	])('reads %p', (given, at) => {
		expect(iso(given)).toBe(at);
	});

	it('never guesses which of two numbers is the month', () => {
		expect(iso('03/04/2026 10:00')).toBe('ambiguous');
		expect(iso('03/04/2026 10:00', 'dayFirst')).toBe('2026-04-03T08:00 assumed');
		expect(iso('03/04/2026 10:00', 'monthFirst')).toBe('2026-03-04T09:00 assumed');
		expect(iso('04/04/2026')).toBe('2026-04-03T22:00 day assumed');
		expect(orderOf(['03/04/2026', '13/04/2026', null, 7])).toBe('dayFirst');
		expect(orderOf(['03/04/2026', '04/13/2026'])).toBe('monthFirst');
		expect(orderOf(['13/04/2026', '04/13/2026'])).toBeUndefined();
		expect(orderOf(['03/04/2026', '23.04.2026'])).toBeUndefined();
	});

	it.each(['', '-', ' ', 'n/a', 'nie', null, undefined])('takes %p for nothing', (given) => expect(iso(given)).toBeUndefined());
	it.each(['yesterday', '31.02.2026', '23.11.2026 25:00', '23.11.2026 14:05 IST', 'call 23.11.2026', '13 pm', true, {}, 5, '23.11.2026 14:05 vielleicht'])('reads nothing doubtful: %p', (given) => expect(iso(given)).toBe('unreadable'));

	it('gives back what it was written from, in every writing', () => {
		const writings = ['dd.MM.yyyy HH:mm', 'd.M.yy HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy-MM-dd\'T\'HH:mmZZ', 'd LLLL yyyy HH:mm', 'LLL d, yyyy, h:mm a', 'dd/MM/yyyy HH:mm', 'yyyy/MM/dd HH:mm'];
		fc.assert(fc.property(fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 }), fc.constantFrom(...writings), fc.constantFrom('en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv'), (minute, writing, locale) => {
			const at = DateTime.fromMillis(minute * 60_000, { zone, locale: /a$/.test(writing) ? 'en' : locale });
			// in the hour that comes twice nothing tells which one is meant
			fc.pre(at.toFormat('HH:mm ZZ') === DateTime.fromObject({ year: at.year, month: at.month, day: at.day, hour: at.hour, minute: at.minute }, { zone }).toFormat('HH:mm ZZ'));
			expect(readSheetMoment(at.toFormat(writing), { zone, order: 'dayFirst' })).toMatchObject({ at: at.toMillis(), dayOnly: false });
		}), { numRuns: 1_000 });
	});

	it('is not slowed down by hostile text', () => {
		for (const text of ['1'.repeat(200_000), `${'23.11.2026 '.repeat(20_000)}`, `${'de '.repeat(50_000)}23`, `${'a'.repeat(79)}`]) expect(iso(text)).toBe('unreadable');
	});
});
