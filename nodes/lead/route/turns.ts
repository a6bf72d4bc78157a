import type { Member } from '../settings/clientSettings';

/** Who is next: member id to the credit that the member has gathered. Members who are not there have no credit. */
export type Turns = Record<string, number>;

type Weighted = Pick<Member, 'id' | 'weight'>;

/**
 * Smooth weighted round robin, as nginx spreads requests (5:1:1 gives a a b a c a a): every present member gains its
 * weight, the highest has the turn and pays the total. Equal weights never differ by more than one turn.
 * Someone new or back from leave starts at the middle of the others, not with arrears; someone away is forgotten.
 *
 * @param members - All that are there, in the team's order, which settles a tie; at least one.
 * @param suited - Those of them who can take this lead, when skill or language leaves only some. The others keep what they
 * have gathered, so that who had to take many special leads gets fewer of the rest, by at most one round.
 */
export function nextTurn<T extends Weighted>(members: readonly T[], turns: Turns, suited: readonly T[] = members): { member: T; next: Turns } {
	const known = members.filter((member) => Number.isFinite(turns[member.id]));
	const middle = known.length === 0 ? 0 : known.reduce((sum, { id }) => sum + turns[id], 0) / known.length;
	const total = members.reduce((sum, { weight }) => sum + weight, 0);
	const next: Turns = {};
	for (const { id, weight } of members) {
		const gathered = (Number.isFinite(turns[id]) ? turns[id] : middle) + weight;
		// without suited leads the sum of all keeps every credit inside these bounds
		next[id] = suited === members ? gathered : Math.min(total, gathered);
	}
	const chosen = suited.reduce((best, member) => (next[member.id] > next[best.id] ? member : best));
	next[chosen.id] -= total;
	if (suited !== members) next[chosen.id] = Math.max(-total, next[chosen.id]);
	return { member: chosen, next };
}

/** A turn that somebody took without being next, as one who keeps a known person does: the others gain, this one pays. */
export function chargeTurn<T extends Weighted>(members: readonly T[], turns: Turns, member: T): Turns {
	return nextTurn(members.some(({ id }) => id === member.id) ? members : [...members, member], turns, [member]).next;
}

/**
 * Weighted rendezvous hash: the same key gives the same member with no state, shares follow the weights, and a member
 * who leaves moves only its own leads. (Schindelhauer and Schomaker, "Weighted distributed hash tables", 2005.)
 */
export function memberByHash<T extends Weighted>(members: readonly T[], key: string): T {
	let chosen = members[0];
	let highest = -Infinity;
	for (const member of members) {
		const score = -member.weight / Math.log(unitHash(`${member.id}\n${key}`));
		if (score > highest) [chosen, highest] = [member, score];
	}
	return chosen;
}

/** The member with the fewest open leads for its weight; a tie goes to the one named first in the team. */
export function leastLoaded<T extends Weighted>(members: readonly T[], openLeads: Readonly<Record<string, number>>): T {
	const load = (member: T): number => (openLeads[member.id] ?? 0) / member.weight;
	return members.reduce((chosen, member) => (load(member) < load(chosen) ? member : chosen));
}

/** A text as a number between 0 and 1, both excluded: 32-bit FNV-1a with MurmurHash3's finalizer. */
function unitHash(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}
