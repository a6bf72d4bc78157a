/**
 * Phone numbers with known truth, beside libphonenumber-js/max alone. Figures and how to read them: bench/README.md.
 *
 *   npm run bench -- cleanPhones --data DIR [--show] [--part 0|1]
 *
 * DIR holds phones/cases.json: { kind, input, region, e164, valid, type, truth }. The region is the lead's country.
 * --show lists what was not right; --part takes every second case only, so that rules can be tried on what made no rule.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { readPhone } from '../nodes/lead/clean/phone';
import { dataFolder, half, has, table } from './support/options';

interface PhoneCase { kind: string; input: string; region: string | null; e164: string | null; type?: string; ext?: string }
type Outcome = 'right' | 'wrong number' | 'left raw' | 'drift';

const cases = half(JSON.parse(readFileSync(join(dataFolder(), 'phones', 'cases.json'), 'utf8')) as PhoneCase[]);
const types: Record<string, string> = { MOBILE: 'mobile', FIXED_LINE: 'landline', FIXED_LINE_OR_MOBILE: 'landlineOrMobile', TOLL_FREE: 'tollFree', PREMIUM_RATE: 'premium', VOIP: 'voip' };

/** The number plan of the library has another version than the one that made the truth: the plain number is judged otherwise. */
function isDrift({ e164, region }: PhoneCase): boolean {
	return e164 !== null && parsePhoneNumberFromString(e164, (region ?? undefined) as CountryCode | undefined)?.isValid() !== true;
}

function outcome(one: PhoneCase, found: string | null): Outcome {
	if (found === one.e164) return 'right';
	if (found !== null) return 'wrong number';
	return isDrift(one) ? 'drift' : 'left raw';
}

function bare({ input, region }: PhoneCase): string | null {
	const number = parsePhoneNumberFromString(input, (region ?? undefined) as CountryCode | undefined);
	return number?.isValid() ? number.number : null;
}

const ways: [string, (one: PhoneCase) => string | null][] = [
	['Lead Normalize', (one) => readPhone({ given: one.input, leadCountry: one.region }).value.phone],
	['libphonenumber-js/max alone', bare],
];
const rows: (string | number)[][] = [];
for (const [name, read] of ways) {
	const byKind = new Map<string, Record<Outcome, number>>();
	for (const one of cases) {
		const found = outcome(one, read(one));
		for (const kind of [one.kind, 'all']) {
			const count = byKind.get(kind) ?? { right: 0, 'wrong number': 0, 'left raw': 0, drift: 0 };
			count[found]++;
			byKind.set(kind, count);
		}
		if (found !== 'right' && has('--show') && name === ways[0][0]) console.log(`${found}: ${one.kind} ${JSON.stringify(one.input)} ${one.region} should be ${one.e164}, is ${read(one)}`);
	}
	for (const [kind, count] of [...byKind].sort(([a], [b]) => a.localeCompare(b))) {
		if (kind !== 'all' && name !== ways[0][0]) continue;
		const total = count.right + count['wrong number'] + count['left raw'] + count.drift;
		rows.push([name, kind, total, count.right, count['wrong number'], count['left raw'], count.drift, `${((100 * count.right) / total).toFixed(2)} %`]);
	}
}
table(['who', 'group', 'cases', 'right', 'wrong number', 'left raw', 'drift', 'right %'], rows);

const typed = cases.filter((one) => one.e164 !== null && one.type && one.type in types).map((one) => ({ one, value: readPhone({ given: one.input, leadCountry: one.region }).value })).filter(({ value }) => value.phone !== null);
const rightTypes = typed.filter(({ one, value }) => value.phoneType === types[one.type as string]).length;
const extended = cases.filter((one) => one.ext !== undefined);
const rightExtensions = extended.filter((one) => readPhone({ given: one.input, leadCountry: one.region }).value.phoneExtension === one.ext).length;
console.log(`\ntype right: ${rightTypes} of ${typed.length}; extension right: ${rightExtensions} of ${extended.length}`);
