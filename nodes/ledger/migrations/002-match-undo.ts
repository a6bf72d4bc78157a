import type { Migration } from './migrations';

/** What stood before a match, so that the match can be taken back: of test leads always, of live ones when they joined somebody. */
export const matchUndo: Migration = {
	number: 2,
	name: 'match undo',
	statements: [
		`CREATE TABLE match_undo (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			submission_id TEXT NOT NULL,
			person_id TEXT NOT NULL,
			written BIGINT NOT NULL,
			before TEXT NOT NULL,
			PRIMARY KEY (client, test, submission_id),
			FOREIGN KEY (client, test, submission_id) REFERENCES submissions (client, test, id) ON DELETE CASCADE
		)`,
		'CREATE INDEX match_undo_person ON match_undo (client, test, person_id, written)',
		// finds the keys that one match brought a person, too
		'DROP INDEX match_keys_person',
		'CREATE INDEX match_keys_person ON match_keys (client, test, person_id, written)',
	],
};
