import type { ComparedFields, KnownPerson, PersonKey } from '../lead/clean/knownPerson';
import type { Moment } from '../lead/handoffRecord';
import type { Scope } from './ledger';

/** A record of a CRM, sheet or file as the ledger looks it up. */
export interface RecordToFind {
	/** The record's id in its system, or what stands for one. */
	recordId: string;
	/** Ids by system; of a record without an id, none. */
	externalIds: Record<string, string>;
	/** Only of a mailbox that one person reads. */
	emailKey?: string;
	/** E.164; only used to know an erased person again. */
	phone?: string;
	/** Of all that the record says: equal when nothing changed. */
	digest: string;
}

/**
 * What the ledger knows of one record. `erased`: its person was erased and did not come back; it must not be loaded.
 * A `person` is the one to update; absent for a new one.
 */
export type FoundRecord =
	| { status: 'new' | 'unchanged' | 'erased' }
	| { status: 'known'; person: KnownPerson };

export interface FoundRecords {
	/** In the order asked. */
	found: FoundRecord[];
	/** Pass it back to `writeKnownRecords`. */
	asOf: number;
}

export interface RecordToWrite extends RecordToFind {
	/** Of a new person, or of the known one. */
	personId: string;
	/** What the known person was when it was read: written over only if it is still so. Absent: the person is new. */
	expected?: { enquiries: number; updatedAt: Moment };
	/** As the person is remembered from now on. */
	fields: ComparedFields;
	customerStatus?: string;
	ownerId?: string;
	optedOut: boolean;
	keys: PersonKey[];
}

export interface WriteKnownRecordsInput extends Scope {
	system: string;
	at: Moment;
	asOf: number;
	/** At most a few hundred, each `recordId` once. */
	records: RecordToWrite[];
}

/** Records that were in a CRM or sheet before any lead came: they have no touches, no clocks and no leads. */
export interface KnownRecordsLedger {
	/** Finds the person of each record: by its id, else by the mailbox that one person reads and no other record of the system has. */
	findKnownRecords(scope: Scope, system: string, records: RecordToFind[]): Promise<FoundRecords>;
	/**
	 * Writes records in one short transaction; gives for each whether it was written. One whose person changed since it was
	 * read, or that got a person meanwhile, is not: find and write it again.
	 */
	writeKnownRecords(input: WriteKnownRecordsInput): Promise<boolean[]>;
	/** How many records are loaded, by system; nothing of systems that have none. */
	countKnownRecords(scope: Scope): Promise<Record<string, number>>;
	/** Whether any record is loaded. */
	hasKnownRecords(scope: Scope): Promise<boolean>;
}
