import { createHash } from 'node:crypto';
import type { Run } from '../host/openRun';
import { startYielding } from '../host/yielding';
import { prepareTaxonomyInSteps, type PreparedTaxonomy } from '../lead/classify/classifyLead';
import { checkTaxonomy, toTaxonomy } from '../lead/classify/taxonomy';
import { detectLanguage } from '../lead/clean/language';
import type { HandoffRecord } from '../lead/handoffRecord';
import { throwProblems, type Problem } from '../lead/leadError';
import { listsOfClient } from '../lead/route/clientRules';
import type { RuleTerms } from '../lead/route/conditions';
import type { Client, IntentDefinition } from '../lead/settings/clientSettings';
import { prepareScore, type ScoreOf, type ScoreRules } from './leadScore';
import type { ClassifierSettings } from './settings';

/** What a lead is read against, and for whom its summary is written. */
export interface Reading {
	taxonomy: PreparedTaxonomy;
	/** ISO 639-1 of the intents' own words. */
	wordLanguages: string[];
	/** ISO 639-1 of the rep. */
	language: string;
	/** Whether a person looks at every lead of this client. */
	alwaysReview: boolean;
	/** Absent without score rules. */
	score?: ScoreOf;
	timeZone?: string;
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
 * @throws LeadError `CLIENT_NOT_SET_UP`, and what is wrong with score rules.
 */
export async function prepareReadings(run: Run, settings: ClassifierSettings, leads: readonly LeadToRead[], timeZone: string): Promise<Readings> {
	const warnings = [...settings.warnings];
	const problems: Problem[] = [];
	const own: Reading = { ...(await prepare(settings.intents)), ...scoring(settings.leadScore, { timeZone }), language: 'en', alwaysReview: false };
	const byClient = new Map<string, Reading>();
	for (const { record, captured } of leads) {
		if (!captured || byClient.has(record.client)) continue;
		const client = await run.client(record.client);
		byClient.set(record.client, client ? await readingFor(client) : own);
	}
	throwProblems(problems);
	return { of: ({ record, captured }) => (captured ? byClient.get(record.client) : undefined) ?? own, warnings };

	async function readingFor({ settings: { intents, leadScore, lists, language, alwaysReview, timeZone: zone }, version }: Client): Promise<Reading> {
		const rest = { language, alwaysReview, timeZone: zone };
		if (settings.settingsFrom === 'node') return { ...own, ...rest };
		warnings.push(...checkTaxonomy(intents).warnings);
		return { ...(intents.length > 0 ? await prepare(intents) : own), ...scoring(leadScore, { timeZone: zone, lists: listsOfClient({ lists }) }), ...rest, settingsVersion: version };
	}

	function scoring(leadScore: ScoreRules | undefined, terms: RuleTerms): Pick<Reading, 'score'> {
		return leadScore ? { score: prepareScore(leadScore, terms, problems) } : {};
	}
}

type Prepared = Pick<Reading, 'taxonomy' | 'wordLanguages'>;

/** Learning from the examples takes longer than reading a lead, and a webhook's run often holds one lead. */
const prepared = new Map<string, Promise<Prepared>>();
const mostPrepared = 20;

async function prepare(intents: readonly IntentDefinition[]): Promise<Prepared> {
	const key = createHash('sha256').update(JSON.stringify(intents)).digest('base64');
	let found = prepared.get(key);
	if (!found) {
		if (prepared.size >= mostPrepared) prepared.clear();
		prepared.set(key, (found = learn(intents)));
		found.catch(() => prepared.delete(key));
	}
	return await found;
}

async function learn(intents: readonly IntentDefinition[]): Promise<Prepared> {
	const pause = startYielding();
	const taxonomy = toTaxonomy(intents);
	const learning = prepareTaxonomyInSteps(taxonomy);
	for (;;) {
		const step = learning.next();
		if (step.done) return { taxonomy: step.value, wordLanguages: languagesOf(taxonomy.intents) };
		await pause();
	}
}

/** Languages in which at least two intents have an example; without enough to tell, any. */
function languagesOf(intents: readonly IntentDefinition[]): string[] {
	const counts = new Map<string, number>();
	for (const { examples, description } of intents) {
		const found = new Set([description, ...examples].map(detectLanguage));
		for (const language of found) if (language !== null) counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	return [...counts].filter(([, count]) => count >= Math.min(2, intents.length)).map(([language]) => language);
}
