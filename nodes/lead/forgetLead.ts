import { emptyLeadFields, emptySourceContext, type HandoffRecord, type LeadIssue } from './handoffRecord';

/** Said of a form that an erased person sent before the erasure. */
export const personErased: LeadIssue = {
	field: 'lead',
	code: 'PERSON_ERASED',
	message: 'This person was erased after this form was sent, so nothing of it was kept',
	severity: 'info',
};

/** Said beside it: no ledger knows this lead, and none is to take it in. */
const notCaptured: LeadIssue = { field: 'submission', code: 'NOT_CAPTURED', message: 'No ledger keeps this lead', severity: 'info' };

/** Takes everything of the person out of a record; the item goes on, as a form that was handled before. */
export function forgetLead(record: HandoffRecord): void {
	record.lead = emptyLeadFields();
	record.source = emptySourceContext();
	record.consent = {};
	record.review = [];
	record.quality = { ...record.quality, score: 0, replyPath: false, changes: [], issues: [personErased, notCaptured] };
	delete record.enrichment;
	delete record.text;
	delete record.card;
	delete record.payload;
}

/** Whether a record is of a person who was erased. */
export function isForgotten({ quality }: Pick<HandoffRecord, 'quality'>): boolean {
	return quality.issues.some(({ code }) => code === personErased.code);
}
