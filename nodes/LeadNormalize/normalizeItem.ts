import type { Run } from '../host/openRun';
import { captureLead } from '../lead/capture/captureLead';
import type { AssumedZone } from '../lead/capture/readMoment';
import type { SourcePart } from '../lead/capture/sourceContext';
import { normalizeLead } from '../lead/clean/normalizeLead';
import type { HandoffRecord } from '../lead/handoffRecord';
import type { Client } from '../lead/settings/clientSettings';
import type { Ledger } from '../ledger/ledger';
import type { LeadNormalizeSettings } from './settings';

const defaultRequiredSource: readonly SourcePart[] = ['source', 'medium', 'campaign'];

/** Turns payloads into handoff records; with a ledger each is captured there before it leaves. */
export function startNormalizing(run: Run, settings: LeadNormalizeSettings, runName: string): (payload: unknown, itemIndex: number) => Promise<HandoffRecord> {
	return async (payload, itemIndex) => {
		const key = settings.clients[itemIndex];
		const client = await run.client(key);
		const ids = { submissionId: run.newId(), leadId: run.newId(), personId: run.newId() };
		const now = run.now();
		const captured = captureLead({
			payload, client: key, submissionId: ids.submissionId, now,
			zone: zoneOf(settings, client, run.timeZone),
			requiredSource: settings.requiredSource ?? client?.settings.requiredSource ?? defaultRequiredSource,
			formTool: settings.formTool,
			formId: settings.formId,
		});
		const record = normalizeLead({
			captured, client: key, ids, now,
			test: client?.settings.mode === 'test' || (run.manual && !settings.treatTestRunsAsLive),
			defaultCountry: settings.defaultCountry ?? client?.settings.defaultCountry,
			requiredFields: settings.requiredFields,
			settingsVersion: client?.version,
		});
		if (run.ledger) await capture(run.ledger, { record, payload: captured.payload, settings, deliveryId: `${runName}/${itemIndex}` });
		if (!run.ledger || settings.includePayload) record.payload = captured.payload;
		return record;
	};
}

/** From here on the lead can't be lost. An earlier delivery's ids hold, so that both end in one lead. */
async function capture(ledger: Ledger, { record, payload, settings, deliveryId }: { record: HandoffRecord; payload: unknown; settings: LeadNormalizeSettings; deliveryId: string }): Promise<void> {
	const { submission } = record;
	const reasons = record.review.flatMap((entry) => entry.reasons);
	const { submissionId, leadId, personId, receivedAt, state, delivery, reviewItemId } = await ledger.capture({
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
}

function zoneOf(settings: LeadNormalizeSettings, client: Client | undefined, ofWorkflow: string): AssumedZone {
	if (settings.timeZone !== undefined) return { timeZone: settings.timeZone, from: 'this node' };
	if (client) return { timeZone: client.settings.timeZone, from: 'the client' };
	return { timeZone: ofWorkflow, from: 'the workflow' };
}
