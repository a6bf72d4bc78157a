import { countryName } from '../../country';
import { fill } from '../../fill';
import { removeInvisible } from '../../foldText';
import type { ScorecardPart } from '../scorecard';
import type { SplitName } from '../tally';
import type { ReportWords } from '../words/reportWords';

/** How parts of splits are called in a report. */
export interface PartNames {
	words: ReportWords;
	/** Owners by id; absent: they are numbered, because names are personal. */
	members?: ReadonlyMap<string, string>;
	/** Owners in the order of their numbers. */
	owners: readonly (string | null)[];
}

/** What a form sent as its campaign may be anything, also somebody's address or number. */
const personal = /[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d\s()./-]{6,}\d/g;
const longestName = 48;

/** The name of a part as a report shows it: no address and no phone number, and of owners their number unless names are wanted. */
export function sayPart(split: SplitName, { value, rest }: Pick<ScorecardPart, 'value' | 'rest'>, { words, members, owners }: PartNames): string {
	if (rest) return words.text.others;
	if (value === null) return words.text.unknown;
	if (split === 'owner') return members?.get(value) ?? (members ? value : fill(words.text.rep, { n: String(owners.indexOf(value) + 1) }));
	if (split === 'tier' && Object.hasOwn(words.tiers, value)) return words.tiers[value as keyof ReportWords['tiers']];
	const [first, ...others] = split === 'form' || split === 'territory' ? value.split('/') : [value];
	const text = removeInvisible([split === 'territory' ? countryName(first, words.locale) ?? first : first, ...others].join(' · ')).replace(personal, '…');
	return text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
}
