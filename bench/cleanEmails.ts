/**
 * E-mail addresses: judged as given, repaired, and typing mistakes. Figures and how to read them: bench/README.md.
 *
 *   npm run bench -- cleanEmails --data DIR [--show] [--part 0|1]
 *
 * DIR holds emails/syntax_cases.json ([{ src, address, lead_ok }]) and emails/typos.json.
 *
 * The cases are test vectors of parsers: white space, line breaks and names around an address make it wrong there. A form
 * has to take such things away, so two figures are given: "as given" asks whether the text just as it stands can be written
 * to (isUsableAddress), "after repair" what Lead Normalize keeps, and every address that only repair made usable is counted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEmail } from '../nodes/lead/clean/email';
import { isUsableAddress } from '../nodes/lead/clean/emailAddress';
import { dataFolder, half, has, table } from './support/options';

interface AddressCase { src: string; address: string; lead_ok: boolean }

const cases = half(JSON.parse(readFileSync(join(dataFolder(), 'emails', 'syntax_cases.json'), 'utf8')) as AddressCase[]);
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
/** The plain pattern that most forms use (HTML standard, valid e-mail address). */
const htmlPattern = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
const sourceOf = ({ src }: AddressCase) => (src.includes('isemail') ? 'isemail (two of its suites)' : src);
const rows: (string | number)[][] = [];
for (const source of new Set(cases.map(sourceOf))) {
	const some = cases.filter((one) => sourceOf(one) === source);
	const right = (judge: (address: string) => boolean) => some.filter((one) => judge(one.address) === one.lead_ok).length;
	const asGiven = right(isUsableAddress);
	const repaired = some.filter((one) => !one.lead_ok && !isUsableAddress(one.address) && readEmail(one.address).value.email !== null);
	const unlogged = repaired.filter((one) => readEmail(one.address).changes.length === 0).length;
	rows.push([source, some.length, asGiven, percent(asGiven, some.length), percent(right((address) => htmlPattern.test(address)), some.length), repaired.length, unlogged]);
	if (has('--show')) for (const one of some) if (isUsableAddress(one.address) !== one.lead_ok) console.log(`should be ${one.lead_ok ? 'accepted' : 'refused'}: ${JSON.stringify(one.address)}`);
}
table(['source', 'cases', 'right as given', 'right %', 'HTML pattern %', 'made usable by repair', 'of these not in the log'], rows);

const typos = JSON.parse(readFileSync(join(dataFolder(), 'emails', 'typos.json'), 'utf8')) as { typo_to_domain: [string, string][]; must_not_suggest: string[] };
const suggested = (address: string) => readEmail(address).issues.find((issue) => issue.code === 'EMAIL_TYPO_SUSPECTED')?.suggestion;
const rightTypos = typos.typo_to_domain.filter(([address, domain]) => suggested(address)?.endsWith(`@${domain}`)).length;
const silent = typos.typo_to_domain.filter(([address]) => ![null, address.toLowerCase()].includes(readEmail(address).value.email?.toLowerCase() ?? null)).length;
const wrong = typos.must_not_suggest.filter((address) => suggested(address) !== undefined).length;
console.log(`\ntypo suggestions right: ${rightTypos} of ${typos.typo_to_domain.length}; suggested where nothing is wrong: ${wrong} of ${typos.must_not_suggest.length}; changed in silence: ${silent}`);
