import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { holidayRegions, holidayYears, isHolidayPlace, publicHolidays } from '../../nodes/lead/publicHolidays';

describe('publicHolidays', () => {
	it.each([
		['England', 'GB-ENG', '2026-08-31'], ['a substitute day', 'GB', '2026-12-28'], ['Bavaria', 'DE-BY', '2026-06-04'],
		['a day before a holiday on Saturday', 'US', '2026-07-03'], ['France', 'FR', '2026-07-14'], ['a region that has what its country has', 'GB-WLS', '2026-12-25'],
	])('knows %s', (_name, place, date) => {
		expect(publicHolidays(place)).toContainEqual({ date });
	});

	it.each([
		['a day that a region lacks', 'GB-SCT', '2026-04-06'], ['a day that only regions have', 'DE', '2026-06-04'],
	])('leaves out %s', (_name, place, date) => {
		expect(publicHolidays(place).some((holiday) => holiday.date === date)).toBe(false);
	});

	it('gives the time from which a half day is closed', () => {
		expect(publicHolidays('IS')).toContainEqual({ date: '2026-12-24', from: 13 * 60 });
	});

	it('knows no place that is none', () => {
		expect(['XX', 'GB-XXX', '', 'gb', '__proto__', 'constructor'].filter(isHolidayPlace)).toEqual([]);
		expect(publicHolidays('XX')).toEqual([]);
	});

	it('lists the regions of a country', () => {
		expect(holidayRegions('GB')).toEqual(expect.arrayContaining(['GB-ENG', 'GB-NIR', 'GB-SCT', 'GB-WLS']));
		expect(holidayRegions('XX')).toEqual([]);
	});

	// an edited script or a newer source without `npm run holidays` would leave the table behind
	it('says what its source says', () => {
		const asked = [['GB'], ['GB', 'NIR'], ['DE', 'SN'], ['US', 'MA'], ['AU', 'VIC'], ['CH', 'ZH'], ['IS'], ['AE'], ['JP'], ['BR', 'SP']];
		const years = [holidayYears.first, 2028, holidayYears.last];
		const script = join(__dirname, '..', '..', 'scripts', 'publicHolidays.mjs');
		const source = `import { holidaysOf } from ${JSON.stringify(script)};
			process.stdout.write(JSON.stringify(${JSON.stringify(asked)}.map(([country, region]) => ${JSON.stringify(years)}.map((year) => holidaysOf(country, region, year)))));`;
		const said = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' })) as string[][][];
		const known = asked.map((place) => years.map((year) => publicHolidays(place.join('-')).filter(({ date }) => date.startsWith(String(year))).map(({ date, from }) =>
			`${date.slice(5, 7)}${date.slice(8)}${from === undefined ? '' : `@${String(Math.floor(from / 60)).padStart(2, '0')}${String(from % 60).padStart(2, '0')}`}`)));
		expect(known).toEqual(said);
	});
});
