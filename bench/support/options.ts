/** What the benchmarks of the clean stage share: their options and their tables. */

const given = process.argv.slice(2);

/** The folder with sets of known truth, which are no part of this project. */
export function dataFolder(): string {
	const at = given.indexOf('--data');
	if (at >= 0 && given[at + 1]) return given[at + 1];
	console.error('Name the folder with the sets of known truth: --data DIR');
	process.exit(2);
}

export function has(option: string): boolean {
	return given.includes(option);
}

/** Every second case when `--part 0` or `--part 1` is given, else all. */
export function half<T>(cases: T[]): T[] {
	const at = given.indexOf('--part');
	return at < 0 ? cases : cases.filter((_, index) => index % 2 === Number(given[at + 1]));
}

export function table(head: string[], rows: (string | number)[][]): void {
	const lines = [head, ...rows].map((row) => row.map(String));
	const widths = head.map((_, column) => Math.max(...lines.map((line) => [...line[column]].length)));
	for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}
