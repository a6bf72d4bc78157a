import { quote } from '../../shorten';
import { same } from '../compareEntry';
import { entryCalled, memberCalled, type Draft, type Entry } from './draft';
import type { TabRow } from './readRows';

/**
 * Time off, one absence a row. Taken away is an absence that is the same, or, where a row tells no days, all of that member's.
 * Without a last day it is one day.
 */
export function applyTimeOff(draft: Draft, rows: readonly TabRow[]): void {
	const members = draft.list('members');
	if (draft.mode === 'replace') for (const member of members) delete member.timeOff;
	for (const row of rows) {
		const given = row.values.get(':member');
		const member = memberCalled(members, given);
		const from = row.values.get('from');
		if (!member) {
			if (given === undefined ? !row.faulty : true) draft.tell(row, 'Member', given === undefined ? 'a member' : `a member, not ${quote(String(given), 20)}`);
			continue;
		}
		const known = Array.isArray(member.timeOff) ? (member.timeOff as Entry[]) : [];
		if (draft.mode === 'remove' && from === undefined && !row.faulty) {
			member.timeOff = [];
		} else if (from === undefined) {
			if (!row.faulty) draft.tell(row, 'From', 'a date such as 2026-12-25');
		} else {
			const absence: Entry = Object.fromEntries([...row.values].filter(([place, value]) => !place.startsWith(':') && value !== undefined));
			absence.to ??= from;
			const others = known.filter((one) => !same({ from: one.from, to: one.to }, { from: absence.from, to: absence.to }));
			if (draft.mode === 'remove' && others.length === known.length) draft.tell(row, 'From', 'time off that is there');
			member.timeOff = draft.mode === 'remove' ? others : [...others, absence].sort(byDate('from'));
		}
	}
}

/**
 * Holidays and days with hours of their own, one date a row, in the calendars that the row names, else in all that have
 * hours. With hours it is a day with these, without any it is closed.
 */
export function applyHolidays(draft: Draft, rows: readonly TabRow[]): void {
	const calendars = draft.list('calendars');
	const hasHours = rows.some(({ values }) => values.get(':hours') !== undefined);
	if (draft.mode === 'replace') {
		for (const calendar of calendars) {
			delete calendar.holidays;
			// a tab without hours says nothing about days that have some
			if (hasHours) delete calendar.overrides;
		}
	}
	for (const row of rows) {
		const date = row.values.get(':date') as string | undefined;
		if (date === undefined) {
			if (!row.faulty) draft.tell(row, 'Date', 'a date such as 2026-12-25');
			continue;
		}
		for (const calendar of calendarsOf(draft, calendars, row)) writeDay(calendar, date, row.values.get(':hours') as string[] | undefined, draft.mode === 'remove');
	}
}

function calendarsOf(draft: Draft, calendars: readonly Entry[], row: TabRow): Entry[] {
	const names = row.values.get(':calendar') as string[] | undefined;
	if (names === undefined) return calendars.filter(({ alwaysOpen }) => alwaysOpen !== true);
	return names.flatMap((name): Entry[] => {
		const calendar = entryCalled(calendars, name);
		if (!calendar) draft.tell(row, 'Calendar', `a calendar, not ${quote(name, 20)}`);
		return calendar ? [calendar] : [];
	});
}

function writeDay(calendar: Entry, date: string, hours: string[] | undefined, remove: boolean): void {
	const holidays = (Array.isArray(calendar.holidays) ? (calendar.holidays as string[]) : []).filter((one) => one !== date);
	const overrides = (Array.isArray(calendar.overrides) ? (calendar.overrides as Entry[]) : []).filter((one) => one.date !== date);
	if (!remove && hours === undefined) holidays.push(date);
	if (!remove && hours !== undefined) overrides.push({ date, hours });
	calendar.holidays = holidays.sort();
	calendar.overrides = overrides.sort(byDate('date'));
}

function byDate(key: string): (one: Entry, other: Entry) => number {
	return (one, other) => (String(one[key]) < String(other[key]) ? -1 : 1);
}
