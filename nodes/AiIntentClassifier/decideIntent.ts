import type { Run } from '../host/openRun';
import { classifyLead, type Classified, type ClassifyInput } from '../lead/classify/classifyLead';
import type { AskModel } from '../lead/classify/modelReply';
import type { HandoffRecord, Intent, ReviewEntry } from '../lead/handoffRecord';
import type { DecisionSections } from '../ledger/ledger';
import type { LeadToRead, Reading } from './readings';
import type { ClassifierSettings } from './settings';
import { withCost, type Spending } from './spending';

/** A record that was read. */
export type ReadLead = HandoffRecord & { intent: Intent };

export interface Reader {
	run: Run;
	settings: ClassifierSettings;
	spending: Spending;
}

/** The lead with its intent: the recorded one when there is one that holds, else a new one, which is recorded. */
export async function decideIntent(reader: Reader, lead: LeadToRead, reading: Reading, ask?: AskModel): Promise<ReadLead> {
	const { run } = reader;
	const { record, captured } = lead;
	const ledger = captured ? run.ledger : undefined;
	const scope = { client: record.client, test: record.run.test };
	const { id: submissionId } = record.submission;
	const replace = run.decidesAfresh(record, record.intent);
	// rules cost nothing but time, so an earlier reading is found when theirs is recorded; that of a resend is not
	const isFree = !ask && record.match?.verdict !== 'resend';
	const earlier = replace || isFree ? undefined : await ledger?.getDecision(scope, submissionId, 'classify');
	if (earlier) return withIntent(record, earlier);
	const classified = withScore(await readIntent(reader, lead, reading, ask), record, reading, run.now());
	const section = toSection(classified);
	// the delivery that came first records its own reading
	if (!ledger || record.match?.verdict === 'resend') return withIntent(record, section, reading.settingsVersion);
	const recorded = await ledger.recordDecision({
		...scope, submissionId, leadId: record.leadId, stage: 'classify', at: run.now().toISOString(), section,
		settingsVersion: reading.settingsVersion,
		review: classified.reasons.length > 0 ? { stage: 'classify', reasons: classified.reasons } : undefined,
		replace,
	});
	return withIntent(record, recorded.section, recorded.earlier ? undefined : reading.settingsVersion, recorded.reviewItemId);
}

/** Reads a lead and records nothing of it. */
export async function readIntent({ run, settings, spending }: Reader, lead: LeadToRead, reading: Reading, ask?: AskModel, more: Partial<ClassifyInput> = {}): Promise<Classified> {
	const { record } = lead;
	const classified = await classifyLead({
		record,
		taxonomy: reading.taxonomy,
		ask,
		answers: spending.answersFor(lead),
		budget: spending.budgetFor(lead, reading),
		skipBecause: skipReason(record, settings),
		marker: run.newId(),
		language: reading.language,
		alwaysReview: reading.alwaysReview,
		wordLanguages: reading.wordLanguages,
		confidenceThreshold: settings.confidenceThreshold,
		maxMessageCharacters: settings.maxMessageCharacters,
		draws: settings.draws,
		coveredLanguages: settings.coveredLanguages,
		...more,
	});
	const usage = withCost(classified.intent.usage && { calls: 1, ...classified.intent.usage }, settings.prices);
	return usage ? { ...classified, intent: { ...classified.intent, usage } } : classified;
}

/** What the operator's score rules make of the lead, with what was read. */
function withScore(classified: Classified, record: HandoffRecord, { score: scoreOf }: Reading, now: Date): Classified {
	if (!scoreOf) return classified;
	const { score, because } = scoreOf({ ...record, intent: classified.intent }, now);
	return { ...classified, intent: { ...classified.intent, score, scoreBecause: because } };
}

function skipReason(record: HandoffRecord, { skipWhen }: ClassifierSettings): string | undefined {
	const { match, routing } = record;
	if (match?.verdict === 'resend') return 'this submission was sent again; the first delivery is the one that is read';
	if (routing?.readMessageWithAi === false) return `a hard rule excused this lead from AI (rule ${routing.rule.number})`;
	return skipWhen?.(record);
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
