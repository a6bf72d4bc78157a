import type { MergePlanEntry } from '../handoffRecord';
import type { ComparedFields } from './knownPerson';

/** Follow from other fields, or are for matching only: not shown in the plan. */
const derived = new Set(['emailKey', 'emailDomain', 'companyKey', 'companyDomain', 'phoneType', 'sharedEmail', 'timeZone']);
/** A derived value moves with the value it was made from. */
const madeFrom: Record<string, string> = { emailKey: 'email', emailDomain: 'email', sharedEmail: 'email', companyKey: 'company', companyDomain: 'company', phoneType: 'phone' };

/**
 * Which value of each field wins when a lead joins a known person: the newest non-empty one, but the first touch of the
 * source stays, a phone number that could be read is not replaced by one that could not, and an opt-out is never turned
 * into a consent.
 *
 * @returns `fields` as the person is remembered afterwards; `plan` holds only the fields that differ.
 */
export function planMerge(known: ComparedFields, incoming: ComparedFields): { fields: ComparedFields; plan: MergePlanEntry[] } {
	const fields: ComparedFields = {};
	const plan: MergePlanEntry[] = [];
	for (const field of new Set([...Object.keys(known), ...Object.keys(incoming)])) {
		const before = nonEmpty(known[field]);
		const now = nonEmpty(incoming[field]);
		const { result, because } = decide(field, before, now, known, incoming);
		fields[field] = result;
		if (before !== now && now !== null && !derived.has(field)) plan.push({ field, known: before, incoming: now, result, because });
	}
	return { fields, plan };
}

function decide(field: string, known: string | null, incoming: string | null, allKnown: ComparedFields, allIncoming: ComparedFields): { result: string | null; because: string } {
	if ((field === 'phone' || field === 'phoneType') && isWorsePhone(allKnown, allIncoming)) return { result: known, because: 'the new number could not be read' };
	const source = madeFrom[field];
	if (source !== undefined) {
		const sourceStays = nonEmpty(allIncoming[source]) === null || (nonEmpty(allKnown[source]) !== null && allKnown[source] === allIncoming[source]);
		return { result: sourceStays ? known ?? incoming : incoming, because: 'follows its own field' };
	}
	if (field.startsWith('firstTouch.')) return hasFirstTouch(allKnown) ? { result: known, because: 'the first touch stays' } : { result: incoming, because: 'the known person had no first touch' };
	if (field.startsWith('consent.') && known === 'no') return { result: 'no', because: 'an opt-out stays' };
	if (incoming === null) return { result: known, because: 'the new enquiry does not say' };
	if (known === null) return { result: incoming, because: 'was empty' };
	return { result: incoming, because: 'newest value' };
}

/** The parts of a first touch belong together: a known one is never filled up from a later touch. */
function hasFirstTouch(fields: ComparedFields): boolean {
	return Object.keys(fields).some((field) => field.startsWith('firstTouch.') && nonEmpty(fields[field]) !== null);
}

/** Without its country code a number was not readable, see `comparedFields`. */
function isWorsePhone(known: ComparedFields, incoming: ComparedFields): boolean {
	const now = nonEmpty(incoming.phone);
	return now !== null && !now.startsWith('+') && known.phone?.startsWith('+') === true;
}

function nonEmpty(value: string | null | undefined): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}
