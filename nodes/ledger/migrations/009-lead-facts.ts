import type { Migration } from './migrations';

/**
 * What the scorecard counts of each lead, in one narrow row. Whoever changes a lead, or what hangs on it, marks the lead
 * as stale; the row is made anew from the other tables before the next count. So it can always be built again.
 */
export const leadFacts: Migration = {
	number: 9,
	name: 'lead facts',
	statements: [
		'ALTER TABLE leads ADD COLUMN stale INTEGER NOT NULL DEFAULT 1',
		'CREATE INDEX leads_stale ON leads (test, client, id) WHERE stale = 1',
		// times in tenths of a minute; `splits` holds one value for each way to split, in their order
		`CREATE TABLE lead_facts (
			client TEXT NOT NULL,
			test INTEGER NOT NULL,
			lead_id TEXT NOT NULL,
			opened_at BIGINT NOT NULL,
			splits TEXT NOT NULL,
			flags INTEGER NOT NULL,
			due_at BIGINT,
			business BIGINT,
			wall BIGINT,
			money TEXT,
			cause TEXT,
			team TEXT,
			skipped TEXT,
			PRIMARY KEY (client, test, lead_id),
			FOREIGN KEY (client, test, lead_id) REFERENCES leads (client, test, id) ON DELETE CASCADE
		)`,
		'CREATE INDEX lead_facts_opened ON lead_facts (client, test, opened_at, lead_id)',
	],
};
