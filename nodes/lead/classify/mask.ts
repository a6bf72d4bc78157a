import type { LeadFields } from '../handoffRecord';
import { findPersonal, type PersonalKind } from './personalShapes';

/** Text in which personal values stand as marks such as `[EMAIL_1]`. */
export interface Mask {
	/** Replaces personal values; the same value gets the same mark in every text. */
	hide(text: string): string;
	/** Puts the values back, in any text that holds the marks. */
	restore(text: string): string;
}

/**
 * Hides e-mail addresses, phone, card and account numbers, street addresses, the lead's own name and address, and names
 * that the text itself shows to be names: after a title, "my name is", or under a greeting. Company names stay: the
 * intent needs them. `restore(hide(text))` is `text` for every text.
 *
 * @param texts - All texts that will be hidden, so that no mark is used that the lead wrote.
 */
export function createMask(lead: LeadFields, texts: readonly string[]): Mask {
	const markOf = new Map<string, string>();
	const valueOf = new Map<string, string>();
	const count: Partial<Record<PersonalKind, number>> = {};
	// a name that a text introduces is hidden wherever else it stands
	const known = [...knownValues(lead), ...texts.flatMap((text) => [...findPersonal(text)].filter(({ kind }) => kind === 'NAME').map(({ kind, start, end }) => ({ kind, value: text.slice(start, end) })))];

	function mark(kind: PersonalKind, value: string): string {
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
			const found = [...findPersonal(text), ...findKnown(text, known)].sort((a, b) => a.start - b.start || b.end - a.end);
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

interface KnownValue {
	kind: PersonalKind;
	value: string;
}

function* findKnown(text: string, known: readonly KnownValue[]): Iterable<{ kind: PersonalKind; start: number; end: number }> {
	for (const { kind, value } of known) {
		const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'giu');
		for (const { 0: match, index } of text.matchAll(pattern)) yield { kind, start: index, end: index + match.length };
	}
}

function knownValues(lead: LeadFields): KnownValue[] {
	const streets = Object.entries(lead.custom).filter(([label]) => /street|address|adresse|stra(ss|ß)e|anschrift|rue\b/i.test(label)).map(([, value]) => value);
	return [
		...valuesOf('NAME', [lead.fullName, lead.firstName, lead.lastName]),
		...valuesOf('ADDRESS', [lead.postalCode, ...streets]),
	];
}

function valuesOf(kind: PersonalKind, values: readonly unknown[]): KnownValue[] {
	return values.filter((value) => typeof value === 'string' && value.length > 1 && value.length <= 200).map((value) => ({ kind, value: value as string }));
}
