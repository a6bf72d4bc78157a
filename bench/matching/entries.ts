import { get as editDistance } from 'fast-levenshtein';
import Fuse from 'fuse.js';
import { join } from 'node:path';
import { KnownList } from '../../nodes/lead/clean/knownList';
import type { ComparedFields, KnownPerson } from '../../nodes/lead/clean/knownPerson';
import { holdsCompanies, readKnownRow } from '../../nodes/lead/clean/knownRows';
import { learnFromLists } from '../../nodes/lead/clean/learnFromLists';
import { keysOf, matchLead } from '../../nodes/lead/clean/matchLeads';
import { RunPersons } from '../../nodes/lead/clean/runPersons';
import { scorePair } from '../../nodes/lead/clean/scorePair';
import { thresholdsOf } from '../../nodes/lead/clean/verdict';
import { readRows } from '../readRows';
import { drain, f1, row, timed } from './figures';

/** Columns that nobody compares: made from the truth, or said of the file and not of the person. */
const ignored = ['rec_id', 'source', 'soc_sec_id', 'age'];
const capPerKey = 50;
const at = '2026-01-01T00:00:00.000Z';

/** Entries of one list, some of which are one person. Counts pairs. */
export function benchEntries(set: string, folder: string): void {
	const given = readRows(join(folder, 'records.csv'));
	const truth = new Map(readRows(join(folder, 'truth.csv')).map(({ rec_id, entity_id }) => [rec_id, entity_id]));
	const entities = given.map(({ rec_id }) => truth.get(rec_id) ?? rec_id);
	const rows = given.map((one) => Object.fromEntries(Object.entries(one).filter(([column]) => !ignored.includes(column))));
	const wanted = countPairs(entities.map((entity) => [entity]));
	const judge = (pairs: Iterable<[number, number]>): { f1: number; precision: number; recall: number } => {
		let right = 0;
		let found = 0;
		for (const [one, other] of pairs) {
			found++;
			if (entities[one] === entities[other]) right++;
		}
		return f1(right, found, wanted);
	};

	const [{ pairs, groups, bands }, seconds] = timed(() => ours(rows));
	const [exact, exactSeconds] = timed(() => exactRules(rows));
	const [cascade, cascadeSeconds] = timed(() => levenshteinCascade(rows));
	const [fuse, fuseSeconds] = timed(() => fuseJs(rows));
	console.log(`\n${set}: ${rows.length} entries, ${wanted} pairs that are one`);
	console.table([
		row('Dedupe Match, pairs scored 0.5 and above', judge(pairs), seconds),
		row('Dedupe Match, entries of one person after a run', judge(pairsOf(groups)), seconds),
		row('exact rules', judge(exact), exactSeconds),
		row('Levenshtein cascade', judge(cascade), cascadeSeconds),
		row('Fuse.js', judge(fuse), fuseSeconds),
	]);
	console.log(`verdicts of the run: ${Object.entries(bands).map(([verdict, count]) => `${verdict} ${count}`).join(', ')}`);
}

function ours(rows: Record<string, string>[]): { pairs: [number, number][]; groups: number[][]; bands: Record<string, number> } {
	const namesAreCompanies = holdsCompanies(rows, {});
	const mapping = {};
	const persons = rows.map((one, index) => readKnownRow({ row: one, index, mapping, system: 'list', at, namesAreCompanies }));
	const indexOf = new Map<ComparedFields, number>();
	persons.forEach((person, index) => { if (person) indexOf.set(person.fields, index); });
	const list = new KnownList(persons.length, (index): KnownPerson | undefined => persons[index], capPerKey);
	persons.forEach((_, index) => list.add(index));
	list.seal();
	const leadFields = persons.flatMap((person) => (person ? [person.fields] : []));
	const weights = drain(learnFromLists({ leads: list, leadFields }));

	const pairs: [number, number][] = [];
	for (const fields of leadFields) {
		const one = indexOf.get(fields) as number;
		for (const { fields: known } of list.find(keysOf(fields)).persons) {
			const other = indexOf.get(known) as number;
			if (other < one && scorePair(fields, known, { weights }).score >= 0.5) pairs.push([one, other]);
		}
	}

	const run = new RunPersons(capPerKey);
	const groups = new Map<string, number[]>();
	const bands: Record<string, number> = {};
	for (const fields of leadFields) {
		const index = indexOf.get(fields) as number;
		const { persons: known, cappedKeys } = run.find(keysOf(fields));
		const record = { leadId: `l${index}`, personId: `p${index}` };
		const decision = matchLead({ record, fields, known, cappedKeys, weights: { known: weights, listed: weights }, thresholds: thresholdsOf.balanced, newOpportunityDays: 90, at, isRemembered: false });
		bands[decision.match.verdict] = (bands[decision.match.verdict] ?? 0) + 1;
		// a doubtful entry is its own until a person settles it; here it is settled as the verdict suggests
		const suggested = decision.match.verdict === 'review' ? decision.match.candidates.find(({ outcome }) => outcome === 'chosen')?.personId : undefined;
		const personId = suggested ?? decision.personId;
		run.add({ fields, at }, { ...decision, personId });
		groups.set(personId, [...(groups.get(personId) ?? []), index]);
	}
	return { pairs, groups: [...groups.values()], bands };
}

