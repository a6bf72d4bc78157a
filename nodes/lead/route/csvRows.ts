/** Rows of a table as text: cells by the names of their columns. */
export type TableRow = Record<string, string>;

/**
 * Reads CSV text, or cells pasted from a sheet (tabs), with the names of the columns in the first line.
 * The delimiter is the one of tab, semicolon and comma that the first line holds most of; quoted cells may hold
 * delimiters and line breaks (RFC 4180). Lines without any text are left out, but count.
 */
export function readCsvRows(text: string): { row: TableRow; number: number }[] {
	const [head, ...lines] = splitCells(text.replace(/^\uFEFF/, ''));
	if (!head) return [];
	const names = head.map((name) => name.trim());
	return lines.flatMap((cells, index) => {
		if (cells.every((cell) => cell.trim() === '')) return [];
		const row: TableRow = Object.create(null) as TableRow;
		names.forEach((name, place) => { if (name !== '') row[name] = cells[place] ?? ''; });
		return [{ row, number: index + 1 }];
	});
}

function splitCells(text: string): string[][] {
	const firstLine = text.split(/\r?\n/, 1)[0];
	const delimiter = ['\t', ';', ','].reduce((best, one) => (firstLine.split(one).length > firstLine.split(best).length ? one : best));
	const lines: string[][] = [];
	let cells: string[] = [];
	let cell = '';
	let quoted = false;
	const endCell = (): void => {
		cells.push(cell);
		cell = '';
	};
	for (let place = 0; place < text.length; place++) {
		const sign = text[place];
		if (quoted) {
			if (sign !== '"') cell += sign;
			else if (text[place + 1] === '"') cell += text[++place];
			else quoted = false;
		} else if (sign === '"' && cell.trim() === '') {
			quoted = true;
			cell = '';
		} else if (sign === delimiter) endCell();
		else if (sign === '\n' || sign === '\r') {
			if (sign === '\r' && text[place + 1] === '\n') place++;
			endCell();
			lines.push(cells);
			cells = [];
		} else cell += sign;
	}
	if (cell !== '' || cells.length > 0) {
		endCell();
		lines.push(cells);
	}
	return lines;
}
