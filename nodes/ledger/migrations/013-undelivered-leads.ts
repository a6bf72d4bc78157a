import type { Migration } from './migrations';

/** The few leads that a CRM or a message tool did not take are found among all events. */
export const undeliveredLeads: Migration = {
	number: 13,
	name: 'undelivered leads',
	statements: ["CREATE INDEX events_not_delivered ON events (test, happened_at, sequence) WHERE type = 'notDelivered'"],
};
