/**
 * Business time: right against an oracle that counts second by second, and how fast beside moment-business-time.
 *
 *   npm run bench -- businessTime
 *   npm run bench -- businessTime --schedules 2000     fewer random schedules
 */
import moment from 'moment';
import 'moment-business-time';
import { dueAfter, elapsedBetween, nextOpening } from '../nodes/lead/activate/businessTime';
import { openCalendar, type ZonedCalendarSettings } from '../nodes/lead/activate/calendar';
import { pauseClock, readClock, resumeClock, type ClockFacts } from '../nodes/lead/activate/clock';
import { toMoment } from '../nodes/lead/activate/moments';
import { weekdays } from '../nodes/lead/settings/clientSettings';
import { seeded } from '../test/support/seeded';

const dayMs = 86_400_000;
const windowDays = 8;
/** Each window holds a change of the clocks where the zone has one: at night, over midnight, by half an hour, of a whole day. */
const windows: [zone: string, firstDay: string][] = [
	['Europe/London', '2026-03-25'], ['Europe/Berlin', '2026-10-21'], ['America/New_York', '2026-03-04'], ['America/Los_Angeles', '2026-10-28'],
	['Australia/Lord_Howe', '2026-04-01'], ['Australia/Sydney', '2026-09-30'], ['Africa/Cairo', '2026-04-20'], ['America/Havana', '2026-03-04'],
	['America/Sao_Paulo', '2018-10-31'], ['America/St_Johns', '2006-10-25'], ['Pacific/Apia', '2011-12-26'], ['Pacific/Chatham', '2026-04-01'],
	['Asia/Kolkata', '2026-05-01'], ['Asia/Kathmandu', '2026-05-01'], ['Asia/Tehran', '2022-09-18'], ['America/Santiago', '2026-09-02'],
	['Africa/Casablanca', '2026-02-12'], ['Asia/Gaza', '2026-03-25'], ['America/Nuuk', '2026-03-25'], ['UTC', '2026-02-25'],
];

interface Window {
	zone: string;
	/** Epoch milliseconds. */
	first: number;
	/** What the wall clock has shown at most, in local seconds since 1970, for each second of the window. */
	wall: Float64Array;
}

/** A clock that is put back stands still until it has caught up; one that is put forward jumps. From `Intl` alone. */
function readWindow(zone: string, firstDay: string): Window {
	const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
	const first = Date.parse(`${firstDay}T00:00:00Z`);
	const wall = new Float64Array(windowDays * 86_400);
	let latest = -Infinity;
	for (let minute = 0; minute < windowDays * 1_440; minute++) {
		const [day, month, year, hour, minutes] = format.format(first + minute * 60_000).split(/\D+/).map(Number);
		const shown = Date.UTC(year, month - 1, day, hour, minutes) / 1_000;
		for (let second = 0; second < 60; second++) {
			latest = Math.max(latest, shown + second);
			wall[minute * 60 + second] = latest;
		}
	}
	return { zone, first, wall };
}

const dateOf = (localDay: number) => new Date(localDay * dayMs).toISOString().slice(0, 10);

/** Which seconds of the window are open, one local date after the other, with nothing of the house in it. */
function openSeconds({ wall }: Window, calendar: ZonedCalendarSettings): Uint8Array {
	const minutesOf = (text: string) => {
		const [fromHour, fromMinute, toHour, toMinute] = text.split(/[:-]/).map(Number);
		const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
		return [from, to > from ? to : to + 1_440];
	};
	const isReplaced = (day: number) => calendar.holidays.includes(dateOf(day)) || calendar.overrides.some(({ date }) => date === dateOf(day));
	const spansOf = (day: number): number[][] => {
		const override = calendar.overrides.filter(({ date }) => date === dateOf(day)).at(-1);
		if (override) return override.hours.map(minutesOf);
		if (calendar.holidays.includes(dateOf(day))) return [];
		if (calendar.alwaysOpen) return [[0, 1_440]];
		return (calendar.hours[weekdays[(new Date(day * dayMs).getUTCDay() + 6) % 7]] ?? []).map(minutesOf);
	};
	const days = new Map<number, Uint8Array>();
	const dayOf = (day: number) => {
		let minutes = days.get(day);
		if (minutes) return minutes;
		minutes = new Uint8Array(1_440);
		for (const [from, to] of spansOf(day)) minutes.fill(1, from, Math.min(to, 1_440));
		if (!isReplaced(day)) for (const [, to] of spansOf(day - 1)) if (to > 1_440) minutes.fill(1, 0, to - 1_440);
		for (const { date, hours } of calendar.breaks) if (date === dateOf(day)) for (const [from, to] of hours.map(minutesOf)) minutes.fill(0, from, to);
		days.set(day, minutes);
		return minutes;
	};
	const open = new Uint8Array(wall.length);
	for (let second = 0; second < wall.length; second++) {
		const day = Math.floor(wall[second] / 86_400);
		open[second] = dayOf(day)[Math.floor((wall[second] - day * 86_400) / 60)];
	}
	return open;
}

