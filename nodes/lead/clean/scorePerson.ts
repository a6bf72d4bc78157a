import type { ComparedFields, KnownPerson } from './knownPerson';
import { scorePair, type PairContext, type PairScore } from './scorePair';

/** Enquiries of one person that a lead is compared with; more would only say the same again. */
const mostEntries = 8;
/** Bits beyond these say no more about whether two entries belong together. */
const leastBits = -10;
const mostBits = 10;
/** Below this mean, in bits, a lead belongs to somebody else who is like one of the entries. */
const leastMean = -4;
const unlike = 0.4;

/**
 * Compares a lead with a person of whom several entries are known: the best pair decides, but a lead that is unlike the
 * others on the whole (average linkage) does not join through the one that it resembles, so that chains of likeness do
 * not grow into one person.
 */
export function scorePerson(lead: ComparedFields, person: KnownPerson, context: PairContext): PairScore {
	const shared = person.sharedKeys ?? [];
	const score = (fields: ComparedFields): PairScore => scorePair(lead, fields, {
		...context, holdsEmail: shared.includes('email'), holdsPhone: shared.includes('phone'),
	});
	const ofPerson = score(person.fields);
	if (!person.entries || person.entries.length === 0) return ofPerson;
	const scores = [...person.entries.slice(0, mostEntries).map(score), ofPerson];
	const best = scores.reduce((one, other) => (other.score > one.score || (other.score === one.score && other.bits > one.bits) ? other : one));
	const mean = scores.reduce((sum, one) => sum + (one.atMost === 'never' ? leastBits : Math.max(leastBits, Math.min(mostBits, one.bits))), 0) / scores.length;
	if (mean >= leastMean || best.agrees.includes('externalId')) return best;
	return { ...best, score: Math.min(best.score, unlike), atMost: best.atMost === 'match' ? 'review' : best.atMost, because: [...best.because, 'unlike the other enquiries of that person'] };
}
