import { DateTime, FixedOffsetZone, type Zone } from 'luxon';
import { foldLetters, foldText, toOneLine } from '../../foldText';
import { monthOf } from '../../monthNames';

/** In which order a sheet writes day and month where both are numbers. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** A moment as a sheet tells it. */
export interface SheetMoment {
	/** Epoch milliseconds; of a day alone its beginning. */
	at: number;
	/** Whether only a day was written: minutes can't be counted from it. */
	dayOnly: boolean;
	/** Whether the zone was assumed. */
	zoneAssumed: boolean;
}

/** `ambiguous`: day and month may be either. `unreadable`: no moment that this reads. */
export type SheetFault = 'ambiguous' | 'unreadable';

/** Minutes east of Greenwich of the names that sheets write; names of several zones, such as IST, are not read. */
const zoneMinutes: Record<string, number> = {
	z: 0, utc: 0, gmt: 0, wet: 0, west: 60, bst: 60, cet: 60, cest: 120, mez: 60, mesz: 120, eet: 120, eest: 180,
	est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420,
};
/** Words that may stand around date and time: `um`, `Uhr`, `at`, `à` and their like, and the weekdays of seven languages, folded. */
const around = new Set((
	'um uhr at on a as le el il op om den kl de del of h hr hrs alle ore horas '
	+ 'mo mon montag monday di die dienstag tue tues tuesday mi mit mittwoch wed wednesday do don donnerstag thu thur thurs thursday fr fre freitag fri friday sa sam samstag sonnabend sat saturday so son sonntag sun sunday '
	+ 'lun lundi mar mardi mer mercredi jeu jeudi ven vendredi samedi dim dimanche lunes martes mie miercoles jue jueves vie viernes sab sabado dom domingo '
	+ 'lunedi martedi mercoledi gio giovedi venerdi sabato domenica seg segunda ter terca qua quarta qui quinta sex sexta feira ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag'
).split(' '));
/** Days between 1899-12-30, from which spreadsheets count, and 1970-01-01. */
const sheetEpochDays = 25_569;
const dayMs = 86_400_000;
const longestText = 80;

const numeric = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)/;

/**
 * Which order the dates of one column have, from those in which only one is possible; undefined when none of them tells,
 * or when they contradict each other. Dates with dots are always day first.
 */
export function orderOf(values: Iterable<unknown>): DateOrder | undefined {
	const found = new Set<DateOrder>();
	for (const value of values) {
		const [, first, separator, second] = typeof value === 'string' ? numeric.exec(value.trim().slice(0, longestText)) ?? [] : [];
		if (first === undefined || separator === '.') continue;
		if (Number(first) > 12) found.add('dayFirst');
		else if (Number(second) > 12) found.add('monthFirst');
	}
	return found.size === 1 ? [...found][0] : undefined;
}

/**
 * A date and time as people, CRMs and spreadsheets write it: ISO 8601, `23.11.2026 14:05 Uhr`, `11/23/2026 2:05 PM`, `23 nov. 2026 à
 * 14h05`, `Nov 23, 2026, 2:05 PM EST`, seconds or milliseconds since 1970, the number of a day as spreadsheets keep it. Never guesses: `03/04/2026`
 * without a known order is `ambiguous`, and whatever holds a word that it does not know is `unreadable`.
 *
 * @param zone - For times that name none.
 * @returns Undefined for an empty cell.
 */
export function readSheetMoment(value: unknown, { order, zone }: { order?: DateOrder; zone: string }): SheetMoment | SheetFault | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'unreadable' : { at: value.getTime(), dayOnly: false, zoneAssumed: false };
	if (typeof value === 'number') return ofNumber(value, zone);
	if (typeof value !== 'string') return value === null || value === undefined ? undefined : 'unreadable';
	const text = toOneLine(value.slice(0, longestText * 2));
	if (/^[-–—]*$/.test(text) || /^(?:n\/?a|null|none|kein\w*|never|nie|jamais|nunca|mai)$/i.test(text)) return undefined;
	if (text.length > longestText) return 'unreadable';
	if (/^\d{5}(?:[.,]\d+)?$|^\d{10}(?:\d{3})?$/.test(text)) return ofNumber(Number(text.replace(',', '.')), zone);
	const day = readDay(text, order);
	if (typeof day === 'string') return day;
	const rest = readRest(day.rest);
	if (!rest) return 'unreadable';
	const { time, offset } = rest;
	const place: Zone | string = offset === undefined ? zone : FixedOffsetZone.instance(offset);
	const moment = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, ...time }, { zone: place });
	return moment.isValid ? { at: moment.toMillis(), dayOnly: time === undefined, zoneAssumed: offset === undefined } : 'unreadable';
}

