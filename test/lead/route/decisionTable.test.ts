import { readCell, type CellValue } from '../../../nodes/lead/route/cells';
import { compileCondition, type RouterCondition } from '../../../nodes/lead/route/conditions';
import { readCsvRows } from '../../../nodes/lead/route/csvRows';
import { fieldOfColumn, readTable } from '../../../nodes/lead/route/decisionTable';
import { applyHardRules } from '../../../nodes/lead/route/routeLead';
import { compileRules } from '../../../nodes/lead/route/ruleTable';
import type { HitPolicy } from '../../../nodes/lead/settings/clientSettings';
import { recordOf } from './samples';

const noExpressions = (): never => { throw new Error('no expressions here'); };
const lists = new Map([['key accounts', ['acme.com', 'https://www.Globex.example/']]]);

/** Whether a cell takes a lead that has this value in the field. */
function takes(cell: CellValue, field: string, value: unknown): boolean {
	const { all, any, problem } = readCell(cell, field);
	if (problem !== undefined) throw new Error(problem);
	const name = field.split('.').at(-1) as string;
	const record = field.startsWith('lead.custom.') ? recordOf({ custom: { [name]: value } }) : recordOf({ [name]: value });
	const holds = (condition: RouterCondition): boolean => compileCondition(condition, { timeZone: 'UTC', lists }).holds(record, noExpressions) === true;
	return all.every(holds) && (any.length === 0 || any.some(holds));
}

const size = (number: number): object => ({ min: number, max: number });

describe('readCell', () => {
	it.each<[string, CellValue, string, unknown[], unknown[]]>([
		['countries by meaning', 'UK, Ireland', 'lead.country', ['GB', 'IE'], ['FR', null]],
		['a lower bound', '>= 50', 'lead.companySize', [size(50), size(900)], [size(49), null, { min: 40, max: 60 }]],
		['a range, both ends included', '10..49', 'lead.companySize', [size(10), size(49)], [size(9), size(50)]],
		['a range with a dash between numbers', '10-49', 'lead.companySize', [size(10)], [size(50)]],
		['several ranges', '10..19, 30..39', 'lead.companySize', [size(15), size(35)], [size(25)]],
		['a size and more', '500+', 'lead.companySize', [size(500)], [size(499)]],
		['outside two bounds', '< 10, > 49', 'lead.companySize', [size(9), size(50)], [size(10), size(49)]],
		['all but one', '!= partner', 'lead.serviceInterest', ['repair'], ['Partner', null]],
		['all but several', '!= partner, customer', 'lead.serviceInterest', ['repair'], ['partner', 'customer']],
		['beginnings', 'starts with 94, 95', 'lead.postalCode', ['94107', '95 001'], ['10115', null]],
		['a range of codes, ZIP+4 too', '94000..94999', 'lead.postalCode', ['94107', '94107-1234'], ['95000', '9410']],
		['a range of districts', 'SW1..SW9', 'lead.postalCode', ['SW1A 1AA', 'sw9 8ab'], ['SW10 0AA', 'SE1 7PB']],
		['leading zeros', '01000..01999', 'lead.postalCode', ['01067'], ['10670']],
		['the lack of a value', 'empty', 'lead.city', [null, ' '], ['Bern']],
		['any value at all', 'not empty', 'lead.city', ['Bern'], [null]],
		['nothing asked', '', 'lead.city', ['Bern', null], []],
		['nothing asked, in a word', 'any', 'lead.city', ['Bern', null], []],
		['yes', 'yes', 'lead.custom.VIP', [true, 'Ja', 'true'], [false, 'no', null]],
		['a pattern', 'matches /^(a|b)c$/', 'lead.city', ['AC'], ['cc']],
		['a value with a comma in quotes', '"Repair, on site"', 'lead.serviceInterest', ['repair, on site'], ['Repair']],
		['named accounts of a list', 'in list Key Accounts', 'lead.companyDomain', ['acme.com', 'globex.example'], ['other.example', null]],
		['dates', 'after 2026-01-01', 'lead.custom.Start', ['2026-02-01'], ['2025-12-31', 'soon']],
		['a number as the sheet gives it', 7, 'lead.custom.Seats', [7, '7'], [8]],
	])('reads %s', (_, cell, field, yes, no) => {
		for (const value of yes) expect([value, takes(cell, field, value)]).toEqual([value, true]);
		for (const value of no) expect([value, takes(cell, field, value)]).toEqual([value, false]);
	});

	it.each<[string, CellValue, string, RegExp]>([
		['text where a number belongs', '>= fifty', 'lead.companySize', /no number/],
		['a word where a number belongs', 'large', 'lead.companySize', /needs a number/],
		['a country that is none', 'Atlantis', 'lead.country', /no country/],
		['two bounds that take everything', '>= 10, <= 49', 'lead.companySize', /write 10\.\.49/],
		['a range that ends before it begins', '49..10', 'lead.companySize', /before it begins/],
		['a number that may be two', '1,200', 'lead.companySize', /one number or several/],
		['maybe for yes or no', 'maybe', 'quality.flags.freeEmail', /yes or no/],
		['a pattern with a look-ahead', 'matches (?=x)', 'lead.city', /pattern/],
		['codes of unlike build', '94000..SW1', 'lead.postalCode', /one build/],
		['a bound for a country', '>= 5', 'lead.country', /countries/],
		['nothing after a sign', '>=', 'lead.companySize', /nothing after/],
	])('refuses %s', (_, cell, field, problem) => {
		expect(readCell(cell, field).problem).toMatch(problem);
	});
});

