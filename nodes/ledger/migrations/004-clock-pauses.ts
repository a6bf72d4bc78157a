import type { Migration } from './migrations';

/** Clocks can be paused, with a revision by which a writer sees that somebody else wrote meanwhile; leads without a clock have steps too. */
export const clockPauses: Migration = {
	number: 4,
	name: 'clock pauses',
	statements: [
		"ALTER TABLE clocks ADD COLUMN pauses TEXT NOT NULL DEFAULT '[]'",
		'ALTER TABLE clocks ADD COLUMN revision BIGINT NOT NULL DEFAULT 0',
		// finds the few that a run left on their way among all that were handled
		'CREATE INDEX submissions_unfinished ON submissions (test, received_at, id) WHERE state < 3',
		`CREATE TABLE lead_steps (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			lead_id TEXT NOT NULL,
			name TEXT NOT NULL,
			id TEXT NOT NULL,
			claim_token TEXT NOT NULL,
			attempt INTEGER NOT NULL,
			lease_until BIGINT NOT NULL,
			confirmed_at BIGINT,
			PRIMARY KEY (client, test, lead_id, name),
			UNIQUE (client, test, id),
			FOREIGN KEY (client, test, lead_id) REFERENCES leads (client, test, id) ON DELETE CASCADE
		)`,
	],
};
