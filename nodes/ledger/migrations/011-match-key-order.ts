import type { Migration } from './migrations';

/**
 * One index finds the persons of a key, the newest first, where there were two that said nearly the same: a load of many
 * records spends most of its time on them. That a person has a key once is kept by `operations/personKeys`.
 */
export const matchKeyOrder: Migration = {
	number: 11,
	name: 'match key order',
	statements: [
		`CREATE TABLE match_keys_ordered (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			kind TEXT NOT NULL,
			value TEXT NOT NULL,
			written BIGINT NOT NULL,
			person_id TEXT NOT NULL,
			strength TEXT NOT NULL,
			PRIMARY KEY (client, test, kind, value, written, person_id),
			FOREIGN KEY (client, test, person_id) REFERENCES persons (client, test, id) ON DELETE CASCADE
		)`,
		`INSERT INTO match_keys_ordered (client, test, kind, value, written, person_id, strength)
			SELECT client, test, kind, value, written, person_id, strength FROM match_keys ORDER BY client, test, kind, value, written, person_id`,
		'DROP TABLE match_keys',
		'ALTER TABLE match_keys_ordered RENAME TO match_keys',
		'CREATE INDEX match_keys_person ON match_keys (client, test, person_id, written)',
	],
};
