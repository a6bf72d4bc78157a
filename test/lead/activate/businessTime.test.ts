import fc from 'fast-check';
import { dueAfter, elapsedBetween, nextOpening } from '../../../nodes/lead/activate/businessTime';
import { openCalendar, type ZonedCalendarSettings } from '../../../nodes/lead/activate/calendar';
import { weekdays } from '../../../nodes/lead/settings/clientSettings';
import { openMinutes, readWindow } from './minuteOracle';
import { officeHours } from './activateFixtures';

const at = (text: string) => Date.parse(text);
const london = openCalendar(officeHours());

describe('elapsedBetween', () => {
	const cases: [string, Partial<ZonedCalendarSettings>, string, string, number][] = [
		['counts inside one span', {}, '2026-11-23T09:10:00Z', '2026-11-23T09:25:00Z', 15],
		['stops the clock overnight', {}, '2026-11-23T17:20:00Z', '2026-11-24T09:05:00Z', 15],
		['stops the clock over the weekend', {}, '2026-11-20T18:30:00Z', '2026-11-23T09:15:00Z', 15],
		['counts nothing when closed', {}, '2026-11-21T09:00:00Z', '2026-11-22T17:00:00Z', 0],
		['counts nothing backwards', {}, '2026-11-23T12:00:00Z', '2026-11-23T10:00:00Z', 0],
		['leaves out a lunch break', { hours: { monday: ['09:00-12:00', '13:00-17:00'] } }, '2026-11-23T11:50:00Z', '2026-11-23T13:05:00Z', 15],
		['counts overlapping spans once', { hours: { monday: ['09:00-12:00', '11:00-17:00'] } }, '2026-11-23T10:00:00Z', '2026-11-23T13:00:00Z', 180],
		['runs over midnight', { hours: { monday: ['22:00-06:00'] } }, '2026-11-23T23:50:00Z', '2026-11-24T00:10:00Z', 20],
		['runs over midnight from Sunday into Monday', { hours: { sunday: ['22:00-06:00'] } }, '2026-11-22T23:50:00Z', '2026-11-23T07:00:00Z', 370],
		['joins a night to the morning after it', { hours: { monday: ['22:00-24:00'], tuesday: ['00:00-02:00'] } }, '2026-11-23T20:00:00Z', '2026-11-24T20:00:00Z', 240],
		['closes on a holiday', { holidays: ['2026-11-23'] }, '2026-11-23T09:00:00Z', '2026-11-24T09:10:00Z', 10],
		['closes the rest of the night before a holiday', { hours: { monday: ['22:00-06:00'] }, holidays: ['2026-11-24'] }, '2026-11-23T22:00:00Z', '2026-11-24T12:00:00Z', 120],
		['takes an override for its local date', { overrides: [{ date: '2026-11-21', hours: ['10:00-11:00'] }] }, '2026-11-20T17:30:00Z', '2026-11-23T09:00:00Z', 60],
		['takes an override over a holiday of the same date', { holidays: ['2026-11-23'], overrides: [{ date: '2026-11-23', hours: ['10:00-11:00'] }] }, '2026-11-23T00:00:00Z', '2026-11-23T23:00:00Z', 60],
		['takes a break out of its date', { breaks: [{ date: '2026-11-23', hours: ['12:00-12:30', '16:00-24:00'] }] }, '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', 390],
		['takes a break out of an override', { overrides: [{ date: '2026-11-21', hours: ['10:00-12:00'] }], breaks: [{ date: '2026-11-21', hours: ['11:00-11:30'] }] }, '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z', 90],
		['takes a break out of the night before', { hours: { monday: ['22:00-06:00'] }, breaks: [{ date: '2026-11-24', hours: ['01:00-02:00'] }] }, '2026-11-23T20:00:00Z', '2026-11-24T20:00:00Z', 420],
		['closes on a public holiday', { publicHolidays: ['GB-ENG'] }, '2026-08-31T00:00:00Z', '2026-08-31T23:00:00Z', 0],
		['keeps a day that is a holiday elsewhere', { publicHolidays: ['GB-SCT'] }, '2026-08-31T00:00:00Z', '2026-08-31T23:00:00Z', 510],
		['closes at the hour of a half holiday', { timeZone: 'Atlantic/Reykjavik', publicHolidays: ['IS'] }, '2026-12-24T00:00:00Z', '2026-12-25T00:00:00Z', 240],
		['takes an override over a public holiday', { publicHolidays: ['GB'], overrides: [{ date: '2026-12-25', hours: ['10:00-11:00'] }] }, '2026-12-25T00:00:00Z', '2026-12-26T00:00:00Z', 60],
		['is open around the clock when told so', { alwaysOpen: true, hours: {} }, '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z', 1440],
		['counts 23 hours on a spring-forward day', { alwaysOpen: true, hours: {} }, '2026-03-29T00:00:00Z', '2026-03-29T23:00:00Z', 1380],
		['counts the hour that comes twice inside one span', { hours: { sunday: ['00:00-04:00'] } }, '2026-10-24T20:00:00Z', '2026-10-25T20:00:00Z', 300],
		['closes at the first time the clock shows closing', { hours: { sunday: ['00:00-01:30'] } }, '2026-10-24T20:00:00Z', '2026-10-25T20:00:00Z', 90],
		['opens at the first time the clock shows opening', { hours: { sunday: ['01:30-03:00'] } }, '2026-10-24T20:00:00Z', '2026-10-25T20:00:00Z', 150],
		['has no span that lies wholly in the missing hour', { hours: { sunday: ['01:10-01:50'] } }, '2026-03-28T20:00:00Z', '2026-03-29T20:00:00Z', 0],
	];
	it.each(cases)('%s', (_name, change, from, to, minutes) => {
		expect(elapsedBetween(openCalendar(officeHours(change)), at(from), at(to)) / 60_000).toBe(minutes);
	});

	it('counts at most ten years, so that a year 0 cannot hold a run', () => {
		const always = openCalendar(officeHours({ alwaysOpen: true }));
		const years = elapsedBetween(always, -62_000_000_000_000, at('2026-01-01T00:00:00Z')) / (365.25 * 86_400_000);
		expect(years).toBeGreaterThan(9.9);
		expect(years).toBeLessThan(10.1);
	});
});

