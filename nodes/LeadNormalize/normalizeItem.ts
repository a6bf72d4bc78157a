import type { Run } from '../host/openRun';
import { captureLead } from '../lead/capture/captureLead';
import type { Mapped } from '../lead/capture/mapping';
import type { AssumedZone } from '../lead/capture/readMoment';
import type { SourcePart } from '../lead/capture/sourceContext';
import { normalizeLead } from '../lead/clean/normalizeLead';
import { forgetLead, isForgotten } from '../lead/forgetLead';
import type { HandoffRecord, LeadIssue } from '../lead/handoffRecord';
import type { Client } from '../lead/settings/clientSettings';
import type { Ledger } from '../ledger/ledger';
import type { RunNotes } from './hints';
import type { LeadNormalizeSettings } from './settings';

const defaultRequiredSource: readonly SourcePart[] = ['source', 'medium', 'campaign'];

/** Turns payloads into handoff records; with a ledger each is captured there before it leaves. Counts what the run should tell. */
export function startNormalizing(run: Run, settings: LeadNormalizeSettings, runName: string): { normalize: (payload: unknown, itemIndex: number) => Promise<HandoffRecord>; notes: RunNotes } {
	const notes: RunNotes = { phonesWithoutCountry: 0, failedMappings: 0 };
	const { own } = settings;
	const normalize = async (payload: unknown, itemIndex: number): Promise<HandoffRecord> => {
		const key = settings.clients[itemIndex];
		const client = await run.client(key);
		const ids = { submissionId: run.newId(), leadId: run.newId(), personId: run.newId() };
		const now = run.now();
		const { mapped, issues } = mappedFields(settings, itemIndex, notes);
		const captured = captureLead({
			payload, client: key, submissionId: ids.submissionId, now, mapped,
			zone: zoneOf(own?.timeZone, client, run.timeZone),
			requiredSource: own?.requiredSource ?? client?.settings.requiredSource ?? defaultRequiredSource,
			formTool: settings.formTool,
			formId: settings.formId,
			honeypotField: settings.honeypotField,
		});
		captured.issues.push(...issues);
		const defaultCountry = own?.defaultCountry ?? client?.settings.defaultCountry;
		const record = normalizeLead({
			captured, client: key, ids, now, defaultCountry, emailLists: settings.emailLists,
			test: client?.settings.mode === 'test' || ((run.manual || captured.read.isTest) && !settings.treatTestRunsAsLive),
			requiredFields: own ? own.requiredFields : client?.settings.requiredFields,
			settingsVersion: client?.version,
		});
		if (record.lead.custom.phoneRaw !== undefined && defaultCountry === undefined) notes.phonesWithoutCountry++;
		if (run.ledger) await capture(run.ledger, { record, payload: captured.payload, settings, deliveryId: `${runName}/${itemIndex}` });
		if (!isForgotten(record) && (!run.ledger || settings.includePayload)) record.payload = captured.payload;
		return record;
	};
	return { normalize, notes };
}

/** An expression that fails for one lead never stops the others, nor the lead. */
function mappedFields({ mappingOf }: LeadNormalizeSettings, itemIndex: number, notes: RunNotes): { mapped?: Mapped; issues: LeadIssue[] } {
	try {
		return { mapped: mappingOf?.(itemIndex), issues: [] };
	} catch {
		notes.failedMappings++;
		return { issues: [{ field: 'payload', code: 'MAPPING_FAILED', message: 'A field that is mapped by hand could not be worked out for this lead, so its fields were found by themselves', severity: 'warning' }] };
	}
}

/** From here on the lead can't be lost. An earlier delivery's ids hold, so that both end in one lead. */
async function capture(ledger: Ledger, { record, payload, settings, deliveryId }: { record: HandoffRecord; payload: unknown; settings: LeadNormalizeSettings; deliveryId: string }): Promise<void> {
	const { submission } = record;
	const reasons = record.review.flatMap((entry) => entry.reasons);
	const { submissionId, leadId, personId, receivedAt, state, delivery, reviewItemId, erased } = await ledger.capture({
		client: record.client,
		test: record.run.test,
		key: submission.key,
		detectResend: !record.run.test || settings.detectResendsInTest,
		at: submission.receivedAt,
		// a provider's id never comes twice for two submissions
		resendWindowHours: submission.keyFromEventId ? undefined : settings.resendWindowHours,
		deliveryId,
		submissionId: submission.id,
		leadId: record.leadId,
		personId: record.personId,
		formTool: submission.formTool,
		formId: submission.formId,
		eventId: submission.eventId,
		submittedAt: submission.submittedAt,
		payload,
		record,
		...(reasons.length > 0 ? { review: reasons } : {}),
	});
	Object.assign(record, { leadId, personId });
	if (reviewItemId !== undefined) for (const entry of record.review) entry.itemId = reviewItemId;
	Object.assign(submission, { id: submissionId, receivedAt, state, delivery });
	if (erased) forgetLead(record);
}

function zoneOf(own: string | undefined, client: Client | undefined, ofWorkflow: string): AssumedZone {
	if (own !== undefined) return { timeZone: own, from: 'this node' };
	if (client) return { timeZone: client.settings.timeZone, from: 'the client' };
	return { timeZone: ofWorkflow, from: 'the workflow' };
}
