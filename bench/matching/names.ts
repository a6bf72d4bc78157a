import { get as editDistance } from 'fast-levenshtein';
import { join } from 'node:path';
import { alikeCompanyNames, alikePersonNames, sameNameFrom } from '../../nodes/lead/clean/nameSimilarity';
import { readRows } from '../readRows';
import { f1, row, timed } from './figures';

/** Pairs of names: the same person or firm, or not. */
export function benchNames(set: string, folder: string): void {
	const cases = readRows(join(folder, 'cases.csv'));
	const wanted = cases.filter(({ is_match }) => is_match === 'true').length;
	const judge = (isSame: (one: Record<string, string>) => boolean): ReturnType<typeof f1> => {
		const found = cases.filter(isSame);
		return f1(found.filter(({ is_match }) => is_match === 'true').length, found.length, wanted);
	};
	const alike = ({ schema, name1, name2 }: Record<string, string>): number => (schema === 'Person' ? alikePersonNames : alikeCompanyNames)(name1, name2);
	const letters = ({ name1, name2 }: Record<string, string>): number => 1 - editDistance(name1.toLowerCase(), name2.toLowerCase()) / Math.max(name1.length, name2.length);
	const [ours, seconds] = timed(() => judge((one) => alike(one) >= sameNameFrom));
	const [levenshtein, levenshteinSeconds] = timed(() => judge((one) => letters(one) >= 0.85));
	const [exact, exactSeconds] = timed(() => judge(({ name1, name2 }) => name1.toLowerCase() === name2.toLowerCase()));
	console.log(`\n${set}: ${cases.length} pairs of names, ${wanted} that are one`);
	console.table([row(`names alike, ${sameNameFrom} and above`, ours, seconds), row('Levenshtein, 0.85 and above', levenshtein, levenshteinSeconds), row('exact', exact, exactSeconds)]);
}
