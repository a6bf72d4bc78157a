import { fill } from '../../fill';
import type { ClientSettings } from '../../settings/clientSettings';
import { englishPlaybook } from '../words/playbook/english';
import type { PlaybookWords } from '../words/playbookWords';

/** Whether a step of the handoff is left to machines: today, as the next step, once there is reason to, or never. */
export type AutomationStage = 'now' | 'next' | 'later' | 'never';

export type AutomationStep = 'capture' | 'clean' | 'duplicates' | 'rules' | 'owner' | 'clock' | 'ai' | 'learning' | 'answers' | 'rejection';

export interface AutomationRow {
	what: string;
	when: AutomationStage;
	/** How often it happens, in words. */
	frequency: string;
	risk: 'low' | 'medium' | 'high';
	payoff: string;
	/** What a person looks at. */
	review: string;
}

/** What is known of the work: from the settings and from a period of the ledger. */
export interface AutomationFacts {
	/** Leads a week; null while none came. */
	leadsPerWeek: number | null;
	/** Leads that AI was asked about, in the period. */
	aiAsked: number;
	/** Leads of which the weekly sample was checked, in the period. */
	checked: number;
	/** Known records that were loaded or learned matter for duplicates; confirmed duplicates of the period. */
	duplicates: number;
}

/** Below so many leads a week, people read every message faster than anybody can check what a model read. */
export const leastForAi = 25;
/** Below so many leads a week one person with a shared inbox does well, and any machinery costs more than it brings. */
export const leastForAnything = 5;

/** What to automate in which order: by how often it happens, what goes wrong when it is wrong, and what it brings. */
export function automationPlan(settings: ClientSettings, facts: AutomationFacts, words = englishPlaybook): AutomationRow[] {
	const { leadsPerWeek, checked, duplicates } = facts;
	const weekly = leadsPerWeek === null ? words.frequency.noLeads : fill(words.frequency.weekly, { n: sayNumber(leadsPerWeek) });
	const escalates = settings.slaPolicies.some(({ escalation }) => escalation.length > 0);
	const rules = settings.rules.length + (settings.decisionTable?.rows.length ?? 0);
	const row = (step: AutomationStep, when: AutomationStage, risk: AutomationRow['risk'], more: Partial<AutomationRow> = {}): AutomationRow => ({ ...words.automation[step], when, frequency: weekly, risk, ...more });
	return [
		row('capture', 'now', 'low'),
		row('clean', 'now', 'low'),
		row('duplicates', 'now', 'medium', duplicates > 0 ? { frequency: fill(words.frequency.duplicates, { n: String(duplicates) }) } : {}),
		row('rules', rules > 0 ? 'now' : 'next', 'medium', checked > 0 ? { review: fill(words.sampleChecked, { n: String(checked) }) } : {}),
		row('owner', settings.teams.length > 0 ? 'now' : 'next', 'low'),
		row('clock', escalates ? 'now' : 'next', 'low'),
		row('ai', ...aiPlan(facts, words)),
		row('learning', checked > 0 ? 'next' : 'later', 'medium', { frequency: words.frequency.corrections }),
		row('answers', 'never', 'high'),
		row('rejection', 'never', 'high', { frequency: words.frequency.spam }),
	];
}

function aiPlan({ leadsPerWeek, aiAsked }: AutomationFacts, { frequency, aiReview }: PlaybookWords): [AutomationStage, AutomationRow['risk'], Partial<AutomationRow>] {
	const asked = aiAsked > 0 ? { frequency: fill(frequency.asked, { n: String(aiAsked) }) } : {};
	if (leadsPerWeek === null || leadsPerWeek < leastForAi) return ['later', 'medium', { ...asked, review: fill(aiAsked > 0 ? aiReview.switchOff : aiReview.later, { n: String(leastForAi) }) }];
	return aiAsked > 0 ? ['now', 'medium', { ...asked, review: aiReview.now }] : ['next', 'medium', {}];
}

/** A word of warning where even rules are too much; undefined otherwise. */
export function tooFewLeads({ leadsPerWeek }: Pick<AutomationFacts, 'leadsPerWeek'>, words = englishPlaybook): string | undefined {
	if (leadsPerWeek === null || leadsPerWeek >= leastForAnything) return undefined;
	return fill(words.tooFew, { n: sayNumber(leadsPerWeek), least: String(leastForAnything) });
}

function sayNumber(value: number): string {
	return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
