import type { Comparable } from './comparable';
import { comparePersons, levels, type Level } from './comparisons';
import type { ValueCounts } from './valueCounts';
import { makeWeights, usualSharesOf, type Frequencies, type LevelShares, type Shares, type Weights } from './weights';

/** Weight of the usual shares against what a list shows, in pairs. */
const trustInUsual = 20;
const rounds = 25;

/** Pairs as they were seen, for `learnWeights`. */
export interface Learning {
	/** A pair met by chance: such pairs show how often two persons agree. */
	chance(a: Comparable, b: Comparable): void;
	/** A pair that shares a blocking key: among such pairs are nearly all that are one person. */
	blocked(a: Comparable, b: Comparable): void;
	readonly seen: Seen;
}

interface Seen {
	counts: Frequencies & { chanceOfSame(name: string): number | undefined };
	columns: string[];
	chance: Patterns;
	blocked: Patterns;
}

/** Begins to look at pairs; `counts` hold the values of all entries. */
export function startLearning(counts: readonly ValueCounts[]): Learning {
	const seen: Seen = { counts: addUp(counts), columns: [], chance: new Map(), blocked: new Map() };
	const places = new Map<string, number>();
	const digits: number[] = [];
	const count = (patterns: Patterns, a: Comparable, b: Comparable): void => {
		digits.fill(0);
		for (const { name, level } of comparePersons(a, b)) {
			if (level === 'missing') continue;
			let at = places.get(name);
			if (at === undefined) {
				places.set(name, (at = seen.columns.length));
				seen.columns.push(name);
			}
			while (digits.length <= at) digits.push(0);
			digits[at] = levels.indexOf(level);
		}
		const pattern = digits.join('');
		patterns.set(pattern, (patterns.get(pattern) ?? 0) + 1);
	};
	return { seen, chance: (a, b) => count(seen.chance, a, b), blocked: (a, b) => count(seen.blocked, a, b) };
}

/** Leads and known records together, by the frequency in the longer of the two where both show one. */
function addUp(all: readonly ValueCounts[]): Seen['counts'] {
	const [longest, ...others] = [...all].sort((a, b) => b.persons - a.persons);
	return {
		shareOf: (name, value) => longest.shareOf(name, value) ?? others.map((one) => one.shareOf(name, value)).find((share) => share !== undefined),
		chanceOfSame: (name) => longest.chanceOfSame(name) ?? others.map((one) => one.chanceOfSame(name)).find((chance) => chance !== undefined),
	};
}

/**
 * Weights fitted to a list without any labels: u from pairs met by chance, m and the prior by expectation and
 * maximisation over the pairs that share a key (Winkler, "Using the EM Algorithm for Weight Computation in the
 * Fellegi–Sunter Model", 1988), agreements weighed by the frequency of their value. A short list stays near the usual shares.
 *
 * @param allPairs - Number of pairs that there are at all, also those that share no key.
 */
export function learnWeights({ seen: { columns, counts, chance, blocked } }: Learning, allPairs: number): Weights {
	const shares = new Map(columns.map((name): [string, LevelShares] => [name, { m: { ...usualSharesOf(name).m }, u: {} }]));
	fitChance(shares, columns, chance, counts);
	const priorBits = fitMatches(shares, columns, blocked, allPairs);
	return makeWeights(shares, counts, priorBits);
}

/** How often each combination of levels was seen: a digit per field, the place of the level in `levels`. */
type Patterns = Map<string, number>;

function levelAt(pattern: string, column: number): Level {
	return levels[column < pattern.length ? pattern.charCodeAt(column) - 48 : 0];
}

function fitChance(shares: Map<string, LevelShares>, columns: string[], random: Patterns, counts: Seen['counts']): void {
	columns.forEach((name, column) => {
		const { u } = shares.get(name) as LevelShares;
		blend(u, countLevels(random, column), usualSharesOf(name).u);
		// that two values are equal can be counted without drawing
		u.same = counts.chanceOfSame(name) ?? u.same;
	});
}

function fitMatches(shares: Map<string, LevelShares>, columns: string[], blocked: Patterns, allPairs: number): number {
	const pairs = Math.max(allPairs, 2);
	// a third of as many matches as there are persons on one side, until the list says otherwise
	let prior = Math.min(0.5, (0.3 * Math.sqrt(pairs)) / pairs);
	const parsed = [...blocked].map(([pattern, count]) => ({ count, at: columns.map((_, column) => levelAt(pattern, column)), chance: 0 }));
	for (let round = 0; round < rounds; round++) {
		const tables = columns.map((name) => logRatios(shares.get(name) as LevelShares));
		let matches = 0;
		for (const one of parsed) {
			let bits = Math.log2(prior / (1 - prior));
			for (let column = 0; column < columns.length; column++) bits += tables[column][one.at[column]] ?? 0;
			one.chance = 1 / (1 + 2 ** -bits);
			matches += one.chance * one.count;
		}
		columns.forEach((name, column) => {
			const { m } = shares.get(name) as LevelShares;
			const counted: Shares = {};
			for (const { at, count, chance } of parsed) if (at[column] !== 'missing') counted[at[column]] = (counted[at[column]] ?? 0) + count * chance;
			blend(m, counted, usualSharesOf(name).m);
		});
		prior = Math.min(0.5, Math.max(matches, 1) / pairs);
	}
	return Math.log2(prior / (1 - prior));
}

/** Shares as counted, with the usual ones as if they had been counted a few times, too. */
function blend(shares: Shares, counted: Shares, usual: Shares): void {
	const total = sum(Object.values(counted)) + trustInUsual;
	for (const level of Object.keys(usual) as Level[]) shares[level] = ((counted[level] ?? 0) + trustInUsual * (usual[level] ?? 0)) / total;
}

function countLevels(patterns: Patterns, column: number): Shares {
	const counts: Shares = {};
	for (const [pattern, count] of patterns) {
		const level = levelAt(pattern, column);
		if (level !== 'missing') counts[level] = (counts[level] ?? 0) + count;
	}
	return counts;
}

function logRatios({ m, u }: LevelShares): Shares {
	return Object.fromEntries((Object.keys(m) as Level[]).map((level) => [level, Math.log2((m[level] ?? 1e-9) / Math.max(u[level] ?? 1e-9, 1e-9))]));
}

function sum(values: (number | undefined)[]): number {
	return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
