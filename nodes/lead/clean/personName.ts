import type { LeadIssue } from '../handoffRecord';
import { changed, type Cleaned } from './cleaned';
import { repairCase } from './nameCase';
import { splitPersonName } from './nameParts';
import { isParticle, isSuffix, isTitle } from './nameWords';
import { cutText, repairLine } from './text';

export interface PersonName {
	firstName: string | null;
	lastName: string | null;
	/** As it is written to the person: without title, with Jr or III. */
	fullName: string | null;
	/** Title that was taken away, e.g. `Frau Dr.`. */
	title: string | null;
}

const longestName = 120;
/** Forms of address that nobody has as a first name. */
const address = /^(?:mr|mrs|ms|mx|dr|prof|herr|herrn|frau|mme|mlle|sra|srta|dhr|mevr)$/i;
const rule = 'name without title, case mended';

/**
 * First, last and full name from whatever the form asked for. Middle names stay with the first name.
 * Case is mended only where a name is all capitals or all small; names in other scripts than Latin stay as they are and
 * are not taken apart, because their order can't be known. One word alone is a first name, except behind a title.
 */
export function readPersonName(given: { fullName: string | null; firstName: string | null; lastName: string | null }): Cleaned<PersonName> {
	const issues: LeadIssue[] = [];
	const clean = (text: string | null) => (text === null ? '' : cutText(repairLine(text), longestName).text);
	let first = clean(given.firstName);
	let last = clean(given.lastName);
	const whole = clean(given.fullName);
	// one of two fields that holds everything, e.g. "Ada Lovelace" in First Name
	const single = last === '' && first.includes(' ') ? first : first === '' && last.includes(' ') && !isParticle(last.split(' ')[0]) ? last : first !== '' && first === last && first.includes(' ') ? first : '';
	const text = single || (first === '' && last === '' ? whole : '');
	let suffix = '';
	let title = '';
	if (text !== '' && isLatin(text)) {
		const parts = splitPersonName(text);
		({ last, suffix, title } = parts);
		first = [parts.first, parts.middle].filter(Boolean).join(' ');
	} else if (text !== '') {
		first = last = '';
	} else {
		({ first, last, suffix, title } = mendFields(first, last));
	}
	const shown = `${first} ${last}`;
	first = repairCase(first, shown, 'first');
	last = repairCase(last, shown, 'last');
	suffix = repairCase(suffix, `${shown} ${suffix}`, 'suffix');
	// a name in another script was not taken apart
	const full = [first, last, suffix].filter(Boolean).join(' ') || text;
	if (full !== '' && !/\p{L}/u.test(full)) {
		issues.push({ field: 'lead.fullName', code: 'NAME_NOT_READABLE', message: 'The name holds no letters', severity: 'warning' });
		return { value: { firstName: null, lastName: null, fullName: null, title: null }, issues, changes: changed('lead.fullName', full, null, 'no letters') };
	}
	return {
		value: { firstName: first || null, lastName: last || null, fullName: full || null, title: title || null },
		issues,
		changes: [
			...changed('lead.firstName', given.firstName, first || null, rule),
			...changed('lead.lastName', given.lastName, last || null, rule),
			...(text === '' ? [] : changed('lead.fullName', given.fullName, full || null, rule)),
		],
	};
}

/** Two fields as they are, without title and suffix; a family name that repeats the first name loses it. */
function mendFields(givenFirst: string, givenLast: string): { first: string; last: string; suffix: string; title: string } {
	const firstWords = givenFirst.split(' ').filter(Boolean);
	let lastWords = givenLast.split(' ').filter(Boolean);
	let from = 0;
	while (from < firstWords.length - 1 && isTitle(firstWords[from], firstWords[from + 1])) from++;
	// "Dr." alone in First Name
	if (from === 0 && firstWords.length === 1 && lastWords.length > 0 && isTitle(firstWords[0], undefined) && (firstWords[0].endsWith('.') || address.test(firstWords[0]))) from = 1;
	const first = firstWords.slice(from).join(' ');
	let fromLast = 0;
	while (fromLast < lastWords.length - 1 && isTitle(lastWords[fromLast], lastWords[fromLast + 1])) fromLast++;
	const title = [...firstWords.slice(0, from), ...lastWords.slice(0, fromLast)].join(' ');
	lastWords = lastWords.slice(fromLast);
	if (first !== '' && lastWords.length > 1 && lastWords[0].toLowerCase() === first.toLowerCase()) lastWords.shift();
	let end = lastWords.length;
	while (end > 1 && isSuffix(lastWords[end - 1], end, lastWords[end - 2])) end--;
	return { first, last: lastWords.slice(0, end).join(' ').replace(/,$/, ''), suffix: lastWords.slice(end).join(' '), title };
}

function isLatin(text: string): boolean {
	return !/(?!\p{Script=Latin})[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/u.test(text);
}