function randomCalendar(random: () => number, { zone, first }: Window): ZonedCalendarSettings {
	const whole = (below: number) => Math.floor(random() * below);
	const time = () => `${String(whole(24)).padStart(2, '0')}:${String([0, 1, 15, 30, 45, 59][whole(6)]).padStart(2, '0')}`;
	const span = (): string => {
		const [from, to] = [time(), whole(6) === 0 ? '24:00' : time()];
		return from === to ? span() : `${from}-${to}`;
	};
	const onOneDay = (): string => {
		const text = span();
		return text.split('-')[0] < text.split('-')[1] ? text : onOneDay();
	};
	const some = <T>(most: number, make: () => T): T[] => Array.from({ length: whole(most + 1) }, make);
	const date = () => dateOf(Math.floor(first / dayMs) + whole(windowDays));
	return {
		name: 'Random', timeZone: zone, alwaysOpen: whole(10) === 0, publicHolidays: [],
		hours: Object.fromEntries(weekdays.filter((_, index) => index === 0 || whole(4) > 0).map((day) => [day, [span(), ...some(2, span)]])),
		holidays: some(2, date),
		overrides: some(2, () => ({ date: date(), hours: some(2, span) })),
		breaks: some(2, () => ({ date: date(), hours: some(2, onOneDay) })),
	};
}

function checkAgainstOracle(schedules: number): void {
	const random = seeded(20_261_125);
	const read = windows.map(([zone, firstDay]) => readWindow(zone, firstDay));
	const wrong = { elapsed: 0, due: 0, opening: 0, 'elapsed until due': 0, 'due of a paused clock': 0, 'elapsed of a paused clock': 0, 'breach of a paused clock': 0 };
	const checked: Partial<Record<keyof typeof wrong, number>> = { due: 0, 'due of a paused clock': 0 };
	for (let index = 0; index < schedules; index++) {
		const window = read[index % read.length];
		const settings = randomCalendar(random, window);
		const calendar = openCalendar(settings);
		const open = openSeconds(window, settings);
		const [from, to] = [86_400, 86_400].map((least) => least + Math.floor(random() * (windowDays - 2) * 86_400));
		const at = (second: number) => window.first + second * 1_000;
		let counted = 0;
		for (let second = from; second < to; second++) counted += open[second];
		if (elapsedBetween(calendar, at(from), at(to)) !== counted * 1_000) wrong.elapsed++;

		const target = 1 + Math.floor(random() * 40_000);
		let left = target;
		let due = from;
		while (left > 0 && due < open.length) left -= open[due++];
		if (left === 0) {
			checked.due!++;
			if (dueAfter(calendar, at(from), target / 60) !== at(due)) wrong.due++;
		}
		const opening = open.indexOf(1, from);
		if (opening !== -1 && nextOpening(calendar, at(from)) !== at(opening)) wrong.opening++;
		const far = dueAfter(calendar, at(from), target * 10);
		if (far !== undefined && elapsedBetween(calendar, at(from), far) !== target * 600_000) wrong['elapsed until due']++;

		const promised = dueAfter(calendar, at(from), target / 60);
		if (promised === undefined) continue;
		const end = Math.max(to, from + 86_400);
		const pauses = randomPauses(random, from, end);
		let clock: ClockFacts = { startedAt: toMoment(at(from)), warnAt: toMoment(promised), dueAt: toMoment(promised), respondedAt: null, pauses: [] };
		for (const [start, stop] of pauses) {
			clock = pauseClock(clock, { at: at(start), reason: 'random' }) ?? clock;
			clock = resumeClock(clock, calendar, at(stop)) ?? clock;
		}
		const running = open.slice();
		for (const [start, stop] of pauses) running.fill(0, start, stop);
		let ran = 0;
		for (let second = from; second < end; second++) ran += running[second];
		const { elapsedMinutes, status } = readClock(clock, calendar, at(end));
		if (Math.abs(elapsedMinutes - ran / 60) > 0.05 + 1e-9) wrong['elapsed of a paused clock']++;
		if ((status === 'breached') !== ran > target) wrong['breach of a paused clock']++;
		let leftRunning = target;
		let dueRunning = from;
		while (leftRunning > 0 && dueRunning < running.length) leftRunning -= running[dueRunning++];
		if (leftRunning > 0) continue;
		checked['due of a paused clock']!++;
		if (Date.parse(clock.dueAt) !== at(dueRunning)) wrong['due of a paused clock']++;
	}
	console.log(`${schedules} random schedules in ${windows.length} zones, with changes of the clocks, holidays, overrides, breaks and up to three pauses, second by second:`);
	console.table(Object.fromEntries(Object.entries(wrong).map(([what, count]) => [what, { checked: checked[what as keyof typeof wrong] ?? schedules, wrong: count }])));
}

