/** What a sheet takes for the beginning of a formula, https://owasp.org/www-community/attacks/CSV_Injection */
const formulaStart = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** E.164, a number below zero, or a lone dash: nothing in it can be run. */
const harmless = /^(?:\+\d{1,15}|-\d{1,15}(?:[.,]\d{1,6})?|-)$/;

/** Text as a sheet should show it: what it would run as a formula gets an apostrophe in front, the sheets' own sign for text. */
export function sheetCell(text: string): string {
	return formulaStart.test(text) && !harmless.test(text) ? `'${text}` : text;
}

/** A flat row of which no value is run as a formula; all but texts stay as they are. */
export function sheetCells<Row extends object>(row: Row): Row {
	return Object.fromEntries(Object.entries(row).map(([column, value]: [string, unknown]) => [column, typeof value === 'string' ? sheetCell(value) : value])) as Row;
}
