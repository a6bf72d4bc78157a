import table from './publicHolidays.json';

/** A day on which offices are closed; with `from` only from that local time on, in minutes since midnight. */
export interface PublicHoliday {
	/** Local date, e.g. `2026-12-25`. */
	date: string;
	from?: number;
}

/**
 * Years that the table holds, both included. It is made by `scripts/publicHolidays.mjs` from the npm package
 * date-holidays (source and licence stand in the file); dates that follow the moon are its forecast.
 */
export const holidayYears = { first: table.firstYear, last: table.lastYear };

const places: Record<string, string> = table.places;

/** Whether holidays are known for a place: a country such as `GB`, or a country and region such as `GB-ENG`. */
export function isHolidayPlace(place: string): boolean {
	return Object.hasOwn(places, place);
}

/** The regions of a country that have holidays of their own, e.g. `['GB-ALD', 'GB-ENG', …]`. */
export function holidayRegions(country: string): string[] {
	return Object.keys(places).filter((place) => place.startsWith(`${country}-`));
}

/** All public holidays of a place in the years of the table, in order; none for a place that is not known. */
export function publicHolidays(place: string): PublicHoliday[] {
	if (!isHolidayPlace(place)) return [];
	const ofPlace = unpack(places[place]);
	const ofCountry = place.includes('-') ? unpack(places[place.split('-')[0]]) : undefined;
	return ofPlace.flatMap((days, index) => {
		const year = table.firstYear + index;
		return (ofCountry === undefined ? days : changed(ofCountry[index], days)).map((day) => toHoliday(year, day));
	});
}

function unpack(text: string): string[][] {
	const [shared, ...rests] = text.split('|').map((days) => days.split(' ').filter((day) => day !== ''));
	return Array.from({ length: table.lastYear - table.firstYear + 1 }, (_, index) => [...shared, ...(rests[index] ?? [])].sort());
}

/** A country's days with what its region has more (`+`) or less (`-`). */
function changed(days: string[], changes: string[]): string[] {
	const less = new Set(changes.filter((change) => change.startsWith('-')).map((change) => change.slice(1)));
	const more = changes.filter((change) => change.startsWith('+')).map((change) => change.slice(1));
	return [...days.filter((day) => !less.has(day)), ...more].sort();
}

function toHoliday(year: number, day: string): PublicHoliday {
	const date = `${year}-${day.slice(0, 2)}-${day.slice(2, 4)}`;
	return day.length === 4 ? { date } : { date, from: Number(day.slice(5, 7)) * 60 + Number(day.slice(7, 9)) };
}