describe('readCsvRows', () => {
	it('reads what a sheet puts into the clipboard, and CSV with quotes, commas and line breaks', () => {
		expect(readCsvRows('Country\tQueue\nUK\tA\n\t\nFR\tB').map(({ row, number }) => [number, row.Country, row.Queue])).toEqual([[1, 'UK', 'A'], [3, 'FR', 'B']]);
		expect(readCsvRows('\uFEFFCountry;Note\r\n"UK; IE";"says ""hi""\nthere"\r\n')[0].row).toEqual({ Country: 'UK; IE', Note: 'says "hi"\nthere' });
		expect(readCsvRows('')).toEqual([]);
	});

	it('takes a column of any name', () => {
		expect(Object.keys(readCsvRows('__proto__,constructor\n1,2')[0].row)).toEqual(['__proto__', 'constructor']);
	});
});

describe('fieldOfColumn', () => {
	it.each([
		['Country', 'lead.country'], ['company size', 'lead.companySize'], ['lead.city', 'lead.city'], ['Zip Code', 'lead.postalCode'], ['Customer Status', 'match.customerStatus'],
		['Custom: Team Size', 'lead.custom.Team Size'], ['custom.Team Size', 'lead.custom.Team Size'], ['Intent', 'intent.name'], ['Free Email', 'quality.flags.freeEmail'], ['Contry', undefined],
	])('knows "%s"', (column, field) => {
		expect(fieldOfColumn(column)).toBe(field);
	});
});

describe('readTable', () => {
	const table = (rows: Record<string, CellValue>[], hitPolicy: HitPolicy = 'first') => readTable({ rows: rows.map((row, index) => ({ row, number: index + 1 })), hitPolicy, tier: 'hard', label: 'Table (CSV)' });
	const route = (rows: Record<string, CellValue>[], lead: Parameters<typeof recordOf>[0], hitPolicy?: HitPolicy) => {
		const { rules, problems } = table(rows, hitPolicy);
		expect(problems).toEqual([]);
		return applyHardRules(recordOf(lead), compileRules(rules, [], { timeZone: 'UTC', lists }), 'Unrouted');
	};

	it('makes rules of rows, with results and a name', () => {
		expect(table([{ Rule: 'UK Enterprise', Country: 'UK', 'Company Size': '>= 500', Queue: 'Team A', Priority: 'High', 'SLA Policy': 'Fast', Owner: 'mia', Block: 'no', Skills: 'enterprise', Note: 'x' }]).rules).toEqual([{
			name: 'UK Enterprise', tier: 'hard', match: 'all', queue: 'Team A', team: undefined, owner: 'mia', sequence: undefined, priority: 'high', slaPolicy: 'Fast', readMessageWithAi: true, continue: false, skills: ['enterprise'],
			conditions: [{ field: 'lead.country', operator: 'equals', value: 'UK' }, { field: 'lead.companySize', operator: 'atLeast', value: 500 }], row: { number: 1, hitPolicy: 'first' },
		}]);
	});

	it('takes the first row that matches, and a row of empty cells for every lead', () => {
		const rows = [{ Country: 'UK, IE', Queue: 'A' }, { Country: '', Queue: 'Rest' }];
		expect(route(rows, { country: 'IE' }).queue).toBe('A');
		expect(route(rows, {}).queue).toBe('Rest');
	});

	it('takes the row of the lowest rank, wherever it stands', () => {
		const rows = [{ Country: 'UK', Queue: 'Country', Rank: 20 }, { 'Company Size': '500+', Queue: 'Large', Rank: 10 }];
		expect(route(rows, { country: 'GB', companySize: { min: 900, max: 900 } }, 'priority')).toMatchObject({ queue: 'Large', rule: { number: 2 } });
		expect(table([{ Country: 'UK', Queue: 'A' }], 'priority').problems.map(({ code }) => code)).toEqual(['TABLE_RANK_MISSING']);
	});

	it('decides nothing where two rows match and only one may, with an alarm and both named', () => {
		const rows = [{ Country: 'UK', Queue: 'A' }, { 'Company Size': '500+', Queue: 'B' }];
		expect(route(rows, { country: 'GB' }, 'unique').queue).toBe('A');
		const both = route(rows, { country: 'GB', companySize: { min: 900, max: 900 } }, 'unique');
		expect(both).toMatchObject({ queue: 'Unrouted', tier: 'fallback', alarm: 'rows 1 and 2 of the table both match, but it allows only one' });
		expect(both.matchedRules.map(({ number }) => number)).toEqual([1, 2]);
	});

	it('takes any of the alternatives of a cell and all of the columns', () => {
		const rows = [{ 'Company Size': '10..19, >= 100', Country: 'UK', Queue: 'A' }];
		expect(route(rows, { country: 'GB', companySize: { min: 15, max: 15 } }).queue).toBe('A');
		expect(route(rows, { country: 'GB', companySize: { min: 50, max: 50 } }).queue).toBe('Unrouted');
		expect(route(rows, { country: 'FR', companySize: { min: 150, max: 150 } }).queue).toBe('Unrouted');
	});

	it('tells every bad cell and column together, with row and column', () => {
		const { problems } = table([{ Contry: 'UK', 'Company Size': '>= fifty', Queue: 'A' }, { Country: 'Atlantis', Queue: 'B', Priority: 'urgent' }]);
		expect(problems.map(({ message }) => message)).toEqual([
			'The table has a column that is no field: Contry', 'Row 1, Company Size: the cell has a bound that is no number: fifty',
			'Row 2, Priority: the cell needs high, normal, low: urgent', 'Row 2, Country: the cell names no country: Atlantis',
		]);
		for (const { message } of problems) expect(message.length).toBeLessThanOrEqual(80);
	});
});
