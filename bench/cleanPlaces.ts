/**
 * Countries from many spellings, languages, codes and slips, and from text that is none. Figures: bench/README.md.
 *
 *   npm run bench -- cleanPlaces [--show]
 *
 * No folder is needed: names come from i18n-iso-countries (the languages that the project does not read from it, so that the
 * two sources are independent), codes from ISO 3166-1, slips are made by a seeded generator, and what is no country is listed here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCountry } from '../nodes/lead/country';
import { has, table } from './support/options';
import { seeded } from '../test/support/seeded';

const folder = dirname(require.resolve('i18n-iso-countries/package.json'));
const codes = JSON.parse(readFileSync(join(folder, 'codes.json'), 'utf8')) as string[][];
/** Languages whose file the code itself reads. */
const own = new Set(['sv', 'da', 'pl', 'pt', 'nl', 'it', 'es', 'fr', 'de', 'en']);
const namesOf = (language: string): [string, string][] => Object.entries((JSON.parse(readFileSync(join(folder, 'langs', `${language}.json`), 'utf8')) as { countries: Record<string, string | string[]> }).countries).flatMap(([code, given]) => [given].flat().map((name): [string, string] => [name, code]));
const languages = readdirSync(join(folder, 'langs')).map((file) => file.replace('.json', ''));
const random = seeded(20261125);

const english = namesOf('en');
const groups: Record<string, [string, string][]> = {
	'alpha-2, alpha-3, number': codes.flatMap(([two, three, number]) => [[two, two], [three, two], [number.padStart(3, '0'), two], [two.toLowerCase(), two]] as [string, string][]),
	'names in the 10 languages read': languages.filter((one) => own.has(one)).flatMap(namesOf),
	'names in the other languages': languages.filter((one) => !own.has(one)).flatMap(namesOf),
	'names shouted, with spaces and points': english.flatMap(([name, code]) => [[name.toUpperCase(), code], [`  ${name.toLowerCase()}.`, code], [`${name} (${code})`, code], [`${code} - ${name}`, code]] as [string, string][]),
	'one slip in an English name': english.filter(([name]) => name.length >= 5).flatMap(([name, code]) => Array.from({ length: 6 }, (): [string, string] => [slip(name), code])),
};

const words = 'N/A|n/a|na|none|None|-|--|.|?|x|xx|xxx|test|Test|asdf|qwerty|lorem ipsum|unknown|other|Other|select|Please select|Select country|Country|null|undefined|NaN|true|false|0|1|12|44|99|999|000|12345|Europe|EU|Asia|Africa|Earth|World|Worldwide|International|Global|everywhere|London|Paris|Berlin|Madrid|New York|Los Angeles|California|Texas|Tokyo|Sydney|Toronto|Vienna|Zurich|Milano|Roma|Munich|Bangkok|Lagos|Nairobi|Sao Paulo|Columbia|Wilmington, DE|Atlanta, GA|Chicago, IL|Boston, MA|San Jose, CA|Bologna, BO|Atlantis|Wakanda|Narnia|Mordor|Middle Earth|Westeros|John Smith|Acme Ltd|hello world|yes|no|No|maybe|I live here|home|my house|https://acme.example|ada@acme.example|+44|+49 30 123456|SW1A 1AA|10115|Germany or France|UK/US|Ireland/UK|Latin America|North America|South America|Middle East|Scandinavia|Balkans|Caribbean|Benelux|DACH|EMEA|APAC|LATAM|Virgin Islands|Kongo|Soviet Union|Yugoslavia|Czechoslovakia|East Germany|Prussia|Gondor|constructor|__proto__|toString|\u0000|\ud800|😀|!!!'.split('|');
const gibberish = Array.from({ length: 2_000 }, () => Array.from({ length: 2 + Math.floor(random() * 10) }, () => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)]).join('')).filter((text) => text.length > 3);

const rows: (string | number)[][] = [];
let wrongInAll = 0;
let inAll = 0;
for (const [name, cases] of Object.entries(groups)) {
	// two countries of one name have no right answer
	const meant = new Map<string, Set<string>>();
	for (const [text, code] of cases) meant.set(text.toLowerCase().trim(), (meant.get(text.toLowerCase().trim()) ?? new Set()).add(code));
	const count = { right: 0, wrong: 0, none: 0 };
	for (const [text, code] of cases) {
		const found = readCountry(text);
		const isRight = found !== null && (found === code || meant.get(text.toLowerCase().trim())?.has(found));
		count[found === null ? 'none' : isRight ? 'right' : 'wrong']++;
		if (found !== null && !isRight && has('--show')) console.log(`wrong: ${JSON.stringify(text)} is ${found}, should be ${code}`);
		if (found === null && has('--missed')) console.log(`none: ${JSON.stringify(text)} should be ${code}`);
	}
	wrongInAll += count.wrong;
	inAll += cases.length;
	rows.push([name, cases.length, count.right, count.wrong, count.none, `${((100 * count.right) / cases.length).toFixed(1)} %`, `${((100 * count.wrong) / cases.length).toFixed(2)} %`]);
}
rows.push(['all', inAll, '', wrongInAll, '', '', `${((100 * wrongInAll) / inAll).toFixed(3)} %`]);
table(['countries', 'cases', 'right', 'wrong', 'none', 'right %', 'wrong %'], rows);
const junk = [...words, ...gibberish];
const resolved = junk.filter((text) => readCountry(text) !== null);
console.log(`\nno country, resolved all the same: ${resolved.length} of ${junk.length} ${resolved.slice(0, 20).map((text) => `${text} → ${readCountry(text)}`).join(', ')}`);

/** One letter too many, missing, wrong or swapped; never the first, which people seldom miss. */
function slip(name: string): string {
	const at = 1 + Math.floor(random() * (name.length - 2));
	const letter = 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)];
	const kind = Math.floor(random() * 4);
	if (kind === 0) return name.slice(0, at) + letter + name.slice(at);
	if (kind === 1) return name.slice(0, at) + name.slice(at + 1);
	if (kind === 2) return name.slice(0, at) + letter + name.slice(at + 1);
	return name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2);
}

