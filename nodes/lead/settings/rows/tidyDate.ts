import { foldText } from '../../foldText';
import { monthOf } from '../../monthNames';

/** Days between 1899-12-30, from which spreadsheets count, and 1970-01-01. */
const sheetEpoch = 25_569;

/**
 * A local date as people and spreadsheets write it, as `2026-12-24`: `24.12.2026`, `24/12/2026`, `12/24/2026`, `24 Dec 2026`,
 * `Dec 24, 2026`, `2026-12-24T00:00:00`, or the number of a day as spreadsheets keep it. With slashes the order of day and
 * month is taken only where one of them can't be a month; else it is `ambiguous`. Undefined when the text is no date.
 */
export function tidyDate(text: string): string | 'ambiguous' | undefined {
	const [, isoDate] = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$/.exec(text) ?? [];
	if (isoDate !== undefined) return isoDate;
	const [, serial] = /^(\d{5})(?:\.0+)?$/.exec(text) ?? [];
	if (serial !== undefined) return new Date((Number(serial) - sheetEpoch) * 86_400_000).toISOString().slice(0, 10);
	const [, first, separator, second, year] = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})$/.exec(text) ?? [];
	if (first !== undefined) {
		if (separator === '.') return dateOf(year, second, first);
		if (Number(first) > 12) return dateOf(year, second, first);
		if (Number(second) > 12 || first === second) return dateOf(year, first, second);
		return 'ambiguous';
	}
	return tidyNamedDate(text);
}

function tidyNamedDate(text: string): string | undefined {
	const words = foldText(text).split(' ').filter((word) => word !== 'de' && word !== 'of');
	if (words.length !== 3) return undefined;
	const [day, name] = /^\d/.test(words[0]) ? [words[0], words[1]] : [words[1], words[0]];
	const month = monthOf(name);
	const [, number] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(day) ?? [];
	return month === 0 || number === undefined || !/^\d{4}$/.test(words[2]) ? undefined : dateOf(words[2], String(month), number);
}

function dateOf(year: string, month: string, day: string): string {
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
