import type { Migration } from './migrations';

/** What people do with review items: until when one waits, and how it was settled by whom. */
export const reviewWork: Migration = {
	number: 10,
	name: 'review work',
	statements: [
		'ALTER TABLE review_items ADD COLUMN due_at BIGINT',
		'ALTER TABLE review_items ADD COLUMN snoozed_until BIGINT',
		'ALTER TABLE review_items ADD COLUMN settled_by TEXT',
		'ALTER TABLE review_items ADD COLUMN outcome TEXT',
		'ALTER TABLE review_items ADD COLUMN note TEXT',
		'DROP INDEX review_items_lead',
		'CREATE INDEX review_items_lead ON review_items (client, test, lead_id, opened_at, id)',
		'CREATE INDEX review_items_opened ON review_items (client, test, opened_at, id)',
		'CREATE INDEX review_items_open ON review_items (client, test, opened_at, id) WHERE settled_at IS NULL',
	],
};
