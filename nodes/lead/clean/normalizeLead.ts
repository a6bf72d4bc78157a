import type { CapturedLead } from '../capture/captureLead';
import { recordVersion, type HandoffRecord, type LeadIssue, type ReviewEntry } from '../handoffRecord';
import { requirableFields, type RequirableField } from '../requirableFields';
import { completeChanges } from './changeLog';
import { cleanFields } from './cleanFields';
import type { EmailLists } from './email';
import { judgeQuality } from './quality';
import { isInjectionSuspected } from './signals';
import { readSpam, suspectedFrom } from './spam';

export interface NormalizeLeadInput {
	captured: CapturedLead;
	client: string;
	ids: { submissionId: string; leadId: string; personId: string };
	now: Date;
	test: boolean;
	/** Alpha-2; for phone numbers without a country. */
	defaultCountry?: string;
	/** What the client knows better than the lists of free and throw-away domains and shared mailboxes. */
	emailLists?: EmailLists;
	/** A lead without one of these goes on, with a review entry. */
	requiredFields?: readonly RequirableField[];
	settingsVersion?: number;
}

/**
 * The clean stage: a captured form fill as a fresh handoff record, delivery outcome `first`. Never throws.
 * What can't be read stays `null` with an issue, and what was given stays in `lead.custom` or the payload.
 */
export function normalizeLead({ captured, client, ids, now, test, defaultCountry, emailLists, requiredFields = [], settingsVersion }: NormalizeLeadInput): HandoffRecord {
	const { lead, email, changes, ...found } = cleanFields(captured.read, defaultCountry, emailLists);
	const issues: LeadIssue[] = [...captured.issues, ...found.issues];
	const spam = readSpam({ lead, honeypotFilled: captured.read.honeypotFilled, secondsToSubmit: captured.secondsToSubmit, disposableEmail: email.disposable });
	const flags = {
		disposableEmail: email.disposable,
		freeEmail: email.free,
		roleEmail: email.role,
		suspectedSpam: spam.score >= suspectedFrom,
		suspectedInjection: isInjectionSuspected(lead),
	};
	if (flags.suspectedSpam) issues.push({ field: 'lead.message', code: 'SPAM_SUSPECTED', message: `This may be spam: ${spam.because.join('; ')}`, severity: 'warning' });
	if (flags.suspectedInjection) issues.push({ field: 'lead.message', code: 'INJECTION_SUSPECTED', message: 'The text speaks to a machine; only rules should decide on this lead', severity: 'warning' });
	const missing = requiredFields.filter((name) => lead[name] === null);
	for (const name of missing) issues.push({ field: `lead.${name}`, code: 'FIELD_MISSING', message: `The form gave no usable ${requirableFields[name]}, which is required`, severity: 'warning' });
	if (lead.email === null && lead.phone === null) issues.push({ field: 'lead', code: 'NO_REPLY_PATH', message: 'There is neither a usable e-mail address nor a phone number, so nobody can answer', severity: 'error' });
	const { read } = captured;
	return {
		recordVersion,
		client,
		run: { test },
		leadId: ids.leadId,
		personId: ids.personId,
		submission: {
			id: ids.submissionId,
			key: captured.key,
			keyFromEventId: captured.keyFromEventId,
			...(captured.submittedAt === undefined ? {} : { submittedAt: captured.submittedAt }),
			receivedAt: now.toISOString(),
			formTool: read.formTool,
			formToolBecause: read.formToolBecause,
			...(read.formId === null ? {} : { formId: read.formId }),
			...(read.eventId === null ? {} : { eventId: read.eventId }),
			state: 'captured',
			delivery: { number: 1, outcome: 'first' },
		},
		lead,
		source: captured.source,
		consent: captured.consent,
		quality: {
			...judgeQuality({ lead, source: captured.source, flags, issues, changes: completeChanges({ read, lead, source: captured.source, changes }) }),
			spam,
		},
		review: reviewOf(issues),
		...(settingsVersion === undefined ? {} : { settingsVersion }),
	};
}

/** What a person should look at before anybody answers; the lead goes on meanwhile. */
function reviewOf(issues: LeadIssue[]): ReviewEntry[] {
	const reasons = issues.filter((issue) => issue.severity === 'error' || issue.code === 'FIELD_MISSING').map((issue) => issue.message);
	return reasons.length === 0 ? [] : [{ stage: 'capture', reasons }];
}
