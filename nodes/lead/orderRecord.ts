import type { HandoffRecord } from './handoffRecord';

/** From what a person looks for to what only machines need. */
const order: readonly (keyof HandoffRecord)[] = [
	'lead', 'match', 'enrichment', 'intent', 'routing', 'sla', 'text', 'card', 'review', 'source', 'quality', 'consent',
	'leadId', 'personId', 'client', 'run', 'submission', 'settingsVersion', 'recordVersion', 'payload',
];

/**
 * The same record with the section that a node decided first, then what a person looks for, the ids last:
 * n8n's table view shows keys in their order.
 */
export function orderRecord(record: HandoffRecord, decided: 'lead' | 'match' | 'enrichment' | 'intent' | 'routing' | 'sla'): HandoffRecord {
	const ordered: Partial<Record<string, unknown>> = {};
	for (const key of [decided, ...order, ...Object.keys(record)]) {
		const value = Object.hasOwn(record, key) ? record[key as keyof HandoffRecord] : undefined;
		if (value !== undefined && !Object.hasOwn(ordered, key)) ordered[key] = value;
	}
	return ordered as unknown as HandoffRecord;
}
