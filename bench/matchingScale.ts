/**
 * A cold start with a long list: 1,000 leads against 100,000 contacts, made by a seeded generator (bench/matching/leadSet.ts).
 *
 *   npm run bench -- matchingScale [--contacts 100000] [--leads 1000]
 *
 * Preparation reads and indexes the list, matching learns the weights and decides all leads; the peak of the memory is that
 * of the whole process. Exact rules and a Levenshtein cascade do the same in the same run; Fuse.js walks all contacts for
 * every lead, so it is left out here (see `matching`).
 */
import { makeLeadSet } from './matching/leadSet';
import { compare } from './matching/leads';

const options = process.argv.slice(2);
const numberOf = (name: string, usual: number): number => (options.includes(name) ? Number(options[options.indexOf(name) + 1]) : usual);

const { contacts, leads, truth } = makeLeadSet(numberOf('--contacts', 100_000), numberOf('--leads', 1_000));
console.log(`${leads.length} leads against ${contacts.length} contacts; the made-up set itself takes ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
compare(contacts, leads, (id) => truth.get(id)?.contact ?? '', (id) => truth.get(id)?.kind ?? '', false);
console.log(`peak of the whole process ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