describe('dueAfter', () => {
	const cases: [string, Partial<ZonedCalendarSettings>, string, number, string][] = [
		['gives a Friday evening lead its time on Monday', {}, '2026-11-20T18:30:00Z', 15, '2026-11-23T09:15:00.000Z'],
		['is the closing instant when it falls exactly at closing', {}, '2026-11-20T17:15:00Z', 15, '2026-11-20T17:30:00.000Z'],
		['goes on at the next opening one minute later', {}, '2026-11-20T17:15:00Z', 16, '2026-11-23T09:01:00.000Z'],
		['is the start itself for zero minutes', {}, '2026-11-21T12:00:00Z', 0, '2026-11-21T12:00:00.000Z'],
		['skips bank holidays', { holidays: ['2026-12-25', '2026-12-28'] }, '2026-12-24T17:30:00Z', 10, '2026-12-29T09:10:00.000Z'],
		['reads hours in local time in summer', {}, '2026-07-03T20:00:00Z', 15, '2026-07-06T08:15:00.000Z'],
		['starts at the transition when the opening does not exist', { hours: { sunday: ['01:30-05:00'] } }, '2026-03-28T20:00:00Z', 10, '2026-03-29T01:10:00.000Z'],
		['keeps half-hour zones', { timeZone: 'Asia/Kolkata' }, '2026-11-22T20:00:00Z', 15, '2026-11-23T03:45:00.000Z'],
	];
	it.each(cases)('%s', (_name, change, from, minutes, due) => {
		expect(new Date(dueAfter(openCalendar(officeHours(change)), at(from), minutes) ?? 0).toISOString()).toBe(due);
	});

	it('says nothing when ten years do not hold the minutes', () => {
		expect(dueAfter(london, at('2026-01-01T00:00:00Z'), 60 * 24 * 365 * 20)).toBeUndefined();
	});
});

