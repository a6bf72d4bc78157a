/**
 * Writes `nodes/lead/publicHolidays.json` from the npm package date-holidays, so that n8n needs neither that package nor its 45 MB.
 *
 *   npm run holidays
 *
 * A place is `GB` or `GB-ENG`. It holds days as MMDD, of which `1224@1400` closes at 14:00: first those of every year, then
 * after a bar those of each year. A region holds what it has more (`+`) or less (`-`) than its country; one that has the
 * same holds an empty text.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const Holidays = require('date-holidays');
const firstYear = 2025;
const lastYear = 2036;

/** @returns {string[]} days of one year on which offices of that place are closed, sorted */
export function holidaysOf(country, region, year) {
	const place = region === undefined ? new Holidays(country) : new Holidays(country, region);
	const days = new Set();
	// a holiday of several days may begin in the year before
	for (const { date, start, end, type } of [...place.getHolidays(year - 1), ...place.getHolidays(year)]) {
		if (type !== 'public') continue;
		const hours = (end - start) / 3_600_000;
		const [day, time] = [date.slice(0, 10), date.slice(11, 16)];
		if (time !== '00:00') {
			// China's half days are for women, the young and soldiers only
			if (day.startsWith(String(year)) && country !== 'CN') days.add(`${day.slice(5, 7)}${day.slice(8)}@${time.replace(':', '')}`);
			continue;
		}
		for (let index = 0; index < Math.round(hours / 24); index++) {
			const one = new Date(Date.parse(`${day}T00:00:00Z`) + index * 86_400_000).toISOString();
			if (one.startsWith(String(year))) days.add(one.slice(5, 7) + one.slice(8, 10));
		}
	}
	return [...days].sort().filter((day) => !day.includes('@') || !days.has(day.slice(0, 4)));
}

/** What all years share, then the rest of each. */
function pack(years) {
	const shared = years[0].filter((day) => years.every((days) => days.includes(day)));
	const rests = years.map((days) => days.filter((day) => !shared.includes(day)).join(' '));
	return [shared.join(' '), ...(rests.some((rest) => rest !== '') ? rests : [])].join('|');
}

function table() {
	const all = new Holidays();
	const places = {};
	const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
	for (const country of Object.keys(all.getCountries('en')).sort()) {
		const ofCountry = years.map((year) => holidaysOf(country, undefined, year));
		if (ofCountry.every((days) => days.length === 0)) continue;
		places[country] = pack(ofCountry);
		for (const region of Object.keys(all.getStates(country, 'en') ?? {}).sort()) {
			const differences = years.map((year, index) => {
				const days = holidaysOf(country, region, year);
				const more = days.filter((day) => !ofCountry[index].includes(day)).map((day) => `+${day}`);
				const less = ofCountry[index].filter((day) => !days.includes(day)).map((day) => `-${day}`);
				return [...more, ...less];
			});
			places[`${country}-${region}`] = pack(differences);
		}
	}
	return { source: `date-holidays ${require('date-holidays/package.json').version}, CC BY 3.0`, firstYear, lastYear, places };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'nodes', 'lead', 'publicHolidays.json');
	const { places, ...head } = table();
	const lines = Object.entries(places).map(([place, years]) => `\t\t${JSON.stringify(place)}: ${JSON.stringify(years)}`);
	writeFileSync(file, `${JSON.stringify(head, null, '\t').slice(0, -2)},\n\t"places": {\n${lines.join(',\n')}\n\t}\n}\n`);
}
