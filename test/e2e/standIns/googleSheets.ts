import { ApiDescription } from './apiDescription';
import described from './descriptions/googleSheets.json';
import { asObject, StandIn, type Answer, type Asked } from './standIn';

type Cell = string | number | boolean;
interface ValueRange { range?: string; majorDimension?: string; values?: Cell[][] }

/**
 * The Google Sheets API v4 as far as n8n's node uses it, after its discovery document
 * (descriptions/googleSheets.json). What a sheet would run is kept in `formulas`.
 */
export class GoogleSheets extends StandIn {
	readonly hosts = ['sheets.googleapis.com', 'oauth2.googleapis.com'];
	protected readonly description = new ApiDescription(described);
	/** Text that a sheet would have run as a formula. */
	readonly formulas: string[] = [];
	readonly rows: Cell[][] = [];

	constructor(private readonly token: string, private readonly spreadsheetId: string, private readonly sheet: { title: string; sheetId: number }) {
		super();
	}

	/** The rows below the first, by the names of the columns. */
	get records(): Record<string, Cell>[] {
		const [header = [], ...rows] = this.rows;
		return rows.filter((row) => row.some((cell) => cell !== '')).map((row) => Object.fromEntries(header.map((name, column) => [String(name), row[column] ?? ''])));
	}

	protected answer(asked: Asked): Answer {
		if (asked.headers.authorization !== `Bearer ${this.token}`) return refuse(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
		const [, id, rest = ''] = /^\/v4\/spreadsheets\/([^/:]+)(.*)$/.exec(decodeURIComponent(asked.path)) ?? [];
		if (id !== this.spreadsheetId) return refuse(404, 'NOT_FOUND', 'Requested entity was not found.');
		if (asked.method === 'GET' && rest === '') return { status: 200, body: { sheets: [{ properties: { ...this.sheet, index: 0, sheetType: 'GRID', gridProperties: { rowCount: 1000, columnCount: 26 } } }] } };
		if (asked.method === 'POST' && rest === ':batchUpdate') return { status: 200, body: { spreadsheetId: id, replies: [{}] } };
		return this.onValues(asked, rest);
	}

	protected trouble(status: number): Answer {
		return status === 429
			? refuse(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded for quota metric \'Write requests\' and limit \'Write requests per minute per user\'')
			: refuse(status, 'INTERNAL', 'Internal error encountered.');
	}

	private onValues({ method, query, body }: Asked, rest: string): Answer {
		const { data, valueInputOption } = asObject(body) as { data?: ValueRange[]; valueInputOption?: string };
		if (method === 'POST' && rest === '/values:batchUpdate') {
			for (const part of data ?? []) this.write(part, valueInputOption ?? '');
			return { status: 200, body: { spreadsheetId: this.spreadsheetId, totalUpdatedRows: data?.length ?? 0 } };
		}
		const [, range, action] = /^\/values\/([^:]*(?::[A-Z]*\d*)?)(:append|:clear)?$/.exec(rest) ?? [];
		if (range === undefined) return refuse(404, 'NOT_FOUND', `No such method: ${method} ${rest}`);
		if (method === 'GET') {
			const { row, lastRow } = this.place(range);
			const values = this.rows.slice(row, lastRow);
			// of an empty range the API gives no values at all
			return { status: 200, body: { range, majorDimension: query.majorDimension ?? 'ROWS', ...(values.length > 0 ? { values: query.majorDimension === 'COLUMNS' ? turned(values) : values } : {}) } };
		}
		if (method === 'PUT') this.write({ range, ...asObject(body) }, query.valueInputOption);
		else if (action === ':append') this.write({ ...asObject(body), range: `${this.sheet.title}!A${this.rows.length + 1}` }, query.valueInputOption);
		else return refuse(404, 'NOT_FOUND', `No such method: ${method} ${rest}`);
		return { status: 200, body: { spreadsheetId: this.spreadsheetId, updatedRange: range } };
	}

	private write({ range = '', values = [] }: ValueRange, valueInputOption: string): void {
		const { row, column } = this.place(range);
		values.forEach((cells, down) => {
			this.rows[row + down] ??= [];
			cells.forEach((cell, right) => { this.rows[row + down][column + right] = this.entered(cell, valueInputOption); });
		});
		for (let index = 0; index < this.rows.length; index++) this.rows[index] = Array.from(this.rows[index] ?? [], (cell) => cell ?? '');
	}

	private entered(cell: Cell, valueInputOption: string): Cell {
		if (typeof cell !== 'string' || valueInputOption === 'RAW') return cell;
		if (/^[=+]/.test(cell)) this.formulas.push(cell);
		return cell.replace(/^'/, '');
	}

	private place(range: string): { row: number; column: number; lastRow: number | undefined } {
		const [, letters = 'A', digits, last] = /!([A-Z]*)(\d+)?(?::[A-Z]*(\d+)?)?$/.exec(range) ?? [];
		const column = [...letters || 'A'].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
		return { row: digits ? Number(digits) - 1 : 0, column, lastRow: last ? Number(last) : undefined };
	}
}

function turned(rows: Cell[][]): Cell[][] {
	const width = Math.max(0, ...rows.map((row) => row.length));
	return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
}

export function refuse(code: number, status: string, message: string): Answer {
	return { status: code, body: { error: { code, status, message } } };
}