describe('nextOpening', () => {
	it.each([
		['is the moment itself when open', '2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
		['is the opening instant at opening', '2026-11-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
		['is the next day at closing, because closing is not open', '2026-11-23T17:30:00Z', '2026-11-24T09:00:00.000Z'],
		['is Monday on a Saturday', '2026-11-21T10:00:00Z', '2026-11-23T09:00:00.000Z'],
	])('%s', (_name, from, opening) => {
		expect(new Date(nextOpening(london, at(from)) ?? 0).toISOString()).toBe(opening);
	});
});

describe('business time against a minute oracle', () => {
	// each window holds a transition: at night, over midnight, by half an hour, of a whole day, or none
	const windows = ([
		['Europe/London', '2026-03-24'], ['Europe/London', '2026-10-20'], ['America/New_York', '2026-03-04'], ['America/New_York', '2026-10-28'],
		['Australia/Lord_Howe', '2026-04-01'], ['Australia/Lord_Howe', '2026-09-30'], ['Africa/Cairo', '2026-04-20'], ['Africa/Cairo', '2026-10-26'],
		['America/Havana', '2026-03-04'], ['America/Sao_Paulo', '2018-10-31'], ['America/Sao_Paulo', '2018-02-14'], ['America/St_Johns', '2006-10-25'],
		['Pacific/Apia', '2011-12-26'], ['Pacific/Chatham', '2026-04-01'], ['Asia/Kolkata', '2026-05-01'], ['UTC', '2026-02-25'],
	] as const).map(([zone, firstDay]) => readWindow(zone, firstDay, 9));

	const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 45, 59))
		.map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
	const span = fc.tuple(time, fc.oneof(time, fc.constant('24:00'))).filter(([from, to]) => from !== to).map(([from, to]) => `${from}-${to}`);
	const endsOnItsDay = (text: string) => text.split('-')[0] < text.split('-')[1];
	const hours = fc.array(span, { minLength: 1, maxLength: 3 });
	const scenario = fc.constantFrom(...windows).chain((window) => {
		const firstDay = Math.floor(window.first / 1440);
		const date = fc.integer({ min: 0, max: 8 }).map((day) => new Date((firstDay + day) * 86_400_000).toISOString().slice(0, 10));
		const minute = fc.integer({ min: 1440, max: 8 * 1440 });
		return fc.record({
			window: fc.constant(window),
			calendar: fc.record({
				name: fc.constant('Random'),
				timeZone: fc.constant(window.zone as string),
				alwaysOpen: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
				hours: fc.tuple(fc.subarray([...weekdays], { minLength: 1 }), fc.array(hours, { minLength: 7, maxLength: 7 }))
					.map(([days, texts]) => Object.fromEntries(days.map((day, index) => [day, texts[index]]))),
				holidays: fc.array(date, { maxLength: 2 }),
				publicHolidays: fc.constant<string[]>([]),
				breaks: fc.array(fc.record({ date, hours: fc.array(span.filter(endsOnItsDay), { maxLength: 2 }) }), { maxLength: 2 }),
				overrides: fc.array(fc.record({ date, hours: fc.oneof(fc.constant<string[]>([]), hours) }), { maxLength: 2 }),
			}),
			from: minute,
			to: minute,
			target: fc.integer({ min: 1, max: 1200 }),
		});
	});

	it('agrees on elapsed, due and next opening for every schedule', () => {
		fc.assert(fc.property(scenario, ({ window, calendar: settings, from, to, target }) => {
			const calendar = openCalendar(settings);
			const open = openMinutes(window, settings);
			const moment = (minute: number) => (window.first + minute) * 60_000;
			expect(elapsedBetween(calendar, moment(from), moment(to)) / 60_000).toBe(open.slice(from, Math.max(from, to)).filter(Boolean).length);

			let counted = 0;
			let due: number | undefined;
			for (let minute = from; minute < open.length && due === undefined; minute++) {
				if (open[minute]) counted++;
				if (counted === target) due = minute + 1;
			}
			// beyond the window the oracle has no answer
			if (due !== undefined) expect(dueAfter(calendar, moment(from), target)).toBe(moment(due));

			const opening = open.indexOf(true, from);
			if (opening !== -1) expect(nextOpening(calendar, moment(from))).toBe(moment(opening));
		}), { numRuns: 1_500 });
	});

	it('gives back the target as what elapsed until due', () => {
		const start = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
		fc.assert(fc.property(scenario, start, fc.integer({ min: 1, max: 60_000_000 }), ({ calendar: settings }, from, ms) => {
			const calendar = openCalendar(settings);
			const due = dueAfter(calendar, from, ms / 60_000);
			fc.pre(due !== undefined);
			expect(elapsedBetween(calendar, from, due as number)).toBe(ms);
		}), { numRuns: 1_000 });
	});
});
