import { weekdays, type CalendarSettings } from '../../../nodes/lead/settings/clientSettings';

/**
 * Business time counted minute by minute from what Intl says the wall clock shows, with nothing of the house in it.
 * A clock that is put back stands still until it has caught up, a clock that is put forward jumps.
 */
export interface MinuteWindow {
	zone: string;
	/** Epoch minutes. */
	first: number;
	/** What the wall clock has shown at most, as local minutes since 1970, per minute of the window. */
	wall: number[];
}

const dayMinutes = 1_440;

export function readWindow(zone: string, firstDay: string, days: number): MinuteWindow {
	const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
	const first = Date.parse(`${firstDay}T00:00:00Z`) / 60_000;
	let latest = -Infinity;
	const wall = Array.from({ length: days * dayMinutes }, (_, index) => {
		// e.g. 29/03/2026, 00:00
		const [day, month, year, hour, minute] = format.format((first + index) * 60_000).split(/\D+/).map(Number);
		latest = Math.max(latest, Date.UTC(year, month - 1, day, hour, minute) / 60_000);
		return latest;
	});
	return { zone, first, wall };
}

export function openMinutes(window: MinuteWindow, calendar: CalendarSettings): boolean[] {
	const spansOf = (day: number): [number, number][] => {
		const date = new Date(day * dayMinutes * 60_000).toISOString().slice(0, 10);
		const override = calendar.overrides.filter((one) => one.date === date).at(-1);
		if (override) return override.hours.map(readSpan);
		if (calendar.holidays.includes(date)) return [];
		if (calendar.alwaysOpen) return [[0, dayMinutes]];
		const weekday = new Date(day * dayMinutes * 60_000).getUTCDay();
		return (calendar.hours[weekdays[(weekday + 6) % 7]] ?? []).map(readSpan);
	};
	const isReplaced = (day: number) => {
		const date = new Date(day * dayMinutes * 60_000).toISOString().slice(0, 10);
		return calendar.holidays.includes(date) || calendar.overrides.some((one) => one.date === date);
	};
	const byDay = new Map<number, boolean[]>();
	return window.wall.map((wall) => {
		const day = Math.floor(wall / dayMinutes);
		let minutes = byDay.get(day);
		if (!minutes) {
			minutes = Array.from({ length: dayMinutes }, () => false);
			for (const [from, to] of spansOf(day)) minutes.fill(true, from, Math.min(to, dayMinutes));
			if (!isReplaced(day)) for (const [, to] of spansOf(day - 1)) if (to > dayMinutes) minutes.fill(true, 0, to - dayMinutes);
			for (const { date, hours } of calendar.breaks) {
				if (date === new Date(day * dayMinutes * 60_000).toISOString().slice(0, 10)) for (const [from, to] of hours.map(readSpan)) minutes.fill(false, from, to);
			}
			byDay.set(day, minutes);
		}
		return minutes[wall - day * dayMinutes];
	});
}

function readSpan(text: string): [number, number] {
	const [fromHour, fromMinute, toHour, toMinute] = text.split(/[:-]/).map(Number);
	const from = fromHour * 60 + fromMinute;
	const to = toHour * 60 + toMinute;
	return [from, to > from ? to : to + dayMinutes];
}
