/** A table of the ledger: how it is copied, counted, searched, exported and emptied. */
export interface LedgerTable {
	name: string;
	/** Its primary key, in the order of its rows. */
	key: readonly string[];
	columns: readonly string[];
	/** Columns that hold JSON. */
	json: readonly string[];
	/** Columns that an export leaves out. */
	secret: readonly string[];
	/** Whether its rows go with the leads of a client and run kind. */
	ofLeads: boolean;
}

interface Kind {
	json?: string;
	secret?: string;
	/** Rows of a run kind that stay when its leads go: numbers that must not come twice, counts of what was removed. */
	stays?: boolean;
}

function table(name: string, key: string, rest: string, { json = '', secret = '', stays = false }: Kind = {}): LedgerTable {
	const keyColumns = words(key);
	return { name, key: keyColumns, columns: [...keyColumns, ...words(rest)], json: words(json), secret: words(secret), ofLeads: keyColumns.includes('test') && !stays };
}

function words(text: string): string[] {
	return text.split(' ').filter((word) => word !== '');
}

/**
 * All that a ledger holds, tables that others point to first; not the list of applied migrations, and not who has it open.
 * A test compares it with the schema, so that no table can be left out of a backup or an erasure.
 */
export const ledgerTables: readonly LedgerTable[] = [
	table('clients', 'client', 'name mode version'),
	table('client_settings', 'client version', 'settings saved_at saved_by', { json: 'settings' }),
	table('counters', 'client test name', 'value', { stays: true }),
	table('persons', 'client test id', 'fields email email_key search_text external_ids customer_status owner_id enquiries updated_at', { json: 'fields external_ids' }),
	table('leads', 'client test id', 'person_id status provisional opened_at last_touch_at touches state verdict queue owner_id owner stale', { json: 'owner' }),
	table('aliases', 'client test kind alias', 'id'),
	table('match_keys', 'client test kind value written person_id', 'strength'),
	table('submissions', 'client test id', 'submission_key lead_id person_id state received_at submitted_at form_tool form_id event_id deliveries lease_until lease_instance lease_delivery source payload record held_until', { json: 'source payload record' }),
	table('decisions', 'client test submission_id stage', 'lead_id section settings_version decided_at', { json: 'section' }),
	table('corrections', 'client test submission_id stage', 'section corrected_at', { json: 'section' }),
	table('match_undo', 'client test submission_id', 'person_id written before', { json: 'before' }),
	table('events', 'client test once_key', 'sequence lead_id person_id submission_id type happened_at recorded_by detail', { json: 'detail' }),
	table('review_items', 'client test id', 'submission_id stage lead_id reasons owner_id opened_at settled_at due_at snoozed_until settled_by outcome note', { json: 'reasons' }),
	table('rotations', 'client test pool', 'version state', { json: 'state' }),
	table('turns', 'client test pool lead_id', 'member_id taken_at'),
	table('member_turns', 'client test member_id', 'turns'),
	table('member_rests', 'client test member_id', 'rests_until since'),
	table('sticky_owners', 'client test pool sticky_key', 'member_id taken_at'),
	table('lead_facts', 'client test lead_id', 'opened_at splits flags due_at business wall money cause team skipped', { json: 'splits money skipped' }),
	table('clocks', 'client test id', 'lead_id name policy started_at started_from warn_at due_at terms status responded_at responded_by elapsed_minutes next_check_at owner_id lead_text pauses revision', { json: 'terms pauses' }),
	table('steps', 'client test clock_id name', 'id claim_token attempt lease_until confirmed_at', { secret: 'claim_token' }),
	table('lead_steps', 'client test lead_id name', 'id claim_token attempt lease_until confirmed_at', { secret: 'claim_token' }),
	table('ai_answer_secrets', 'client', 'secret', { secret: 'secret' }),
	table('ai_answers', 'client test answer_key', 'answer kept_at', { json: 'answer' }),
	table('ai_answer_uses', 'client test answer_key submission_id', ''),
	table('spending', 'client purpose day', 'spent'),
	table('known_records', 'client test system record_id', 'person_id digest opted_out loaded_at'),
	table('never_match', 'client test person_id other_id', 'decided_at'),
	table('suppression_keys', 'id', 'secret made_at', { secret: 'secret' }),
	table('suppressed', 'client hash', 'key_id erased_at'),
	table('removed_counts', 'client test month cause name', 'value', { stays: true }),
];

/** The tables whose rows belong to a client, those first that point to others: in this order they can be emptied. */
export const clientTables: readonly LedgerTable[] = ledgerTables.filter(({ columns }) => columns.includes('client')).reverse();

/** Those of them that hold rows of leads. */
export const leadTables: readonly LedgerTable[] = clientTables.filter(({ ofLeads }) => ofLeads);
