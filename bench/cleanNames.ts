/**
 * Person names with known parts, and company names with their basenames. Figures and how to read them: bench/README.md.
 *
 *   npm run bench -- cleanNames --data DIR [--show] [--part 0|1]
 *
 * DIR holds person_names/cases.json ({ cases: [{ test, input, expect }] }) and company_names/cases.json ({ basename: [...] }).
 *
 * A lead has a first and a last name and no field for a middle name, title or suffix. So a case counts as right when
 * firstName is the expected first and middle names, lastName the expected last name, fullName both with the suffix.
 * "all parts" also compares title, first, middle, last and suffix one by one, as the parser inside finds them.
 * Where the writer used one case only, ours is mended and compared without case; commas and points in suffixes are no difference.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { companyBasename } from '../nodes/lead/clean/companyKey';
import { splitPersonName } from '../nodes/lead/clean/nameParts';
import { readPersonName } from '../nodes/lead/clean/personName';
import { dataFolder, half, has, table } from './support/options';

type Expected = Partial<Record<'title' | 'first' | 'middle' | 'last' | 'suffix' | 'nickname' | 'full_name' | 'surnames', string>>;
interface NameCase { test: string; input: string; expect: Expected }

/** Why a case says nothing about the name of a lead; the reason is printed. */
function excluded({ test, input, expect }: NameCase): string | undefined {
	if (/assign/.test(test) || /internal_lists/.test(test)) return 'sets attributes by hand, the expected parts are not those of the input';
	if (/surnames/.test(test)) return 'asks for another view of the parts';
	if (/^(?:part\d|e and e$|vai la$|johnny y$)/.test(input)) return 'no name, tests how the parser joins words';
	if (/(?:^(?:and|the and) | and$| and of$)/.test(input)) return 'conjunctions at the ends, tests how the parser joins words';
	if (!expect.first && !expect.last) return 'a title without any name';
	if (/Universe/.test(input)) return 'a title of invented offices';
	return undefined;
}

const loose = (text: string | null | undefined) => (text ?? '').replace(/[.,\s]+/g, ' ').trim();
const squeezed = (text: string | null | undefined) => loose(text).replace(/ /g, '');
const bothWays = (input: string) => input === input.toLowerCase() || input === input.toUpperCase();

const names = half((JSON.parse(readFileSync(join(dataFolder(), 'person_names', 'cases.json'), 'utf8')) as { cases: NameCase[] }).cases);
const reasons = new Map<string, number>();
let right = 0;
let rightParts = 0;
let counted = 0;
for (const one of names) {
	const reason = excluded(one);
	if (reason !== undefined) {
		reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
		continue;
	}
	counted++;
	const { input, expect } = one;
	const isMended = bothWays([expect.first, expect.middle, expect.last].join(' '));
	const same = (found: string | null | undefined, wanted: string | undefined, how = loose) => (isMended ? how(found).toLowerCase() === how(wanted).toLowerCase() : how(found) === how(wanted));
	const { firstName, lastName, fullName } = readPersonName({ fullName: input, firstName: null, lastName: null }).value;
	const given = [expect.first, expect.middle].filter(Boolean).join(' ');
	const isRight = same(firstName, given) && same(lastName, expect.last) && (expect.suffix === undefined || same(fullName, [given, expect.last, expect.suffix].filter(Boolean).join(' '), squeezed));
	const parts = splitPersonName(input);
	const areParts = (['title', 'first', 'middle', 'last', 'suffix'] as const).every((part) => expect[part] === undefined || same(parts[part], expect[part], part === 'suffix' ? squeezed : loose));
	if (isRight) right++;
	if (areParts) rightParts++;
	if ((!isRight || !areParts) && has('--show')) console.log(`${isRight ? 'parts' : 'wrong'}: ${input} → ${JSON.stringify({ firstName, lastName, fullName })} ${JSON.stringify(parts)}, expected ${JSON.stringify(expect)}`);
}
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
table(['person names', 'cases', 'excluded', 'counted', 'right', 'right %', 'all parts', 'all parts %'], [['Lead Normalize', names.length, `${names.length - counted} (${percent(names.length - counted, names.length)})`, counted, right, percent(right, counted), rightParts, percent(rightParts, counted)]]);
for (const [reason, count] of reasons) console.log(`  excluded ${count}: ${reason}`);

interface CompanyCase { group: string; label: string; input: string; expect: string | null }
const companies = half((JSON.parse(readFileSync(join(dataFolder(), 'company_names', 'cases.json'), 'utf8')) as { basename: CompanyCase[] }).basename);
const lead = { right: 0, counted: 0 };
const unclear: string[] = [];
for (const { input, expect, label } of companies) {
	const found = companyBasename(input);
	// no basename expected: the name is nothing but legal forms, and must be left whole or the set gives no answer
	if (expect === null) {
		unclear.push(`${input} (${label})`);
		continue;
	}
	lead.counted++;
	const fits = found === expect || (expect === '' && (found === '' || found === input.trim()));
	if (fits) lead.right++;
	else if (has('--show')) console.log(`company: ${JSON.stringify(input)} → ${JSON.stringify(found)}, expected ${JSON.stringify(expect)} (${label})`);
}
console.log('');
table(['company basenames', 'cases', 'excluded', 'counted', 'right', 'right %'], [['Lead Normalize', companies.length, unclear.length, lead.counted, lead.right, percent(lead.right, lead.counted)]]);
if (unclear.length > 0) console.log(`  excluded ${unclear.length}, the set gives no answer: ${unclear.join('; ')}`);
