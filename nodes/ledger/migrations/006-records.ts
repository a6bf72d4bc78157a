import type { Migration } from './migrations';

/** Known records, pairs that are never one person, erased persons, and the counts that outlive removed leads. */
export const records: Migration = {
	number: 6,
	name: 'records',
	statements: [
		// one row per record of a CRM or sheet; its key makes a second load of the same record find the same person
		`CREATE TABLE known_records (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			system TEXT NOT NULL,
			record_id TEXT NOT NULL,
			person_id TEXT NOT NULL,
			digest TEXT NOT NULL,
			opted_out INTEGER NOT NULL,
			loaded_at BIGINT NOT NULL,
			PRIMARY KEY (client, test, system, record_id),
			FOREIGN KEY (client, test, person_id) REFERENCES persons (client, test, id) ON DELETE CASCADE
		)`,
		'CREATE INDEX known_records_person ON known_records (client, test, person_id)',
		// each pair stands twice, so that either is found by its own id
		`CREATE TABLE never_match (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			person_id TEXT NOT NULL,
			other_id TEXT NOT NULL,
			decided_at BIGINT NOT NULL,
			PRIMARY KEY (client, test, person_id, other_id)
		)`,
		// what holds instead of a decision that a person corrected; the decision itself stays as it was
		`CREATE TABLE corrections (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			submission_id TEXT NOT NULL,
			stage TEXT NOT NULL,
			section TEXT NOT NULL,
			corrected_at BIGINT NOT NULL,
			PRIMARY KEY (client, test, submission_id, stage),
			FOREIGN KEY (client, test, submission_id, stage) REFERENCES decisions (client, test, submission_id, stage) ON DELETE CASCADE
		)`,
		`CREATE TABLE suppression_keys (
			id TEXT PRIMARY KEY,
			secret TEXT NOT NULL,
			made_at BIGINT NOT NULL
		)`,
		// holds no address: a keyed hash tells an erased person only to who asks with the address itself
		`CREATE TABLE suppressed (
			client TEXT NOT NULL,
			hash TEXT NOT NULL,
			key_id TEXT NOT NULL,
			erased_at BIGINT NOT NULL,
			PRIMARY KEY (client, hash)
		)`,
		// what is left of removed leads: numbers by month, nothing of a person
		`CREATE TABLE removed_counts (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			month TEXT NOT NULL,
			cause TEXT NOT NULL,
			name TEXT NOT NULL,
			value BIGINT NOT NULL,
			PRIMARY KEY (client, test, month, cause, name)
		)`,
		// what the ledger knows of itself, e.g. the counts of a backup; never copied to another
		`CREATE TABLE notes (
			name TEXT PRIMARY KEY,
			value TEXT NOT NULL
		)`,
		'CREATE INDEX events_type ON events (client, test, type, sequence)',
		'CREATE INDEX events_person ON events (client, test, person_id)',
		'CREATE INDEX leads_closed ON leads (client, test, status, last_touch_at, id)',
		'CREATE INDEX turns_lead ON turns (client, test, lead_id)',
	],
};
