import { throwProblems, type Problem } from '../leadError';
import { isTimeZone, weekdays, type CalendarSettings } from '../settings/clientSettings';
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

/** Minutes since local midnight; past 1,440 the span runs into the next day. */
interface Span {
	from: number;
	to: number;
}

const minuteMs = 60_000;
const dayMinutes = 1_440;
const dayMs = dayMinutes * minuteMs;
/** Days whose open time a calendar remembers as one sum, counted from day 0. */
export const blockDays = 64;
/** Days that one calendar remembers: enough for ten years of open clocks. */
const rememberedDays = 4_000;
const rememberedCalendars = 200;
const shortWeekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What is wrong with a calendar: no open hours although it is not always open, an unknown zone, an empty span. */
export function checkCalendar(calendar: ZonedCalendarSettings): Problem[] {
	const problems: Problem[] = [];
	const called = `Calendar '${calendar.name.slice(0, 30)}'`;
	const setting = `"${calendar.name}" in the "calendars" of the client settings`;
	if (!isTimeZone(calendar.timeZone)) {
		problems.push({ code: 'TIME_ZONE_UNKNOWN', message: `${called} has an unknown time zone`, description: `Give ${setting} a time zone such as Europe/London.` });
	}
	const texts = [...weekdays.flatMap((weekday) => calendar.hours[weekday] ?? []), ...calendar.overrides.flatMap((override) => override.hours)];
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
 * - A holiday or an override replaces its whole local date, the rest of the night before included.
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
	const weekly = weekdays.map((weekday) => (settings.alwaysOpen ? [{ from: 0, to: dayMinutes }] : readSpans(settings.hours[weekday] ?? [])));
	const replaced = new Map<string, Span[]>(settings.holidays.map((date) => [date, []]));
	for (const override of settings.overrides) replaced.set(override.date, readSpans(override.hours));
	const replacedDays = new Set([...replaced.keys()].map((date) => Date.parse(`${date}T00:00:00Z`) / dayMs));

	const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7;
	const spansOf = (day: number) => (replacedDays.has(day) ? replaced.get(localDate(day)) : undefined) ?? weekly[weekdayOf(day)];
	const spansOn = (day: number): Span[] => {
		const own = spansOf(day).map(({ from, to }) => ({ from, to: Math.min(to, dayMinutes) }));
		const fromTheNightBefore = replacedDays.has(day) ? [] : spansOf(day - 1)
			.filter(({ to }) => to > dayMinutes)
			.map(({ to }) => ({ from: 0, to: to - dayMinutes }));
		return joinTouching([...fromTheNightBefore, ...own]);
	};
	/** Of a day like any other of its week, without a change of the clocks. */
	const usualTime = weekly.map((_, weekday) => {
		const night = weekly[(weekday + 6) % 7].filter(({ to }) => to > dayMinutes).map(({ to }) => ({ from: 0, to: to - dayMinutes }));
		return lengthOf(joinTouching([...night, ...weekly[weekday].map(({ from, to }) => ({ from, to: Math.min(to, dayMinutes) }))]));
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
		const isUsual = !replacedDays.has(day) && !replacedDays.has(day - 1) && offsetMs((day - 1) * dayMs) === offsetMs((day + 2) * dayMs);
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
		words: describe(settings, weekly),
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

function lengthOf(spans: Span[]): number {
	return spans.reduce((sum, { from, to }) => sum + to - from, 0) * minuteMs;
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

function localDate(day: number): string {
	return new Date(day * dayMs).toISOString().slice(0, 10);
}

function readSpans(texts: readonly string[]): Span[] {
	return joinTouching(texts.map(readSpan).filter((span) => span !== undefined));
}

/** Whether the text is a span that a calendar can hold, e.g. `09:00-17:30` or `22:00-06:00`; one that ends when it starts is none. */
export function isSpan(text: string): boolean {
	return readSpan(text) !== undefined;
}

function readSpan(text: string): Span | undefined {
	const [, fromHour, fromMinute, toHour, toMinute] = /^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(text) ?? [];
	if (fromHour === undefined) return undefined;
	const from = Number(fromHour) * 60 + Number(fromMinute);
	const to = Number(toHour) * 60 + Number(toMinute);
	if (from >= dayMinutes || to > dayMinutes || from === to) return undefined;
	return { from, to: to > from ? to : to + dayMinutes };
}

function joinTouching(spans: Span[]): Span[] {
	const joined: Span[] = [];
	for (const span of [...spans].sort((one, other) => one.from - other.from)) {
		const last = joined.at(-1);
		if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
		else joined.push({ ...span });
	}
	return joined;
}

function describe(settings: ZonedCalendarSettings, weekly: Span[][]): string {
	if (settings.alwaysOpen) return `open round the clock ${settings.timeZone}`;
	const runs: { first: number; last: number; hours: string }[] = [];
	weekly.forEach((spans, index) => {
		const hours = spans.map(({ from, to }) => `${clockTime(from)}–${clockTime(to > dayMinutes ? to - dayMinutes : to)}`).join(', ');
		const run = runs.at(-1);
		if (run && run.hours === hours) run.last = index;
		else runs.push({ first: index, last: index, hours });
	});
	const words = runs.filter(({ hours }) => hours !== '').map(({ first, last, hours }) => {
		const until = last === first ? '' : `${last - first === 1 ? ', ' : '–'}${shortWeekdays[last]}`;
		return `${shortWeekdays[first]}${until} ${hours}`;
	});
	return `open ${words.join('; ')} ${settings.timeZone}`;
}

function clockTime(minutes: number): string {
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
