import { readFileSync } from 'node:fs';

/** Rows of a comma-separated file with a header, quotes doubled inside quotes (RFC 4180). */
export function readRows(file: string): Record<string, string>[] {
	const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
	const rows: string[][] = [];
	const row: string[] = [];
	let cell = '';
	let quoted = false;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at];
		if (quoted) {
			if (letter !== '"') cell += letter;
			else if (text[at + 1] === '"') cell += text[at++];
			else quoted = false;
		} else if (letter === '"') quoted = true;
		else if (letter === ',' || letter === '\n') {
			row.push(cell.replace(/\r$/, ''));
			cell = '';
			if (letter === '\n') rows.push(row.splice(0));
		} else cell += letter;
	}
	if (cell !== '' || row.length > 0) rows.push([...row, cell]);
	const [header, ...body] = rows;
	return body.filter((cells) => cells.length > 1 || cells[0] !== '').map((cells) => Object.fromEntries(header.map((name, index) => [name.trim(), cells[index] ?? ''])));
}
