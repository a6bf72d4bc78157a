import { KnownIndex } from './knownIndex';
import type { CappedKey, ComparedFields, KnownPerson, PersonKey } from './knownPerson';
import { keysOf, type MatchDecision } from './matchLeads';

/** Entries kept of one person: what the last enquiries said, each for itself. */
const mostEntries = 8;

/** The persons of one run, with what each of their enquiries said. */
export class RunPersons {
	private readonly index: KnownIndex;
	private readonly known = new Map<string, KnownPerson>();

	constructor(capPerKey: number) {
		this.index = new KnownIndex(capPerKey);
	}

	/** Takes in a decided lead: its person gets one entry and one enquiry more. */
	add(lead: { fields: ComparedFields; at: string }, { personId, leadId, fields, match }: MatchDecision): void {
		const before = this.known.get(personId);
		const person: KnownPerson = {
			personId,
			openLead: { leadId, openedAt: before?.openLead?.leadId === leadId ? before.openLead.openedAt : lead.at, lastTouchAt: lead.at },
			enquiries: (before?.enquiries ?? 0) + 1,
			fields,
			entries: [lead.fields, ...(before?.entries ?? [])].slice(0, mostEntries),
			externalIds: { ...before?.externalIds, ...match.externalIds },
			customerStatus: match.customerStatus ?? before?.customerStatus,
			ownerId: match.existingOwner ?? before?.ownerId,
			updatedAt: lead.at,
		};
		this.known.set(personId, person);
		this.index.add(person, keysOf(lead.fields, match.externalIds));
	}

	find(keys: readonly PersonKey[]): { persons: KnownPerson[]; cappedKeys: CappedKey[] } {
		const { persons, cappedKeys } = this.index.find(keys);
		// a person may have grown since it was put under this key
		return { persons: persons.map(({ personId }) => this.known.get(personId)).filter((person) => person !== undefined), cappedKeys };
	}
}
