/**
 * Matching on sets with known truth, without training, at the fixed defaults that Dedupe Match has.
 *
 *   npm run bench -- matching --data DIR [--only NAME]
 *
 * Every folder of DIR is taken by what is in it: `records.csv` and `truth.csv` (rec_id, entity_id) are entries to be found
 * twice; `contacts.csv`, `leads.csv` and `truth.csv` (lead_id, true_contact_id) are leads to be compared with contacts;
 * `cases.csv` with name1, name2, is_match are pairs of names; `company_names/cases.json` is what firms are made from.
 * Columns are found by their usual names, as the node finds them; `soc_sec_id`, `source` and, where a phone is, `age` are
 * not compared by anybody. Beside it, what a person would use instead: exact rules, a cascade of Levenshtein
 * distances, Fuse.js.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { benchCompanies } from './matching/companies';
import { benchEntries } from './matching/entries';
import { benchLeads } from './matching/leads';
import { benchNames } from './matching/names';

const options = process.argv.slice(2);
const valueOf = (name: string): string | undefined => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const folder = valueOf('--data');
const only = valueOf('--only');

async function run(): Promise<void> {
	if (folder === undefined) throw new Error('--data DIR is missing: the folder that holds the sets');
	const sets = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).filter((name) => only === undefined || name === only).sort();
	const has = (set: string, file: string): boolean => existsSync(join(folder, set, file));
	for (const set of sets) {
		const at = join(folder, set);
		if (has(set, 'records.csv')) benchEntries(set, at);
		else if (has(set, 'contacts.csv') && has(set, 'leads.csv')) benchLeads(set, at);
		else if (has(set, 'cases.csv')) benchNames(set, at);
	}
	if (only === undefined || only === 'company_names') benchCompanies(join(folder, 'company_names', 'cases.json'));
}

run().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
