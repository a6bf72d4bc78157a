import { nextOpening } from '../lead/activate/businessTime';
import { checkCalendar, openCalendar } from '../lead/activate/calendar';
import type { Problem } from '../lead/leadError';
import type { Hours, People } from '../lead/route/teams';
import { isTimeZone, type CalendarSettings } from '../lead/settings/clientSettings';
import { quote } from '../lead/shorten';

/** Working hours by the names of calendars: a member's own calendar, else the team's; in the member's zone where there is one. */
export function hoursOf(calendars: readonly CalendarSettings[], timeZone: string): { of: NonNullable<People['hoursOf']>; problemsOf: (people: People) => Problem[] } {
	const byName = new Map(calendars.map((calendar) => [calendar.name, calendar]));
	const known = new Map<string, Hours>();
	return {
		of: (member, team) => {
			const calendar = byName.get(member.calendar ?? team?.calendar ?? '');
			if (!calendar) return undefined;
			const zone = member.timeZone ?? calendar.timeZone ?? timeZone;
			const key = `${zone} ${calendar.name}`;
			let hours = known.get(key);
			if (!hours) known.set(key, (hours = readHours({ ...calendar, timeZone: zone })));
			return hours;
		},
		problemsOf: ({ members, teams }) => [
			...members.filter(({ calendar }) => calendar !== undefined && !byName.has(calendar)).map(({ name, calendar }): Problem => ({
				code: 'CALENDAR_UNKNOWN',
				message: `Member ${quote(name, 20)} has an unknown calendar ${quote(calendar ?? '', 20)}`,
				description: `Name a calendar of the client settings in "Calendar" of member ${quote(name, 30)}${calendars.length > 0 ? `: ${calendars.map((one) => quote(one.name)).join(', ')}` : ', which have none here'}.`,
			})),
			...[...byName.values()].filter(({ name }) => [...members, ...teams].some(({ calendar }) => calendar === name)).flatMap((calendar) => checkCalendar({ ...calendar, timeZone: calendar.timeZone ?? timeZone })),
		],
	};
}

function readHours(calendar: Parameters<typeof openCalendar>[0]): Hours {
	// what is wrong with it has been told by then, and nobody is kept from leads by it
	if (!isTimeZone(calendar.timeZone) || checkCalendar(calendar).length > 0) return { timeZone: 'UTC', isOpen: () => true, nextOpening: (at) => at };
	const opened = openCalendar(calendar);
	return { timeZone: calendar.timeZone, isOpen: (at) => nextOpening(opened, at) === at, nextOpening: (at) => nextOpening(opened, at) };
}
