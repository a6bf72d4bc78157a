import type { Moment, SubmissionState } from '../lead/handoffRecord';

/** Epoch milliseconds of a moment. Throws a RangeError when it is none. */
export function toMillis(moment: Moment): number {
	const millis = Date.parse(moment);
	if (Number.isNaN(millis)) throw new RangeError('not a moment');
	return millis;
}

/** The moment of stored milliseconds, in UTC. */
export function toMoment(millis: number): Moment {
	return new Date(millis).toISOString();
}

/** The moment of stored milliseconds, `null` when there is none. */
export function toMomentOrNull(millis: number | null): Moment | null {
	return millis === null ? null : toMoment(millis);
}

/** JSON text of any value; `undefined` is stored as `null`. */
export function toJson(value: unknown): string {
	return JSON.stringify(value ?? null);
}

/** The value of stored JSON. */
export function fromJson<Value>(text: string): Value {
	return JSON.parse(text) as Value;
}

/** The value of stored JSON, `null` when there is none. */
export function fromJsonOrNull<Value>(text: string | null): Value | null {
	return text === null ? null : fromJson<Value>(text);
}

const stateNumbers: Record<SubmissionState, number> = { captured: 0, decided: 1, assigned: 2, activated: 3 };

/** A state as it is stored: a number that only grows. */
export function toStateNumber(state: SubmissionState): number {
	return stateNumbers[state];
}

/** The state of a stored number. */
export function toState(number: number): SubmissionState {
	return (Object.keys(stateNumbers) as SubmissionState[])[number];
}

/** Text as it is searched: lower case, without accents. */
export function foldForSearch(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** JSON with its keys in order, so that equal documents are equal text. */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) => {
		if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
		return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
	});
}
