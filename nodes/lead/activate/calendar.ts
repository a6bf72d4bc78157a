import { fill } from '../fill';
import { throwProblems, type Problem } from '../leadError';
import { publicHolidays } from '../publicHolidays';
import { isTimeZone, weekdays, type CalendarSettings } from '../settings/clientSettings';
import { englishHours } from './hoursWords';
import { dayMinutes, isSpan, joinTouching, minutesOf, readSpans, takeOut, type Span } from './spans';
import { zoneOffset } from './zoneOffset';

/** Epoch milliseconds, start included, end not. */
export interface Interval {
	start: number;
	end: number;
}

/** Open hours, ready to be asked. A local day is counted from 1970-01-01 as 0. */
export interface Calendar {
	name: string;
	timeZone: string;
	/** e.g. `open Mon–Fri 09:00–17:30 Europe/London`. */
	words: string;
	/** Local day on which a moment falls. */
	dayOf(at: number): number;
	/** Open time of one local day, in order, cut at its midnights. */
	openOn(day: number): readonly Interval[];
	/** Open milliseconds of all local days from `first` (included) to `end` (excluded). */
	openTime(first: number, end: number): number;
}

/** A calendar that knows its zone, as a clock keeps it. */
export type ZonedCalendarSettings = CalendarSettings & { timeZone: string };

const minuteMs = 60_000;
const dayMs = dayMinutes * minuteMs;
/** Days whose open time a calendar remembers as one sum, counted from day 0. */
export const blockDays = 64;
/** Days that one calendar remembers: enough for ten years of open clocks. */
const rememberedDays = 4_000;
const rememberedCalendars = 200;

/** What is wrong with a calendar: no open hours although it is not always open, an unknown zone, an empty span. */
export function checkCalendar(calendar: ZonedCalendarSettings): Problem[] {
	const problems: Problem[] = [];
	const called = `Calendar '${calendar.name.slice(0, 30)}'`;
	const setting = `"${calendar.name}" in the "calendars" of the client settings`;
	if (!isTimeZone(calendar.timeZone)) {
		problems.push({ code: 'TIME_ZONE_UNKNOWN', message: `${called} has an unknown time zone`, description: `Give ${setting} a time zone such as Europe/London.` });
	}
	const texts = [...weekdays.flatMap((weekday) => calendar.hours[weekday] ?? []), ...[...calendar.overrides, ...calendar.breaks].flatMap(({ hours }) => hours)];
	for (const text of texts) {
		if (isSpan(text)) continue;
		problems.push({ code: 'HOURS_NOT_READABLE', message: `${called} has hours that can't be read`, description: `Write the hours of ${setting} as 09:00-17:30; a span may not end when it starts.` });
		break;
	}
	if (!calendar.alwaysOpen && weekdays.every((weekday) => (calendar.hours[weekday] ?? []).length === 0)) {
		problems.push({ code: 'CALENDAR_WITHOUT_HOURS', message: `${called} has no open hours`, description: `Give ${setting} hours for at least one weekday, or set "alwaysOpen" to true.` });
	}
	return problems;
}

const remembered = new Map<string, Calendar>();

/**
 * Makes a calendar ready to be asked.
 *
 * - A span that ends before it starts runs over midnight.
 * - Where clocks are put forward, hours that do not exist start and end at the transition; where they are put back,
 *   opening and closing are at the first time the clock shows them, so the hour that comes twice is one open stretch or none.
 * - A holiday or an override replaces its whole local date, the rest of the night before included; an override stands over
 *   a holiday of the same date.
 * - A break takes its time out of whatever is open on its local date; a half holiday is a break until midnight.
 * - `alwaysOpen` means every day from 00:00 to 24:00; holidays and overrides still replace their date.
 *
 * @throws LeadError with what `checkCalendar` finds.
 */
export function openCalendar(settings: ZonedCalendarSettings): Calendar {
	const key = JSON.stringify(settings);
	const known = remembered.get(key);
	if (known) return known;
	throwProblems(checkCalendar(settings));
	const calendar = build(settings);
	if (remembered.size >= rememberedCalendars) remembered.clear();
	remembered.set(key, calendar);
	return calendar;
}

