import type { Consent, LeadIssue, Moment, SourceContext } from '../handoffRecord';
import { boundPayload, deepestPayload } from './boundPayload';
import { readConsent } from './consent';
import { readLead, type ReadLead } from './readLead';
import { readMoment, type AssumedZone } from './readMoment';
import { readSourceContext, type SourcePart } from './sourceContext';
import { submissionKey } from './submissionKey';
import { withoutSecrets } from './withoutSecrets';

export interface CaptureLeadInput {
	payload: unknown;
	client: string;
	submissionId: string;
	now: Date;
	/** For times without a zone. */
	zone: AssumedZone;
	requiredSource: readonly SourcePart[];
	/** Override what the payload's shape says. */
	formTool?: string;
	formId?: string;
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
	issues: LeadIssue[];
}

/** The capture stage: any payload in, labelled values with their source, consent, time and submission key out. Never throws. */
export function captureLead({ payload, client, submissionId, now, zone, requiredSource, formTool, formId }: CaptureLeadInput): CapturedLead {
	const bounded = boundPayload(payload);
	const read = readLead(bounded.payload, { formTool, formId });
	const submitted = readMoment(read.submittedAt, 'submission.submittedAt', { now, zone });
	const consented = readMoment(read.fields.consentAt?.[0] ?? null, 'consent.at', { now, zone });
	const first = readMoment(read.fields.firstAt?.[0] ?? null, 'source.firstTouch.at', { now, zone });
	return {
		read,
		payload: withoutSecrets(bounded.payload),
		source: readSourceContext(read.fields, { required: requiredSource, firstTouchAt: first.at ?? null }),
		consent: readConsent(read, consented.at),
		...submissionKey({ client, read, submissionId }),
		...(submitted.at === undefined ? {} : { submittedAt: submitted.at }),
		issues: [...(bounded.cut ? [tooDeep] : []), ...read.issues, ...submitted.issues, ...consented.issues, ...first.issues],
	};
}

const tooDeep: LeadIssue = {
	field: 'payload', code: 'PAYLOAD_CUT', message: `The payload is nested deeper than ${deepestPayload} levels; what lies deeper was left out`, severity: 'warning',
};
