import { alpha3ToAlpha2, getAlpha2Codes, getName, getSimpleAlpha2Code, registerLocale } from 'i18n-iso-countries/index';
import english from 'i18n-iso-countries/langs/en.json';
import { DateTime } from 'luxon';
import { foldLetters } from '../foldText';
import type { NumberRange } from '../handoffRecord';

registerLocale(english);
const codes = new Set(Object.keys(getAlpha2Codes()));

/** Parts of the United Kingdom that people give as their country; ISO 3166-1 has one code for all. */
const countryAliases: Record<string, string> = { england: 'GB', scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', 'u.k.': 'GB', 'u.s.': 'US', 'u.s.a.': 'US', america: 'US', holland: 'NL' };

const yesWords = new Set(['true', 'yes', 'y', '1', 'on', 'ja', 'oui', 'si']);
const noWords = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'non']);

/** Text for comparison: no case, no accents, single spaces; punctuation counts. `Müller ` and `MULLER` are one. */
export function fold(text: string): string {
	// plain letters, as most values are, need no taking apart
	const letters = /^[\x20-\x7E]*$/.test(text) ? text.toLowerCase() : foldLetters(text);
	return letters.replace(/\s+/g, ' ').trim();
}

/** ISO 3166-1 alpha-2 of a code or an English name: `UK`, `GBR` and `United Kingdom` are `GB`; undefined when none. */
export function countryCode(text: string): string | undefined {
	// what Lead Normalize writes, and so nearly every lead
	if (codes.has(text)) return text;
	const name = fold(text);
	const upper = name.toUpperCase();
	if (codes.has(upper)) return upper;
	return countryAliases[name] ?? getSimpleAlpha2Code(text.trim(), 'en') ?? (/^[A-Z]{3}$/.test(upper) ? alpha3ToAlpha2(upper) : undefined);
}

/** English name of an ISO 3166-1 code, or the text itself, cut short, when it is none. */
export function countryName(code: string): string {
	return getName(code, 'en') ?? shorten(code, 40);
}

/** Yes or no in numbers and in English, German, French and Spanish words; undefined for anything else. */
export function toBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' || typeof value === 'number' ? fold(String(value)) : '';
	if (yesWords.has(word)) return true;
	return noWords.has(word) ? false : undefined;
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

/** A value as a person reads it, on one line and at most `longest` characters. */
export function toWords(value: unknown, longest = 40): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value)) return shorten(value.map((part) => toWords(part, longest)).join(', '), longest);
	if (typeof value === 'object' && value !== null) {
		const bounds = toBounds(value);
		if (!bounds) return 'a value';
		if (bounds.max === Infinity) return `${bounds.min}+`;
		return bounds.min === -Infinity ? `up to ${bounds.max}` : `${bounds.min}-${bounds.max}`;
	}
	return shorten(String(value ?? ''), longest);
}

/** One line of plain text: no line breaks, no angle brackets (chat apps read commands in them), cut with an ellipsis. */
export function shorten(text: string, longest: number): string {
	// only as much as can be kept is looked at: a message may be a megabyte
	const line = text.slice(0, longest * 4).replace(/[<>\p{C}]/gu, ' ').replace(/\s+/g, ' ').trim();
	const letters = [...line];
	return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('').trimEnd()}…`;
}

function textToBounds(text: string): Bounds | undefined {
	const number = '(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|-?\\d+(?:\\.\\d+)?)';
	const [, first, tail] = new RegExp(`^${number}\\s*(\\+|[-–]\\s*${number})?$`).exec(text.slice(0, 60)) ?? [];
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
