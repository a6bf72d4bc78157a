import type { Migration } from './migrations';

/** Members who are out of rotation for a while, because they left a lead unanswered. */
export const memberRests: Migration = {
	number: 8,
	name: 'member rests',
	statements: [
		`CREATE TABLE member_rests (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			member_id TEXT NOT NULL,
			rests_until BIGINT NOT NULL,
			since BIGINT NOT NULL,
			PRIMARY KEY (client, test, member_id)
		)`,
		'CREATE INDEX member_rests_until ON member_rests (client, test, rests_until)',
	],
};
