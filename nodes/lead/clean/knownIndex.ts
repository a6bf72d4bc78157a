import type { CappedKey, KnownPerson, PersonKey } from './knownPerson';

/** Known persons of one run, found by their keys. Each key gives at most `capPerKey` persons and says when it has more. */
export class KnownIndex {
	private readonly personsOf = new Map<string, KnownPerson[]>();
	private readonly counts = new Map<string, number>();

	constructor(private readonly capPerKey: number) {}

	add(person: KnownPerson, keys: readonly PersonKey[]): void {
		for (const { kind, value } of keys) {
			const key = `${kind} ${value}`;
			const persons = this.personsOf.get(key) ?? [];
			this.personsOf.set(key, persons);
			const known = persons.findIndex(({ personId }) => personId === person.personId);
			if (known >= 0) {
				persons[known] = person;
				continue;
			}
			if (persons.length < this.capPerKey) persons.push(person);
			this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
		}
	}

	find(keys: readonly PersonKey[]): { persons: KnownPerson[]; cappedKeys: CappedKey[] } {
		const persons = new Map<string, KnownPerson>();
		const cappedKeys: CappedKey[] = [];
		for (const { kind, value } of keys) {
			const key = `${kind} ${value}`;
			for (const person of this.personsOf.get(key) ?? []) persons.set(person.personId, person);
			const count = this.counts.get(key) ?? 0;
			if (count > this.capPerKey) cappedKeys.push({ kind, value, persons: count });
		}
		return { persons: [...persons.values()], cappedKeys };
	}
}
