import { hash } from 'node:crypto';
import type { ReadLead } from './readLead';

/**
 * The key by which a delivery is known again: client, form and the provider's event id, else a fingerprint of what the
 * lead said, without time and without tokens. Holds nothing readable of the lead.
 * A lead that said nothing has no fingerprint: it gets the submission's own id, so that no two of them are one.
 */
export function submissionKey({ client, read, submissionId }: { client: string; read: ReadLead; submissionId: string }): { key: string; keyFromEventId: boolean } {
	const form = [client, read.formTool, read.formId ?? ''];
	if (read.eventId !== null) return { key: eventKey({ ...read, client, eventId: read.eventId }), keyFromEventId: true };
	if (read.said.length === 0) return { key: `own:${submissionId}`, keyFromEventId: false };
	// the order of fields is the sender's whim; a label's length says where it ends
	const said = read.said.map(([label, value]) => `${label.length} ${label} ${value.trim().normalize('NFC')}`).sort();
	return { key: `content:${digest([...form, ...said])}`, keyFromEventId: false };
}

/** The key of a submission that its form tool has given an id, such as Typeform's token of a response. */
export function eventKey({ client, formTool, formId, eventId }: { client: string; formTool: string; formId: string | null; eventId: string }): string {
	return `event:${digest([client, formTool, formId ?? '', eventId])}`;
}

function digest(parts: string[]): string {
	return hash('sha256', JSON.stringify(parts)).slice(0, 40);
}
