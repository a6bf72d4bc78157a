import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { startYielding } from './yielding';

/** A row of a file by its columns, or why it can't be read. `row` counts from 1, the line of the columns not included. */
export interface CsvRow {
	row: number;
	json?: Record<string, string>;
	problem?: string;
}

const delimiters = [',', ';', '\t', '|'];
/** Longer lines are no rows, but a quote that never ends. */
const longestRow = 100_000;
const endless = 'this row never ends: a quote is missing in it or before it';

/**
 * Reads a CSV file row by row, as Excel, Google Sheets and CRMs write it: comma, semicolon, tab or bar, quotes, any line
 * ends, UTF-8 or UTF-16 with or without a mark, else Windows-1252. A row that can't be read is told and skipped.
 *
 * @param options - Without `header` the first line is a row too, and the columns are `Column 1`, `Column 2` and so on.
 */
export async function* readCsv(content: Uint8Array | string, { header = true }: { header?: boolean } = {}): AsyncGenerator<CsvRow> {
	const text = typeof content === 'string' ? content.replace(/^\uFEFF/, '') : decode(content);
	// the parser reads ahead: each names how many good rows stand before it
	const skipped: { after: number; problem: string }[] = [];
	let good = 0;
	let row = 0;
	const delimiter = delimiterOf(text);
	const pause = startYielding();
	const parser = Readable.from(piecesOf(Buffer.from(text)), { objectMode: false }).pipe(parse({
		delimiter, trim: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true,
		skip_records_with_error: true, max_record_size: longestRow,
		// columns of one name: the first that is not empty counts, as in rows of a sheet
		columns: header ? (names: string[]) => names.map((name, index) => (name === '' ? `Column ${index + 1}` : name)) : Array.from({ length: columnsOf(text, delimiter) }, (_, index) => `Column ${index + 1}`),
		group_columns_by_name: false,
		on_skip: (error: CsvError | undefined) => {
			const { code, records } = (error ?? {}) as { code?: string; records?: number };
			const isEndless = code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED';
			const problem = isEndless ? endless : 'this row is not written as CSV';
			const after = records ?? good;
			// one quote that never ends is met again further down
			if (!isEndless || skipped.at(-1)?.problem !== endless || skipped.at(-1)?.after !== after) skipped.push({ after, problem });
			return undefined;
		},
	}));
	for await (const json of parser as AsyncIterable<Record<string, string>>) {
		await pause();
		while (skipped.length > 0 && skipped[0].after <= good) yield { row: ++row, problem: skipped.shift()?.problem };
		good++;
		yield { row: ++row, json };
	}
	for (const { problem } of skipped) yield { row: ++row, problem };
}

/** A parser that is given the whole file at once reads all of it before anything else goes on. */
const pieceBytes = 16_384;

function* piecesOf(bytes: Buffer): Generator<Buffer> {
	for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}

function decode(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** Most columns that one of the first lines has; a line may stand above with fewer. */
function columnsOf(text: string, delimiter: string): number {
	return Math.max(...text.slice(0, longestRow).replace(/"[^"]*"/g, '').split(/\r?\n|\r/).slice(0, 20).map((line) => line.split(delimiter).length));
}

/** The one that stands most often in the first line that has any, outside of quotes. */
function delimiterOf(text: string): string {
	const lines = text.slice(0, longestRow).replace(/"[^"]*"/g, '').split(/\r?\n|\r/).slice(0, 20);
	const line = lines.find((one) => delimiters.some((delimiter) => one.includes(delimiter))) ?? '';
	const counts = delimiters.map((delimiter) => line.split(delimiter).length);
	return delimiters[counts.indexOf(Math.max(...counts))];
}
