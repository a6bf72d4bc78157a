/** A table whose rows belong to a client. */
export interface ClientTable {
	name: string;
	/** Its primary key but the client, in order: rows are given page by page by it. */
	key: readonly string[];
	/** Columns that hold JSON. */
	json?: readonly string[];
	/** Columns that never leave the ledger. */
	secret?: readonly string[];
}

/** Tables that hold rows of leads, those first that point to others: in this order they can be emptied. */
export const leadTables: readonly ClientTable[] = [
	{ name: 'steps', key: ['test', 'clock_id', 'name'], secret: ['claim_token'] },
	{ name: 'lead_steps', key: ['test', 'lead_id', 'name'], secret: ['claim_token'] },
	{ name: 'clocks', key: ['test', 'id'], json: ['terms', 'pauses'] },
	{ name: 'turns', key: ['test', 'pool', 'lead_id'] },
	{ name: 'rotations', key: ['test', 'pool'], json: ['state'] },
	{ name: 'member_turns', key: ['test', 'member_id'] },
	{ name: 'sticky_owners', key: ['test', 'pool', 'sticky_key'] },
	{ name: 'review_items', key: ['test', 'id'], json: ['reasons'] },
	{ name: 'events', key: ['test', 'once_key'], json: ['detail'] },
	{ name: 'decisions', key: ['test', 'submission_id', 'stage'], json: ['section'] },
	{ name: 'ai_answer_uses', key: ['test', 'answer_key', 'submission_id'] },
	{ name: 'ai_answers', key: ['test', 'answer_key'], json: ['answer'] },
	{ name: 'match_undo', key: ['test', 'submission_id'], json: ['before'] },
	{ name: 'submissions', key: ['test', 'id'], json: ['source', 'payload', 'record'] },
	{ name: 'match_keys', key: ['test', 'kind', 'value', 'person_id'] },
	{ name: 'aliases', key: ['test', 'kind', 'alias'] },
	{ name: 'leads', key: ['test', 'id'], json: ['owner'] },
	{ name: 'persons', key: ['test', 'id'], json: ['fields', 'external_ids'] },
];

/** Every table that knows a client, in the order in which they can be emptied; `test/ledger/migrate.test.ts` holds it complete. */
export const clientTables: readonly ClientTable[] = [
	...leadTables,
	{ name: 'ai_tokens', key: ['day'] },
	{ name: 'ai_answer_secrets', key: [], secret: ['secret'] },
	{ name: 'counters', key: ['test', 'name'] },
	{ name: 'client_settings', key: ['version'], json: ['settings'] },
	{ name: 'clients', key: [] },
];
