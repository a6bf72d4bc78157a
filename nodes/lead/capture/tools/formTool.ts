import type { LeadIssue } from '../../handoffRecord';
import type { FormField } from '../labelTable';
import type { ReadValues } from '../readValues';

/** Names in `submission.formTool`, in the order in which shapes are tried. `webhook` and `generic` have no shape of their own. */
export const formToolNames = [
	'typeform', 'tally', 'jotform', 'webflow', 'elementor', 'gravityForms', 'hubspot', 'metaLeadAds', 'googleAds', 'calendly', 'whatsapp', 'n8nForm', 'webhook', 'generic',
] as const;
export type FormToolName = (typeof formToolNames)[number];

export type Json = Record<string, unknown>;

/** What a form tool sent, without its wrapping. */
export interface ToolFill extends ReadValues {
	formId: string | null;
	/** The tool's own id of this one submission, the same when it delivers again. */
	eventId: string | null;
	/** As given: ISO text or epoch number. */
	submittedAt: string | number | null;
	/** Zone in which the tool writes times that name none, by its documentation; absent when it depends on the site. */
	timeZone?: string;
	/** What the tool itself knows of the lead's source; the form's own fields come first. */
	source?: Partial<Record<FormField, string | null>>;
	/** Whether the tool calls this a test of its own. */
	isTest?: boolean;
	issues?: LeadIssue[];
}

export interface FormTool {
	name: FormToolName;
	/** How operators call it. */
	label: string;
	/** The sign by which a body is known as this tool's, in words; undefined when it is not. Never throws. */
	recognize(body: Json): string | undefined;
	/** Reads a body that was recognized. Never throws. */
	read(body: Json): ToolFill;
}

/** Text or number as text; null for anything else and for nothing. */
export function asText(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

/** A moment as tools give it; null for anything else. */
export function asMoment(value: unknown): string | number | null {
	return typeof value === 'number' ? value : asText(value);
}

/** Keys that JSON may hold but no plain assignment may set. */
export function withEntries(entries: Iterable<[string, unknown]>): Json {
	return Object.fromEntries(entries);
}
