import type { Run } from '../host/openRun';
import { classifyLead, prepareTaxonomy, type AskModel, type Classified, type PreparedTaxonomy } from '../lead/classify/classifyLead';
import { checkTaxonomy, toTaxonomy } from '../lead/classify/taxonomy';
import type { HandoffRecord, Intent, ReviewEntry } from '../lead/handoffRecord';
import type { Client } from '../lead/settings/clientSettings';
import type { DecisionSections } from '../ledger/ledger';
import type { ClassifierSettings } from './settings';

/** What a lead is read against, and for whom its summary is written. */
export interface Reading {
	taxonomy: PreparedTaxonomy;
	/** ISO 639-1. */
	language: string;
	settingsVersion?: number;
}

export interface LeadToRead {
	record: HandoffRecord;
	captured: boolean;
}

/** What each lead is read against, and what makes an intent list a poor one. */
export interface Readings {
	of(lead: LeadToRead): Reading;
	warnings: string[];
}

/**
 * Makes ready what each client's leads are read against, before the first lead.
 * A lead that no ledger knows, and a client without intents, is read against this node's intents, else the ready set.
 *
 * @throws LeadError `CLIENT_NOT_SET_UP`.
 */
export async function prepareReadings(run: Run, settings: ClassifierSettings, leads: readonly LeadToRead[]): Promise<Readings> {
	const warnings = [...settings.warnings];
	const own: Reading = { taxonomy: prepareTaxonomy(toTaxonomy(settings.intents)), language: 'en' };
	const byClient = new Map<string, Reading>();
	for (const { record, captured } of leads) {
		if (!captured || byClient.has(record.client)) continue;
		const client = await run.client(record.client);
		byClient.set(record.client, client ? readingFor(client) : own);
	}
	return { of: ({ record, captured }) => (captured ? byClient.get(record.client) : undefined) ?? own, warnings };

	function readingFor({ settings: { intents, language }, version }: Client): Reading {
		if (settings.settingsFrom === 'node') return { ...own, language };
		warnings.push(...checkTaxonomy(intents).warnings);
		return { taxonomy: intents.length > 0 ? prepareTaxonomy(toTaxonomy(intents)) : own.taxonomy, language, settingsVersion: version };
	}
}

/** A record that was read. */
export type ReadLead = HandoffRecord & { intent: Intent };

/** The lead with its intent: the recorded one when there is one that holds, else a new one, which is recorded. */
export async function decideIntent(run: Run, settings: ClassifierSettings, { record, captured }: LeadToRead, reading: Reading, ask?: AskModel): Promise<ReadLead> {
	const ledger = captured ? run.ledger : undefined;
	const scope = { client: record.client, test: record.run.test };
	const { id: submissionId } = record.submission;
	const replace = run.decidesAfresh(record, record.intent);
	const earlier = replace ? undefined : await ledger?.getDecision(scope, submissionId, 'classify');
	if (earlier) return withIntent(record, earlier);
	const resent = record.match?.verdict === 'resend';
	const classified = await classifyLead({
		record,
		taxonomy: reading.taxonomy,
		ask,
		skipBecause: skipReason(record),
		marker: run.newId(),
		language: reading.language,
		confidenceThreshold: settings.confidenceThreshold,
		maxMessageCharacters: settings.maxMessageCharacters,
	});
	const section = toSection(classified);
	// the delivery that came first records its own reading
	if (!ledger || resent) return withIntent(record, section, reading.settingsVersion);
	const recorded = await ledger.recordDecision({
		...scope, submissionId, leadId: record.leadId, stage: 'classify', at: run.now().toISOString(), section,
		settingsVersion: reading.settingsVersion,
		review: classified.reasons.length > 0 ? { stage: 'classify', reasons: classified.reasons } : undefined,
		replace,
	});
	return withIntent(record, recorded.section, recorded.earlier ? undefined : reading.settingsVersion, recorded.reviewItemId);
}

function skipReason({ match, routing }: HandoffRecord): string | undefined {
	if (match?.verdict === 'resend') return 'this submission was sent again; the first delivery is the one that is read';
	if (routing?.readMessageWithAi === false) return `a hard rule excused this lead from AI (rule ${routing.rule.number})`;
	return undefined;
}

function toSection({ intent, reasons }: Classified): DecisionSections['classify'] {
	return { intent, review: reasons.length > 0 ? [{ stage: 'classify', reasons }] : [] };
}

function withIntent(record: HandoffRecord, { intent, review }: DecisionSections['classify'], settingsVersion?: number, itemId?: string): ReadLead {
	const entries = review.map((entry): ReviewEntry => (itemId ? { ...entry, itemId } : entry));
	return {
		...record,
		intent,
		review: [...record.review.filter(({ stage }) => stage !== 'classify'), ...entries],
		...(settingsVersion === undefined ? {} : { settingsVersion }),
	};
}