function countPairs(entries: string[][]): number {
	const counts = new Map<string, number>();
	for (const [entity] of entries) counts.set(entity, (counts.get(entity) ?? 0) + 1);
	return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}

function* pairsOf(groups: number[][]): Generator<[number, number]> {
	for (const group of groups) for (let one = 0; one < group.length; one++) for (let other = 0; other < one; other++) yield [group[one], group[other]];
}

const fold = (text: string | undefined): string => (text ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
const pick = (one: Record<string, string>, names: string[]): string => fold(names.map((name) => one[name]).find((value) => value));
const nameOf = (one: Record<string, string>): string => pick(one, ['given_name', 'first_name']) + pick(one, ['surname', 'last_name']) || pick(one, ['name', 'full_name', 'company']);
const placeOf = (one: Record<string, string>): string => pick(one, ['city', 'suburb', 'Zip', 'postcode', 'Address', 'zip']);

/** The same e-mail, or the same phone, or the same name and town. */
function exactRules(rows: Record<string, string>[]): [number, number][] {
	const keys = rows.map((one) => [
		`e${pick(one, ['email', 'Email Address'])}`, `p${pick(one, ['phone', 'phone_number', 'Phone'])}`,
		nameOf(one) !== '' && placeOf(one) !== '' ? `n${nameOf(one)}|${placeOf(one)}` : '',
	].filter((key) => key.length > 1));
	return blockedPairs(keys);
}

/** In blocks of the first letters of the name and of the e-mail: names at most 2 letters apart and one other field at most 2. */
function levenshteinCascade(rows: Record<string, string>[]): [number, number][] {
	const keys = rows.map((one) => [nameOf(one).slice(0, 3), `e${pick(one, ['email'])}`.slice(0, 5), `p${pick(one, ['phone', 'phone_number', 'Phone'])}`].filter((key) => key.length >= 3));
	const near = (one: string, other: string): boolean => one !== '' && other !== '' && editDistance(one, other) <= 2;
	return blockedPairs(keys).filter(([one, other]) => {
		const [a, b] = [rows[one], rows[other]];
		return near(nameOf(a), nameOf(b)) && [['email'], ['phone', 'phone_number', 'Phone'], ['date_of_birth', 'dob'], ['city', 'suburb'], ['address_1', 'Address']].some((names) => near(pick(a, names), pick(b, names)));
	});
}

/** Every entry searched by its name, the usual way: threshold 0.3, one hit more than itself; sets above 3,000 in a sample of 1,000. */
function fuseJs(rows: Record<string, string>[]): [number, number][] {
	const texts = rows.map((one, index) => ({ index, name: nameOf(one), email: pick(one, ['email']), phone: pick(one, ['phone', 'phone_number', 'Phone']) }));
	const keys = (['name', 'email', 'phone'] as const).filter((key) => texts.some((text) => text[key] !== ''));
	const fuse = new Fuse(texts, { keys: [...keys], threshold: 0.3, ignoreLocation: true, includeScore: true });
	const pairs = new Map<string, [number, number]>();
	for (const { index, name } of texts.slice(0, texts.length > 3_000 ? 300 : undefined)) {
		if (name === '') continue;
		for (const { item } of fuse.search(name.slice(0, 32), { limit: 4 })) {
			if (item.index !== index) pairs.set([index, item.index].sort((a, b) => a - b).join(), [Math.max(index, item.index), Math.min(index, item.index)]);
		}
	}
	return [...pairs.values()];
}

function blockedPairs(keys: string[][]): [number, number][] {
	const blocks = new Map<string, number[]>();
	keys.forEach((ofRow, index) => ofRow.forEach((key) => blocks.set(key, [...(blocks.get(key) ?? []), index])));
	const pairs = new Map<number, [number, number]>();
	for (const block of blocks.values()) {
		if (block.length > 200) continue;
		for (let one = 0; one < block.length; one++) for (let other = 0; other < one; other++) pairs.set(block[one] * keys.length + block[other], [block[one], block[other]]);
	}
	return [...pairs.values()];
}