/** Up to three stretches within a span of seconds, one after the other, some as long as days. */
function randomPauses(random: () => number, from: number, to: number): [start: number, end: number][] {
	const ends = Array.from({ length: 2 * Math.floor(random() * 4) }, () => from + Math.floor(random() * (to - from))).sort((one, other) => one - other);
	return Array.from({ length: ends.length / 2 }, (_, index) => [ends[2 * index], ends[2 * index + 1]]);
}

/** Calls a second on one core. */
function rate(calls: number, call: () => unknown): number {
	const start = process.cpuUsage();
	for (let index = 0; index < calls; index++) call();
	const { user, system } = process.cpuUsage(start);
	return calls / ((user + system) / 1e6);
}

function measureSpeed(): void {
	process.env.TZ = 'Europe/London';
	const day = ['09:00:00', '12:30:00', '13:30:00', '17:30:00'];
	moment.updateLocale('en', { workinghours: { 0: null, 1: day, 2: day, 3: day, 4: day, 5: day, 6: null }, holidays: ['2026-12-25', '2026-12-28'] } as object);
	const office = ['09:00-12:30', '13:30-17:30'];
	const calendar = (name: string, timeZone = 'Europe/London') => openCalendar({
		name, timeZone, alwaysOpen: false, publicHolidays: [], breaks: [], overrides: [], holidays: ['2026-12-25', '2026-12-28'],
		hours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
	});
	const year = Date.parse('2026-01-01T00:00:00Z');
	const zones = ['America/Chicago', 'America/Denver', 'America/Toronto', 'Europe/Paris', 'Europe/Rome', 'Europe/Madrid', 'Europe/Warsaw', 'Australia/Perth', 'Asia/Tokyo'];
	const cold = zones.map((timeZone) => 1e3 / rate(1, () => elapsedBetween(calendar('Cold', timeZone), year, year + 3_652 * dayMs))).sort((one, other) => one - other)[4];
	const warm = calendar('Warm');
	const random = seeded(7);
	const from = () => year + Math.floor(random() * 365) * dayMs + Math.floor(random() * dayMs);
	const week = () => Math.floor(random() * 7 * dayMs);
	const minutes = () => 1 + Math.floor(random() * 960);
	for (let index = 0; index < 20_000; index++) elapsedBetween(warm, from(), from());
	const rows = {
		'due within two working days': [rate(200_000, () => dueAfter(warm, from(), minutes())), rate(2_000, () => (moment(from()) as Working).addWorkingTime(minutes(), 'minutes'))],
		'elapsed within a week': [rate(200_000, () => { const at = from(); return elapsedBetween(warm, at, at + week()); }), rate(1_000, () => { const at = from(); return (moment(at + week()) as Working).workingDiff(moment(at), 'minutes', true); })],
		'elapsed within ten years': [rate(50_000, () => { const at = from(); return elapsedBetween(warm, at, at + Math.floor(random() * 3_650 * dayMs)); }), undefined],
	};
	console.log(`\ncalls a second on one core; ten years in a zone never asked before: median ${cold.toFixed(1)} ms`);
	console.table(Object.fromEntries(Object.entries(rows).map(([what, [ours, other]]) => [what, {
		'this package': Math.round(ours ?? 0), 'moment-business-time': other === undefined ? '-' : Math.round(other), times: other === undefined ? '-' : Math.round((ours ?? 0) / other),
	}])));
}

interface Working extends moment.Moment {
	addWorkingTime(amount: number, unit: string): moment.Moment;
	workingDiff(other: moment.Moment, unit: string, precise: boolean): number;
}

const option = process.argv.indexOf('--schedules');
checkAgainstOracle(option === -1 ? 10_000 : Number(process.argv[option + 1]));
measureSpeed();
