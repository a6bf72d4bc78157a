import type { ClientSettings } from '../../settings/clientSettings';
import { englishPlaybook } from '../words/playbook/english';

/** One field that every system of the client should mean the same by. */
export interface FieldRow {
	/** As it stands on the lead, e.g. `lead.email`. */
	field: string;
	meaning: string;
	/** Whether the client's settings ask for it. */
	required: boolean;
}

/** The fields that people talk about, in the order of the record; others stand in `lead.custom`. */
const fieldPaths = [
	'lead.fullName', 'lead.email', 'lead.phone', 'lead.company', 'lead.country', 'lead.region',
	'lead.postalCode', 'lead.jobTitle', 'lead.serviceInterest', 'lead.companySize', 'lead.budget', 'lead.message',
	'source.source', 'source.medium', 'source.campaign', 'source.landingPage', 'source.firstTouch', 'consent.email',
	'match.verdict', 'intent.name', 'routing.queue', 'routing.owner', 'sla.dueAt',
] as const;
export type FieldPath = (typeof fieldPaths)[number];

/** What each field means, and which the client requires. */
export function fieldDictionary({ requiredFields = [], requiredSource }: Pick<ClientSettings, 'requiredFields' | 'requiredSource'>, words = englishPlaybook): FieldRow[] {
	const required = new Set([...requiredFields.map((name) => `lead.${name}`), ...requiredSource.map((name) => `source.${name}`)]);
	const rows: FieldRow[] = fieldPaths.map((field) => ({ field, meaning: words.fields[field], required: required.has(field) }));
	const others = [...required].filter((field) => !rows.some((row) => row.field === field)).map((field) => ({ field, meaning: words.text.requiredOnly, required: true }));
	return [...rows, ...others];
}
