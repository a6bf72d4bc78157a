import fc from 'fast-check';
import { readCsv, type CsvRow } from '../../nodes/host/readCsv';

async function read(content: Uint8Array | string): Promise<CsvRow[]> {
	const rows: CsvRow[] = [];
	for await (const row of readCsv(content)) rows.push(row);
	return rows;
}

describe('readCsv', () => {
	it.each([
		['commas', 'ID,Email\n1,mia@firm.example\n'],
		['semicolons, as Excel in Europe writes', 'ID;Email\r\n1;mia@firm.example\r\n'],
		['tabs', 'ID\tEmail\n1\tmia@firm.example'],
		['bars and old line ends', 'ID|Email\r1|mia@firm.example\r'],
		['quotes, a mark at the start and an empty line', '\uFEFF"ID","Email"\n\n"1","mia@firm.example"\n'],
		['a comma inside the quotes of its columns', '"ID";"Email";"Name, first"\n1;mia@firm.example;x'],
	])('reads %s', async (_what, text) => {
		expect(await read(text)).toMatchObject([{ row: 1, json: { ID: '1', Email: 'mia@firm.example' } }]);
	});

	it.each([
		['UTF-8 with a mark', Buffer.from('\uFEFFName\nJürgen', 'utf8')],
		['UTF-8 without one', Buffer.from('Name\nJürgen', 'utf8')],
		['UTF-16, as Excel saves Unicode text', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Name\nJürgen', 'utf16le')])],
		['Windows-1252', Buffer.from('Name\nJürgen', 'latin1')],
	])('knows %s', async (_what, bytes) => {
		expect(await read(bytes)).toEqual([{ row: 1, json: { Name: 'Jürgen' } }]);
	});

	it('keeps every row it can read beside those it can\'t', async () => {
		const rows = await read(`ID,Email\n1,a@firm.example\n2,b@firm.example,too,many\n3\n4,"never ends ${'x'.repeat(110_000)}\n5,d@firm.example`);
		expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
		expect(rows.at(-1)).toMatchObject({ problem: expect.stringContaining('a quote is missing') as string });
	});

	it('never throws and never loses a plain row, whatever the cells hold', async () => {
		const cell = fc.string({ maxLength: 40 }).map((text) => text.trim());
		await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (cells) => {
			const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
			const rows = await read(['a,b', ...cells.map((row) => row.map(quote).join(','))].join('\n'));
			const filled = cells.filter((row) => row.some((text) => text !== '') || row.length > 1);
			expect(rows).toHaveLength(filled.length);
			expect(rows.map(({ json }) => [json?.a, json?.b])).toEqual(filled);
		}), { numRuns: 60 });
	});
});
