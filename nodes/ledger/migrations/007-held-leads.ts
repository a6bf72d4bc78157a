import type { Migration } from './migrations';

/** Until when a lead is held, so that the few whose time has come are found among all. */
export const heldLeads: Migration = {
	number: 7,
	name: 'held leads',
	statements: [
		'ALTER TABLE submissions ADD COLUMN held_until BIGINT',
		'CREATE INDEX submissions_held ON submissions (test, held_until, id) WHERE held_until IS NOT NULL',
	],
};
