import { walkBlockingKeys } from './blockingKeys';
import { makeComparable } from './comparable';
import type { CappedKey, ComparedFields, KnownPerson, PersonKey } from './knownPerson';
import { matchKeys } from './matchKeys';
import { feed, mix, ValueCounts } from './valueCounts';

/** Persons that were read are kept, so that leads of one batch that meet them read them once. */
const mostKept = 60_000;
const firstRoom = 2 ** 14;

/**
 * A long list of known records, found by their keys. It holds a few numbers a record: a record is read when a lead meets
 * it. Two keys may share a number; then a lead is compared with one person more, and nothing else happens.
 */
export class KnownList {
	/** How often each value stands in the list. */
	readonly counts: ValueCounts;
	/** Records that could be compared. */
	size = 0;
	private hashes = new Uint32Array(firstRoom);
	private rows = new Uint32Array(firstRoom);
	private used = 0;
	private starts = new Uint32Array(0);
	private shift = 0;
	private readonly kept = new Map<number, KnownPerson | undefined>();

	/**
	 * @param count - Number of records.
	 * @param read - Reads the record at an index from 0; undefined when nothing in it can be compared. The same index gives the same person.
	 * @param capPerKey - Most persons given for one key.
	 */
	constructor(readonly count: number, private readonly read: (index: number) => KnownPerson | undefined, private readonly capPerKey: number) {
		this.counts = new ValueCounts(count);
	}

	/** Takes in the record at an index; false when nothing in it can be compared. */
	add(index: number): boolean {
		const person = this.read(index);
		if (!person) return false;
		this.size++;
		const comparable = makeComparable(person.fields);
		this.counts.add(comparable);
		for (const { kind, value } of matchKeys(person.fields, person.externalIds)) this.put(hashKey(kind, value, ''), index);
		const first = this.used;
		walkBlockingKeys(comparable, (kind, one, other) => {
			const hash = hashKey(`block:${kind}`, one, other);
			for (let at = first; at < this.used; at++) if (this.hashes[at] === hash) return;
			this.put(hash, index);
		});
		return true;
	}

	/** Makes the list ready to be searched; nothing is added afterwards. */
	seal(): void {
		const places = 2 ** Math.max(8, Math.ceil(Math.log2(this.used + 1)));
		this.shift = 32 - Math.log2(places);
		const starts = new Uint32Array(places + 1);
		for (let at = 0; at < this.used; at++) starts[(this.hashes[at] >>> this.shift) + 1]++;
		for (let place = 0; place < places; place++) starts[place + 1] += starts[place];
		const next = starts.slice();
		const hashes = new Uint32Array(this.used);
		const rows = new Uint32Array(this.used);
		for (let at = 0; at < this.used; at++) {
			const to = next[this.hashes[at] >>> this.shift]++;
			hashes[to] = this.hashes[at];
			rows[to] = this.rows[at];
		}
		this.starts = starts;
		this.hashes = hashes;
		this.rows = rows;
	}

	/** Persons with one of these keys; a key of more persons than the cap gives the first of them and is named. */
	find(keys: readonly PersonKey[]): { persons: KnownPerson[]; cappedKeys: CappedKey[] } {
		const found = new Set<number>();
		const cappedKeys: CappedKey[] = [];
		if (this.used === 0) return { persons: [], cappedKeys };
		for (const { kind, value } of keys) {
			const bar = kind.startsWith('block:') ? value.indexOf('|') : -1;
			const hash = bar < 0 ? hashKey(kind, value, '') : hashKey(kind, value.slice(0, bar), value.slice(bar + 1));
			const place = hash >>> this.shift;
			let count = 0;
			for (let at = this.starts[place]; at < this.starts[place + 1]; at++) {
				if (this.hashes[at] !== hash) continue;
				if (count < this.capPerKey) found.add(this.rows[at]);
				count++;
			}
			if (count > this.capPerKey) cappedKeys.push({ kind, value, persons: count });
		}
		return { persons: [...found].map((index) => this.person(index)).filter((person) => person !== undefined), cappedKeys };
	}

	/** The person at an index, as it was read; undefined when nothing in it could be compared. */
	person(index: number): KnownPerson | undefined {
		if (this.kept.has(index)) return this.kept.get(index);
		if (this.kept.size >= mostKept) this.kept.clear();
		const person = this.read(index);
		this.kept.set(index, person);
		return person;
	}

	private put(hash: number, index: number): void {
		if (this.used === this.hashes.length) {
			this.hashes = grown(this.hashes);
			this.rows = grown(this.rows);
		}
		this.hashes[this.used] = hash;
		this.rows[this.used++] = index;
	}
}

/** Leads as a list of their own, ready to be searched: what they have in common tells what an agreement is worth among them. */
export function listOfLeads(fields: readonly ComparedFields[], capPerKey: number): KnownList {
	const list = new KnownList(fields.length, (index) => ({ personId: String(index), enquiries: 0, externalIds: {}, fields: fields[index], updatedAt: '' }), capPerKey);
	for (let index = 0; index < fields.length; index++) list.add(index);
	list.seal();
	return list;
}

const kindStates = new Map<string, number>();

function hashKey(kind: string, one: string, other: string): number {
	let state = kindStates.get(kind);
	if (state === undefined) kindStates.set(kind, (state = feed(0x811c9dc5, `${kind} `)));
	state = feed(state, one);
	return mix(other === '' ? state : feed(state, `|${other}`));
}

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(numbers.length * 2);
	larger.set(numbers);
	return larger;
}
