import type { Consent, LeadIssue, Moment, SourceContext } from '../handoffRecord';
import { boundPayload, deepestPayload } from './boundPayload';
import { readConsent } from './consent';
import { readLead, type ReadLead, type ReadLeadOptions } from './readLead';
import { readMoment, type AssumedZone } from './readMoment';
import { readSecondsToSubmit } from './secondsToSubmit';
import { readSourceContext, type SourcePart } from './sourceContext';
import { submissionKey } from './submissionKey';
import { withoutSecrets } from './withoutSecrets';

export interface CaptureLeadInput extends ReadLeadOptions {
	payload: unknown;
	client: string;
	submissionId: string;
	now: Date;
	/** For times without a zone. */
	zone: AssumedZone;
	requiredSource: readonly SourcePart[];
}

/** One form fill as read: nothing is cleaned yet but what says when and where from. */
export interface CapturedLead {
	read: ReadLead;
	/** As given, but for what was nested too deep to be kept and the headers that prove who sent it. */
	payload: unknown;
	source: SourceContext;
	consent: Consent;
	key: string;
	keyFromEventId: boolean;
	submittedAt?: Moment;
	/** From the form's appearance to its sending; absent when the form does not tell. */
	secondsToSubmit?: number;
	issues: LeadIssue[];
}

/** The capture stage: any payload in, labelled values with their source, consent, time and submission key out. Never throws. */
export function captureLead({ payload, client, submissionId, now, zone, requiredSource, ...options }: CaptureLeadInput): CapturedLead {
	const bounded = boundPayload(payload);
	const read = readLead(bounded.payload, options);
	const submitted = readMoment(read.submittedAt, 'submission.submittedAt', { now, zone, documented: read.submittedZone });
	const consented = readMoment(read.fields.consentAt?.[0] ?? null, 'consent.at', { now, zone });
	const first = readMoment(read.fields.firstAt?.[0] ?? null, 'source.firstTouch.at', { now, zone });
	const { consent, issues } = readConsent(read, { at: consented.at, sentAt: submitted.at ?? now.toISOString() });
	const secondsToSubmit = readSecondsToSubmit(read.fields, { submittedAt: submitted.at, now, zone });
	return {
		read,
		payload: withoutSecrets(bounded.payload),
		source: readSourceContext(read.fields, { required: requiredSource, firstTouchAt: first.at ?? null }),
		consent,
		...submissionKey({ client, read, submissionId }),
		...(submitted.at === undefined ? {} : { submittedAt: submitted.at }),
		...(secondsToSubmit === undefined ? {} : { secondsToSubmit }),
		issues: [...(bounded.cut ? [tooDeep] : []), ...(read.isTest ? [testOfTool] : []), ...read.issues, ...submitted.issues, ...consented.issues, ...first.issues, ...issues],
	};
}

const testOfTool: LeadIssue = { field: 'run.test', code: 'FORM_TOOL_TEST', message: 'The form tool sent this lead as a test of its own', severity: 'info' };

const tooDeep: LeadIssue = {
	field: 'payload', code: 'PAYLOAD_CUT', message: `The payload is nested deeper than ${deepestPayload} levels; what lies deeper was left out`, severity: 'warning',
};