function build(settings: ZonedCalendarSettings): Calendar {
	const offsetMs = zoneOffset(settings.timeZone);
	const weekly = weekOf(settings);
	const { replaced, breaks } = readDates(settings);
	const isUsualDate = (day: number) => !replaced.has(day) && !breaks.has(day);

	const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7;
	const spansOf = (day: number) => replaced.get(day) ?? weekly[weekdayOf(day)];
	const spansOn = (day: number): Span[] => {
		const own = spansOf(day).map(({ from, to }) => ({ from, to: Math.min(to, dayMinutes) }));
		const fromTheNightBefore = replaced.has(day) ? [] : spansOf(day - 1)
			.filter(({ to }) => to > dayMinutes)
			.map(({ to }) => ({ from: 0, to: to - dayMinutes }));
		return takeOut(joinTouching([...fromTheNightBefore, ...own]), breaks.get(day) ?? []);
	};
	/** Of a day like any other of its week, without a change of the clocks. */
	const usualTime = weekly.map((_, weekday) => {
		const night = weekly[(weekday + 6) % 7].filter(({ to }) => to > dayMinutes).map(({ to }) => ({ from: 0, to: to - dayMinutes }));
		return minuteMs * minutesOf(joinTouching([...night, ...weekly[weekday].map(({ from, to }) => ({ from, to: Math.min(to, dayMinutes) }))]));
	});

	const open = new Map<number, readonly Interval[]>();
	const openOn = (day: number): readonly Interval[] => {
		let intervals = open.get(day);
		if (intervals) return intervals;
		if (open.size >= rememberedDays) open.clear();
		// every moment of a local day lies between these two, whatever the zone
		const before = { at: (day - 1) * dayMs, offset: offsetMs((day - 1) * dayMs) };
		const after = { at: (day + 2) * dayMs, offset: offsetMs((day + 2) * dayMs) };
		const transition = before.offset === after.offset ? after.at : findTransition(offsetMs, before, after);
		const instant = (minute: number) => firstInstant(day * dayMs + minute * minuteMs, before.offset, after.offset, transition);
		intervals = spansOn(day).map(({ from, to }) => ({ start: instant(from), end: instant(to) })).filter(({ start, end }) => end > start);
		open.set(day, intervals);
		return intervals;
	};
	const timeOn = (day: number): number => {
		const isUsual = isUsualDate(day) && !replaced.has(day - 1) && offsetMs((day - 1) * dayMs) === offsetMs((day + 2) * dayMs);
		return isUsual ? usualTime[weekdayOf(day)] : openOn(day).reduce((sum, { start, end }) => sum + end - start, 0);
	};
	const blocks = new Map<number, number>();
	const timeOfBlock = (block: number): number => {
		let time = blocks.get(block);
		if (time !== undefined) return time;
		time = 0;
		for (let day = block * blockDays; day < (block + 1) * blockDays; day++) time += timeOn(day);
		if (blocks.size >= rememberedDays) blocks.clear();
		blocks.set(block, time);
		return time;
	};
	return {
		name: settings.name,
		timeZone: settings.timeZone,
		words: sayHours(settings),
		dayOf: (at) => Math.floor((at + offsetMs(at)) / dayMs),
		openOn,
		openTime: (first, end) => {
			let time = 0;
			for (let day = first; day < end;) {
				if (day % blockDays === 0 && day + blockDays <= end) {
					time += timeOfBlock(day / blockDays);
					day += blockDays;
				} else {
					time += timeOn(day);
					day++;
				}
			}
			return time;
		},
	};
}

/** What is special about single local days. An override stands over a holiday; breaks and half days take time out of either. */
function readDates(settings: ZonedCalendarSettings): { replaced: Map<number, Span[]>; breaks: Map<number, Span[]> } {
	const replaced = new Map<number, Span[]>();
	const breaks = new Map<number, Span[]>();
	const addBreaks = (day: number, spans: Span[]) => breaks.set(day, [...(breaks.get(day) ?? []), ...spans]);
	const closed = settings.holidays.map((date) => dayOfDate(date));
	const halfDays: { day: number; from: number }[] = [];
	for (const { date, from } of settings.publicHolidays.flatMap(publicHolidays)) {
		if (from === undefined) closed.push(dayOfDate(date));
		else halfDays.push({ day: dayOfDate(date), from });
	}
	for (const day of closed) replaced.set(day, []);
	for (const { date, hours } of settings.overrides) replaced.set(dayOfDate(date), readSpans(hours));
	const overridden = new Set(settings.overrides.map(({ date }) => dayOfDate(date)));
	for (const { day, from } of halfDays) if (!overridden.has(day)) addBreaks(day, [{ from, to: dayMinutes }]);
	for (const { date, hours } of settings.breaks) addBreaks(dayOfDate(date), readSpans(hours));
	return { replaced, breaks };
}

/** First moment at which the local clock shows `wall` or later; `wall` is local time counted as if it were UTC. */
function firstInstant(wall: number, offsetBefore: number, offsetAfter: number, transition: number): number {
	const beforeTransition = wall - offsetBefore;
	return beforeTransition < transition ? beforeTransition : Math.max(transition, wall - offsetAfter);
}

function findTransition(offsetMs: (at: number) => number, before: { at: number; offset: number }, after: { at: number }): number {
	let low = before.at;
	let high = after.at;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (offsetMs(middle) === before.offset) low = middle;
		else high = middle;
	}
	return high;
}

function dayOfDate(date: string): number {
	return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

function weekOf(settings: ZonedCalendarSettings): Span[][] {
	return weekdays.map((weekday) => (settings.alwaysOpen ? [{ from: 0, to: dayMinutes }] : readSpans(settings.hours[weekday] ?? [])));
}

/** When a calendar is open, e.g. `open Mon–Fri 09:00–17:30 Europe/London`. */
export function sayHours(settings: ZonedCalendarSettings, words = englishHours): string {
	const zone = settings.timeZone;
	const holidays = settings.publicHolidays.length === 0 ? '' : fill(words.holidays, { places: settings.publicHolidays.join(', ') });
	if (settings.alwaysOpen) return fill(words.roundTheClock, { zone }) + holidays;
	const runs: { first: number; last: number; hours: string }[] = [];
	weekOf(settings).forEach((spans, index) => {
		const hours = spans.map(({ from, to }) => `${clockTime(from)}–${clockTime(to > dayMinutes ? to - dayMinutes : to)}`).join(', ');
		const run = runs.at(-1);
		if (run && run.hours === hours) run.last = index;
		else runs.push({ first: index, last: index, hours });
	});
	const week = runs.filter(({ hours }) => hours !== '').map(({ first, last, hours }) => {
		const until = last === first ? '' : `${last - first === 1 ? ', ' : '–'}${words.weekdays[last]}`;
		return `${words.weekdays[first]}${until} ${hours}`;
	});
	return fill(words.open, { hours: week.join('; '), zone }) + holidays;
}

function clockTime(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
