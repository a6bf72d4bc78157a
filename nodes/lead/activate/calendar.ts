import { IANAZone } from 'luxon';
import { throwProblems, type Problem } from '../leadError';
import { isTimeZone, weekdays, type CalendarSettings } from '../settings/clientSettings';

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
	const zone = IANAZone.create(settings.timeZone);
	const offsetMs = (at: number) => zone.offset(at) * minuteMs;
	const weekly = weekdays.map((weekday) => (settings.alwaysOpen ? [{ from: 0, to: dayMinutes }] : readSpans(settings.hours[weekday] ?? [])));
	const replaced = new Map<string, Span[]>(settings.holidays.map((date) => [date, []]));
	for (const override of settings.overrides) replaced.set(override.date, readSpans(override.hours));

	const spansOf = (day: number) => replaced.get(localDate(day)) ?? weekly[(((day + 3) % 7) + 7) % 7];
	const spansOn = (day: number): Span[] => {
		const own = spansOf(day).map(({ from, to }) => ({ from, to: Math.min(to, dayMinutes) }));
		const fromTheNightBefore = replaced.has(localDate(day)) ? [] : spansOf(day - 1)
			.filter(({ to }) => to > dayMinutes)
			.map(({ to }) => ({ from: 0, to: to - dayMinutes }));
		return joinTouching([...fromTheNightBefore, ...own]);
	};

	const midnightOffsets = new Map<number, number>();
	const offsetAtUtcMidnight = (day: number) => {
		let offset = midnightOffsets.get(day);
		if (offset === undefined) midnightOffsets.set(day, (offset = offsetMs(day * dayMs)));
		return offset;
	};
	const open = new Map<number, readonly Interval[]>();
	return {
		name: settings.name,
		timeZone: settings.timeZone,
		words: describe(settings, weekly),
		dayOf: (at) => Math.floor((at + offsetMs(at)) / dayMs),
		openOn: (day) => {
			let intervals = open.get(day);
			if (intervals) return intervals;
			if (open.size >= rememberedDays) { open.clear(); midnightOffsets.clear(); }
			const spans = spansOn(day);
			// every moment of a local day lies between these two, whatever the zone
			const before = { at: (day - 1) * dayMs, offset: spans.length === 0 ? 0 : offsetAtUtcMidnight(day - 1) };
			const after = { at: (day + 2) * dayMs, offset: spans.length === 0 ? 0 : offsetAtUtcMidnight(day + 2) };
			const transition = before.offset === after.offset ? after.at : findTransition(offsetMs, before, after);
			const instant = (minute: number) => firstInstant(day * dayMs + minute * minuteMs, before.offset, after.offset, transition);
			intervals = spans.map(({ from, to }) => ({ start: instant(from), end: instant(to) })).filter(({ start, end }) => end > start);
			open.set(day, intervals);
			return intervals;
		},
	};
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