interface Day {
	year: number;
	month: number;
	day: number;
	/** What stands behind it, or around it. */
	rest: string;
}

function readDay(text: string, order: DateOrder | undefined): Day | SheetFault {
	const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text);
	if (iso) return { year: Number(iso[1]), month: Number(iso[3]), day: Number(iso[4]), rest: text.slice(iso[0].length).replace(/^T/, ' ') };
	const plain = text.replace(/^\p{L}+\.?,?\s+(?=\d)/u, (word) => (around.has(foldText(word)) ? '' : word));
	const found = numeric.exec(plain);
	if (found) {
		const [whole, first, separator, second, year] = found;
		const [one, two] = [Number(first), Number(second)];
		const isDayFirst = separator === '.' || one > 12 || one === two || (two <= 12 && order === 'dayFirst');
		if (!isDayFirst && two <= 12 && order === undefined) return 'ambiguous';
		return { year: fullYear(year), month: isDayFirst ? two : one, day: isDayFirst ? one : two, rest: plain.slice(whole.length) };
	}
	return readNamedDay(text);
}

/** `23. November 2026 …`, `Nov 23, 2026 …`, `23-Nov-26 …`, `Montag, 23. November 2026 …`. */
function readNamedDay(text: string): Day | SheetFault {
	const folded = foldLetters(text);
	const dayFirst = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|o)?[\s-]+(?:de\s+|of\s+)?(\p{L}{3,})\.?,?[\s-]+(?:de\s+|del\s+)?(\d{4}|\d{2})(?![\d:.h])/u.exec(folded);
	const monthFirst = dayFirst ? null : /(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/u.exec(folded);
	const found = dayFirst ?? monthFirst;
	if (!found) return 'unreadable';
	const [word, day] = dayFirst ? [found[2], found[1]] : [found[1], found[2]];
	const month = monthOf(word);
	if (month === 0) return 'unreadable';
	return { year: fullYear(found[3]), month, day: Number(day), rest: `${folded.slice(0, found.index)} ${folded.slice(found.index + found[0].length)}` };
}

function fullYear(text: string): number {
	return text.length === 2 ? 2000 + Number(text) : Number(text);
}

/** Time and zone beside a date; undefined when there is a word that belongs to neither. */
function readRest(text: string): { time?: { hour: number; minute: number; second: number }; offset?: number } | undefined {
	let rest = text;
	let time: { hour: number; minute: number; second: number } | undefined;
	const clock = /(?<![\d+-])(\d{1,2})(?:[:.h]\s?(\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?|(?=\s?[ap]\.?m))(?:\s?([ap])\.?m\.?)?(?!(?!z\b)[\p{L}\d])/iu.exec(rest);
	if (clock) {
		const [whole, hour, minute = '0', second = '0', half] = clock;
		const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
		if (hours > 23 || Number(minute) > 59 || Number(second) > 59 || (half !== undefined && (Number(hour) > 12 || Number(hour) === 0))) return undefined;
		time = { hour: hours, minute: Number(minute), second: Number(second) };
		rest = `${rest.slice(0, clock.index)} ${rest.slice(clock.index + whole.length)}`;
	}
	let offset: number | undefined;
	const shift = /(?:\b(?:utc|gmt)\s?)?([+-])(\d{1,2}):?(\d{2})?(?!\d)/i.exec(rest);
	if (shift) {
		offset = (shift[1] === '-' ? -1 : 1) * (Number(shift[2]) * 60 + Number(shift[3] ?? 0));
		if (Math.abs(offset) > 14 * 60) return undefined;
		rest = rest.replace(shift[0], ' ');
	}
	for (const word of foldText(rest).split(' ')) {
		if (word === '' || around.has(word)) continue;
		if (offset !== undefined || !Object.hasOwn(zoneMinutes, word)) return undefined;
		offset = zoneMinutes[word];
	}
	return { ...(time === undefined ? {} : { time }), ...(offset === undefined ? {} : { offset }) };
}

/** Days since 1899-12-30 by the clock on the wall, or seconds or milliseconds since 1970. */
function ofNumber(value: number, zone: string): SheetMoment | SheetFault {
	if (value >= 30_000 && value < 80_000) {
		const wall = new Date(Math.round((value - sheetEpochDays) * dayMs / 1000) * 1000);
		const moment = DateTime.fromISO(wall.toISOString().slice(0, 19), { zone });
		return moment.isValid ? { at: moment.toMillis(), dayOnly: Number.isInteger(value), zoneAssumed: true } : 'unreadable';
	}
	if (value >= 946_684_800 && value < 4_102_444_800) return { at: value * 1000, dayOnly: false, zoneAssumed: false };
	return value >= 946_684_800_000 && value < 4_102_444_800_000 ? { at: value, dayOnly: false, zoneAssumed: false } : 'unreadable';
}
