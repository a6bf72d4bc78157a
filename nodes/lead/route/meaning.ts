import { DateTime } from 'luxon';
import { foldLetters } from '../foldText';
import type { NumberRange } from '../handoffRecord';

const yesWords = new Set(['true', 'yes', 'y', '1', 'on', 'ja', 'oui', 'si']);
const noWords = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'non']);

/** Text for comparison: no case, no accents, single spaces; punctuation counts. `Müller ` and `MULLER` are one. */
export function fold(text: string): string {
	// plain letters, as most values are, need no taking apart
	const letters = /^[\x20-\x7E]*$/.test(text) ? text.toLowerCase() : foldLetters(text);
	return letters.replace(/\s+/g, ' ').trim();
}

/** Yes or no in numbers and in English, German, French and Spanish words; undefined for anything else. */
export function toBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' || typeof value === 'number' ? fold(String(value)) : '';
	if (yesWords.has(word)) return true;
	return noWords.has(word) ? false : undefined;
}

/** `toBoolean` of words only: `1` and `0` in text may be numbers, `y`, `n`, `on` and `off` may be names. */
export function toYesOrNo(text: string): boolean | undefined {
	const word = fold(text);
	return word.length > 1 && word !== 'on' && word !== 'off' ? toBoolean(word) : undefined;
}

/** Both bounds are included; an open side is infinite. */
export interface Bounds {
	min: number;
	max: number;
}

/**
 * A number, a range of the record, or text such as `50`, `1,200`, `50-200`, `500+`; undefined when it is none.
 * Does not take the decimal comma, because `1,200` is read as twelve hundred.
 */
export function toBounds(value: unknown): Bounds | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? { min: value, max: value } : undefined;
	if (typeof value === 'string') return textToBounds(value.trim());
	if (!isRange(value)) return undefined;
	return value.min === null && value.max === null ? undefined : { min: value.min ?? -Infinity, max: value.max ?? Infinity };
}

/** Moment of an ISO 8601 date or time, in milliseconds; without a zone of its own it is read in `timeZone`. */
export function toMoment(value: unknown, timeZone: string): number | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(value)) return undefined;
	const moment = DateTime.fromISO(value.replace(' ', 'T'), { zone: timeZone });
	return moment.isValid ? moment.toMillis() : undefined;
}

/** Whether the lead lacks the value: nothing, blank text, an empty list, a range without bounds. */
export function isMissing(value: unknown): boolean {
	if (value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value))) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.length === 0;
	if (typeof value !== 'object') return false;
	return Object.keys(value).length === 0 || (isRange(value) && value.min === null && value.max === null);
}

const number = '(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|-?\\d+(?:\\.\\d+)?)';
const numberOrRange = new RegExp(`^${number}\\s*(\\+|[-–]\\s*${number})?$`);

function textToBounds(text: string): Bounds | undefined {
	const [, first, tail] = numberOrRange.exec(text.slice(0, 60)) ?? [];
	if (first === undefined) return undefined;
	const min = Number(first.replaceAll(',', ''));
	if (tail === undefined) return { min, max: min };
	if (tail === '+') return { min, max: Infinity };
	const max = Number(tail.slice(1).trim().replaceAll(',', ''));
	return max >= min ? { min, max } : undefined;
}

function isRange(value: unknown): value is NumberRange {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'min') || !Object.hasOwn(value, 'max')) return false;
	const { min, max } = value as Record<string, unknown>;
	return [min, max].every((bound) => bound === null || (typeof bound === 'number' && !Number.isNaN(bound)));
}
