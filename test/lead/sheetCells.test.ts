import fc from 'fast-check';
import { sheetCell, sheetCells } from '../../nodes/lead/sheetCells';

describe('sheetCell', () => {
	it.each([
		['=HYPERLINK("http://evil.example","Ada")', '\'=HYPERLINK("http://evil.example","Ada")'],
		['+1+cmd|\' /C calc\'!A0', '\'+1+cmd|\' /C calc\'!A0'],
		['-2+3', '\'-2+3'],
		['@SUM(A1:A9)', '\'@SUM(A1:A9)'],
		['  =1+1', '\'  =1+1'],
		['\t=1+1', '\'\t=1+1'],
		['\u0000=1+1', '\'\u0000=1+1'],
		['＝1+1', '\'＝1+1'],
	])('keeps %j from being run', (text, cell) => {
		expect(sheetCell(text)).toBe(cell);
	});

	it.each(['', 'Ada Lovelace', '+442079460018', '-12.5', '-', '2026-11-20T18:30:00.000Z', 'ada@acme.example', '1=1', '\'=1'])('leaves %j as it is', (text) => {
		expect(sheetCell(text)).toBe(text);
	});

	it('gives nothing that a sheet would run, and loses no text', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '=', '+', '-', '@', ' ='), (text, start) => {
			const cell = sheetCell(`${start}${text}`);
			expect(cell.replace(/^'/, '')).toBe(`${start}${text}`.replace(/^'/, ''));
			expect(cell).not.toMatch(/^\s*(?:[=@]|[+-](?!\d*(?:[.,]\d+)?$))/);
		}));
	});
});

describe('sheetCells', () => {
	it('guards texts and leaves the rest', () => {
		expect(sheetCells({ name: '=1', phone: '+442079460018', score: -1, needsReview: true, dueAt: null })).toEqual({
			name: '\'=1', phone: '+442079460018', score: -1, needsReview: true, dueAt: null,
		});
	});
});
