import type { FieldChange, LeadIssue } from '../handoffRecord';

/** What cleaning one field gave, and what it has to say about it. */
export interface Cleaned<T> {
	value: T;
	issues: LeadIssue[];
	changes: FieldChange[];
}

/** The change from what was given to what is kept, or none when they are the same or there was nothing before. */
export function changed(field: string, before: string | null | undefined, after: string | null, rule: string): FieldChange[] {
	if (!before || before === after) return [];
	return [{ field, before, after: after ?? '', rule }];
}
