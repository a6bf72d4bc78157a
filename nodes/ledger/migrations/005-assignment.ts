import type { Migration } from './migrations';

/** What caps count, who has a company or household, and a row for each member that two teams who choose at once both lock. */
export const assignment: Migration = {
	number: 5,
	name: 'assignment',
	statements: [
		'CREATE INDEX turns_member ON turns (client, test, member_id, taken_at)',
		'CREATE INDEX turns_pool ON turns (client, test, pool, taken_at)',
		`CREATE TABLE member_turns (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			member_id TEXT NOT NULL,
			turns BIGINT NOT NULL,
			PRIMARY KEY (client, test, member_id)
		)`,
		`CREATE TABLE sticky_owners (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			pool TEXT NOT NULL,
			sticky_key TEXT NOT NULL,
			member_id TEXT NOT NULL,
			taken_at BIGINT NOT NULL,
			PRIMARY KEY (client, test, pool, sticky_key)
		)`,
	],
};
