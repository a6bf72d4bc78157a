import type { MergePlanEntry } from '../handoffRecord';
import type { ComparedFields } from './knownPerson';

/** Which of two values of one field stays. */
export const winners = ['newest', 'oldest', 'mostComplete', 'source', 'union'] as const;
export type Winner = (typeof winners)[number];

/** The operator's choice. */
export interface Winners {
	/** For fields without a choice of their own. */
	usual: Winner;
	byField: Readonly<Record<string, Winner>>;
	/** For `source`: names of form tools and systems of known records, best first. Others come after them. */
	sources: readonly string[];
}

const newest: Winners = { usual: 'newest', byField: {}, sources: [] };

/** Follow from other fields, or are for matching only: not shown in the plan. */
const derived = new Set(['emailKey', 'emailDomain', 'companyKey', 'companyDomain', 'phoneType', 'sharedEmail', 'timeZone', 'recordedBy']);
/** A derived value moves with the value it was made from. */
const madeFrom: Record<string, string> = { emailKey: 'email', emailDomain: 'email', sharedEmail: 'email', companyKey: 'company', companyDomain: 'company', phoneType: 'phone' };
/** First, last and full name are one choice: half a name of each would be nobody's. */
const asOne: Record<string, string> = { firstName: 'fullName', lastName: 'fullName' };
const betweenValues = '; ';

/**
 * Which value of each field wins when a lead joins a known person, as the operator chose: the newest non-empty one unless
 * said otherwise. Whatever was chosen, the first touch of the source stays, a phone number that could be read is not
 * replaced by one that could not, and an opt-out is never turned into a consent.
 *
 * @returns `fields` as the person is remembered afterwards; `plan` holds only the fields that differ, and nothing was written.
 */
export function planMerge(known: ComparedFields, incoming: ComparedFields, choice: Winners = newest): { fields: ComparedFields; plan: MergePlanEntry[] } {
	const fields: ComparedFields = {};
	const plan: MergePlanEntry[] = [];
	for (const field of new Set([...Object.keys(known), ...Object.keys(incoming)])) {
		const before = nonEmpty(known[field]);
		const now = nonEmpty(incoming[field]);
		const { result, because } = decide(field, before, now, { known, incoming, choice });
		fields[field] = result;
		if (before !== now && now !== null && !derived.has(field)) plan.push({ field, known: before, incoming: now, result, because });
	}
	return { fields, plan };
}

interface Both {
	known: ComparedFields;
	incoming: ComparedFields;
	choice: Winners;
}

interface Decided {
	result: string | null;
	because: string;
}

function decide(field: string, known: string | null, incoming: string | null, both: Both): Decided {
	if ((field === 'phone' || field === 'phoneType') && isWorsePhone(both.known, both.incoming)) return { result: known, because: 'the new number could not be read' };
	const source = madeFrom[field];
	if (source !== undefined) {
		const made = decide(source, nonEmpty(both.known[source]), nonEmpty(both.incoming[source]), both).result;
		const stays = made === nonEmpty(both.known[source]) || made !== nonEmpty(both.incoming[source]);
		return { result: stays ? known ?? incoming : incoming, because: 'follows its own field' };
	}
	if (field.startsWith('firstTouch.')) return hasFirstTouch(both.known) ? { result: known, because: 'the first touch stays' } : { result: incoming, because: 'the known person had no first touch' };
	if (field.startsWith('consent.') && known === 'no') return { result: 'no', because: 'an opt-out stays' };
	if (incoming === null) return { result: known, because: 'the new enquiry does not say' };
	if (known === null) return { result: incoming, because: 'was empty' };
	// consent is the person's newest word, and no matter of choice
	if (field.startsWith('consent.')) return { result: incoming, because: 'newest value' };
	return choose(field, known, incoming, both);
}

function choose(field: string, known: string, incoming: string, { known: ofKnown, incoming: ofIncoming, choice }: Both): Decided {
	const { usual, byField, sources } = choice;
	const winner = byField[field] ?? byField[asOne[field] ?? field] ?? usual;
	const takeNewest: Decided = { result: incoming, because: 'newest value' };
	if (winner === 'oldest') return { result: known, because: 'oldest value' };
	if (winner === 'mostComplete') return completeness(incoming) > completeness(known) ? { result: incoming, because: 'more complete' } : { result: known, because: completeness(incoming) === completeness(known) ? 'as complete, and there first' : 'more complete' };
	if (winner === 'source') {
		const before = place(sources, ofKnown.recordedBy);
		const now = place(sources, ofIncoming.recordedBy);
		if (before === now) return takeNewest;
		return before < now ? { result: known, because: 'from the preferred source' } : { result: incoming, because: 'from the preferred source' };
	}
	// an address or number must stay one that can be written to
	if (winner === 'union' && !singleFields.has(field)) {
		const values = [...new Set([...known.split(betweenValues), ...incoming.split(betweenValues)])];
		return { result: values.join(betweenValues), because: 'both values kept' };
	}
	return takeNewest;
}

const singleFields = new Set(['email', 'phone', 'firstName', 'lastName', 'fullName', 'country', 'language', 'timeZone', 'recordedBy']);

function place(sources: readonly string[], source: string | null | undefined): number {
	const at = sources.findIndex((one) => one.toLowerCase() === (source ?? '').toLowerCase());
	return at < 0 ? sources.length : at;
}

/** Words, then letters: `Ada Lovelace` is more than `A. Lovelace`. */
function completeness(value: string): number {
	return value.split(/\s+/).filter((word) => word.replace(/\W/g, '').length > 1).length * 1_000 + value.length;
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
