import type { ComparedFields } from './knownPerson';

export interface SplitInput {
	/** The known person before the enquiry was put to it, and as it stands now. */
	before: ComparedFields;
	now: ComparedFields;
	/** What the enquiry says of its own person. */
	own: ComparedFields;
	/** What the person's other enquiries say. */
	others: readonly ComparedFields[];
	/** Whether a record of the person says that it opted out. */
	optedOut: boolean;
}

/**
 * The known person without an enquiry of somebody else. A value goes back to what stood before when it came with that
 * enquiry; what another enquiry said too, or what came later from elsewhere, stays. So does an opt-out of its own.
 */
export function splitPerson({ before, now, own, others, optedOut }: SplitInput): ComparedFields {
	const fields: ComparedFields = {};
	for (const field of new Set([...Object.keys(now), ...Object.keys(before)])) {
		const current = now[field] ?? null;
		const earlier = before[field] ?? null;
		const came = current !== earlier && current !== null && own[field] === current && !others.some((other) => other[field] === current);
		const value = came ? earlier : current;
		if (value !== null) fields[field] = value;
	}
	if (optedOut) fields['consent.email'] = 'no';
	return fields;
}
