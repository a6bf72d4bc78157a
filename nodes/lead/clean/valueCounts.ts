import type { Comparable } from './comparable';
import type { Frequencies } from './weights';

/** Fields whose values are counted, by the name of their comparison. */
const countedFields = ['street', 'city', 'postalCode', 'houseNumber', 'region', 'country', 'company', 'phone'] as const;
/** A power of two; values share a place when their hashes do, which makes a rare value at worst a little less rare. */
const mostPlaces = 2 ** 21;
const fewestPlaces = 2 ** 12;
/** What a place holds; a value that frequent says nothing anyway. */
const mostCounted = 65_535;
/** Fewer entries than this show no frequency. */
const fewest = 200;

/** How often each value of each field stands in a list, counted in little memory. */
export class ValueCounts implements Frequencies {
	private readonly places: number;
	private readonly counts = new Map<string, Uint16Array>();
	private readonly totals = new Map<string, number>();
	/** Counted once, after all were added. */
	private readonly chances = new Map<string, number>();

	/** @param persons - About how many will be counted. */
	constructor(readonly persons: number) {
		this.places = Math.min(mostPlaces, Math.max(fewestPlaces, 2 ** Math.ceil(Math.log2(persons * 4 + 1))));
	}

	add(person: Comparable): void {
		this.count('firstName', person.first);
		this.count('lastName', person.last);
		if (person.mailbox !== '') this.count('email', `${person.mailbox}@${person.mailDomain}`);
		for (const name of countedFields) this.count(name, person[name]);
		for (const { key, value } of person.also) this.count(key, value);
	}

	/** One's own entry is no chance: a value that one person has counts as if another had it once. */
	shareOf(name: string, value: string): number | undefined {
		const total = this.totals.get(name) ?? 0;
		const found = this.counts.get(name)?.[hashText(value, this.places)] ?? 0;
		return found === 0 || total < fewest ? undefined : Math.max(found - 1, 1) / total;
	}

	/** Chance that two entries who both say something say the same; undefined for a list too short to show it. */
	chanceOfSame(name: string): number | undefined {
		const total = this.totals.get(name) ?? 0;
		if (total < fewest) return undefined;
		const known = this.chances.get(name);
		if (known !== undefined) return known;
		let pairs = 0;
		for (const found of this.counts.get(name) ?? []) pairs += found * (found - 1);
		// pairs that only share a place
		const chance = Math.max(pairs / (total * (total - 1)) - 1 / this.places, 1 / (total * (total - 1)));
		this.chances.set(name, chance);
		return chance;
	}

	private count(name: string, value: string): void {
		if (value === '') return;
		let counts = this.counts.get(name);
		if (!counts) this.counts.set(name, (counts = new Uint16Array(this.places)));
		const place = hashText(value, this.places);
		if (counts[place] < mostCounted) counts[place]++;
		this.totals.set(name, (this.totals.get(name) ?? 0) + 1);
	}
}

/** FNV-1a of a text with a last mix, from 0 to below `places`, a power of two. */
export function hashText(text: string, places: number, seed = 0x811c9dc5): number {
	return mix(feed(seed, text)) & (places - 1);
}

/** The state of the hash after a text. */
export function feed(state: number, text: string): number {
	let hash = state;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash;
}

/** Spreads a state over 32 bits, unsigned. */
export function mix(state: number): number {
	let hash = state ^ (state >>> 16);
	hash = Math.imul(hash, 0x85ebca6b);
	hash ^= hash >>> 13;
	hash = Math.imul(hash, 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
