import type { LeadFields } from '../handoffRecord';

/** Text in which personal values stand as marks such as `[EMAIL_1]`. */
export interface Mask {
	/** Replaces personal values; the same value gets the same mark in every text. */
	hide(text: string): string;
	/** Puts the values back, in any text that holds the marks. */
	restore(text: string): string;
}

type Kind = 'EMAIL' | 'PHONE' | 'ACCOUNT' | 'NAME' | 'ADDRESS';

/** Shapes of personal values; every quantifier over free text is bounded, so that a hostile message costs linear time. */
const shapes: { kind: Kind; pattern: RegExp }[] = [
	{ kind: 'EMAIL', pattern: /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu },
	// IBAN, ISO 13616: country, two check digits, up to 30 characters, often in groups of four
	{ kind: 'ACCOUNT', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g },
	{ kind: 'PHONE', pattern: /(?:\+\(?|\(|\b)\d[\d ()./\u00a0-]{5,28}\d\b/g },
];
/** Digit groups that are a date or an amount, which the reader of the message needs. */
const dateOrAmount = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,3}(?:[.\u00a0 ]\d{3})+)$/;
const fewestPhoneDigits = 7;
/** A payment card has 13 to 19 digits (ISO/IEC 7812); a phone number at most 15, rarely over 12. */
const fewestCardDigits = 13;

/**
 * Hides e-mail addresses, phone, card and account numbers, and the lead's own name and address.
 * Company names stay: the intent needs them. Names of other people stay, because no list knows them.
 * `restore(hide(text))` is `text` for every text.
 *
 * @param texts - All texts that will be hidden, so that no mark is used that the lead wrote.
 */
export function createMask(lead: LeadFields, texts: readonly string[]): Mask {
	const markOf = new Map<string, string>();
	const valueOf = new Map<string, string>();
	const count: Partial<Record<Kind, number>> = {};
	const known = knownValues(lead);

	function mark(kind: Kind, value: string): string {
		let given = markOf.get(value);
		while (given === undefined) {
			count[kind] = (count[kind] ?? 0) + 1;
			const next = `[${kind}_${count[kind]}]`;
			if (!texts.some((text) => text.includes(next))) given = next;
		}
		markOf.set(value, given);
		valueOf.set(given, value);
		return given;
	}

	return {
		hide(text) {
			const found = [...findShapes(text), ...findKnown(text, known)].sort((a, b) => a.start - b.start || b.end - a.end);
			let hidden = '';
			let at = 0;
			for (const { kind, start, end } of found) {
				if (start < at) continue;
				hidden += text.slice(at, start) + mark(kind, text.slice(start, end));
				at = end;
			}
			return hidden + text.slice(at);
		},
		restore: (text) => text.replace(/\[(?:EMAIL|PHONE|ACCOUNT|NAME|ADDRESS)_\d+\]/g, (given) => valueOf.get(given) ?? given),
	};
}

interface Found {
	kind: Kind;
	start: number;
	end: number;
}

function* findShapes(text: string): Iterable<Found> {
	for (const { kind, pattern } of shapes) {
		for (const { 0: value, index } of text.matchAll(pattern)) {
			const digits = value.replace(/\D/g, '').length;
			if (kind === 'PHONE' && (digits < fewestPhoneDigits || dateOrAmount.test(value))) continue;
			yield { kind: kind === 'PHONE' && digits >= fewestCardDigits ? 'ACCOUNT' : kind, start: index, end: index + value.length };
		}
	}
}

function* findKnown(text: string, known: { kind: Kind; value: string }[]): Iterable<Found> {
	for (const { kind, value } of known) {
		const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu');
		for (const { 0: match, index } of text.matchAll(pattern)) yield { kind, start: index, end: index + match.length };
	}
}

function knownValues(lead: LeadFields): { kind: Kind; value: string }[] {
	const streets = Object.entries(lead.custom).filter(([label]) => /street|address|adresse|stra(ss|ß)e|anschrift|rue\b/i.test(label)).map(([, value]) => value);
	return [
		...valuesOf('NAME', [lead.fullName, lead.firstName, lead.lastName]),
		...valuesOf('ADDRESS', [lead.postalCode, ...streets]),
	];
}

function valuesOf(kind: Kind, values: readonly unknown[]): { kind: Kind; value: string }[] {
	return values.filter((value) => typeof value === 'string' && value.length > 1 && value.length <= 200).map((value) => ({ kind, value: value as string }));
}
