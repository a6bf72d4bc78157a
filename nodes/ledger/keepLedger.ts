import type { Moment } from '../lead/handoffRecord';
import type { SqlValue } from './operation';
import type { Scope } from './ledger';

/** Rows by table. */
export type RowCounts = Record<string, number>;

/** What a person is found by. An address as its key for matching, a number in E.164. */
export type PersonToErase = { email: string } | { phone: string } | { system: string; externalId: string } | { leadId: string };

export interface ErasedPerson {
	test: boolean;
	personId: string;
	leadIds: string[];
	/** Ids of the person in other systems, where it must be erased too. */
	externalIds: Record<string, string>;
}

export interface Erasure {
	persons: ErasedPerson[];
	/** Rows that go, or went; only tables that have any. */
	rows: RowCounts;
	/** Executions of n8n that delivered the person's forms, as far as they are known. */
	executionIds: string[];
	/** Values that must be found nowhere afterwards: ids, addresses, numbers. */
	traces: string[];
}

/** `pending`: deleted, but somebody who reads holds the old bytes; run it again. `others`: rows of other people hold a value. */
export type ScrubResult = { state: 'erased' } | { state: 'pending' | 'others'; because: string };

export interface RestoreInput {
	at: Moment;
	/** Rows that must be there, by table; nothing is replaced when one differs. */
	expected: RowCounts;
	/** Overdue clocks are looked at no earlier than this, so that who restores can settle them first. */
	checkClocksFrom: Moment;
}

/** `different`: the tables that hold other counts than expected; nothing was replaced. */
export type RestoreResult = { status: 'replaced'; rows: RowCounts; erasedAgain: number } | { status: 'different'; tables: string[] };

/** What an erased person's submission is known again by. */
export interface SentSubmission {
	/** Its key, as `capture` was given it. */
	key: string;
	sentAt: Moment;
	emailKey: string | null;
	/** E.164. */
	phone: string | null;
}

/** Keeping, moving and forgetting what the ledger holds. */
/** Name of the note of an embedded ledger that was moved to PostgreSQL: the moment. */
export const movedNote = 'movedTo';

export interface KeepLedger {
	/** Closed live leads, and all test leads, whose last touch and event lie before `before`: at most `limit` at once, with all their rows. Anonymous counts stay. */
	applyRetention(input: { client: string; before: Moment; limit: number }): Promise<{ leads: number; persons: number }>;
	/** Numbers of removed leads by month, cause and kind. */
	listRemovedCounts(client: string): Promise<{ month: string; cause: 'retention' | 'erased'; name: string; value: number }[]>;
	/** What would go if this person were erased; nothing is changed. */
	previewErasure(client: string, person: PersonToErase): Promise<Erasure>;
	/** Deletes a person, live and test, with all rows; anonymous counts and a keyed hash stay, so that no backstop, list or backup brings them back. */
	erasePerson(client: string, person: PersonToErase, at: Moment): Promise<Erasure>;
	/** Whether the person of a submission was erased after it was sent: a run that has it in hand must not write it down again. */
	wasErased(client: string, submission: SentSubmission): Promise<boolean>;
	/** Tables that hold one of these texts anywhere; all tables and columns are looked at. */
	findTraces(texts: string[]): Promise<RowCounts>;

	/** What the ledger knows of itself, e.g. `backup` or `movedTo`; null for nothing. No copy takes it along. */
	getNote(name: string): Promise<string | null>;
	/** Null takes it away. */
	setNote(name: string, value: string | null): Promise<void>;
	/** Rows by table, all clients. */
	countRows(): Promise<RowCounts>;
	/** Rows of one table after a key, in the order of its key. Values as they are stored. */
	readRows(table: string, after: SqlValue[] | undefined, limit: number): Promise<SqlValue[][]>;
	/** Makes room for rows that are to replace the ledger's. What another restore left there is dropped. */
	openStaging(): Promise<void>;
	stageRows(table: string, rows: SqlValue[][]): Promise<void>;
	/** In one transaction: counts what was staged and, if it is what was expected, puts it in the place of all rows. Persons erased here stay erased. */
	replaceByStaged(input: RestoreInput): Promise<RestoreResult>;
	/** Names of steps that count as sent: their time passed while the ledger was away. */
	passSteps(scope: Scope, clockId: string, names: string[], at: Moment): Promise<void>;
}

/** What only a driver can do. */
export interface LedgerFiles {
	/** Makes sure that deleted values are gone from the files or pages too, and says where one still stands. */
	scrub(texts: string[]): Promise<ScrubResult>;
	/** Saves the ledger as it is at one moment as the file of an embedded ledger, while others go on writing. */
	saveTo(file: string): Promise<void>;
	/** All rows as they are at one moment, table by table and page by page, while others go on writing. */
	readAll(take: (table: string, rows: SqlValue[][]) => Promise<void>): Promise<void>;
}
